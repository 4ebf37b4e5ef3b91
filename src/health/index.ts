import type { Doors } from '../people/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

import { alive, waiting } from './store.ts';

/** What the server says of itself to whoever watches the machine; nothing of anyone's work. */
export const healthRoutes = (doors: Doors, db: Database, ready: () => boolean): void => {
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
  doors.get('/metrics', async (c) =>
    c.text(await registry.metrics(), 200, { 'content-type': registry.contentType }),
  );
};
