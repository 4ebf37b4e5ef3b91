import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';

import { exportCsv } from '../../src/tickets/index.ts';
import { install } from '../../src/organisations/versions/install.ts';
import { openHouses } from '../../src/organisations/index.ts';
import { createLogger } from '../../src/platform/logging.ts';
import { asOrganisation } from '../../src/platform/postgres/index.ts';
import { GARDE } from '../harness/definitions.ts';
import { openLive } from '../harness/stream.ts';
import { type Hand, stage, type Stage, type StageOptions } from '../harness/vigie.ts';

const DOCTOR = { app: 'garde', role: 'doctor', site: null };

interface Read {
  readonly id: string;
  readonly actor: { readonly id: string | null; readonly name: string };
  readonly way: string;
  readonly app: string | null;
}

interface Ward extends Stage {
  /** Runs the organisation and has no part in the app. */
  readonly maelle: Hand;
  /** A doctor, by passkey. */
  readonly yann: Hand;
}

/** The town has a doctor on call, and one request waits for her. */
const ward = async (t: TestContext, options: StageOptions = {}): Promise<Ward> => {
  const scene = await stage(t, options);
  const { db, cast, clock } = scene;
  await install(db, cast.maelle.organisationId, GARDE, clock.now());
  // What another process installed is known within a second.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const maelle = await scene.as('maelle', 'strong');
  const roles = [DOCTOR, { app: 'voirie', role: 'crew', site: null }];
  assert.equal((await maelle.ask('PATCH', `/kerlann/members/${cast.yann.id}`, { roles })).status, 204);
  const yann = await scene.as('yann', 'strong');
  const opened = await yann.ask('POST', '/kerlann/garde/tickets', {
    fields: { exam: 'Scanner thoracique', patient: 'Odile Marchand' },
  });
  assert.equal(opened.body.reference, 'G-0001');
  await scene.vigie.settled();
  return { ...scene, maelle, yann };
};

const countTraces = async ({ db }: Stage): Promise<number> => {
  const [row] = await db.owner<{ count: number }[]>`select count(*)::int as count from read_trace`;
  return row?.count ?? 0;
};

/** Reads of the request, the newest first. */
const reads = async ({ maelle }: Ward): Promise<readonly Read[]> => {
  const { status, body } = await maelle.ask<{ reads: readonly Read[] }>(
    'GET',
    '/kerlann/garde/tickets/G-0001/reads',
  );
  assert.equal(status, 200);
  return body.reads;
};

// asvs 16.3.3
test('whatever way a doctor reads a request, it is written who read it, when and how', async (t) => {
  const scene = await ward(t);
  const { yann, cast } = scene;
  await yann.ask('PUT', '/kerlann/garde/tickets/G-0001/assignee', { member: 'me' });
  for (const [way, path] of [
    ['ticket', '/garde/tickets/G-0001'],
    ['history', '/garde/tickets/G-0001/events'],
    ['list', '/garde/tickets'],
    ['list', '/tickets'],
    ['board', '/garde/board'],
    ['home', '/home'],
    ['search', '/search?q=scanner'],
    ['export', '/garde/export.csv'],
  ] as const) {
    const { status, body } = await yann.ask('GET', `/kerlann${path}`);
    assert.equal(status, 200, path);
    assert.match(JSON.stringify(body), /G-0001|Scanner/u, path);
    const [newest] = await reads(scene);
    assert.deepEqual(
      [newest?.way, newest?.actor.id, newest?.actor.name],
      [way, cast.yann.id, 'Yann Kervadec'],
      path,
    );
  }
  const live = await openLive(scene.vigie.url, '/kerlann/stream', yann.cookie, 0);
  await live.reaches((told) => told.some(({ event }) => event === 'ticket'));
  live.close();
  assert.equal((await reads(scene))[0]?.way, 'stream');
  // What answers an act shows the ticket as well.
  await yann.ask('POST', '/kerlann/garde/tickets/G-0001/comments', { text: 'Vu.' });
  assert.equal((await reads(scene))[0]?.way, 'act');
});

test('no GET route shows a request with health data without leaving a trace, whichever routes there are', async (t) => {
  const scene = await ward(t);
  const { yann, maelle, stranger, vigie, db, cast } = scene;
  await maelle.ask('PATCH', `/kerlann/members/${cast.maelle.id}`, {
    roles: [DOCTOR, { app: 'voirie', role: 'clerk', site: null }],
  });
  // She is told of this one by mail.
  await yann.ask('POST', '/kerlann/garde/tickets', { fields: { exam: 'Scanner abdominal' } });
  await asOrganisation(
    db,
    cast.maelle.organisationId,
    (tx) => tx`
      insert into log_set_aside (organisation_id, consumer, seq, event_id, error, at)
      select ${cast.maelle.organisationId}, 'words', 1, id, 'x', now() from event where ticket_id is not null limit 1`,
  );
  await vigie.settled();
  const { body } = await stranger.ask<{ paths: Record<string, { readonly get?: object }> }>(
    'GET',
    '/openapi.json',
  );
  const routes = Object.keys(body.paths).filter((path) => body.paths[path]?.get);
  assert.ok(routes.length >= 25, `${routes.length} routes were found`);
  const shown: string[] = [];
  for (const route of routes) {
    const path = route
      .replace('{organisation}', 'kerlann')
      .replace('{app}', 'garde')
      .replace('{reference}', 'G-0001')
      .replace('{id}', cast.yann.id)
      .replace(/\{\w+\}/gu, 'x');
    for (const hand of [yann, maelle]) {
      const before = await countTraces(scene);
      const query = route.endsWith('/reads') ? `?person=${cast.yann.id}` : '?q=scanner&after=0';
      const response = await fetch(
        `${vigie.url}/api/v1${path}${query.replace(route.endsWith('/stream') ? '' : '&after=0', '')}`,
        {
          headers: { cookie: hand.cookie },
        },
      );
      let text = '';
      const reader = response.body?.getReader();
      const timer = setTimeout(() => void reader?.cancel(), 500);
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
        text += Buffer.from(part.value).toString();
      clearTimeout(timer);
      if (!/G-000\d|Scanner/u.test(text)) continue;
      shown.push(route);
      assert.ok((await countTraces(scene)) > before, `${route} showed the request, and nobody knows`);
    }
  }
  for (const route of [
    '/{organisation}/home',
    '/{organisation}/tickets',
    '/{organisation}/search',
    '/{organisation}/stream',
    '/{organisation}/notices',
    '/{organisation}/set-aside',
    '/{organisation}/reads',
    '/{organisation}/{app}/tickets',
    '/{organisation}/{app}/board',
    '/{organisation}/{app}/export.csv',
    '/{organisation}/{app}/tickets/{reference}',
    '/{organisation}/{app}/tickets/{reference}/events',
  ])
    assert.ok(shown.includes(route), `${route} shows requests: ${shown.join(' ')}`);
});

// asvs 16.5.3
test('what cannot be written down is not shown, by any way', async (t) => {
  const scene = await ward(t, { logger: createLogger('silent') });
  const { yann, db, vigie } = scene;
  await yann.ask('PUT', '/kerlann/garde/tickets/G-0001/assignee', { member: 'me' });
  await db.owner`revoke insert on read_trace from vigie_app`;
  for (const path of [
    '/garde/tickets/G-0001',
    '/garde/tickets/G-0001/events',
    '/garde/tickets',
    '/tickets',
    '/garde/board',
    '/home',
    '/search?q=scanner',
    '/garde/export.csv',
  ]) {
    const { status, body } = await yann.ask<{ code?: string }>('GET', `/kerlann${path}`);
    assert.deepEqual([status, body.code], [503, 'no_trace'], path);
    assert.doesNotMatch(JSON.stringify(body), /G-0001|Scanner|Marchand/u);
  }
  const live = await openLive(vigie.url, '/kerlann/stream', yann.cookie, 0);
  await live.ended;
  assert.doesNotMatch(JSON.stringify(live.told), /G-0001/u);
  await db.owner`grant insert on read_trace to vigie_app`;
  assert.equal((await yann.ask('GET', '/kerlann/garde/tickets/G-0001')).status, 200);
});

test('of internal work, files that are taken out are written down and reading it is not; of public work, nothing is', async (t) => {
  const scene = await stage(t);
  const { as, cast, db } = scene;
  const [nadia, maelle] = await Promise.all([as('nadia'), as('maelle')]);
  for (const path of ['/argentique/atelier/tickets', '/argentique/home'])
    assert.equal((await nadia.ask('GET', path)).status, 200);
  assert.equal(await countTraces(scene), 0);
  assert.equal((await nadia.ask('GET', '/argentique/atelier/export.csv')).status, 200);
  const rows = await db.owner<{ way: string; app: string; actor: string }[]>`
    select way, app, actor_id as actor from read_trace`;
  assert.deepEqual([...rows], [{ way: 'export', app: 'atelier', actor: cast.nadia.id }]);
  // At the command line too.
  const house = await openHouses(db).byId(cast.nadia.organisationId);
  assert.ok(house);
  const actor = {
    kind: 'system',
    id: null,
    grants: [{ app: 'atelier', role: 'owner', siteId: null }],
    administrator: false,
  } as const;
  const call = { db, house, actor, now: scene.clock.now(), once: null };
  for await (const _ of exportCsv(call, { app: 'atelier', filter: {}, sort: 'oldest', locale: 'fr' }));
  assert.equal(await countTraces(scene), 2);
  const { status } = await maelle.ask('GET', '/kerlann/voirie/tickets');
  assert.equal(status, 200);
  assert.equal(await countTraces(scene), 2);
});

test('fifty reads at once are fifty traces, in far fewer statements', async (t) => {
  const scene = await ward(t);
  const { yann, db } = scene;
  const before = await countTraces(scene);
  await Promise.all(Array.from({ length: 50 }, () => yann.ask('GET', '/kerlann/garde/tickets/G-0001')));
  assert.equal(await countTraces(scene), before + 50);
  const rows = await db.owner<{ statements: number }[]>`
    select count(distinct xmin::text)::int as statements from read_trace`;
  assert.ok((rows[0]?.statements ?? 99) < before + 40, `${rows[0]?.statements} statements`);
});

test('an administrator looks up what somebody read; what they may not see themselves is counted and not named, and looking is a read', async (t) => {
  const scene = await ward(t);
  const { yann, maelle, cast } = scene;
  await yann.ask('GET', '/kerlann/garde/tickets/G-0001');
  type Looked = {
    readonly reads: readonly { way: string; count: number; tickets: readonly { reference: string }[] }[];
    readonly next: string | null;
  };
  const look = async (hand: Hand, query = '') =>
    await hand.ask<Looked>('GET', `/kerlann/reads?person=${cast.yann.id}${query}`);
  const { body } = await look(maelle);
  assert.deepEqual([body.reads[0]?.way, body.reads[0]?.count, body.reads[0]?.tickets], ['ticket', 1, []]);
  await maelle.ask('PATCH', `/kerlann/members/${cast.maelle.id}`, { roles: [DOCTOR] });
  const named = await look(maelle, '&limit=1');
  assert.deepEqual(named.body.reads[0]?.tickets, [{ app: 'garde', reference: 'G-0001' }]);
  assert.ok(named.body.next);
  const rest = await look(maelle, `&after=${named.body.next}`);
  assert.ok(rest.body.reads.length >= 1);
  const [newest] = await reads(scene);
  assert.deepEqual([newest?.way, newest?.actor.id], ['reads', cast.maelle.id]);
  for (const path of [`/reads?person=${cast.yann.id}`, '/garde/tickets/G-0001/reads'])
    assert.equal((await yann.ask('GET', `/kerlann${path}`)).status, 404, 'it is for administrators');
});

// asvs 16.4.2
test('a trace is neither changed nor taken away, but by time', async (t) => {
  const scene = await ward(t);
  const { db, cast, clock } = scene;
  const own = cast.maelle.organisationId;
  for (const text of [
    'delete from read_trace',
    'delete from read_trace_ticket',
    `update read_trace set actor_id = null`,
    'truncate read_trace_ticket',
  ])
    await assert.rejects(
      asOrganisation(db, own, (tx) => tx.unsafe(text)),
      /permission denied/u,
      text,
    );
  const old = '00000000-0000-7000-8000-000000000001';
  await asOrganisation(
    db,
    own,
    (tx) => tx`insert into read_trace (organisation_id, id, at, actor_kind, way)
      values (${own}, ${old}, now() - interval '3 years 1 day', 'member', 'ticket')`,
  );
  const [young] = await db.owner<
    { count: number }[]
  >`select count(*)::int as count from read_trace where at > ${new Date(clock.now() - 1000)}`;
  assert.ok(young);
  await asOrganisation(db, own, (tx) => tx`select vigie_forget_traces()`);
  assert.equal(await countTraces(scene), young.count, 'what is older than three years is forgotten');
});
