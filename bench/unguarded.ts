/**
 * One route of Vigie as it would be without guards: the same server with all its routes, the same headers and metrics,
 * the same checks of what was sent and the same view of a ticket, but nobody is asked who they are, and nothing that
 * they may is looked up. The database it is given has no row-level security. What guards cost is measured against it.
 *
 * Started by run.ts: DATABASE_URL in, `{ port }` out.
 */
import { z } from '@hono/zod-openapi';
import type { Actor } from '../src/engine/index.ts';
import { openGate } from '../src/gate.ts';
import { openDoors } from '../src/http.ts';
import { openLimits } from '../src/limits/index.ts';
import { openHouses } from '../src/organisations/index.ts';
import { door, type Frame } from '../src/people/index.ts';
import { systemClock } from '../src/platform/clock.ts';
import { jsonText } from '../src/platform/http/json.ts';
import { serve } from '../src/platform/http/serve.ts';
import { createLogger } from '../src/platform/logging.ts';
import { openDatabase } from '../src/platform/postgres/index.ts';
import { viewTicket } from '../src/tickets/index.ts';
import { textOf } from '../src/tickets/lists/kept.ts';

const logger = createLogger('warn');
const db = openDatabase({ url: process.env['DATABASE_URL'] ?? '' });
const clock = systemClock;
const houses = openHouses(db);
const limits = openLimits(db, clock, logger, 1000);
const served = await serve('127.0.0.1', 0, false);
const url = `http://localhost:${served.port}`;

const anyClerk: Actor = {
  kind: 'member',
  id: '00000000-0000-7000-8000-000000000000',
  grants: [{ app: 'voirie', role: 'clerk', siteId: null }],
  administrator: false,
};

const frame: Frame = {
  db,
  clock,
  houses,
  limits,
  url,
  stopping: new AbortController().signal,
  committed: () => {},
};
/** Nothing that the other routes need to answer: here they only stand beside. */
const NOTHING = {} as never;
const routes = openDoors(frame, NOTHING);
door(
  routes,
  frame,
  {
    method: 'get',
    path: '/api/v1/{organisation}/{app}/unguarded/{reference}',
    permit: 'anyone',
    params: z.object({ organisation: z.string(), app: z.string(), reference: z.string() }),
    summary: 'One ticket, for anybody',
    answers: { 200: 'A ticket' },
  },
  async ({ c, params }) => {
    const house = await houses.bySlug(params.organisation);
    if (!house) return c.notFound();
    const call = { db, house, actor: anyClerk, now: clock.now(), once: null };
    return jsonText(c, textOf(await viewTicket(call, 'fr', params.app, params.reference)));
  },
);
const gate = openGate({ url, port: served.port, proxies: [], houses, limits, logger });
served.open(gate, (request, bindings) => routes.fetch(request, bindings), null);

process.send?.({ port: served.port });
process.on('message', () => process.send?.({ rss: process.memoryUsage.rss() }));
process.on('disconnect', () => process.exit());
