import { type Refused, type RefusalCode, sayProblem, sayRefusal } from '../engine/index.ts';
import { problem, type ProblemDetails } from '../platform/http/problem.ts';
import { KeyReused } from './answer.ts';

const STATUS: { readonly [C in RefusalCode]: 400 | 403 | 404 | 409 | 422 } = {
  not_found: 404,
  forbidden: 403,
  invalid: 422,
  unknown_move: 404,
  move_not_from_here: 409,
  move_not_for_this_ticket: 409,
  held_not_ended: 409,
  no_next_step: 409,
  closed: 409,
  version_conflict: 409,
  nothing_to_change: 409,
  comment_required: 422,
  comment_too_long: 422,
  nothing_to_undo: 409,
  undo_too_late: 409,
  holder_not_found: 422,
  holder_closed: 409,
  holder_wrong_app: 422,
  unknown_member: 422,
  unknown_site: 422,
  site_required: 422,
  reference_taken: 409,
  bad_cursor: 400,
};

const REUSED = {
  fr: 'Cette clé d’idempotence a déjà servi pour une autre demande.',
  en: 'This idempotency key was already used for another request.',
};

/** What was refused, as HTTP says it, in the caller's language. */
export const refusalProblem = (error: Refused | KeyReused, locale: 'fr' | 'en'): ProblemDetails => {
  if (error instanceof KeyReused) return problem(422, 'idempotency_key_reused', REUSED[locale]);
  const { refusal } = error;
  return problem(STATUS[refusal.code], refusal.code, sayRefusal(refusal, locale), {
    ...(refusal.problems && {
      errors: refusal.problems.map((one) => ({
        path: one.path,
        code: one.code,
        message: sayProblem(one, locale),
      })),
    }),
  });
};
