import assert from 'node:assert/strict';
import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';

import { openLine } from '../../src/cli/doors/line.ts';
import { STAND_IN } from '../../src/cli/doors/provider.ts';
import { everyRoute } from '../../src/cli/doors/routes.ts';
import { walkDoors } from '../../src/cli/doors/walk.ts';
import { makeWorld } from '../../src/cli/doors/world.ts';
import { openHouses } from '../../src/organisations/index.ts';
import { beginSession, linkFor } from '../../src/people/index.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLogger } from '../../src/platform/logging.ts';
import { asOrganisation, openOwner } from '../../src/platform/postgres/index.ts';
import { startVigie } from '../../src/server.ts';
import { type Cast, setStage } from '../harness/cast.ts';
import { temporaryFolder } from '../harness/cluster.ts';
import { testDatabase, type TestDatabase } from '../harness/database.ts';
import { cannotProxy, freePort, type Mistake, startNginx } from '../harness/nginx.ts';

interface Behind {
  /** Where people reach it: the proxy. */
  readonly url: string;
  readonly db: TestDatabase;
  readonly cast: Cast;
  /** A browser that somebody is signed in with. */
  readonly browser: (name: keyof Cast) => Promise<{ readonly cookie: string }>;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>;
  /** Tries every door through the proxy: what opened, if anything. */
  readonly doors: (given?: { readonly crooked: boolean }) => Promise<void>;
}

/**
 * Those for whom a proxy could make a difference; tests/doors/doors.test.ts walks as everybody, without one. Crooked
 * ways are tried by the first two.
 */
const FEW = [
  'nobody',
  'the other organisation’s administrator',
  'at the address of another organisation',
  'a key of another app',
  'a station of another site',
  'a guest of another ticket',
  'the administrator from another page',
];

/** Stops what the tests of this file share. */
const stops: (() => Promise<unknown>)[] = [];
after(async () => {
  for (const stop of stops.toReversed()) await stop();
});

// For the whole file: it is dropped once everything above has stopped.
const db = await testDatabase();

/** A server that knows its proxy, with the cast and the organisations to be attacked: one for every mistake below. */
const share = async () => {
  const cast = await setStage(db, Date.now());
  const [port, up] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const folder = temporaryFolder('vigie-behind-');
  stops.push(async () => rmSync(folder, { recursive: true, force: true }));
  const config = {
    ...readConfig({
      PORT: '0',
      HOST: '127.0.0.1',
      VIGIE_URL: url,
      VIGIE_DEMO: '0',
      VIGIE_LIMITS: 'off',
      VIGIE_PROXIES: '127.0.0.1',
      VIGIE_OPENID: STAND_IN,
      VIGIE_DATA: folder,
      DATABASE_URL: db.url,
      LOG_LEVEL: 'error',
    }),
    port: up,
  };
  const vigie = await startVigie(config, createLogger('error'));
  stops.push(() => vigie.stop());
  const owner = openOwner(db.url);
  stops.push(() => owner.end());
  const line = openLine(`http://127.0.0.1:${up}`, 16);
  stops.push(async () => line.close());
  const office = { config, address: db.url, db, houses: openHouses(db), owner };
  return { cast, port, up, url, world: await makeWorld(office, line, url, []) };
};
let shared: ReturnType<typeof share> | undefined;

/** A server behind a proxy whose operator made a mistake. `$UP` stands for the server. */
const behind = async (t: TestContext, mistake: Mistake): Promise<Behind> => {
  const { cast, port, up, url, world } = await (shared ??= share());
  const filled = (text: string): string =>
    text.replaceAll(
      '$UP',
      `proxy_pass http://127.0.0.1:${up}; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;`,
    );
  await startNginx(t, port, { http: filled(mistake.http ?? ''), server: filled(mistake.server) });
  return {
    url,
    db,
    cast,
    browser: async (name) => {
      const { id, organisation, organisationId } = cast[name];
      const arrival = {
        memberId: id,
        methods: ['passkey'],
        assurance: 'strong',
        userAgent: undefined,
      } as const;
      const secret = await asOrganisation(db, organisationId, (tx) =>
        beginSession(tx, organisationId, arrival, Date.now()),
      );
      return { cookie: `vigie-${organisation}=${secret}` };
    },
    get: (path, headers = {}) => fetch(`${url}${path}`, { headers, redirect: 'manual' }),
    doors: async ({ crooked } = { crooked: false }) => {
      const line = openLine(url, 16);
      const { routes } = everyRoute();
      const walk = await walkDoors({ ...world, line }, routes, { crooked, only: FEW });
      line.close();
      assert.deepEqual({ open: walk.open, untried: walk.untried }, { open: [], untried: [] });
      assert.equal(walk.callers.length, FEW.length);
      const calls = line.sent();
      assert.ok(calls > walk.rows.length * FEW.length, `${calls} calls`);
    },
  };
};

const ROOT = join(import.meta.dirname, '../..');

// asvs 13.4.3
test(
  'a proxy that lists folders lists nothing of ours, and opens no door',
  { skip: cannotProxy },
  async (t) => {
    const { get, doors } = await behind(t, {
      server: `root ${ROOT}/web/build/client; autoindex on; location / { try_files $uri $uri/ @vigie; } location @vigie { $UP }`,
    });
    const listing = await (await get('/')).text();
    assert.doesNotMatch(listing, /vigie\.lock|postgres/u);
    await doors();
  },
);

/** Every path below a folder, as whoever may see everything sees it. */
const everythingIn = (folder: string, above = ''): readonly string[] =>
  readdirSync(join(folder, above)).flatMap((name) => {
    const path = `${above}/${name}`;
    return [path, ...(lstatSync(join(folder, path)).isDirectory() ? everythingIn(folder, path) : [])];
  });

// asvs 13.3.2
test(
  'a proxy whose root is the data folder gives away no file of it and not even its list',
  {
    skip: cannotProxy || (process.getuid?.() !== 0 && 'only root can start nginx as another user than ours'),
  },
  async (t) => {
    const folder = temporaryFolder('vigie-root-');
    const data = join(folder, 'data');
    const config = readConfig({ PORT: '0', VIGIE_DEMO: '0', VIGIE_DATA: data, LOG_LEVEL: 'error' });
    const vigie = await startVigie(config, createLogger('error'));
    t.after(async () => {
      await vigie.stop();
      rmSync(folder, { recursive: true });
    });
    const port = await freePort();
    const url = await startNginx(t, port, { server: `root ${data}; autoindex on;` });
    const paths = ['/', ...everythingIn(data)].filter((path) => !path.includes('.s.PGSQL'));
    assert.ok(paths.length > 500 && paths.includes('/vigie.lock'), 'PostgreSQL and the lock are there');
    const given: string[] = [];
    for (const path of paths)
      for (const end of lstatSync(join(data, path)).isDirectory() ? ['', '/'] : ['']) {
        const { status } = await fetch(`${url}${path}${end}`, { redirect: 'manual' });
        // 301 says that a folder is one, where its parent may be passed.
        if (status !== 403 && status !== 404 && status !== 301) given.push(`${path}${end} ${status}`);
      }
    assert.deepEqual(given, []);
  },
);

// asvs 8.3.1
test('where the proxy’s own password was forgotten, ours holds alone', { skip: cannotProxy }, async (t) => {
  const { get, doors } = await behind(t, {
    server: `location / { auth_basic "private"; auth_basic_user_file /dev/null; $UP } location /api/ { $UP } location /forms/ { $UP }`,
  });
  assert.equal((await get('/kerlann')).status, 401);
  await doors();
});

// asvs 14.2.2
test(
  'a proxy that keeps every answer has nothing private to give to the next person',
  { skip: cannotProxy },
  async (t) => {
    const { get, doors, browser } = await behind(t, {
      http: `proxy_cache_path $FOLDER/cache keys_zone=all:10m;`,
      server: `proxy_cache all; proxy_cache_valid any 10m; proxy_cache_methods GET HEAD; add_header x-kept $upstream_cache_status always; location / { $UP }`,
    });
    const maelle = await browser('maelle');
    const yann = await browser('yann');
    const pages = [
      '',
      '/voirie',
      '/voirie/list',
      '/late',
      '/search?q=a',
      '/settings/members',
      '/settings/keys',
    ];
    const api = [
      '',
      '/home',
      '/members',
      '/keys',
      '/tickets',
      '/search?q=a',
      '/voirie/tickets',
      '/voirie/export.csv',
    ];
    const private_ = [
      '/',
      '/api/v1/session',
      ...pages.map((path) => `/kerlann${path}`),
      '/kerlann/__data.json',
      ...api.map((path) => `/api/v1/kerlann${path}`),
    ];
    for (const path of private_) {
      const hers = await get(path, maelle);
      const text = await hers.text();
      assert.ok(hers.status < 300, `${path} ${hers.status}`);
      for (const [who, headers] of [
        ['nobody', {}],
        ['somebody else', yann],
        ['herself again', maelle],
      ] as const) {
        const again = await get(path, headers);
        assert.notEqual(again.headers.get('x-kept'), 'HIT', `${path} was kept, and given to ${who}`);
        assert.match(again.headers.get('cache-control') ?? '', /no-store/u, `${path} for ${who}`);
        if (who === 'nobody') assert.equal((await again.text()).includes('Maëlle'), false, path);
      }
      assert.ok(text.length > 0);
    }
    // Files of the pages, the same for everyone, are what a proxy may keep.
    await get('/favicon.svg');
    await doors();
  },
);

// asvs 4.1.3 15.3.4
test(
  'forged forwarding headers change neither who one is nor where one is led',
  { skip: cannotProxy },
  async (t) => {
    const { url, get, doors, browser, db, cast } = await behind(t, { server: `location / { $UP }` });
    const maelle = await browser('maelle');
    const forged = {
      'x-forwarded-for': '127.0.0.1, ::1',
      'x-forwarded-host': 'evil.invalid',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
      'x-real-ip': '127.0.0.1',
      forwarded: 'for=127.0.0.1;host=evil.invalid;proto=https',
      'x-original-url': '/healthz',
      'x-rewrite-url': '/healthz',
    };
    assert.equal((await get('/api/v1/kerlann/members', forged)).status, 401);
    const led = await get('/kerlann', forged);
    assert.equal(led.status, 303);
    assert.ok((led.headers.get('location') ?? '').startsWith('/kerlann/sign-in'));

    const post = (path: string, headers: Record<string, string>, body: object) =>
      fetch(`${url}/api/v1${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    const foreign = await post(
      '/kerlann/keys',
      { ...maelle, ...forged, origin: 'https://evil.invalid' },
      { app: 'voirie', role: 'clerk', name: 'x' },
    );
    assert.equal(foreign.status, 403);
    const token = (
      await linkFor(db, { id: cast.yann.organisationId, slug: 'kerlann' }, url, cast.yann.id, Date.now())
    )
      .split('/')
      .at(-1);
    const entered = await post('/kerlann/sessions', { ...forged, origin: url }, { token });
    assert.equal(entered.status, 201);
    assert.ok(
      entered.headers.getSetCookie()[0]?.startsWith('vigie-kerlann='),
      'the cookie is that of the configured address',
    );
    const page = await (await get('/kerlann/settings/members', { ...maelle, ...forged })).text();
    assert.equal(page.includes('evil.invalid'), false);
    await doors({ crooked: true });
  },
);
