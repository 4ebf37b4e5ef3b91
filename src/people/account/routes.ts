import { z } from '@hono/zod-openapi';

import { askAgain } from '../../log/index.ts';
import { HttpProblem, problem } from '../../platform/http/problem.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import { DEMANDS } from '../assurance.ts';
import { personOf } from '../caller.ts';
import { door, type Doors, type Frame } from '../door.ts';
import { liveSessions, revokeOtherSessions, revokeOwnSession } from './store.ts';

const ORGANISATION = z.object({ organisation: z.string().max(80) });
const sessionSchema = z
  .object({
    id: z.string(),
    agent: z.string(),
    methods: z.array(z.enum(['link', 'passkey', 'openid', 'pin'])),
    assurance: z.enum(['low', 'medium', 'strong']),
    since: z.string(),
    seen: z.string(),
    current: z.boolean(),
  })
  .openapi('Session');

/** One's own account: who one is here, and where one is signed in. */
export const accountRoutes = (doors: Doors, frame: Frame): void => {
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/account',
      permit: 'member',
      params: ORGANISATION,
      summary: 'You, and where you are signed in',
      answers: {
        200: z.object({ name: z.string(), email: z.string(), sessions: z.array(sessionSchema) }),
      },
    },
    async ({ c, caller }) => {
      const { member, session } = personOf(caller);
      const { house } = caller;
      const now = frame.clock.now();
      const idle = Math.min(DEMANDS.internal.idle, house.settings.idle ?? Infinity);
      const total = Math.min(DEMANDS.internal.total, house.settings.total ?? Infinity);
      const sessions = await asOrganisation(frame.db, house.id, (tx) =>
        liveSessions(tx, house.id, member.id, new Date(now), new Date(now - idle)),
      );
      return c.json({
        name: member.name,
        email: member.email,
        sessions: sessions
          .filter(({ createdAt }) => now - createdAt.getTime() < total)
          .map(({ createdAt, seenAt, ...one }) => ({
            ...one,
            since: createdAt.toISOString(),
            seen: seenAt.toISOString(),
            current: one.id === session.id,
          })),
      });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'delete',
      path: '/{organisation}/account/sessions/{id}',
      permit: 'member',
      params: ORGANISATION.extend({ id: z.uuid() }),
      summary: 'End one of your sessions, at once',
      answers: { 204: 'Ended' },
    },
    async ({ c, caller, params }) => {
      const { member } = personOf(caller);
      const { house } = caller;
      const ended = await asOrganisation(frame.db, house.id, async (tx) => {
        await askAgain(tx, house.id);
        return revokeOwnSession(tx, house.id, member.id, params.id, new Date(frame.clock.now()));
      });
      if (!ended)
        throw new HttpProblem(
          problem(404, 'not_found', 'Cette session est déjà fermée. / This session has ended already.'),
        );
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'delete',
      path: '/{organisation}/account/sessions',
      permit: 'member',
      params: ORGANISATION,
      summary: 'End all your sessions but this one, at once',
      answers: { 204: 'Ended' },
    },
    async ({ c, caller }) => {
      const { member, session } = personOf(caller);
      const { house } = caller;
      await asOrganisation(frame.db, house.id, async (tx) => {
        await revokeOtherSessions(tx, house.id, member.id, session.id, new Date(frame.clock.now()));
        await askAgain(tx, house.id);
      });
      return c.body(null, 204);
    },
  );
};
