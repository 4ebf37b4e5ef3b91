import { setTimeout as sleep } from 'node:timers/promises';

import { APPS } from './apps.ts';
import type { Secret } from './canaries.ts';
import type { Call } from './line.ts';
import { ask, type Making, type Side } from './workshop.ts';

/** Sends a file as programs do, and waits until it may be named. @returns its id */
const send = async (
  making: Making,
  slug: string,
  headers: Call['headers'],
  name: string,
  text: string,
): Promise<string> => {
  const answer = await making.line.send({
    method: 'POST',
    path: `/api/v1/${slug}/uploads`,
    headers: {
      origin: making.origin,
      ...headers,
      'tus-resumable': '1.0.0',
      'upload-length': String(Buffer.byteLength(text)),
      'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
      'content-type': 'application/offset+octet-stream',
    },
    body: text,
  });
  const path = answer.location === null ? '' : new URL(answer.location, making.origin).pathname;
  const { file } = await ask(making, headers, 'GET', path);
  if (typeof file !== 'string')
    throw new Error(`A file could not be brought: ${answer.status} ${answer.body}`);
  return file;
};

/** Waits until what was brought was looked at. */
const looked = async (making: Making, headers: Call['headers'], path: string): Promise<void> => {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(300)) {
    const { files } = await ask(making, headers, 'GET', path);
    if (Array.isArray(files) && files.every((one: { readonly state?: unknown }) => one.state === 'kept'))
      return;
  }
  throw new Error('What was brought was not looked at within a minute: does a server look at files?');
};

/** Opens the vault of a side and puts files, a statement and a link to put more beside the ticket that callers try to reach. */
export const fillVault = async (
  making: Making,
  side: Pick<Side, 'house' | 'clerk' | 'tickets'>,
  own: (secret: Secret) => Secret,
): Promise<void> => {
  const { aviary } = making;
  const { slug } = side.house;
  const boss = await making.person(side as Side, { administrator: true });
  await ask(
    making,
    making.cookie(side as Side, await making.session(side as Side, boss, 'strong')),
    'POST',
    `/api/v1/${slug}/vault`,
  );
  const { cookie } = side.clerk;
  const ticket = `/api/v1/${slug}/${APPS.front.app}/tickets/${side.tickets.front}`;
  const put = async (field: string, secret: Secret): Promise<void> => {
    const say = (what: string): string => aviary.word(own(secret), `a file’s ${what}`);
    const file = await send(making, slug, { cookie }, `${say('name')}.txt`, say('content'));
    await ask(making, { cookie }, 'POST', `${ticket}/files`, { field, files: [file] });
  };
  await put('sheets', 'front inner');
  await put('proofs', 'front sealed');
  await put('papers', 'front plain');
  await looked(making, { cookie }, `${ticket}/files`);
  await ask(making, { cookie }, 'POST', `${ticket}/receipts`, {
    field: 'papers',
    to: aviary.word(own('front plain'), 'to whom files were handed'),
  });
  const secret = await askForFiles(making, side, own);
  await ask(making, { authorization: `Drop ${secret}` }, 'POST', `/api/v1/${slug}/drop/deposits`, {
    name: aviary.word(own('front plain'), 'who brings files'),
  });
};

/** A link to put files into the ticket that callers try to reach. @returns its secret */
export const askForFiles = async (
  making: Making,
  { house, clerk, tickets }: Pick<Side, 'house' | 'clerk' | 'tickets'>,
  own: (secret: Secret) => Secret,
): Promise<string> => {
  const path = `/api/v1/${house.slug}/${APPS.front.app}/tickets/${tickets.front}/drops`;
  const made = await ask(making, { cookie: clerk.cookie }, 'POST', path, {
    field: 'papers',
    title: making.aviary.word(own('drop'), 'what files are asked for'),
    expires: new Date(making.now + 3 * 86_400_000).toISOString(),
  });
  return String(made['url']).split('/').at(-1) ?? '';
};
