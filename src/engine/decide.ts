import { maySee } from './access.ts';
import { actsUnseen } from './actor.ts';
import { assign, type Assign } from './commands/assign.ts';
import { attach, type Attach } from './commands/attach.ts';
import { comment, type Comment } from './commands/comment.ts';
import { type Context, type Decision, refuse } from './commands/context.ts';
import { edit, type Edit } from './commands/edit.ts';
import { erase, type Erase, settle, type Settle, wake, type Wake } from './commands/frame.ts';
import { migrate, type Migrate } from './commands/migrate.ts';
import { move, type MoveTicket } from './commands/move.ts';
import { open, type Open } from './commands/open.ts';
import { undo, type Undo } from './commands/undo.ts';
import type { AppDefinition } from './define.ts';
import type { TicketState } from './state.ts';

export type Command =
  Open | Edit | MoveTicket | Comment | Assign | Attach | Undo | Wake | Erase | Settle | Migrate;
export type { Context, Decision };

/**
 * What a command makes of a ticket: one event and the ticket after it, or a refusal that changes nothing.
 * Pure and total. A ticket that the actor does not see is refused as one that does not exist.
 */
export const decide = (
  definition: AppDefinition,
  state: TicketState | null,
  command: Command,
  context: Context,
): Decision => {
  if (command.type === 'open')
    return state === null ? open(definition, command, context) : refuse('reference_taken');
  if (state === null || (!actsUnseen(context.actor) && !maySee(definition, context.actor, state)))
    return refuse('not_found');
  switch (command.type) {
    case 'edit':
      return edit(definition, state, command, context);
    case 'move':
      return move(definition, state, command, context);
    case 'comment':
      return comment(definition, state, command, context);
    case 'assign':
      return assign(definition, state, command, context);
    case 'attach':
      return attach(definition, state, command, context);
    case 'undo':
      return undo(definition, state, command, context);
    case 'wake':
      return wake(definition, state, context);
    case 'erase':
      return erase(definition, state, context);
    case 'migrate':
      return migrate(definition, state, command, context);
    case 'settle':
      return settle(definition, state, command, context);
  }
};
