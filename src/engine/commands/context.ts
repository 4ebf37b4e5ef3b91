import type { Actor } from '../actor.ts';
import type { OpenTime } from '../calendar.ts';
import type { AppDefinition } from '../define.ts';
import { evolve } from '../evolve.ts';
import { assess } from '../lateness.ts';
import type { Problem, Refusal, RefusalCode } from '../problem.ts';
import type { Standing, TicketEvent, TicketState } from '../state.ts';

/** What a decision depends on beside the ticket. Instants are epoch milliseconds. */
export interface Context {
  readonly actor: Actor;
  readonly now: number;
  /** Open time of the ticket's site. */
  readonly open: OpenTime;
  /** Held tickets that have not ended. */
  readonly heldOpen: number;
}

/** What a command gives: the ticket after it and the one event that says it, or why it is refused. */
export type Decision =
  { readonly event: TicketEvent; readonly state: TicketState } | { readonly refusal: Refusal };

export const refuse = (
  code: RefusalCode,
  params?: { readonly [name: string]: string | number },
  problems?: readonly Problem[],
): { readonly refusal: Refusal } => ({
  refusal: { code, ...(params && { params }), ...(problems && { problems }) },
});

/** Before its event is complete, a ticket's standing is not known; nobody ever reads this one. */
export const UNKNOWN: Standing = { lateness: 'on time', dueAt: null, wakeAt: null };

const withStanding = <E extends TicketEvent>(event: E, standing: Standing): E => ({
  ...event,
  body: { ...event.body, standing },
});

/** Where a ticket stands in time at an instant. */
export const standingOf = (
  definition: AppDefinition,
  state: TicketState,
  open: OpenTime,
  now: number,
): Standing => {
  const { lateness, dueAt, wakeAt } = assess({
    definition,
    ticket: { ...state, openedAt: state.createdAt },
    open,
    now,
  });
  return { lateness, dueAt, wakeAt };
};

/** Completes an event with where the ticket stands in time after it. */
export const decided = (
  definition: AppDefinition,
  before: TicketState | null,
  id: string,
  event: TicketEvent,
  context: Context,
): Decision => {
  const after = evolve(before, id, event);
  const standing = standingOf(definition, after, context.open, context.now);
  return { event: withStanding(event, standing), state: { ...after, standing } };
};
