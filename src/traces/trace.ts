import type { Actor } from '../engine/index.ts';
import type { House } from '../organisations/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { newId } from '../platform/ids.ts';
import { type Database, inOrganisation, together, type Tx } from '../platform/postgres/index.ts';
import { tracedOf, type Way } from './policy.ts';
import { insertTraces, type NewTrace } from './store.ts';

declare const TRACED: unique symbol;

/**
 * What may be shown: whoever reads it has left their trace, where there must be one. Only `traced` makes it, and all
 * that shows a ticket asks for it, so that no way out can forget.
 */
export type Traced<T> = T & { readonly [TRACED]: true };

/** Who reads, where, when and by which way. */
export interface Reader {
  readonly db: Pick<Database, 'app'>;
  readonly house: House;
  readonly actor: Actor;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Asked only where a trace is left. */
  readonly way?: Way | (() => Way);
}

/** Something that says of a ticket. */
interface OfTicket {
  readonly state: { readonly id: string; readonly app: string };
}

/** Many who read at once share a statement; each waits until it is committed. */
const writeTrace = together(async (db, organisationId, traces: readonly NewTrace[]) => {
  await inOrganisation(db, organisationId, (tx) => insertTraces(tx, organisationId, traces));
  return traces;
});

const NO_TRACE =
  'Cette lecture n’a pas pu être notée : rien n’est montré. Réessayez. / This read could not be written down: nothing is shown. Try again.';

const write = async (
  { db, house, actor, now, way = 'ticket' }: Reader,
  what: Pick<NewTrace, 'app' | 'tickets'>,
  tx?: Tx,
): Promise<void> => {
  const by = typeof way === 'function' ? way() : way;
  const trace = { id: newId(now), at: new Date(now), kind: actor.kind, actor: actor.id, way: by, ...what };
  try {
    await (tx ? insertTraces(tx, house.id, [trace]) : writeTrace(db, house.id, trace));
  } catch (cause) {
    throw Object.assign(new HttpProblem(problem(503, 'no_trace', NO_TRACE)), { cause });
  }
};

/**
 * Writes down who is about to read these, where their classification asks for it.
 * @param tx a transaction that is open and is committed before anything is answered: the trace is written in it, for to
 * wait for another connection while holding one is how all come to wait for each other
 * @throws HttpProblem 503 `no_trace` when it cannot be written: then nothing may leave
 */
export const traced = async <T extends OfTicket>(
  reader: Reader,
  read: readonly T[],
  tx?: Tx,
): Promise<readonly Traced<T>[]> => {
  const tickets = read
    .filter(({ state }) => tracedOf(reader.house, state.app) === 'everything')
    .map(({ state }) => state.id);
  if (tickets.length > 0) await write(reader, { app: null, tickets }, tx);
  return read as readonly Traced<T>[];
};

/**
 * Writes down that a whole file of an app is taken out.
 * @throws HttpProblem 503 `no_trace`
 */
export const traceFile = async (reader: Reader, app: string): Promise<void> => {
  if (tracedOf(reader.house, app) !== 'nothing') await write(reader, { app, tickets: [] });
};

/**
 * Writes down who is about to get the bytes of files of a ticket.
 * @param glance a small preview: a read of what is traced whole, and no file taken out
 * @throws HttpProblem 503 `no_trace`
 */
export const traceBytes = async (
  reader: Reader,
  { id, app }: { readonly id: string; readonly app: string },
  glance = false,
): Promise<void> => {
  const what = tracedOf(reader.house, app);
  if (what === 'nothing' || (glance && what === 'files')) return;
  await write(reader, { app: null, tickets: [id] });
};
