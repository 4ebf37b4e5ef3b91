import { actorRef } from '../actor.ts';
import type { AppDefinition } from '../define.ts';
import type { TicketState } from '../state.ts';
import { type Context, decided, type Decision, refuse, standingOf, UNKNOWN } from './context.ts';

/** Time has passed: the ticket may have become late. */
export interface Wake {
  readonly type: 'wake';
}

/** Sealed fields have been kept as long as the definition says. */
export interface Erase {
  readonly type: 'erase';
}

/** An imported ticket ended at an instant that another system recorded (`now` of the context). */
export interface Settle {
  readonly type: 'settle';
  readonly step: string;
}

/** An event when the lateness changes, or what is due (hours were changed); otherwise `nothing_to_change`: whoever asked then writes down when to look again. */
export const wake = (definition: AppDefinition, state: TicketState, context: Context): Decision => {
  const standing = standingOf(definition, state, context.open, context.now);
  const { lateness, dueAt } = state.standing;
  if (standing.lateness === lateness && standing.dueAt === dueAt) return refuse('nothing_to_change');
  return decided(
    definition,
    state,
    state.id,
    {
      type: 'lateness',
      version: state.version + 1,
      at: context.now,
      actor: actorRef(context.actor),
      sealed: null,
      body: { from: state.standing.lateness, standing: UNKNOWN },
    },
    context,
  );
};

export const erase = (definition: AppDefinition, state: TicketState, context: Context): Decision => {
  if (context.actor.kind !== 'system') return refuse('forbidden');
  // Reopened and ended again, a ticket may have been written personal data again.
  if (state.closedAt === null || Object.keys(state.sealed).length === 0) return refuse('nothing_to_change');
  return decided(
    definition,
    state,
    state.id,
    {
      type: 'erased',
      version: state.version + 1,
      at: context.now,
      actor: actorRef(context.actor),
      sealed: null,
      body: { standing: UNKNOWN },
    },
    context,
  );
};

export const settle = (
  definition: AppDefinition,
  state: TicketState,
  command: Settle,
  context: Context,
): Decision => {
  if (context.actor.kind !== 'import') return refuse('forbidden');
  const step = definition.steps[command.step];
  if (!step) return refuse('unknown_move', { move: command.step });
  return decided(
    definition,
    state,
    state.id,
    {
      type: 'moved',
      version: state.version + 1,
      at: context.now,
      actor: actorRef(context.actor),
      sealed: null,
      body: {
        move: null,
        step: { from: state.step, to: command.step },
        comment: null,
        fields: {},
        promise: state.promiseAt,
        ended: step.end === true,
        standing: UNKNOWN,
      },
    },
    context,
  );
};
