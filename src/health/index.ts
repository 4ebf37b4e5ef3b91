import { hash, timingSafeEqual } from 'node:crypto';

import type { Doors, Frame } from '../people/index.ts';
import { arrivalOf } from '../platform/http/arrival.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { isLoopback } from '../platform/http/proxies.ts';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

import { alive, vaultTotals, type VaultTotals, waiting } from './store.ts';

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
  { db, clock, url }: Pick<Frame, 'db' | 'clock' | 'url'>,
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

  let asked: ReturnType<typeof vaultTotals> | null = null;
  /** The three numbers of one reading come from one question. */
  const totals = (): ReturnType<typeof vaultTotals> =>
    (asked ??= vaultTotals(db.app).finally(() => (asked = null)));
  for (const [name, help, read] of [
    ['faults', 'Kept files that are damaged or missing', ({ faults }) => faults],
    ['stored_bytes', 'Bytes that kept files take on the shelf, sealed', ({ stored }) => stored],
    [
      'oldest_verification_seconds',
      'For how long the kept file that was longest not read through was not',
      // Nothing kept: nothing is overdue.
      ({ oldest }) => (oldest === null ? 0 : Math.max(0, (clock.now() - oldest.getTime()) / 1000)),
    ],
  ] as readonly [string, string, (totals: VaultTotals) => number][]) {
    const gauge: Gauge = new Gauge({
      name: `vigie_vault_${name}`,
      help,
      registers: [registry],
      collect: async () => gauge.set(read(await totals())),
    });
  }

  doors.use('*', async (c, next) => {
    const began = performance.now();
    await next();
    const seconds = (performance.now() - began) / 1000;
    requests.observe({ method: c.req.method, route: c.req.routePath, status: c.res.status }, seconds);
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
