import { Refused, type TicketState } from '../engine/index.ts';
import { record } from '../log/index.ts';
import { appOf } from '../organisations/index.ts';
import { hashSecret, newSecret } from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { newId } from '../platform/ids.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { type Call, seenByReference } from '../tickets/index.ts';
import { currentKeys, type Vault } from '../vault/index.ts';
import type { Written } from './about.ts';
import { mayAsk } from './standing.ts';
import { dropById, insertDrop, revokeDrop } from './store.ts';

interface Which {
  readonly app: string;
  readonly reference: string;
}

/** What is asked for, of whom, until when and how much. */
export interface Asked {
  readonly field: string;
  readonly title: string;
  readonly note: string | null;
  readonly names: boolean;
  readonly messages: boolean;
  readonly files: number;
  readonly bytes: number;
  readonly expiresAt: Date;
}

const DAY = 86_400_000;
/** The longest that a link may stand. */
const LONGEST = 366 * DAY;

const seen = async (tx: Tx, call: Call, which: Which): Promise<TicketState> => {
  const state = await seenByReference(tx, call, which);
  if (!state) throw new Refused({ code: 'not_found' });
  return state;
};

const wrongDate = (): HttpProblem =>
  new HttpProblem(
    problem(
      422,
      'expired',
      'Choisissez une date à venir, dans l’année. / Choose a date to come, within the year.',
    ),
  );

/**
 * A link to put files into one field of a ticket, made by whoever may edit it.
 * @returns its secret, given here and never again
 * @throws Refused `not_found`, `forbidden`, `closed`; HttpProblem `expired`; VaultError `closed`
 */
export const makeDrop = async (
  vault: Vault,
  call: Call,
  which: Which,
  asked: Asked,
): Promise<{ readonly id: string; readonly secret: string }> => {
  const { actor, house, now } = call;
  const keys = await currentKeys(vault, house.id);
  return asOrganisation(call.db, house.id, async (tx) => {
    const state = await seen(tx, call, which);
    const by = actor.kind === 'member' || actor.kind === 'key' ? actor.kind : null;
    if (
      by === null ||
      actor.id === null ||
      !mayAsk(appOf(house, which.app).definition, actor, state, asked.field)
    )
      throw new Refused({ code: 'forbidden' });
    if (state.closedAt !== null) throw new Refused({ code: 'closed' });
    const until = asked.expiresAt.getTime();
    if (until <= now || until > now + LONGEST) throw wrongDate();
    const [id, secret] = [newId(now), newSecret()];
    const about: Written = { title: asked.title, ...(asked.note !== null && { note: asked.note }) };
    await insertDrop(tx, house.id, hashSecret(secret), {
      id,
      ticketId: state.id,
      app: which.app,
      field: asked.field,
      about: keys.sealAbout(id, about),
      keyId: keys.id,
      names: asked.names,
      messages: asked.messages,
      mostFiles: asked.files,
      mostBytes: asked.bytes,
      createdAt: new Date(now),
      createdKind: by,
      createdBy: actor.id,
      expiresAt: asked.expiresAt,
    });
    const body = { drop: id, ticket: state.id, field: asked.field, expires: asked.expiresAt.toISOString() };
    await record(tx, house.id, 'drop_made', actor, body, now);
    return { id, secret };
  });
};

/** Ends a drop at once: whoever may make one like it, and administrators who see its ticket. @throws Refused `not_found`, `forbidden` */
export const endDrop = (call: Call, which: Which, id: string): Promise<void> =>
  asOrganisation(call.db, call.house.id, async (tx) => {
    const { actor, house, now } = call;
    const state = await seen(tx, call, which);
    const drop = await dropById(tx, house.id, id);
    if (drop?.ticketId !== state.id) throw new Refused({ code: 'not_found' });
    const may = actor.administrator || mayAsk(appOf(house, which.app).definition, actor, state, drop.field);
    if (!may) throw new Refused({ code: 'forbidden' });
    if (!(await revokeDrop(tx, house.id, id, new Date(now)))) throw new Refused({ code: 'not_found' });
    await record(tx, house.id, 'drop_revoked', actor, { drop: id, ticket: state.id }, now);
  });
