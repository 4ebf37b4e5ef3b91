import { Refused, type TicketEvent, type TicketState } from '../engine/index.ts';
import type { Installed } from '../organisations/index.ts';
import { newId } from '../platform/ids.ts';
import type { Written, Once } from './store.ts';
import { choicesOf } from './choices.ts';

/** What must be written together for one event. */
export const writing = (
  installed: Installed,
  event: TicketEvent,
  state: TicketState,
  once: Once | null,
): Written => ({
  event,
  eventId: newId(event.at),
  state,
  definitionHash: installed.hash,
  choices: choicesOf(installed.definition, state.fields),
  once,
});

/** Thrown inside a transaction when its idempotency key was used: nothing of it is kept, and the first answer is given again. */
export class AlreadyAnswered extends Error {
  constructor() {
    super('already answered');
    this.name = 'AlreadyAnswered';
  }
}

const UNIQUE_VIOLATION = '23505';

/** Says in our words what PostgreSQL refused, when it is the caller's doing. */
export const refusalOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION
    ? new Refused({ code: 'reference_taken' })
    : error;
