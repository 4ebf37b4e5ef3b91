import { z } from '@hono/zod-openapi';

import { door, type Doors, type Frame } from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { traced } from '../traces/index.ts';
import type { Followers } from './followers.ts';
import { allSetAside } from './store.ts';

const ORGANISATION = z.object({ organisation: z.string().max(80) });
const asideSchema = z
  .object({
    consumer: z.string(),
    seq: z.number().int(),
    error: z.string(),
    at: z.string(),
    app: z.string().nullable(),
    type: z.string(),
    reference: z.string().nullable(),
  })
  .openapi('SetAside');

/** Events that something which follows the log could not follow. */
export const logRoutes = (doors: Doors, frame: Frame, followers: Followers): void => {
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/set-aside',
      permit: 'administrator',
      params: ORGANISATION,
      summary: 'Events set aside, so that the others are not held up',
      answers: { 200: z.object({ events: z.array(asideSchema) }) },
    },
    async ({ c, caller }) => {
      const events = await asOrganisation(frame.db, caller.house.id, (tx) =>
        allSetAside(tx, caller.house.id),
      );
      const { house, actor } = caller;
      await traced(
        { db: frame.db, house, actor, now: frame.clock.now(), way: 'set-aside' },
        events.flatMap(({ ticketId, app }) => (ticketId && app ? [{ state: { id: ticketId, app } }] : [])),
      );
      return c.json({
        events: events.map(({ consumer, seq, error, at, app, type, reference }) => ({
          consumer,
          seq,
          error,
          at: at.toISOString(),
          app,
          type,
          reference,
        })),
      });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/set-aside/{consumer}/{seq}/retry',
      permit: 'administrator',
      params: ORGANISATION.extend({ consumer: z.string().max(80), seq: z.coerce.number().int().positive() }),
      summary: 'Try one again',
      answers: { 204: 'Followed now' },
    },
    async ({ c, caller, params }) => {
      const end = await followers.retry(caller.house.id, params.consumer, params.seq);
      if (end === 'unknown')
        throw new HttpProblem(
          problem(404, 'not_found', 'Rien de tel n’est mis de côté. / Nothing of the kind is set aside.'),
        );
      if (end !== 'done') throw new HttpProblem(problem(409, 'still_fails', end.error));
      return c.body(null, 204);
    },
  );
};
