import { actorRef } from '../actor.ts';
import { mayMove } from '../access.ts';
import type { AppDefinition } from '../define.ts';
import { matches } from '../predicate.ts';
import type { TicketState } from '../state.ts';
import { destination, isFrom, readAsk } from '../steps.ts';
import { COMMENT } from './comment.ts';
import { type Context, decided, type Decision, refuse, UNKNOWN } from './context.ts';
import { promisedAnew } from './edit.ts';
import { changesTo, missing, readValues } from './values.ts';

export interface MoveTicket {
  readonly type: 'move';
  readonly move: string;
  readonly fields: { readonly [name: string]: unknown };
  readonly comment: string | null;
  /** When given, the version the person had before their eyes. */
  readonly version?: number;
}

/** Makes a move: the only way a step changes. */
export const move = (
  definition: AppDefinition,
  state: TicketState,
  command: MoveTicket,
  context: Context,
): Decision => {
  const { actor, now } = context;
  const made = Object.hasOwn(definition.moves, command.move) ? definition.moves[command.move] : undefined;
  if (!made) return refuse('unknown_move', { move: command.move });
  if (!mayMove(definition, actor, state, made)) return refuse('forbidden');
  if (command.version !== undefined && command.version !== state.version)
    return refuse('version_conflict', { version: state.version });
  if (!isFrom(made, state.step))
    return refuse('move_not_from_here', { move: command.move, step: state.step });
  if (made.if && !matches(made.if, state, actor.id))
    return refuse('move_not_for_this_ticket', { move: command.move });
  if (made.held && context.heldOpen > 0) return refuse('held_not_ended', { open: context.heldOpen });

  const asks = (made.asks ?? []).map(readAsk);
  const comment = command.comment?.trim() || null;
  if (comment === null && asks.some((ask) => ask.name === 'comment' && ask.required))
    return refuse('comment_required');
  if (comment !== null && comment.length > COMMENT)
    return refuse('comment_too_long', { max: COMMENT, length: comment.length });
  const asked = new Set(asks.map((ask) => ask.name));
  const given = readValues(definition, command.fields, (field) => asked.has(field));
  const fields = changesTo(state.fields, given.fields);
  const sealed = changesTo(state.sealed, given.sealed);
  const required = asks.filter((ask) => ask.required && ask.name !== 'comment').map((ask) => ask.name);
  const problems = [
    ...given.problems,
    ...missing(required, { ...state.fields, ...state.sealed, ...given.fields, ...given.sealed }),
  ];
  if (problems.length > 0) return refuse('invalid', undefined, problems);

  const to = destination(definition, made, state.step, { ...state.fields, ...fields });
  if (to === null) return refuse('no_next_step', { move: command.move, step: state.step });
  return decided(
    definition,
    state,
    state.id,
    {
      type: 'moved',
      version: state.version + 1,
      at: now,
      actor: actorRef(actor),
      sealed: Object.keys(sealed).length > 0 ? sealed : null,
      body: {
        move: command.move,
        step: { from: state.step, to },
        comment,
        fields,
        promise: promisedAnew(definition, state, fields, context),
        ended: definition.steps[to]?.end === true,
        standing: UNKNOWN,
      },
    },
    context,
  );
};
