import { hash, timingSafeEqual } from 'node:crypto';

import type { Doors, Frame } from '../people/index.ts';
import { arrivalOf } from '../platform/http/arrival.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { isLoopback } from '../platform/http/proxies.ts';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

import { alive, waiting } from './store.ts';

const isSame = (given: string, wanted: string): boolean =>
  timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', wanted, 'buffer'));

/** Where people come from elsewhere there is a proxy, and a proxy that says nothing looks like this machine. */
const isOnlyHere = (url: string): boolean => {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || isLoopback(hostname.replaceAll(/[[\]]/gu, ''));
};

/** What the server says of itself to whoever watches the machine; nothing of anyone's work. */
export const healthRoutes = (
  doors: Doors,
  { db, url }: Pick<Frame, 'db' | 'url'>,
  ready: () => boolean,
  metricsToken: string | undefined,
): void => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'vigie_http_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const unordered = new Gauge({
    name: 'vigie_log_unordered',
    help: 'Events that wait for their place in the log',
    registers: [registry],
    collect: async () => {
      unordered.set(await waiting(db.system));
    },
  });

  doors.use('*', async (c, next) => {
    const end = requests.startTimer();
    await next();
    end({ method: c.req.method, route: c.req.routePath, status: c.res.status });
  });
  doors.get('/healthz', (c) => c.text('ok\n'));
  doors.get('/readyz', async (c) => {
    const up = ready() && (await alive(db.app).catch(() => false));
    return c.text(up ? 'ready\n' : 'not ready\n', up ? 200 : 503);
  });
  doors.get('/metrics', async (c) => {
    const open =
      metricsToken === undefined
        ? arrivalOf(c).local && isOnlyHere(url)
        : isSame(c.req.header('authorization') ?? '', `Bearer ${metricsToken}`);
    if (!open) throw new HttpProblem(problem(404, 'not_found'));
    return c.text(await registry.metrics(), 200, { 'content-type': registry.contentType });
  });
};
