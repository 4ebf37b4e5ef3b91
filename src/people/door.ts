import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';

import { sightOf } from '../engine/index.ts';
import type { Limits, Strict } from '../limits/index.ts';
import type { House, Houses } from '../organisations/index.ts';
import type { Clock } from '../platform/clock.ts';
import { arrivalOf, type Bindings } from '../platform/http/arrival.ts';
import { HttpProblem, problem, problemSchema } from '../platform/http/problem.ts';
import type { Database } from '../platform/postgres/index.ts';
import { atLeast, FRESHLY } from './assurance.ts';
import { authenticate } from './authenticate.ts';
import type { Caller } from './caller.ts';
import { cookieIn, cookieName, visitName } from './cookie.ts';
import { declare } from './declared.ts';
import { checkedBody, checkedParams, checkedQuery, isUnkept, malformed } from './sent.ts';
import { noteUse } from './use/note.ts';

/** What every route needs of the server. */
export interface Frame {
  readonly db: Database;
  readonly clock: Clock;
  readonly houses: Houses;
  readonly limits: Limits;
  /** Where people reach this server, without a slash at the end; for an organisation, ask `urlOf`. */
  readonly url: string;
  /** Aborted when the server stops: whatever goes on for long ends. */
  readonly stopping: AbortSignal;
  /** Something was just committed: the log has grown. */
  committed(): void;
}

/**
 * Whom a route lets in.
 * `anyone`: also who is not signed in. `organisation`: a member or key of it. `member`: a person. `app`: who has a
 * role in the app of the path. `administrator`: who runs the organisation. `guest`: who holds a link to one ticket, and nobody else.
 * `drop`: who holds a link to put files, and nobody else. `share`: who holds a link to files that were shared, and nobody else.
 */
type Who = 'anyone' | 'organisation' | 'member' | 'app' | 'administrator' | 'guest' | 'drop' | 'share';

/**
 * The line that a route says of whom it lets in: who, then what else is asked or allowed.
 * `freshly`: who proved within a quarter of an hour who they are, by a passkey if they have one. `stations`: also who
 * unlocked a shared station; every other route refuses them.
 */
export type Permit =
  Who | 'member, freshly' | 'administrator, freshly' | 'organisation, stations' | 'app, stations';

export type Vars = { Bindings: Bindings; Variables: { caller: Caller } };
export type DoorContext = Context<Vars>;
/** The HTTP side of the server: every capability adds its routes to it. */
export type Doors = OpenAPIHono<Vars>;

/** What whoever is not known is told, wherever they knock. */
export const REFUSED = (): HttpProblem =>
  new HttpProblem(
    problem(401, 'not_signed_in', 'Connectez-vous, ou présentez une clé. / Sign in, or present a key.'),
    {
      'www-authenticate': 'Bearer',
    },
  );

export const NOT_FOUND = (): HttpProblem =>
  new HttpProblem(
    problem(
      404,
      'not_found',
      'Rien ici, ou rien que vous puissiez voir. / Nothing here, or nothing you may see.',
    ),
  );

/**
 * Cookies come by themselves, and whoever signs somebody in needs none: a write that relies on no key must come from
 * our own pages, at the very address where it was asked for. A browser that does not say the origin must say that it is
 * the same.
 */
export const checkOrigin = (c: Context): void => {
  if (['GET', 'HEAD'].includes(c.req.method)) return;
  const { url } = arrivalOf(c);
  const origin = c.req.header('origin');
  if (origin === undefined ? c.req.header('sec-fetch-site') !== 'same-origin' : origin !== url)
    throw new HttpProblem(
      problem(
        403,
        'foreign_origin',
        `Cette page doit être ouverte à l’adresse ${url}. / This page must be opened at ${url}.`,
      ),
    );
};

/** What a browser says while nobody touches it; whoever leaves it out only goes idle later, as by touching it. */
const RESTING = 'vigie.resting';

/** The organisation of that short name, unless it was asked for at the own address of another. */
export const houseAt = (frame: Frame, c: Context, slug: string): Promise<House | undefined> => {
  const { organisation } = arrivalOf(c);
  return organisation === null || organisation.slug === slug
    ? frame.houses.bySlug(slug)
    : Promise.resolve(undefined);
};

/**
 * Who calls, in the organisation of the path.
 * @param meanwhile what to ask with it, once there is an organisation and something that says who calls
 * @throws HttpProblem the same for an unknown organisation as for a stranger
 */
export const callerOf = async (
  frame: Frame,
  c: Context,
  slug = c.req.param('organisation') ?? '',
  idling = false,
  meanwhile?: (house: House) => void,
): Promise<Caller> => {
  const house = await houseAt(frame, c, slug);
  const authorization = c.req.header('authorization');
  const cookies = c.req.header('cookie');
  const cookie = cookieIn(cookies, cookieName(frame.url, slug));
  const resting = idling || (cookies?.includes(RESTING) === true && cookieIn(cookies, RESTING) === '1');
  const caller =
    house &&
    (await authenticate(
      frame.db,
      house,
      {
        authorization,
        cookie,
        acceptLanguage: c.req.header('accept-language'),
        idling: resting,
        link: c.req.param('link'),
        visitOf: (link) => getCookie(c, visitName(frame.url, link)),
      },
      frame.clock.now(),
      meanwhile && (() => meanwhile(house)),
    ));
  if (!caller) throw REFUSED();
  if (caller.session !== null) checkOrigin(c);
  return caller;
};

/** What the person must do first, and then comes back to where they were. */
export const stepUp = (reason: 'assurance' | 'freshly', caller: Caller): HttpProblem =>
  new HttpProblem(
    problem(
      403,
      'step_up',
      reason === 'assurance'
        ? 'Cette application demande une connexion plus sûre. / This app needs a stronger sign-in.'
        : 'Confirmez que c’est bien vous. / Confirm that it is you.',
      // With it, a page knows what it can offer.
      { reason, passkey: caller.session?.hasPasskey === true },
    ),
  );

/** Whoever is not known is counted by their address. */
const strange = async (frame: Frame, address: string, error: unknown): Promise<never> => {
  if (error instanceof HttpProblem && error.body.status === 401)
    await frame.limits.generally('stranger', address);
  throw error;
};

/** Counts what a caller asks, for them and for their organisation; nothing to wait for, nearly always. */
const count = (limits: Limits, { actor, house, confined }: Caller): Promise<void> | undefined => {
  const own = limits.generally(
    confined === 'drop' || confined === 'share' ? 'link' : 'account',
    actor.id ?? '',
  );
  // Heard in any case: the other may refuse before, and a refusal that nobody hears would end the process.
  own?.catch(() => {});
  const all = limits.generally('organisation', house.id);
  return own && all ? Promise.all([own, all]).then(() => {}) : (own ?? all);
};

/** A permit, read once: who, and what else is asked or allowed. */
const readPermit = (permit: Permit) => {
  const [who, ...more] = permit.split(', ');
  return {
    who,
    freshly: more.includes('freshly'),
    stations: more.includes('stations'),
    /** The one kind of link that it lets in; no other permit lets a link in. */
    link: who === 'guest' || who === 'drop' || who === 'share' ? who : null,
  };
};

/** A key proves who it is with every request. Who has a passkey proves it by nothing less. @throws HttpProblem `step_up` */
export const mustBeFresh = (caller: Caller, now: number): void => {
  if (!caller.session) return;
  const { authenticatedAt, assurance, hasPasskey } = caller.session;
  if (now - authenticatedAt > FRESHLY || (hasPasskey && !atLeast(assurance, 'strong')))
    throw stepUp('freshly', caller);
};

/** Whether this caller passes. What they may not know of, they are told does not exist. */
const pass = (
  { who, freshly, stations, link }: ReturnType<typeof readPermit>,
  caller: Caller,
  app: string | undefined,
  now: number,
): void => {
  const { confined } = caller;
  if (confined === 'station' && !stations) throw NOT_FOUND();
  if ((confined === 'station' ? null : confined) !== link) throw NOT_FOUND();
  if (who === 'administrator' && !caller.actor.administrator) throw NOT_FOUND();
  if (who === 'member' && caller.session === null) throw NOT_FOUND();
  if (who === 'app') {
    const installed = app === undefined ? undefined : caller.house.apps.get(app);
    const known =
      installed !== undefined &&
      (caller.actor.grants.some((grant) => grant.app === app) ||
        sightOf(installed.definition, caller.actor).length > 0);
    if (!known && app !== undefined && caller.withheld.has(app)) throw stepUp('assurance', caller);
    if (!known) throw NOT_FOUND();
  }
  if (freshly) mustBeFresh(caller, now);
};

type Shape = z.ZodObject;

/** A route: what it lets in, what it reads, what it answers. */
interface Declared<P extends Shape, Q extends Shape, B extends z.ZodType, F> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete' | 'options';
  readonly path: string;
  readonly permit: Permit;
  /** Counted one by one: a door where strangers knock. Every other is counted by who asks, generously. */
  readonly limit?: Strict;
  readonly summary: string;
  /** Asked by pages that only stay open: no sign of life of their person. */
  readonly idling?: true;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly answers: { readonly [status: number]: z.ZodType | string };
  /**
   * Asks already, together with who calls, for what the handler will need of the path whoever calls. It goes to the
   * handler alone: of who may not pass, nobody looks at it.
   */
  readonly foresee?: (house: House, params: z.output<P>) => Promise<F>;
}

/** What a handler gets: what was read, checked, and who asks. */
interface Asked<P extends Shape, Q extends Shape, B extends z.ZodType, F> {
  readonly c: DoorContext;
  readonly caller: Caller;
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
  /** What `foresee` asked for; it may fail. */
  readonly foreseen: Promise<F> | undefined;
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
export const door = <P extends Shape, Q extends Shape, B extends z.ZodType, F = undefined>(
  app: Doors,
  frame: Frame,
  route: Declared<P, Q, B, F>,
  handler: (asked: Asked<P, Q, B, F>) => Promise<Response> | Response,
): void => {
  const { permit, method, path, summary, idling, foresee } = route;
  const asks = readPermit(permit);

  const letIn = async (
    c: DoorContext,
    address: string,
    asked: { readonly [name: string]: string },
  ): Promise<{ readonly foreseen?: Promise<F> | undefined; readonly params?: z.output<P> | undefined }> => {
    const { organisation: slug, app } = asked;
    if (route.limit) await frame.limits.strictly(route.limit, address, slug ?? '');
    if (permit === 'anyone') {
      if (!route.limit) await frame.limits.generally('visit', address);
      checkOrigin(c);
      return {};
    }
    let foreseen: Promise<F> | undefined;
    let params: z.output<P> | undefined;
    const meanwhile =
      foresee &&
      ((house: House): void => {
        const read = route.params?.safeParse(asked);
        if (!read?.success) return;
        params = read.data;
        foreseen = foresee(house, params);
        foreseen.catch(() => {});
      });
    let caller: Caller;
    try {
      caller = await callerOf(frame, c, slug, idling, meanwhile);
    } catch (error) {
      return strange(frame, address, error);
    }
    const counted = count(frame.limits, caller);
    if (counted !== undefined) await counted;
    c.set('caller', caller);
    pass(asks, caller, app, frame.clock.now());
    if (caller.member && app !== undefined && permit.startsWith('app'))
      noteUse(frame.db, caller.house.id, caller.member.id, app, frame.clock.now());
    // In an object: nobody waits for it here.
    return { foreseen, params };
  };

  const enter = async (c: DoorContext): Promise<Response> => {
    const asked: { readonly [name: string]: string } = c.req.param();
    // A path that cannot be is a path that is not.
    if (isUnkept(asked)) throw NOT_FOUND();
    if (isUnkept(c.req.query())) throw malformed();
    const { address, organisation } = arrivalOf(c);
    const slug = asked['organisation'];
    // At an organisation's own address there is no other, whether it exists or not.
    if (organisation !== null && slug !== undefined && slug !== organisation.slug) throw NOT_FOUND();
    const { foreseen, params: read } = await letIn(c, address, asked);
    // Only now is what was sent looked at.
    const query = route.query ? checkedQuery(route.query, c) : {};
    const params = read ?? (route.params ? checkedParams(route.params, asked) : {});
    const body = route.body ? await checkedBody(route.body, c) : undefined;
    return await handler({
      c,
      caller: c.get('caller'),
      params: params as z.output<P>,
      query: query as z.output<Q>,
      body: body as z.output<B>,
      foreseen,
    });
  };

  const described = createRoute({
    method,
    path,
    summary,
    security: permit === 'anyone' ? [] : [{ key: [] }, { session: [] }],
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
  });
  app.openAPIRegistry.registerPath(described);
  const before = app.routes.length;
  app.on(method.toUpperCase(), described.getRoutingPath(), enter);
  declare(
    app.routes.slice(before).map((added) => added.handler),
    { permit, summary, body: route.body ?? null },
  );
};
