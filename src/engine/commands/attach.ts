import { actorRef } from '../actor.ts';
import { mayChangeSite } from '../access.ts';
import type { AppDefinition } from '../define.ts';
import type { TicketState } from '../state.ts';
import { type Context, decided, type Decision, refuse, UNKNOWN } from './context.ts';

export interface Attach {
  readonly type: 'attach';
  readonly holder: { readonly id: string; readonly nth: number; readonly promiseAt: number | null } | null;
}

/** Puts a ticket in the hold of another, or takes it out. A held ticket has its holder's promise when it has none of its own. */
export const attach = (
  definition: AppDefinition,
  state: TicketState,
  command: Attach,
  context: Context,
): Decision => {
  const { actor } = context;
  if (actor.kind !== 'system' && !mayChangeSite(definition, actor, state)) return refuse('forbidden');
  if (state.closedAt !== null) return refuse('closed');
  const promise = definition.promise ? state.promiseAt : (command.holder?.promiseAt ?? null);
  if ((command.holder?.id ?? null) === state.holderId && promise === state.promiseAt)
    return refuse('nothing_to_change');
  return decided(
    definition,
    state,
    state.id,
    {
      type: 'attached',
      version: state.version + 1,
      at: context.now,
      actor: actorRef(actor),
      sealed: null,
      body: {
        holder: command.holder?.id ?? null,
        nth: command.holder?.nth ?? null,
        promise,
        standing: UNKNOWN,
      },
    },
    context,
  );
};
