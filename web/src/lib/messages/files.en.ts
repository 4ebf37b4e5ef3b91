import type { files as french } from './files.fr.ts';

const plural = (n: number, one: string, other: string): string =>
  `${new Intl.NumberFormat('en-GB').format(n)} ${n === 1 ? one : other}`;

export const files: typeof french = {
  choose: 'Choose files',
  choosePictures: 'Choose photos',
  photo: 'Take a photo',
  folder: 'Choose a folder',
  drop: 'or drop them here, folders too',
  dropNow: 'Let go: everything is taken',
  most: (n) => plural(n, 'file at most', 'files at most'),
  more: (n) => plural(n, 'more file at most', 'more files at most'),
  count: (n) => plural(n, 'file', 'files'),
  there: (n) => plural(n, 'file already there', 'files already there'),
  overall: (done, total) => `${done} of ${plural(total, 'file', 'files')}`,
  bytes: (sent, total) => `${sent} of ${total}`,
  progress: 'Sending the files',
  progressOf: (name) => `Sending ${name}`,
  pause: 'Pause',
  resume: 'Go on',
  pauseOf: (name) => `Pause ${name}`,
  resumeOf: (name) => `Go on with ${name}`,
  retry: 'Try again',
  removeOf: (name) => `Remove ${name}`,
  removed: (name) => `${name} is removed.`,
  removedMany: (n) => plural(n, 'file removed.', 'files removed.'),
  removeAll: 'Remove all',
  state: {
    queued: 'waits its turn',
    sending: 'on its way',
    paused: 'paused',
    waiting: 'waits for the network',
    done: 'arrived',
    failed: 'not taken',
  },
  offline: 'No network. What arrived is kept; the rest will go by itself.',
  wait: 'The files finish arriving, then this is saved.',
  again: (n) =>
    n === 1
      ? 'An upload was interrupted. Choose this file again: what arrived will not be sent again.'
      : 'Uploads were interrupted. Choose these files again: what arrived will not be sent again.',
  forget: 'Forget them',
  tooMany: (most, left) =>
    left === 0
      ? `The field has its ${plural(most, 'file', 'files')} already: nothing is added.`
      : `${plural(most, 'file at most', 'files at most')}: the first ${left} are taken.`,
  twice: (n) => `${plural(n, 'file is there already', 'files are there already')}: not taken twice.`,
  none: 'Nothing to take in what was dropped.',
  unreadable: 'This file cannot be read any more: it was moved or changed. Choose it again.',
  someFailed: 'A file has not arrived. Remove it or try again, then send the form.',
  failed: 'The server would not have it.',
  notHere:
    'Not from here: files are added by a link to bring them, if you were given one, or from an account.',
  add: 'Add',
  addTo: (label) => `Add: ${label}`,
  added: (n) => plural(n, 'file added.', 'files added.'),
  empty: 'Nothing yet.',
  show: (name) => `Show ${name} large`,
  previous: 'Previous',
  next: 'Next',
  nth: (n, total) => `${n} of ${total}`,
  download: 'Download',
  downloadOf: (name) => `Download ${name}`,
  downloadAll: (n) => `Download all (${plural(n, 'file', 'files')}, zip)`,
  remove: 'Remove',
  found: 'Found in the photo',
  takenAt: 'Taken',
  place: 'Place',
  camera: 'Camera',
  size: 'Size',
  kept: { waiting: 'being checked', quarantined: 'in quarantine' },
  reason: {
    infected: 'A virus was recognised in it. Nobody can open it; remove it and tell whoever gave it.',
    not_scanned: 'The antivirus did not answer. It will be looked at again by itself.',
    too_large_to_scan: 'Too large for the antivirus. An administrator decides.',
    health_data:
      'It contains health data, which do not belong here. Put it in a health space, then remove it.',
    not_accepted: 'This field does not take this kind of file. Remove it.',
    too_many_pixels: 'This picture is too large to be opened without risk. Send a smaller one.',
    not_examined: 'It could not be examined. It will be looked at again by itself.',
  },
  quarantined: 'It is given to nobody.',
  warned: 'To check: it may contain personal health data.',
  print: 'Contact sheet',
};
