import { HttpProblem, problem } from '../platform/http/problem.ts';

/** @param wait milliseconds until it may be tried again */
export const tooMany = (wait: number): HttpProblem =>
  new HttpProblem(
    problem(
      429,
      'too_many_requests',
      'Trop de demandes à la suite : attendez un peu, puis réessayez. / Too many requests in a row: wait a little, then try again.',
    ),
    { 'retry-after': String(Math.max(1, Math.ceil(wait / 1000))) },
  );

/** Where strangers knock, what cannot be counted is not let in. */
export const uncounted = (): HttpProblem =>
  new HttpProblem(
    problem(
      503,
      'unavailable',
      'Cette porte est fermée un moment. Réessayez. / This door is closed for a moment. Try again.',
    ),
    { 'retry-after': '5' },
  );
