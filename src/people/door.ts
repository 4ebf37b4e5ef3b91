import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';

import { sightOf } from '../engine/index.ts';
import type { Houses } from '../organisations/index.ts';
import type { Clock } from '../platform/clock.ts';
import { HttpProblem, problem, problemSchema } from '../platform/http/problem.ts';
import type { Database } from '../platform/postgres/index.ts';
import { authenticate } from './authenticate.ts';
import type { Caller } from './caller.ts';

/** What every route needs of the server. */
export interface Frame {
  readonly db: Database;
  readonly clock: Clock;
  readonly houses: Houses;
  /** Where people reach this server, without a slash at the end. */
  readonly url: string;
  /** Aborted when the server stops: whatever goes on for long ends. */
  readonly stopping: AbortSignal;
  /** Something was just committed: the log has grown. */
  committed(): void;
}

/**
 * Whom a route lets in.
 * `anyone`: also who is not signed in. `organisation`: a member or key of it. `app`: who has a role in the
 * app of the path. `administrator`: who runs the organisation.
 */
export type Permit = 'anyone' | 'organisation' | 'app' | 'administrator';

export type Vars = { Variables: { caller: Caller } };
export type DoorContext = Context<Vars>;
/** The HTTP side of the server: every capability adds its routes to it. */
export type Doors = OpenAPIHono<Vars>;

const REFUSED = (): HttpProblem =>
  new HttpProblem(
    problem(401, 'not_signed_in', 'Sign in, or present a key. / Connectez-vous, ou présentez une clé.'),
    {
      'www-authenticate': 'Bearer',
    },
  );

const NOT_FOUND = (): HttpProblem =>
  new HttpProblem(
    problem(
      404,
      'not_found',
      'Rien ici, ou rien que vous puissiez voir. / Nothing here, or nothing you may see.',
    ),
  );

const MALFORMED = (): HttpProblem =>
  new HttpProblem(
    problem(
      400,
      'malformed',
      'Un caractère de la demande ne se garde pas. / A character of the request cannot be kept.',
    ),
  );

/** Deeper than any value of ours. */
const DEEPEST = 32;

/** What PostgreSQL does not keep: the character NUL, halves of surrogate pairs, and values without end in them. */
const isUnkept = (value: unknown, depth = 0): boolean => {
  if (typeof value === 'string') return value.includes('\u0000') || !value.isWellFormed();
  if (typeof value !== 'object' || value === null) return false;
  return (
    depth > DEEPEST ||
    Object.entries(value).some(([name, inner]) => isUnkept(name) || isUnkept(inner, depth + 1))
  );
};

/** The name of an organisation's session cookie; `__Host-` needs https. */
export const cookieName = (url: string, slug: string): string =>
  url.startsWith('https:') ? `__Host-vigie-${slug}` : `vigie-${slug}`;

/** Cookies come by themselves, so a write that relies on one must come from our own pages. */
export const checkOrigin = (c: Context, url: string): void => {
  if (['GET', 'HEAD'].includes(c.req.method)) return;
  const origin = c.req.header('origin');
  if (origin !== url)
    throw new HttpProblem(
      problem(
        403,
        'foreign_origin',
        `Cette page doit être ouverte à l’adresse ${url}. / This page must be opened at ${url}.`,
      ),
    );
};

/** Who calls, in the organisation of the path. @throws HttpProblem the same for an unknown organisation as for a stranger */
export const callerOf = async (
  frame: Frame,
  c: Context,
  slug = c.req.param('organisation') ?? '',
): Promise<Caller> => {
  const house = await frame.houses.bySlug(slug);
  const authorization = c.req.header('authorization');
  const cookie = getCookie(c, cookieName(frame.url, slug));
  const caller =
    house &&
    (await authenticate(
      frame.db,
      house,
      { authorization, cookie, acceptLanguage: c.req.header('accept-language') },
      frame.clock.now(),
    ));
  if (!caller) throw REFUSED();
  if (caller.session !== null) checkOrigin(c, frame.url);
  return caller;
};

/** Whether this caller passes. What they may not know of, they are told does not exist. */
const pass = (permit: Permit, caller: Caller, app: string | undefined): void => {
  if (permit === 'administrator' && !caller.actor.administrator) throw NOT_FOUND();
  if (permit !== 'app') return;
  const installed = app === undefined ? undefined : caller.house.apps.get(app);
  const known =
    installed !== undefined &&
    (sightOf(installed.definition, caller.actor).length > 0 ||
      caller.actor.grants.some((grant) => grant.app === app));
  if (!known) throw NOT_FOUND();
};

type Shape = z.ZodObject;

/** A route: what it lets in, what it reads, what it answers. */
interface Declared<P extends Shape, Q extends Shape, B extends z.ZodType> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly permit: Permit;
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly answers: { readonly [status: number]: z.ZodType | string };
}

/** What a handler gets: what was read, checked, and who asks. */
interface Asked<P extends Shape, Q extends Shape, B extends z.ZodType> {
  readonly c: DoorContext;
  readonly caller: Caller;
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
}

const answer = (of: z.ZodType | string) =>
  typeof of === 'string'
    ? { description: of }
    : { description: of.description ?? 'Done', content: { 'application/json': { schema: of } } };

const IDEMPOTENT = z.object({
  'idempotency-key': z.string().optional().openapi({
    description:
      'The same key and body again gives the same answer and one effect; any text of your own, such as a UUID.',
  }),
});

const PROBLEM = {
  description: 'Refused, with the reason (RFC 9457)',
  content: { 'application/problem+json': { schema: problemSchema } },
};

/**
 * Adds a route. It says whom it lets in, or it does not compile; who is not let in reaches neither the
 * checks of what was sent nor the handler.
 */
export const door = <P extends Shape, Q extends Shape, B extends z.ZodType>(
  app: Doors,
  frame: Frame,
  route: Declared<P, Q, B>,
  handler: (asked: Asked<P, Q, B>) => Promise<Response> | Response,
): void => {
  const { permit, method, path, summary } = route;
  const guard: MiddlewareHandler<Vars> = async (c, next) => {
    // A path that cannot be is a path that is not.
    if (isUnkept(c.req.param())) throw NOT_FOUND();
    if (isUnkept(c.req.query())) throw MALFORMED();
    if (permit !== 'anyone') {
      const caller = await callerOf(frame, c);
      pass(permit, caller, c.req.param('app'));
      c.set('caller', caller);
    }
    await next();
  };
  app.openapi(
    createRoute({
      method,
      path,
      summary,
      security: permit === 'anyone' ? [] : [{ key: [] }, { session: [] }],
      middleware: guard,
      request: {
        ...(route.params && { params: route.params }),
        ...(route.query && { query: route.query }),
        ...(method !== 'get' && { headers: IDEMPOTENT }),
        ...(route.body && {
          body: { required: true, content: { 'application/json': { schema: route.body } } },
        }),
      },
      responses: {
        ...Object.fromEntries(Object.entries(route.answers).map(([status, of]) => [status, answer(of)])),
        default: PROBLEM,
      },
    }),
    // The types of what was read come from the same schemas that checked it; the library cannot see it through a function.
    ((
      c: Context<
        Vars,
        string,
        { in: object; out: { param: z.output<P>; query: z.output<Q>; json: z.output<B> } }
      >,
    ) => {
      const body = (route.body ? c.req.valid('json') : undefined) as z.output<B>;
      if (isUnkept(body)) throw MALFORMED();
      return handler({
        c,
        caller: c.get('caller'),
        params: (route.params ? c.req.valid('param') : {}) as z.output<P>,
        query: (route.query ? c.req.valid('query') : {}) as z.output<Q>,
        body,
      });
    }) as never,
  );
};
