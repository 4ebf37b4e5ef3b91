import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';

import { createLogger } from '../../src/platform/logging.ts';
import { readConfig } from '../../src/platform/config.ts';
import { startVigie, type Vigie } from '../../src/server.ts';
import { keyFor } from '../harness/cast.ts';
import { cannotBrowse } from '../harness/browser.ts';
import { temporaryFolder } from '../harness/cluster.ts';
import { askRaw } from '../harness/raw.ts';
import { type Stage, stage } from '../harness/vigie.ts';

const BEHIND_A_PROXY = { limits: 1, proxies: ['127.0.0.1', '::1'] };
const MINUTE = 60_000;
const ASKED_AT_ONCE = 20;

/** Asks for a sign-in link, as somebody at this address behind our proxy would. */
const asksForLink = (
  { vigie }: Pick<Stage, 'vigie'>,
  forwarded: string,
  organisation = 'kerlann',
): Promise<Response> =>
  askRaw(vigie.port, `/api/v1/${organisation}/sign-in-links`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: vigie.url,
      'x-forwarded-for': forwarded,
    },
    body: JSON.stringify({ email: 'nobody@example.org' }),
  });

const statuses = async (answers: readonly Promise<Response>[]): Promise<Record<number, number>> => {
  const counted: Record<number, number> = {};
  for (const { status } of await Promise.all(answers)) counted[status] = (counted[status] ?? 0) + 1;
  return counted;
};

const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

/** Another server on the same database, with the same clock. */
const another = async (t: TestContext, scene: Stage): Promise<Vigie> => {
  const config = {
    ...readConfig({
      PORT: '0',
      VIGIE_DEMO: '0',
      VIGIE_DATA: temporaryFolder('vigie-limits-', t),
      DATABASE_URL: scene.db.url,
    }),
    ...BEHIND_A_PROXY,
    // People reach both at the same address.
    url: scene.vigie.url,
  };
  const vigie = await startVigie(config, createLogger('error'), { clock: scene.clock });
  return vigie;
};

// asvs 2.4.1 6.3.1
test('an address asks for twenty sign-in links at once and then one a minute, and is told when; its neighbour asks on', async (t) => {
  const scene = await stage(t, { settings: BEHIND_A_PROXY });
  assert.deepEqual(await statuses(times(40, () => asksForLink(scene, '203.0.113.9'))), {
    202: ASKED_AT_ONCE,
    429: 20,
  });
  const refused = await asksForLink(scene, '203.0.113.9');
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get('retry-after'), '60');
  assert.equal(refused.headers.get('content-type'), 'application/problem+json');
  assert.equal(((await refused.json()) as { code: string }).code, 'too_many_requests');
  assert.equal((await asksForLink(scene, '203.0.113.10')).status, 202);
  scene.clock.advance(MINUTE);
  assert.deepEqual(await statuses(times(3, () => asksForLink(scene, '203.0.113.9'))), { 202: 1, 429: 2 });
});

// asvs 6.3.1
test('an IPv6 subscriber does not escape by taking another of their addresses', async (t) => {
  const scene = await stage(t, { settings: BEHIND_A_PROXY });
  assert.deepEqual(await statuses(times(30, (at) => asksForLink(scene, `2001:db8:0:7::${at + 1}`))), {
    202: ASKED_AT_ONCE,
    429: 10,
  });
  assert.equal((await asksForLink(scene, '2001:db8:0:8::1')).status, 202);
});

// asvs 4.1.3 15.3.4
test('a forged X-Forwarded-For escapes no limit: not without a proxy, nor before the one that we know', async (t) => {
  const bare = await stage(t, { settings: { limits: 1 }, logger: createLogger('fatal') });
  assert.deepEqual(await statuses(times(30, (at) => asksForLink(bare, `198.51.100.${at}`))), {
    202: ASKED_AT_ONCE,
    429: 10,
  });
  const behind = await stage(t, { settings: BEHIND_A_PROXY });
  assert.deepEqual(
    await statuses(times(30, (at) => asksForLink(behind, `198.51.100.${at}, 127.0.0.1, 203.0.113.9`))),
    { 202: ASKED_AT_ONCE, 429: 10 },
  );
  // Nor do other headers by which a proxy may speak of a client.
  const other = await askRaw(behind.vigie.port, '/api/v1/kerlann/sign-in-links', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: behind.vigie.url,
      'x-forwarded-for': '203.0.113.9',
      'x-real-ip': '198.51.100.77',
      forwarded: 'for=198.51.100.77',
      'true-client-ip': '198.51.100.77',
    },
    body: JSON.stringify({ email: 'nobody@example.org' }),
  });
  assert.equal(other.status, 429);
});

// asvs 2.4.1
test('an organisation is asked for no more links by a thousand addresses than it can bear, and another is not held up', async (t) => {
  const scene = await stage(t, { settings: BEHIND_A_PROXY });
  const knock = (organisation: string) =>
    statuses(
      times(320, (at) => asksForLink(scene, `198.51.${Math.floor(at / 200)}.${at % 200}`, organisation)),
    );
  assert.deepEqual(await knock('kerlann'), { 202: 300, 429: 20 });
  // One that is not there holds out as long: the limit tells nothing of who is.
  assert.deepEqual(await knock('nowhere'), { 202: 300, 429: 20 });
  assert.equal((await asksForLink(scene, '203.0.113.1', 'argentique')).status, 202);
});

test('somebody whose address is asked for thirty times at once is mailed five links', async (t) => {
  const scene = await stage(t);
  await Promise.all(
    times(30, () => scene.stranger.ask('POST', '/kerlann/sign-in-links', { email: 'yann@kerlann.example' })),
  );
  const made = async () => (await scene.db.owner`select 1 from sign_in_link`).length;
  for (const until = Date.now() + 10_000; (await made()) < 5;) assert.ok(Date.now() < until);
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.equal(await made(), 5);
});

// asvs 2.3.2
test('two servers count together, to the last one', async (t) => {
  const scene = await stage(t, { settings: BEHIND_A_PROXY });
  const vigie = await another(t, scene);
  try {
    const half = times(30, (at) => asksForLink(at % 2 === 0 ? scene : { vigie }, '203.0.113.9'));
    assert.deepEqual(await statuses(half), { 202: ASKED_AT_ONCE, 429: 10 });
    for (const server of [scene, { vigie }])
      assert.equal((await asksForLink(server, '203.0.113.9')).status, 429);
  } finally {
    await vigie.stop();
  }
});

// asvs 16.2.5
test('what is counted holds no address', async (t) => {
  const scene = await stage(t, { settings: BEHIND_A_PROXY });
  await asksForLink(scene, '203.0.113.9');
  const rows = await scene.db.owner<{ key: Buffer }[]>`select key from limit_bucket`;
  assert.equal(rows.length, 2);
  for (const { key } of rows) assert.equal(key.length, 16);
  const [logged] = await scene.db.owner<{ kept: string }[]>`
    select relpersistence::text as kept from pg_class where relname = 'limit_bucket'`;
  assert.equal(logged?.kept, 'u', 'and nothing of it is in a backup of the files');
});

// asvs 16.5.2 16.5.3
test('when nothing can be counted, doors for strangers stay shut and those who are known work on', async (t) => {
  const scene = await stage(t, { settings: BEHIND_A_PROXY, logger: createLogger('fatal') });
  const maelle = await scene.as('maelle');
  await scene.db.owner`alter table limit_bucket rename to limit_bucket_away`;
  const shut = await asksForLink(scene, '203.0.113.9');
  assert.equal(shut.status, 503);
  assert.equal(shut.headers.get('retry-after'), '5');
  const token = await scene.stranger.ask('POST', '/kerlann/sessions', { token: 'x'.repeat(43) });
  assert.equal(token.status, 503);
  for (const _ of times(100, () => null)) assert.equal((await maelle.ask('GET', '/kerlann')).status, 200);
  await scene.db.owner`alter table limit_bucket_away rename to limit_bucket`;
  assert.equal((await asksForLink(scene, '203.0.113.9')).status, 202);
});

// asvs 2.4.1
test('a program may work as fast as it can for long, and whoever goes on beyond that is slowed', async (t) => {
  // A two-thousandth of the usual: three hundred at once, and one more every two seconds.
  const scene = await stage(t, { settings: { limits: 0.0005 } });
  const { db, cast, clock } = scene;
  const organisationId = cast.maelle.organisationId;
  const role = { app: 'voirie', role: 'clerk', site: null };
  const [key, other] = [
    await keyFor(db, organisationId, role, clock.now()),
    await keyFor(db, organisationId, role, clock.now()),
  ];
  const hand = scene.withKey(key);
  let done = 0;
  let refused = 0;
  for (const _ of times(400, () => null)) {
    const { status, headers } = await hand.ask('GET', '/kerlann/voirie/tickets');
    if (status === 200) done += 1;
    else {
      refused += 1;
      assert.equal(status, 429);
      assert.ok(Number(headers.get('retry-after')) >= 1);
    }
  }
  assert.ok(done >= 290 && done <= 310, `${done} were answered`);
  assert.ok(refused >= 90);
  assert.equal((await scene.withKey(other).ask('GET', '/kerlann/voirie/tickets')).status, 200);
  clock.advance(10 * MINUTE);
  assert.equal((await hand.ask('GET', '/kerlann/voirie/tickets')).status, 200);
});

test(
  'a page counts for whoever looks at it, although it is drawn in the server',
  { skip: cannotBrowse() },
  async (t) => {
    const scene = await stage(t, { settings: { ...BEHIND_A_PROXY, limits: 0.02 } });
    const looks = (address: string) =>
      askRaw(scene.vigie.port, '/kerlann/sign-in', { headers: { 'x-forwarded-for': address } });
    const seen: number[] = [];
    for (const _ of times(40, () => null)) seen.push((await looks('203.0.113.9')).status);
    assert.equal(seen[0], 200);
    assert.equal(seen.at(-1), 429);
    assert.equal((await looks('203.0.113.10')).status, 200);
    const file = await askRaw(scene.vigie.port, '/_app/immutable/nothing.css', {
      headers: { 'x-forwarded-for': '203.0.113.9' },
    });
    assert.equal(file.status, 404, 'files are given without counting');
  },
);
