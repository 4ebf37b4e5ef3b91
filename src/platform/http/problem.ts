import { z } from '@hono/zod-openapi';

/** An error as RFC 9457 has it. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Stable: what a program compares. */
  readonly code: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string; readonly code: string; readonly message: string }[];
  readonly [extension: string]: unknown;
}

const TITLES: { readonly [status: number]: string } = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  410: 'Gone',
  412: 'Not what was expected',
  413: 'Too large',
  415: 'Not a format we read',
  421: 'Not at this address',
  422: 'Not valid',
  423: 'Held by somebody',
  429: 'Too many requests',
  500: 'Our fault',
  503: 'Not available now',
  507: 'No room left',
};

/** `type` is relative to the server, which serves what the code means with its API. */
export const problem = (
  status: number,
  code: string,
  detail?: string,
  more?: { readonly [extension: string]: unknown },
): ProblemDetails => ({
  type: `/api/v1/problems/${code}`,
  title: TITLES[status] ?? 'Error',
  status,
  code,
  ...(detail !== undefined && { detail }),
  ...more,
});

/** What is said in both languages, the French first: each ends as a sentence does. */
const BOTH = /^(.+[.!?…]) \/ (\S.+[.!?…])$/su;

const half = (text: string, locale: 'fr' | 'en'): string =>
  BOTH.exec(text)?.[locale === 'fr' ? 1 : 2] ?? text;

/** A problem in one of its two languages; what is said in one alone stays as it is. */
export const inLanguage = (body: ProblemDetails, locale: 'fr' | 'en'): ProblemDetails => ({
  ...body,
  ...(body.detail !== undefined && { detail: half(body.detail, locale) }),
  ...(body.errors && {
    errors: body.errors.map((error) => ({ ...error, message: half(error.message, locale) })),
  }),
});

export const problemResponse = (
  body: ProblemDetails,
  headers: { readonly [name: string]: string } = {},
): Response =>
  Response.json(body, {
    status: body.status,
    headers: {
      ...headers,
      'content-type': 'application/problem+json',
    },
  });

/** Thrown to answer with a problem, whatever was under way. */
export class HttpProblem extends Error {
  readonly body: ProblemDetails;
  readonly headers: { readonly [name: string]: string };
  constructor(body: ProblemDetails, headers: { readonly [name: string]: string } = {}) {
    super(body.code);
    this.name = 'HttpProblem';
    this.body = body;
    this.headers = headers;
  }
}

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem');
