import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { z } from '@hono/zod-openapi';

import type { Logger } from '../logging.ts';
import { isUnavailable } from '../postgres/index.ts';
import { localeOf, saysLocale } from './locale.ts';
import { HttpProblem, inLanguage, problem, type ProblemDetails, problemResponse } from './problem.ts';

/** What a schema refused, at its path. */
export const schemaProblem = (error: z.core.$ZodError, from: string): ProblemDetails =>
  problem(
    400,
    'malformed',
    'La demande n’a pas la forme attendue. / The request does not have the expected form.',
    {
      errors: error.issues.map((issue) => ({
        path:
          from === 'json' ? issue.path.map(String).join('.') : `${from}.${issue.path.map(String).join('.')}`,
        code: issue.code,
        message: issue.message,
      })),
    },
  );

/** What is known of who asks, by its kind and identifier: no name, no address. */
interface Asker {
  readonly actor: { readonly kind: string; readonly id?: string | null };
  readonly locale: 'fr' | 'en';
}

/** A problem in the language of who asks: a person's own, or what their browser says; in both for who says nothing. */
const inTheirs = (c: Context, body: ProblemDetails): ProblemDetails => {
  const asker = c.get('caller') as Asker | undefined;
  if (asker?.actor.kind === 'member') return inLanguage(body, asker.locale);
  const said = c.req.header('accept-language');
  return saysLocale(said) ? inLanguage(body, localeOf(said)) : body;
};

/**
 * Writes down that somebody was refused: what they asked for by its route, not by what they wrote in it. Attempts to
 * find an open door are seen here.
 */
export const logRefusal = (logger: Logger, c: Context, refused: ProblemDetails): void => {
  if (refused.status >= 500) return;
  const asker = c.get('caller') as Asker | undefined;
  logger.info(
    {
      code: refused.code,
      status: refused.status,
      method: c.req.method,
      route: c.req.routePath,
      actor: asker === undefined ? null : `${asker.actor.kind}:${asker.actor.id ?? ''}`,
    },
    'Refused.',
  );
};

/** Turns whatever a route throws into a problem; what we did not foresee is logged, and says nothing to the caller. */
export const answerError =
  (logger: Logger, known: (error: unknown, c: Context) => ProblemDetails | undefined) =>
  (error: Error, c: Context): Response => {
    const refuse = (body: ProblemDetails, headers?: HttpProblem['headers']): Response => {
      logRefusal(logger, c, body);
      return problemResponse(inTheirs(c, body), headers);
    };
    if (error instanceof HttpProblem) {
      if (error.body.status >= 500)
        // Without a cause it was said on purpose: a quota is full, a door is closed for a moment.
        logger[error.cause === undefined ? 'warn' : 'error'](
          { err: error.cause, code: error.body.code },
          'A request failed.',
        );
      return refuse(error.body, error.headers);
    }
    const foreseen = known(error, c);
    if (foreseen) return refuse(foreseen);
    if (error instanceof HTTPException) {
      const code = error.status === 415 ? 'unsupported_media_type' : 'malformed';
      return refuse(
        problem(
          error.status,
          code,
          error.message || 'La demande n’a pas pu être lue. / The request could not be read.',
        ),
      );
    }
    if (isUnavailable(error)) {
      logger.warn({ err: error }, 'PostgreSQL is away.');
      return refuse(
        problem(
          503,
          'unavailable',
          'La base de données redémarre. Rien n’est perdu : réessayez. / The database is restarting. Nothing is lost: try again.',
        ),
        { 'retry-after': '2' },
      );
    }
    logger.error({ err: error, method: c.req.method, route: c.req.routePath }, 'A request failed.');
    return refuse(
      problem(500, 'our_fault', 'Quelque chose a cassé de notre côté. / Something broke on our side.'),
    );
  };
