/**
 * What Vigie costs, in ratios: against the least a server can be (thin.ts) and against itself with a hundred times
 * the tickets. Same machine, same run, the same PostgreSQL with fsync on, 16 connections, rounds in turn.
 *
 *   npm run bench [-- --quick] [--only thin|guards|growth|vault|search] [--rounds 5]
 *
 * Says what falls short, and ends with 0: a bench is no test.
 */
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { createLogger } from '../src/platform/logging.ts';
import { startEmbedded } from '../src/platform/postgres/index.ts';
import { analyze, type Filled, fillThin, fillVigie, openWalls } from './fill.ts';
import type { Order, Outcome } from './load.ts';
import { type Server, startLoad, startServer } from './processes.ts';
import { type Line, medianOf, table } from './ratios.ts';
import { measureSearch } from './search.ts';
import { measureVault } from './vault.ts';

const { quick, only, ...told } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string' },
  },
}).values;
const [small, big] = quick ? [1_000, 50_000] : [10_000, 1_000_000];
const seconds = quick ? 1 : 4;
const rounds = Number(told.rounds ?? (quick ? 3 : 5));
const connections = 16;

/** Somebody to ask, and how. */
interface Asked {
  readonly server: Server;
  readonly method: Order['method'];
  readonly requests: Order['requests'];
  readonly key?: string;
  readonly cookie?: string;
  /** Done after each round, before the other's turn. */
  readonly after?: () => Promise<void>;
}

const load = startLoad();
const lines: Line[] = [];
const say = (text: string): void => console.log(text);
const since = (start: number): string => `${((performance.now() - start) / 1000).toFixed(1)} s`;

const run = async (
  { server, method, requests, key, cookie, after }: Asked,
  length: number,
): Promise<Outcome> => {
  const outcome = await load.run({
    port: server.port,
    method,
    requests,
    connections,
    seconds: length,
    headers: {
      ...(method === 'POST' && { 'content-type': 'application/json' }),
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(cookie !== undefined && { cookie }),
    },
  });
  await after?.();
  if (outcome.failed > 0)
    say(
      `  ${outcome.failed} of ${outcome.failed + outcome.answered} were refused: ${method} ${requests[0]?.path ?? ''}`,
    );
  return outcome;
};

/** Asks the two in turn, after a round that does not count. */
const inTurn = async (one: Asked, other: Asked): Promise<readonly [Outcome, Outcome]> => {
  const outcomes: [Outcome[], Outcome[]] = [[], []];
  for (let round = -1; round < rounds; round += 1) {
    const length = round < 0 ? seconds / 2 : seconds;
    const pair = [await run(one, length), await run(other, length)] as const;
    if (round >= 0) pair.forEach((outcome, at) => outcomes[at]?.push(outcome));
  }
  return [medianOf(outcomes[0]), medianOf(outcomes[1])];
};

const rate = (outcome: Outcome): string => `${Math.round(outcome.perSecond).toLocaleString('en')}/s`;
const time = (outcome: Outcome): string => `${outcome.p50.toFixed(1)} ms`;

/** Answers a second, of what the thin server gives. */
const against = async (what: string, ours: Asked, thin: Asked, least?: number): Promise<Outcome> => {
  const [a, b] = await inTurn(ours, thin);
  lines.push({
    what,
    ours: rate(a),
    floor: rate(b),
    ratio: a.perSecond / b.perSecond,
    ...(least !== undefined && { target: { least } }),
  });
  return a;
};

/** The time that half of the answers take, among many tickets and among few. */
const grown = async (what: string, many: Asked, few: Asked, most?: number): Promise<void> => {
  const [a, b] = await inTurn(many, few);
  lines.push({
    what,
    ours: time(a),
    floor: time(b),
    ratio: a.p50 / b.p50,
    ...(most !== undefined && { target: { most } }),
  });
};

const bodies = Array.from({ length: 200 }, (_, nth) => ({
  path: '/tickets',
  body: JSON.stringify({
    fields: {
      kind: (['pothole', 'streetlight', 'dumping', 'graffiti'] as const)[nth % 4],
      place: { lat: 47.5 + nth / 1000, lng: -3.1, accuracy: 8, address: `${nth} rue des Peupliers, Kerlann` },
      note: `Un trou ${nth % 7} devant le portail, ${'depuis l’orage de samedi '.repeat(1 + (nth % 3))}`,
      dangerous: nth % 10 === 0,
    },
  }),
}));

const API = '/api/v1/kerlann/voirie';
const reads = (paths: readonly string[]): Order['requests'] => paths.map((path) => ({ path }));

/** Against the thin server: create, get, list, memory. */
const againstThin = async (url: string): Promise<void> => {
  const rows = await fillThin(url, small);
  const filled = await fillVigie(url, small);
  await analyze(filled);
  const thin = await startServer('thin.ts', rows.url);
  const vigie = await startServer('vigie.ts', filled.url);
  const { key, references } = filled;

  await against(
    'get, by reference',
    {
      server: vigie,
      method: 'GET',
      key,
      requests: reads(references.map((reference) => `${API}/tickets/${reference}`)),
    },
    {
      server: thin,
      method: 'GET',
      requests: reads(rows.references.map((reference) => `/tickets/${reference}`)),
    },
    0.6,
  );
  await against(
    'list, 50 by step',
    { server: vigie, method: 'GET', key, requests: reads([`${API}/tickets?step=received&limit=50`]) },
    { server: thin, method: 'GET', requests: reads(['/tickets?step=received&limit=50']) },
    0.7,
  );

  const behind: number[] = [];
  const settling: number[] = [];
  const settled = async (): Promise<void> => {
    behind.push(await lag(filled));
    const start = performance.now();
    await vigie.ask('settled');
    settling.push((performance.now() - start) / 1000);
  };
  const created = await against(
    'create',
    {
      server: vigie,
      method: 'POST',
      key,
      requests: bodies.map(({ body }) => ({ path: `${API}/tickets`, body })),
      after: settled,
    },
    { server: thin, method: 'POST', requests: bodies },
    0.5,
  );
  const [events, took] = [Math.max(...behind), Math.max(...settling)];
  say(
    `  after ${seconds} s of ${rate(created)}, what follows the log was at most ${events.toLocaleString('en')} events behind, and settled in at most ${took.toFixed(2)} s`,
  );

  const [ours, theirs] = [await vigie.ask<{ rss: number }>('rss'), await thin.ask<{ rss: number }>('rss')];
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;
  lines.push({
    what: 'memory after load',
    ours: megabytes(ours.rss),
    floor: megabytes(theirs.rss),
    ratio: ours.rss / theirs.rss,
    target: { most: 1.5 },
  });
  await Promise.all([thin.stop(), vigie.stop(), rows.owner.end(), filled.owner.end()]);
};

/** What a session, rights and row-level security cost a read: against the same read without any of them. */
const guards = async (url: string): Promise<void> => {
  const filled = [await fillVigie(url, small), await fillVigie(url, small)] as const;
  await Promise.all(filled.map(analyze));
  await openWalls(filled[1]);
  const [vigie, open] = [
    await startServer('vigie.ts', filled[0].url),
    await startServer('unguarded.ts', filled[1].url),
  ];
  const get = ({ references }: Filled, route: string): Order['requests'] =>
    reads(references.map((reference) => `${API}/${route}/${reference}`));
  await against(
    'get, with session, access and row-level security',
    { server: vigie, method: 'GET', cookie: filled[0].cookie, requests: get(filled[0], 'tickets') },
    { server: open, method: 'GET', requests: get(filled[1], 'unguarded') },
    0.8,
  );
  await Promise.all([vigie.stop(), open.stop(), ...filled.map(({ owner }) => owner.end())]);
};

/** How many events the slowest follower has still to follow. */
const lag = async ({ owner }: Filled): Promise<number> => {
  const [row] = await owner<{ behind: number }[]>`
    select ((select count(*) from event_unordered) + (select seq from log_head) - (select min(seq) from log_cursor))::int as behind`;
  return row?.behind ?? NaN;
};

/** Among many tickets and among few: just after a bulk load, and once analyzed. */
const asItGrows = async (url: string): Promise<void> => {
  const start = performance.now();
  const filled = [await fillVigie(url, big), await fillVigie(url, small)] as const;
  say(`  ${big.toLocaleString('en')} and ${small.toLocaleString('en')} tickets loaded in ${since(start)}`);
  for (const moment of ['just loaded', 'analyzed']) {
    if (moment === 'analyzed') await Promise.all(filled.map(analyze));
    const servers = [
      await startServer('vigie.ts', filled[0].url),
      await startServer('vigie.ts', filled[1].url),
    ] as const;
    const compare = (
      what: string,
      path: string | ((reference: string) => string),
      most?: number,
    ): Promise<void> => {
      const [many, few] = [0, 1].map((at): Asked => {
        const [server, { key, references }] = [servers[at] as Server, filled[at] as Filled];
        return {
          server,
          method: 'GET',
          key,
          requests: reads(typeof path === 'string' ? [path] : references.map(path)),
        };
      }) as [Asked, Asked];
      return grown(`${what}, ${moment}`, many, few, most);
    };
    await compare('get', (reference) => `${API}/tickets/${reference}`);
    await compare('board', `${API}/board`, 1.5);
    await compare('list, 50 by step', `${API}/tickets?step=received&limit=50`);
    await compare('list, 50 newest', `${API}/tickets?sort=newest&limit=50`);
    await compare('list, a frequent choice', `${API}/tickets?field.kind=pothole&limit=50`);
    await compare('list, a rare choice', `${API}/tickets?field.kind=animal&limit=50`);
    await compare('late', `${API}/tickets?lateness=late,stuck&limit=50`);
    await Promise.all(servers.map((server) => server.stop()));
  }
  await Promise.all(filled.map(({ owner }) => owner.end()));
};

const data = mkdtempSync(join(realpathSync(tmpdir()), 'vigie-bench-'));
chmodSync(data, 0o711);
const postgres = await startEmbedded({ data, log: createLogger('warn'), throwAway: true });
try {
  const files = quick ? 2 ** 26 : 2 ** 30;
  const parts: { readonly [name: string]: readonly [title: string, part: () => Promise<void>] } = {
    thin: [`Against a thin server, ${small.toLocaleString('en')} tickets`, () => againstThin(postgres.url)],
    guards: ['What guards cost', () => guards(postgres.url)],
    growth: [
      `${big.toLocaleString('en')} tickets against ${small.toLocaleString('en')}`,
      () => asItGrows(postgres.url),
    ],
    vault: [
      `Files of ${files / 2 ** 20} MiB, sealed`,
      async () => void lines.push(...(await measureVault(postgres.url, files, rounds))),
    ],
    search: ['Search', async () => void lines.push(...(await measureSearch(small, big)))],
  };
  if (only !== undefined && !(only in parts)) throw new Error(`--only ${Object.keys(parts).join('|')}`);
  for (const [name, [title, part]] of Object.entries(parts)) {
    if (only !== undefined && name !== only) continue;
    say(title);
    await part();
  }
  say(`\n${table(lines)}`);
} finally {
  await load.stop();
  await postgres.stop();
  rmSync(data, { recursive: true, force: true });
}
