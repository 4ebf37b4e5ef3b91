import { actorRef } from '../actor.ts';
import { mayTakeBack } from '../access.ts';
import type { AppDefinition } from '../define.ts';
import { replay } from '../evolve.ts';
import type { TicketEvent, TicketState } from '../state.ts';
import type { Fields, Json } from '../values.ts';
import { type Context, decided, type Decision, refuse, UNKNOWN } from './context.ts';

/** How long a person may take back a move, in milliseconds. */
export const UNDO = 60_000;

export interface Undo {
  readonly type: 'undo';
  /** The whole log of the ticket, in order. */
  readonly events: readonly TicketEvent[];
}

const back = (before: Fields, after: Fields): Record<string, Json> => {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...names].filter((name) => before[name] !== after[name]).map((name) => [name, before[name] ?? null]),
  );
};

/** Takes back the last move: within its minute, by the same person, when nobody has done anything since. */
export const undo = (
  definition: AppDefinition,
  state: TicketState,
  command: Undo,
  context: Context,
): Decision => {
  const { actor, now } = context;
  const index = command.events.findLastIndex((event) => event.type !== 'lateness');
  const last = command.events[index];
  if (
    last?.type !== 'moved' ||
    last.body.move === null ||
    last.actor.id === null ||
    last.actor.id !== actor.id
  )
    return refuse('nothing_to_undo');
  if (now > last.at + UNDO) return refuse('undo_too_late');
  const before = replay(state.id, command.events.slice(0, index));
  if (!before || !mayTakeBack(actor, before)) return refuse('nothing_to_undo');
  const sealed = back(before.sealed, state.sealed);
  return decided(
    definition,
    state,
    state.id,
    {
      type: 'undone',
      version: state.version + 1,
      at: now,
      actor: actorRef(actor),
      sealed: Object.keys(sealed).length > 0 ? sealed : null,
      body: {
        move: last.body.move,
        step: { from: state.step, to: before.step },
        stepAt: before.stepAt,
        promise: before.promiseAt,
        closedAt: before.closedAt,
        fields: back(before.fields, state.fields),
        standing: UNKNOWN,
      },
    },
    context,
  );
};
