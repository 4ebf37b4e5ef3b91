import { z } from '@hono/zod-openapi';

import { timeZoneAt } from '../organisations/index.ts';
import { door, type Doors, type Frame } from '../people/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { callOf, sightsOf, ticketSchema, viewByIds, visibleSql } from '../tickets/index.ts';
import { search } from './index.ts';

const LONGEST = 300;

/** Search as one remembers. */
export const searchRoutes = (doors: Doors, frame: Frame): void => {
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/search',
      permit: 'organisation',
      params: z.object({ organisation: z.string().max(80) }),
      query: z.object({
        q: z.string().default(''),
        app: z.string().max(80).optional(),
        limit: z.coerce.number().int().min(1).max(100).default(20),
      }),
      summary: 'Typos, half words, sounds and days, several at once; says why each was found',
      answers: {
        200: z.object({
          hits: z.array(
            z.object({
              ticket: ticketSchema,
              why: z.array(
                z.object({
                  word: z.string(),
                  found: z.string(),
                  how: z.enum(['exact', 'start', 'typo', 'sound', 'day']),
                }),
              ),
              missing: z.array(z.string()),
            }),
          ),
        }),
      },
    },
    async ({ c, caller, query }) => {
      const call = await callOf(frame, c, caller);
      const { house, actor } = call;
      const sights = sightsOf(call, query.app === undefined ? undefined : [query.app]);
      if (sights.length === 0) return c.json({ hits: [] });
      const hits = await asOrganisation(frame.db, house.id, async (tx) => {
        const found = await search(tx, {
          organisationId: house.id,
          text: query.q.slice(0, LONGEST),
          apps: sights.map(({ app }) => app),
          visible: visibleSql(tx, sights, actor),
          limit: query.limit,
          now: call.now,
          timeZone: timeZoneAt(house, null),
        });
        const tickets = await viewByIds(
          tx,
          call,
          caller.locale,
          found.hits.map((hit) => hit.ticketId),
        );
        return found.hits.flatMap(({ ticketId, why, missing }) => {
          const ticket = tickets.get(ticketId);
          return ticket ? [{ ticket, why, missing }] : [];
        });
      });
      return c.json({ hits });
    },
  );
};
