import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { temporaryFolder } from '../harness/cluster.ts';
import { takeFilm, takeOrder, tablesWith, TUESDAY } from '../harness/lab.ts';
import { openLive } from '../harness/stream.ts';
import { type Stage, stage } from '../harness/vigie.ts';

const DAY = 86_400_000;
const QUARTER = 15 * 60_000;

/** Some work at both, so that there is something to take out and to delete, and something that must stay. */
const work = async ({ as, vigie }: Stage): Promise<void> => {
  const [maelle, camille] = await Promise.all([as('maelle'), as('camille')]);
  await maelle.ask('POST', '/kerlann/voirie/tickets', {
    fields: {
      kind: 'pothole',
      place: { lat: 47.7412, lng: -2.8754, address: 'Route de Kerdaniel' },
      note: 'Un trou profond',
      reporter: { name: 'Loïc Tanguy', email: 'loic@example.org' },
    },
  });
  await takeOrder(camille, { summary: '2 films', note: 'fragile' });
  await takeFilm(camille, 'A-0001', 'c41', 'Portra');
  await vigie.settled();
};

const rowsOf = (folder: string, table: string): Record<string, unknown>[] =>
  readFileSync(join(folder, 'tables', `${table}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** Runs the queue's task now rather than at its minute, until it has done its work. */
const tidy = async ({ db }: Stage, done: () => Promise<boolean>): Promise<void> => {
  await db.owner`select graphile_worker.add_job('end')`;
  for (const until = Date.now() + 20_000; !(await done());) {
    assert.ok(Date.now() < until, 'the housekeeping did not come');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

test('an administrator takes everything out as one file, that anybody verifies and reads without us', async (t) => {
  const scene = await stage(t, { at: TUESDAY });
  const { vigie, db, cast, clock } = scene;
  await work(scene);
  const nadia = await scene.as('nadia');
  const answer = await fetch(`${vigie.url}/api/v1/argentique/export`, {
    method: 'POST',
    headers: { cookie: nadia.cookie, origin: vigie.url },
  });
  assert.equal(answer.status, 200);
  const folder = temporaryFolder('vigie-export-', t);
  const tar = join(folder, 'all.tar');
  writeFileSync(tar, Buffer.from(await answer.arrayBuffer()));
  const run = (command: string, ...words: string[]) =>
    spawnSync(command, words, { cwd: join(folder, 'argentique-2026-03-03'), encoding: 'utf8' });
  assert.equal(spawnSync('tar', ['xf', tar], { cwd: folder }).status, 0);
  const checked = run('sha256sum', '-c', 'SHA256SUMS');
  assert.equal(checked.status, 0, checked.stdout + checked.stderr);
  const inside = join(folder, 'argentique-2026-03-03');
  const summed = readFileSync(join(inside, 'SHA256SUMS'), 'utf8').trim().split('\n').length;
  const files = readdirSync(inside, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  assert.equal(files.length, summed + 1, 'every file but the sums has its sum');

  // Every table that the catalogue has, and every row of it.
  const tables = await db.owner<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation_id'
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`;
  assert.deepEqual(
    readdirSync(join(inside, 'tables')).toSorted(),
    tables.map(({ name }) => `${name}.jsonl`).toSorted(),
  );
  for (const { name } of tables) {
    if (['event', 'event_order', 'event_unordered', 'log_head', 'log_cursor'].includes(name)) continue;
    const [row] = await db.owner<{ count: number }[]>`
      select count(*)::int as count from ${db.owner(name)} where organisation_id = ${cast.nadia.organisationId}`;
    assert.equal(rowsOf(inside, name).length, row?.count, name);
  }
  assert.ok(rowsOf(inside, 'event').length >= 2);
  const [order] = rowsOf(inside, 'ticket').filter(({ reference }) => reference === 'A-0001');
  assert.ok(JSON.stringify(order).includes('fragile'));
  assert.ok(readFileSync(join(inside, 'README.txt'), 'utf8').includes('session.jsonl'));

  const everything = readFileSync(tar, 'utf8');
  assert.ok(everything.includes('claire.vandewalle'), 'personal data is in it');
  for (const other of ['kerlann', 'Tanguy', cast.maelle.id])
    assert.equal(everything.includes(other), false, `nothing of another organisation: ${other}`);
  const secrets = await db.owner<{ hash: string }[]>`
    select encode(secret_hash, 'hex') as hash from session union all select encode(secret_hash, 'hex') from sign_in_link`;
  assert.ok(secrets.length > 0);
  for (const { hash } of secrets) assert.equal(everything.includes(hash), false, 'no hash of a secret');

  const [deed] = await db.owner<{ actor: { id: string }; at: Date }[]>`
    select actor, at from event where type = 'organisation_exported'`;
  assert.equal(deed?.actor.id, cast.nadia.id);
  assert.equal(deed.at.getTime(), clock.now());
});

test('taking everything out, or asking for the end, is for administrators who have just proved who they are', async (t) => {
  const scene = await stage(t);
  const { as, clock, stranger } = scene;
  const [maelle, yann, nadia] = await Promise.all([as('maelle'), as('yann'), as('nadia')]);
  const ends = ['export', 'deletion'] as const;
  for (const end of ends) {
    const body = end === 'deletion' ? { slug: 'kerlann' } : undefined;
    assert.equal((await yann.ask('POST', `/kerlann/${end}`, body)).status, 404, end);
    for (const hand of [nadia, stranger])
      assert.equal((await hand.ask('POST', `/kerlann/${end}`, body)).status, 401, end);
  }
  clock.advance(QUARTER + 1000);
  for (const end of ends) {
    const asked = await maelle.ask<{ code: string; reason: string }>('POST', `/kerlann/${end}`, {
      slug: 'kerlann',
    });
    assert.deepEqual([asked.status, asked.body.code, asked.body.reason], [403, 'step_up', 'freshly'], end);
  }
});

test('the end of an organisation is asked by its name, shown to everybody, and taken back by any administrator for seven days', async (t) => {
  const scene = await stage(t);
  const { as, db, cast, clock } = scene;
  const [maelle, yann] = await Promise.all([as('maelle'), as('yann')]);
  const shown = async () => (await yann.ask<{ deletion: string | null }>('GET', '/kerlann')).body.deletion;
  assert.equal((await maelle.ask('POST', '/kerlann/deletion', { slug: 'argentique' })).status, 422);
  assert.equal(await shown(), null);
  assert.equal((await maelle.ask('POST', '/kerlann/deletion', { slug: 'kerlann' })).status, 201);
  assert.equal((await maelle.ask('POST', '/kerlann/deletion', { slug: 'kerlann' })).status, 409);
  assert.equal(await shown(), new Date(clock.now() + 7 * DAY).toISOString());
  assert.equal((await yann.ask('DELETE', '/kerlann/deletion')).status, 404);
  assert.notEqual(await shown(), null);
  // Somebody else of the administration than who asked.
  await maelle.ask('PATCH', `/kerlann/members/${cast.armelle.id}`, { administrator: true });
  const armelle = await as('armelle');
  assert.equal((await armelle.ask('DELETE', '/kerlann/deletion')).status, 204);
  assert.equal((await armelle.ask('DELETE', '/kerlann/deletion')).status, 404);
  assert.equal(await shown(), null);
  const deeds = await db.owner<{ type: string; actor: { id: string } }[]>`
    select type, actor from event where type like 'deletion%' order by id`;
  assert.deepEqual(
    deeds.map(({ type, actor }) => [type, actor.id]),
    [
      ['deletion_asked', cast.maelle.id],
      ['deletion_cancelled', cast.armelle.id],
    ],
  );
  clock.advance(8 * DAY);
  let passed = false;
  await tidy(scene, async () => {
    const [job] = await db.owner`select 1 from graphile_worker.jobs where task_identifier = 'end'`;
    passed = job === undefined;
    return passed;
  });
  assert.equal((await (await as('yann')).ask('GET', '/kerlann')).status, 200, 'it stays');
});

test('after seven days nothing of it is left anywhere, its live pages end, it is as if it had never been, and others stay', async (t) => {
  const scene = await stage(t, { at: TUESDAY });
  const { as, db, vigie, cast, clock, stranger } = scene;
  await work(scene);
  const maelle = await as('maelle');
  const id = cast.maelle.organisationId;
  // A job of its that still waits.
  await db.owner`select graphile_worker.add_job('notice', json_build_object('organisationId', ${id}::text, 'notice', 'x'), run_at => now() + interval '1 day')`;
  assert.ok((await tablesWith(db, id)).length > 10);
  await maelle.ask('POST', '/kerlann/deletion', { slug: 'kerlann' });
  await tidy(scene, async () => {
    const [job] = await db.owner`select 1 from graphile_worker.jobs where task_identifier = 'end'`;
    return job === undefined;
  });
  assert.equal((await maelle.ask('GET', '/kerlann')).status, 200, 'not before its time');
  clock.advance(7 * DAY - 3_600_000);
  const yann = await as('yann');
  const live = await openLive(vigie.url, '/kerlann/stream', yann.cookie);
  clock.advance(3_600_000);
  await tidy(scene, async () => (await yann.ask('GET', '/kerlann')).status === 401);
  await live.ended;
  const never = await stranger.ask('GET', '/nowhere');
  const gone = await yann.ask('GET', '/kerlann');
  assert.deepEqual([gone.status, gone.body], [never.status, never.body]);
  await tidy(scene, async () => {
    const [job] = await db.owner`select 1 from graphile_worker.jobs where task_identifier = 'end'`;
    return job === undefined;
  });
  assert.deepEqual(await tablesWith(db, id), []);
  assert.deepEqual(await tablesWith(db, 'Loïc Tanguy'), []);
  const [right] = await db.owner<{ may: boolean }[]>`
    select has_table_privilege('vigie_app', 'event', 'delete') as may`;
  assert.equal(right?.may, false, 'the right to delete events was lent, and is given back');
  const nadia = await as('nadia');
  assert.equal((await nadia.ask('GET', '/argentique/atelier/tickets/A-0001')).status, 200);
});
