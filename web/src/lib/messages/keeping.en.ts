import type { keeping as french } from './keeping.fr.ts';
import { pluralIn } from './plural.ts';

const plural = pluralIn('en');

export const keeping: typeof french = {
  title: 'Vault',
  lead: 'Files are encrypted where they are kept, read again regularly, and open without Vigie by the recovery key.',
  closed: 'The vault is closed',
  closedHint:
    'No file can be kept while there is no recovery key. Have a printer ready: the key is shown only once.',
  open: 'Make the recovery key',
  state: 'State',
  since: (when) => `Open since ${when}`,
  files: 'Files',
  filesOf: (n) => plural(n, 'file', 'files'),
  stored: 'Room taken, encrypted',
  ofQuota: (stored, quota) => `${stored} of ${quota}`,
  noQuota: (stored) => `${stored}, no limit set`,
  verified: 'Read and verified',
  verifiedSince: (when) => `all of it, since ${when}`,
  nothingYet: 'nothing to read yet',
  lies: 'Where',
  places: { folder: 'a folder of this machine', s3: 'an S3 store' },
  whole: 'No file is damaged',
  damaged: (n) => plural(n, 'file is damaged or missing', 'files are damaged or missing'),
  kinds: {
    missing: (n) => plural(n, 'missing', 'missing'),
    corrupt: (n) => plural(n, 'damaged', 'damaged'),
    unreadable: (n) => plural(n, 'unreadable for now', 'unreadable for now'),
  },
  kind: { missing: 'missing', corrupt: 'damaged', unreadable: 'cannot be read for now' },
  elsewhere: (n) =>
    `${plural(n, 'other, in a ticket', 'others, in tickets')} that your role does not read, or in none.`,
  damagedHint:
    'Nothing damaged is given to anybody. Whoever administers the machine sees which by “vigie vault status”, and puts the file back from a copy of the vault; uploading it again heals it as well.',
  see: 'See the vault',
  recovery: 'Recovery key',
  recoveryLead:
    'A sheet of paper, locked away, not on the machine. It opens all files even when the server, its key and its database are lost. Nobody else has it: Vigie does not keep it.',
  kept: (when) => `Printed and put away, ${when}.`,
  notKept: (when) => `Made ${when}, and nobody has said that it was printed. If nobody has it, make another.`,
  another: 'Make another recovery key',
  anotherHint:
    'When the sheet is lost, or somebody else had it in their hands. The former still opens what was kept under it. All administrators are told.',
  once: 'It is shown now and never again.',
  onceHint: 'Print this sheet, check that it can be read, then confirm below.',
  print: 'Print the sheet',
  confirm: 'The sheet is printed',
  confirmLabel: 'The last six characters of the key, read from the sheet',
  confirmWrong: 'These are not the last six characters of this key. Look at the sheet again.',
  confirmDo: 'It is printed and will be locked away',
  confirmed: 'Written down. Put the sheet away, offline.',
  noScript:
    'This page needs JavaScript. Without it: “vigie vault open” or “vigie vault recovery”, on the machine.',
  qr: 'The same key as a QR code',
};
