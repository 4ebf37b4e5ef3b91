import { z } from '@hono/zod-openapi';

import type { House } from '../organisations/index.ts';
import {
  atLeast,
  type Caller,
  door,
  type DoorContext,
  type Doors,
  type Frame,
  hashSecret,
} from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import type { Logger } from '../platform/logging.ts';
import { identityRoutes } from './account.ts';
import { arrivalRoutes } from './arrivals.ts';
import { begin, underWay } from './begin.ts';
import { callbackRoute, troubled } from './callback.ts';
import type { Client } from './client.ts';
import type { OpenId } from './index.ts';
import { levelsFor } from './levels.ts';
import { callbackOf, page, toldAt, within } from './paths.ts';
import { attemptOf, giveAttempt, tagOf, waysOf } from './secrets.ts';
import type { Attempt } from './store.ts';

const ORGANISATION = z.object({ organisation: z.string().max(80) });
const PROVIDER = ORGANISATION.extend({ provider: z.string().max(40) });
const next = z.string().max(2000).optional();
const AWAY = 'To the provider, or back to the sign-in page with the reason';
const STARTED = { 201: z.object({ reference: z.string() }) };

const refuse = (status: number, code: string, fr: string, en: string): HttpProblem =>
  new HttpProblem(problem(status, code, `${fr} / ${en}`));

const NOT_FOUND = (): HttpProblem =>
  refuse(
    404,
    'not_found',
    'Rien ici, ou rien que vous puissiez voir.',
    'Nothing here, or nothing you may see.',
  );

/** Who sets out, for what. */
const SIGN_IN = {
  purpose: 'sign-in',
  needed: 'low',
  memberId: null,
  sessionHash: null,
  linkHash: null,
} as const;
const of = (caller: Caller) => ({
  memberId: caller.actor.id,
  sessionHash: caller.session?.hash ?? null,
  linkHash: null,
});

/** Coming in by a provider, and proving again who one is. */
export const openIdRoutes = (doors: Doors, frame: Frame, openId: OpenId, logger: Logger): void => {
  const { db, clock, url } = frame;
  const clientFor = (slug: string, id: string): Client => {
    const client = openId.clientFor(slug, id);
    if (!client) throw NOT_FOUND();
    return client;
  };

  /** Begins, and says where to go on: the way out is always a link, for a form may lead to no foreign page. */
  const started = async (
    c: DoorContext,
    house: House,
    attempt: Omit<Attempt, 'createdAt'>,
  ): Promise<Response> => {
    const secret = await begin(db, house, attempt, clock.now());
    if (secret === null) throw BAD_LINK();
    giveAttempt(c, url, secret);
    return c.json({ reference: tagOf(secret) }, 201);
  };

  /** The way to the provider, for who began it here. */
  const leaving = async (
    client: Client,
    attempt: Omit<Attempt, 'createdAt'>,
    secret: string,
    slug: string,
  ): Promise<string> => {
    const { id } = client.provider;
    try {
      return await client.leave(
        waysOf(secret, slug),
        callbackOf(url, id),
        attempt.needed,
        attempt.purpose === 'step-up',
      );
    } catch (error) {
      return toldAt(slug, troubled(logger, error, id), id, attempt.purpose);
    }
  };

  // Before what begins with an organisation: nothing else may answer there.
  callbackRoute(doors, frame, openId, logger);
  identityRoutes(doors, frame, openId, logger);
  arrivalRoutes(doors, frame, openId);

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/openid/providers',
      permit: 'anyone',
      params: ORGANISATION,
      summary: 'By whom one may come in',
      answers: {
        200: z.object({
          providers: z.array(
            z.object({ id: z.string(), title: z.object({ fr: z.string(), en: z.string() }) }),
          ),
        }),
      },
    },
    ({ c, params }) =>
      c.json({ providers: openId.of(params.organisation).map(({ id, title }) => ({ id, title })) }),
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/openid/{provider}/start',
      permit: 'anyone',
      limit: 'proof',
      params: PROVIDER,
      query: z.object({ next }),
      summary: 'Come in by a provider: a link, which needs neither script nor form',
      answers: { 303: AWAY },
    },
    async ({ c, params, query }) => {
      const slug = params.organisation;
      const client = clientFor(slug, params.provider);
      const house = await frame.houses.bySlug(slug);
      if (!house) throw NOT_FOUND();
      const attempt = { ...SIGN_IN, provider: client.provider.id, next: within(slug, query.next) };
      const secret = await begin(db, house, attempt, clock.now());
      if (secret === null) throw NOT_FOUND();
      giveAttempt(c, url, secret);
      return c.redirect(await leaving(client, attempt, secret, slug), 303);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/openid/{provider}/start',
      permit: 'member',
      params: PROVIDER,
      body: z.strictObject({ stepUp: z.enum(['low', 'medium', 'strong']).default('low'), next }),
      summary: 'Prove again who one is, at least as surely; go on at attempts/{reference}',
      answers: STARTED,
    },
    ({ c, caller, params, body }) => {
      const { provider } = clientFor(caller.house.slug, params.provider);
      // Confirming never leaves somebody less sure than they were.
      const has = caller.session?.assurance ?? 'low';
      const needed = atLeast(has, body.stepUp) ? has : body.stepUp;
      if (needed !== 'low' && levelsFor(provider, needed).length === 0) throw TOO_LOW();
      return started(c, caller.house, {
        ...of(caller),
        provider: provider.id,
        purpose: 'step-up',
        next: within(caller.house.slug, body.next),
        needed,
      });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/openid/{provider}/link',
      permit: 'member, freshly',
      params: PROVIDER,
      summary: 'Link one’s identity at a provider; go on at attempts/{reference}',
      answers: STARTED,
    },
    ({ c, caller, params }) =>
      started(c, caller.house, {
        ...of(caller),
        provider: clientFor(caller.house.slug, params.provider).provider.id,
        purpose: 'link',
        next: page(caller.house.slug, '/account/identities'),
        needed: 'low',
      }),
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/openid/{provider}/invitation',
      permit: 'anyone',
      limit: 'token',
      params: PROVIDER,
      body: z.strictObject({ token: z.string().min(20).max(200) }),
      summary: 'Answer an invitation by linking one’s identity; go on at attempts/{reference}',
      answers: STARTED,
    },
    async ({ c, params, body }) => {
      const { provider } = clientFor(params.organisation, params.provider);
      const house = await frame.houses.bySlug(params.organisation);
      if (!house) throw BAD_LINK();
      return started(c, house, {
        ...SIGN_IN,
        provider: provider.id,
        purpose: 'invitation',
        next: page(house.slug),
        linkHash: hashSecret(body.token),
      });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/openid/attempts/{attempt}',
      permit: 'anyone',
      params: ORGANISATION.extend({ attempt: z.string().regex(/^[0-9a-f]{16}$/u) }),
      summary: 'Go on to the provider, in the browser that began',
      answers: { 303: AWAY },
    },
    async ({ c, params }) => {
      const slug = params.organisation;
      const secret = attemptOf(c, url, params.attempt);
      const house = await frame.houses.bySlug(slug);
      const attempt = house && secret !== undefined && (await underWay(db, house, secret, clock.now()));
      const client = attempt && openId.clientFor(slug, attempt.provider);
      if (!attempt || !client || secret === undefined)
        return c.redirect(`${page(slug, '/sign-in')}?openid=too_late`, 303);
      return c.redirect(await leaving(client, attempt, secret, slug), 303);
    },
  );
};

const TOO_LOW = (): HttpProblem =>
  refuse(
    422,
    'level_unavailable',
    'Ce fournisseur ne reconnaît pas assez sûrement pour cela. Confirmez autrement.',
    'This provider does not recognise people surely enough for that. Confirm another way.',
  );

const BAD_LINK = (): HttpProblem =>
  refuse(
    401,
    'bad_link',
    'Ce lien a déjà servi ou a expiré. Demandez-en un autre.',
    'This link was used or has expired. Ask for another.',
  );
