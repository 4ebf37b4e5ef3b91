import { actorRef } from '../actor.ts';
import { may, movesOf } from '../access.ts';
import type { AppDefinition } from '../define.ts';
import type { TicketState } from '../state.ts';
import { type Context, decided, type Decision, refuse, UNKNOWN } from './context.ts';

export interface Assign {
  readonly type: 'assign';
  readonly memberId: string | null;
}

/** Gives a ticket to somebody, or takes it: whoever may move tickets of the app may take one or put it back. */
export const assign = (
  definition: AppDefinition,
  state: TicketState,
  command: Assign,
  context: Context,
): Decision => {
  const { actor } = context;
  const own = command.memberId === actor.id || (command.memberId === null && state.assigneeId === actor.id);
  const takes = own && actor.kind === 'member' && movesOf(definition, actor).length > 0;
  if (actor.within) return refuse('forbidden');
  if (!takes && !may(definition, actor, 'assigns', state)) return refuse('forbidden');
  if (state.closedAt !== null) return refuse('closed');
  if (command.memberId === state.assigneeId) return refuse('nothing_to_change');
  return decided(
    definition,
    state,
    state.id,
    {
      type: 'assigned',
      version: state.version + 1,
      at: context.now,
      actor: actorRef(actor),
      sealed: null,
      body: { assignee: command.memberId, standing: UNKNOWN },
    },
    context,
  );
};
