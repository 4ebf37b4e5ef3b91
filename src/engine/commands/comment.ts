import { actorRef } from '../actor.ts';
import { may } from '../access.ts';
import type { AppDefinition } from '../define.ts';
import type { TicketState } from '../state.ts';
import { type Context, decided, type Decision, refuse, UNKNOWN } from './context.ts';

/** The longest comment, in UTF-16 units. */
export const COMMENT = 5000;

export interface Comment {
  readonly type: 'comment';
  readonly text: string;
}

export const comment = (
  definition: AppDefinition,
  state: TicketState,
  command: Comment,
  context: Context,
): Decision => {
  if (!may(definition, context.actor, 'comments', state)) return refuse('forbidden');
  const text = command.text.replaceAll('\r\n', '\n').replaceAll('\u0000', '').trim();
  if (text === '') return refuse('comment_required');
  if (text.length > COMMENT) return refuse('comment_too_long', { max: COMMENT, length: text.length });
  return decided(
    definition,
    state,
    state.id,
    {
      type: 'commented',
      version: state.version + 1,
      at: context.now,
      actor: actorRef(context.actor),
      sealed: null,
      body: { text, standing: UNKNOWN },
    },
    context,
  );
};
