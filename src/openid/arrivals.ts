import { z } from '@hono/zod-openapi';

import { door, type Doors, type Frame, giveSession, sessionSecret } from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { choices, choose } from './enter.ts';
import type { OpenId } from './index.ts';
import { within } from './paths.ts';
import { attemptOf, takeAttempt } from './secrets.ts';

const ATTEMPT = z.object({
  organisation: z.string().max(80),
  attempt: z.string().regex(/^[0-9a-f]{16}$/u),
});

/** Somebody who has come back from a provider and has several professional activities says in which they come in. */
export const arrivalRoutes = (doors: Doors, frame: Frame, openId: OpenId): void => {
  const { db, clock, url } = frame;

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/openid/arrivals/{attempt}',
      permit: 'anyone',
      limit: 'token',
      params: ATTEMPT,
      summary: 'In which professional activity who has come back may come in, in their browser',
      answers: {
        200: z.object({
          provider: z.object({ fr: z.string(), en: z.string() }),
          next: z.string(),
          activities: z.array(z.string()),
        }),
      },
    },
    async ({ c, params }) => {
      const slug = params.organisation;
      const secret = attemptOf(c, url, params.attempt);
      const house = await frame.houses.bySlug(slug);
      const found = house && secret !== undefined ? await choices(db, house, secret, clock.now()) : null;
      const client = found && openId.clientFor(slug, found.provider);
      if (!found || !client) throw new HttpProblem(problem(404, 'not_found'));
      return c.json({
        provider: client.provider.title,
        next: within(slug, found.next),
        activities: [...found.activities],
      });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/openid/arrivals/{attempt}',
      permit: 'anyone',
      limit: 'token',
      params: ATTEMPT,
      body: z.strictObject({ activity: z.coerce.number().int().min(0).max(49) }),
      summary: 'Come in, in one of one’s professional activities',
      answers: { 201: z.object({ next: z.string() }) },
    },
    async ({ c, params, body }) => {
      const slug = params.organisation;
      const secret = attemptOf(c, url, params.attempt);
      const house = await frame.houses.bySlug(slug);
      const browser = { userAgent: c.req.header('user-agent'), instead: sessionSecret(c, url, slug) };
      const chosen = { activity: body.activity, browser };
      const entered =
        house && secret !== undefined ? await choose(db, house, { secret, ...chosen }, clock.now()) : null;
      if (entered?.kind !== 'session')
        throw new HttpProblem(
          problem(
            401,
            'too_late',
            'Trop de temps a passé. Recommencez la connexion. / Too much time has passed. Sign in again.',
          ),
        );
      takeAttempt(c, url, params.attempt);
      giveSession(c, url, slug, entered.secret);
      return c.json({ next: within(slug, entered.next) }, 201);
    },
  );
};
