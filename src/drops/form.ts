import { randomUUID } from 'node:crypto';

import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';

import { arrived } from '../files/index.ts';
import { insertDraft } from '../forms/index.ts';
import {
  authenticate,
  type Caller,
  type Doors,
  type Frame,
  houseAt,
  NOT_FOUND,
  REFUSED,
} from '../people/index.ts';
import { arrivalOf } from '../platform/http/arrival.ts';
import { HttpProblem } from '../platform/http/problem.ts';
import { giveText } from '../platform/http/text.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { isUuid } from '../platform/ids.ts';
import { type ComingFile, type Desk, nameOf, readForm, tooLarge } from '../uploads/index.ts';
import { currentKeys, lay } from '../vault/index.ts';
import { bringingWith, dropOf, mustBeTaken } from './bringing.ts';
import { beginDeposit, endDeposit } from './deposit.ts';
import { leftFor, put } from './put.ts';
import { noRoom, nothingCame, tooManyBytes } from './refusals.ts';

const SMALL = 16 * 1024;
/** As many characters of a name and of a message as are kept. */
const NAME = 200;
const MESSAGE = 2000;

const first = (fields: ComingFile['fields'], name: string): string => fields[name]?.[0] ?? '';

const typed = (fields: ComingFile['fields'], name: string, most: number): string | undefined =>
  first(fields, name).toWellFormed().trim().slice(0, most) || undefined;

/** Whoever sends the secret of a drop in a form. @throws HttpProblem 401 */
const holderOf = async (frame: Frame, c: Context, slug: string, secret: string): Promise<Caller> => {
  const house = await houseAt(frame, c, slug);
  const presented = {
    authorization: `Drop ${secret.replaceAll(/[^\w-]/gu, '')}`,
    cookie: undefined,
    acceptLanguage: c.req.header('accept-language'),
  };
  const caller = house && (await authenticate(frame.db, house, presented, frame.clock.now()));
  if (!caller || caller.confined !== 'drop') throw REFUSED();
  await frame.limits.generally('link', caller.actor.id ?? '');
  await frame.limits.generally('organisation', caller.house.id);
  return caller;
};

/** As much as there is room for, and not a byte more. */
async function* within(
  stream: AsyncIterable<Buffer>,
  limits: readonly (readonly [most: number, refusal: () => HttpProblem])[],
): AsyncGenerator<Buffer> {
  let came = 0;
  for await (const bytes of stream) {
    came += bytes.length;
    for (const [most, refusal] of limits) if (came > most) throw refusal();
    yield bytes;
  }
}

/** Takes the files of a form one after the other, each at once put where it belongs. */
const taking = (frame: Frame, c: Context, desk: Desk, slug: string) => {
  const { vault } = desk;
  let caller: Caller | null = null;
  let deposit: string | null = null;
  const known = async (fields: ComingFile['fields']): Promise<Caller> =>
    (caller ??= await holderOf(frame, c, slug, first(fields, '_drop')));

  const take = async ({ filename, type, stream, fields }: ComingFile): Promise<string> => {
    const holder = await known(fields);
    const there = await dropOf(frame, holder);
    mustBeTaken(there, type);
    const { house } = holder;
    const said = { name: typed(fields, 'name', NAME), message: typed(fields, 'message', MESSAGE) };
    deposit ??= await beginDeposit(vault, house.id, there.drop, said);
    const bringing = bringingWith(frame, holder, deposit);
    const keys = await currentKeys(vault, house.id);
    const left = await asOrganisation(vault.db, house.id, (tx) => leftFor(tx, desk, there, bringing));
    const bytes = within(stream, [
      [desk.largest, () => tooLarge(desk.largest)],
      [left.drop, () => tooManyBytes(left.drop)],
      [left.house, noRoom],
    ]);
    const laid = await lay(vault, keys, bytes);
    const by = { kind: 'drop', id: deposit } as const;
    try {
      return await arrived(vault, keys, laid, nameOf({ filename }), by, (tx, id) =>
        put(tx, frame, desk, { ...bringing, now: frame.clock.now() }, id, false),
      );
    } catch (error) {
      // Nothing names it: whatever happens now, what remains is found by the sweep.
      await vault.shelf.remove(laid.name).catch(() => {});
      throw error;
    }
  };
  return { take, known, deposit: () => deposit };
};

/** Keeps what was typed for the page that shows it again. */
const keepTyped = async (
  frame: Frame,
  { house, actor }: Caller,
  fields: ComingFile['fields'],
  refused: HttpProblem,
): Promise<string> => {
  const id = randomUUID();
  const form = Object.fromEntries(['name', 'message'].map((name) => [name, first(fields, name)]));
  await asOrganisation(frame.db, house.id, (tx) =>
    insertDraft(
      tx,
      house.id,
      id,
      { actorId: actor.id, form, problem: refused.body },
      new Date(frame.clock.now()),
    ),
  );
  return id;
};

/**
 * Bringing files from a page without JavaScript. Its form proves itself by the link and carries no cookie; files are put
 * as they come, and the receipt says which of them came.
 */
export const dropForms = (root: Doors, frame: Frame, desk: Desk): void => {
  const counted = async (c: Context): Promise<string> => {
    const slug = c.req.param('organisation') ?? '';
    const { address, organisation } = arrivalOf(c);
    // At an organisation's own address there is no other, whether it exists or not.
    if (organisation !== null && organisation.slug !== slug) throw NOT_FOUND();
    await frame.limits.strictly('drop', address, slug);
    return slug;
  };

  root.post('/forms/drop/:organisation', async (c) => {
    const slug = await counted(c);
    const hand = taking(frame, c, desk, slug);
    const { fields, refused } = await readForm(c.req.raw, hand.take);
    const page = `/${encodeURIComponent(slug)}/drop/${encodeURIComponent(first(fields, '_drop'))}`;
    const caller = await hand.known(fields).catch(() => null);
    // Unknown, past, closed: the page says the same.
    if (!caller) return c.redirect(page, 303);
    const deposit = hand.deposit();
    frame.committed();
    try {
      if (deposit === null) throw refused ?? nothingCame();
      await endDeposit(desk.vault, frame, caller.house, caller.actor.id ?? '', deposit);
      return c.redirect(`${page}/${deposit}${refused ? `?refused=${refused.body.code}` : ''}`, 303);
    } catch (error) {
      if (!(error instanceof HttpProblem)) throw error;
      const why = refused ?? error;
      if (why.body.status === 401) return c.redirect(page, 303);
      const draft = await keepTyped(frame, caller, fields, why);
      return c.redirect(`${page}?form=drop&draft=${draft}`, 303);
    }
  });

  root.post('/forms/drop/:organisation/receipt', bodyLimit({ maxSize: SMALL }), async (c) => {
    const slug = await counted(c);
    const form = await c.req.parseBody();
    const said = (name: string): string => (typeof form[name] === 'string' ? form[name] : '');
    const caller = await holderOf(frame, c, slug, said('_drop'));
    await dropOf(frame, caller);
    const deposit = said('deposit');
    const text = isUuid(deposit)
      ? await endDeposit(desk.vault, frame, caller.house, caller.actor.id ?? '', deposit)
      : null;
    if (text === null) throw REFUSED();
    return giveText(c, text, `vigie-${new Date(frame.clock.now()).toISOString().slice(0, 10)}.txt`);
  });
};
