import { Refused, system } from '../engine/index.ts';
import type { Consumer, OrderedEvent } from '../log/index.ts';
import { appOf, type House, type Houses } from '../organisations/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/postgres/index.ts';
import {
  type Call,
  heldCount,
  heldIds,
  holderBefore,
  lockById,
  perform,
  statesById,
} from '../tickets/index.ts';

/** What is refused here was done by somebody meanwhile, or is not to be done: nothing is missing. */
const unlessRefused = async (made: Promise<unknown>): Promise<void> => {
  try {
    await made;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
};

/** Nothing that is held is under way any more: the holder may go on by itself. */
const holderGoesOn = async (tx: Tx, call: Call, holderId: string): Promise<void> => {
  const holder = await lockById(tx, call.house.id, holderId);
  if (!holder || holder.closedAt !== null) return;
  const { open, total } = await heldCount(tx, call.house.id, holder.id);
  if (open > 0 || total === 0) return;
  const { definition } = appOf(call.house, holder.app);
  const [move] =
    Object.entries(definition.moves).find(
      ([, made]) =>
        made.held === 'then' &&
        (typeof made.from === 'string' ? made.from === holder.step : made.from.includes(holder.step)),
    ) ?? [];
  if (move !== undefined)
    await unlessRefused(
      perform(tx, call, { id: holder.id }, () => ({ type: 'move', move, fields: {}, comment: null })),
    );
};

/** A held ticket has ended: its holder may go on by itself. */
export const goOn = async (tx: Tx, call: Call, heldId: string): Promise<void> => {
  const held = await lockById(tx, call.house.id, heldId);
  if (held?.holderId) await holderGoesOn(tx, call, held.holderId);
};

/** A ticket was taken out of a hold: it may have been the only one that held its holder up. */
const letGo = async (
  tx: Tx,
  call: Call,
  event: OrderedEvent & { readonly type: 'attached' },
): Promise<void> => {
  const before = await holderBefore(tx, call.house.id, event.ticketId, event.version);
  if (before !== null && before !== event.body.holder) await holderGoesOn(tx, call, before);
};

/** A holder's promise has changed: what it holds has the new one. The holder is not locked: a later change passes on in its turn. */
const passOn = async (tx: Tx, call: Call, event: OrderedEvent): Promise<void> => {
  const holder = (await statesById(tx, call.house.id, [event.ticketId])).get(event.ticketId);
  if (!holder) return;
  for (const id of await heldIds(tx, call.house.id, holder.id))
    await unlessRefused(
      perform(tx, call, { id }, (_, held) => ({
        type: 'attach',
        holder: { id: holder.id, nth: held.nth ?? 1, promiseAt: holder.promiseAt },
      })),
    );
};

/** Keeps tickets that hold others in step with them. */
export const holdsConsumer = (deps: {
  readonly db: Database;
  readonly houses: Houses;
  readonly clock: Clock;
  committed(): void;
}): Consumer => ({
  name: 'holds',
  follow: async (tx, organisationId, events) => {
    const house: House | undefined = await deps.houses.byId(organisationId);
    if (!house) return;
    const call: Call = { db: deps.db, house, actor: system, now: deps.clock.now(), once: null };
    for (const event of events) {
      const definition = house.apps.get(event.app)?.definition;
      if (event.type === 'moved' && event.body.ended) await goOn(tx, call, event.ticketId);
      else if (event.type === 'attached') await letGo(tx, call, event);
      else if ((event.type === 'edited' || event.type === 'moved') && definition?.holds)
        await passOn(tx, call, event);
    }
    deps.committed();
  },
});
