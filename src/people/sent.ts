import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { en, fr } from 'zod/locales';

import { schemaProblem } from '../platform/http/errors.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';

/** JSON, or a format made of it, with parameters of the type or without. */
const JSON_TYPE = /^application\/([a-z.-]+\+)?json(;\s*[a-z0-9-]+=([^;]+))*$/iu;

const french = fr().localeError;
const english = en().localeError;

/** What a value should have been, in both languages, where its schema does not say it better. */
const inBoth: z.core.ParseContext<z.core.$ZodIssue> = {
  error: (issue) => `${said(french(issue))}. / ${said(english(issue))}.`,
};

const said = (message: ReturnType<typeof french>): string =>
  (typeof message === 'object' ? message?.message : message) ?? '';

/** Deeper than any value of ours. */
const DEEPEST = 32;

/** What PostgreSQL does not keep: the character NUL, halves of surrogate pairs, and values without end in them. */
export const isUnkept = (value: unknown, depth = 0): boolean => {
  if (typeof value === 'string') return value.includes('\u0000') || !value.isWellFormed();
  if (typeof value !== 'object' || value === null) return false;
  if (depth > DEEPEST) return true;
  for (const [name, inner] of Object.entries(value))
    if (isUnkept(name) || isUnkept(inner, depth + 1)) return true;
  return false;
};

export const malformed = (): HttpProblem =>
  new HttpProblem(
    problem(
      400,
      'malformed',
      'Un caractère de la demande ne se garde pas. / A character of the request cannot be kept.',
    ),
  );

/** @throws HttpProblem 404: a path that cannot be is a path that is not */
export const checkedParams = <P extends z.ZodType>(schema: P, params: unknown): z.output<P> => {
  const read = schema.safeParse(params);
  if (!read.success) throw new HttpProblem(problem(404, 'not_found'));
  return read.data;
};

/** What follows the question mark, each name once or as a list. @throws HttpProblem 400 */
export const checkedQuery = <Q extends z.ZodType>(schema: Q, c: Context): z.output<Q> => {
  const asked = Object.entries(c.req.queries()).map(([name, values]) => [
    name,
    values.length === 1 ? values[0] : values,
  ]);
  const read = schema.safeParse(Object.fromEntries(asked), inBoth);
  if (!read.success) throw new HttpProblem(schemaProblem(read.error, 'query'));
  return read.data;
};

const notRead = (): HTTPException =>
  new HTTPException(415, { message: 'Seul le JSON se lit ici. / Only JSON is read here.' });

const bodyOf = async (c: Context): Promise<unknown> => {
  const type = c.req.header('content-type');
  if (!type) {
    if ((await c.req.text()) === '') return {};
    throw notRead();
  }
  if (!JSON_TYPE.test(type)) throw notRead();
  try {
    return JSON.parse(await c.req.text());
  } catch {
    throw new HTTPException(400, {
      message: 'Le contenu n’est pas du JSON. / What was sent is not JSON.',
    });
  }
};

/** The body, as JSON. @throws HTTPException 415 or 400 when it is none; HttpProblem 400 when it is not what is read here */
export const checkedBody = async <B extends z.ZodType>(schema: B, c: Context): Promise<z.output<B>> => {
  const read = schema.safeParse(await bodyOf(c), inBoth);
  if (!read.success) throw new HttpProblem(schemaProblem(read.error, 'json'));
  if (isUnkept(read.data)) throw malformed();
  return read.data;
};
