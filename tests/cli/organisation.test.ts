import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

import { setStage } from '../harness/cast.ts';
import { temporaryFolder } from '../harness/cluster.ts';
import { testDatabase, type TestDatabase } from '../harness/database.ts';
import { tablesWith } from '../harness/lab.ts';
import { openLive } from '../harness/stream.ts';
import { stage } from '../harness/vigie.ts';
import { run, type Ran } from './run.ts';

interface Desk {
  readonly db: TestDatabase;
  readonly folder: string;
  readonly vigie: (...words: string[]) => Promise<Ran>;
}

const at = (t: TestContext, db: TestDatabase, url?: string): Desk => {
  const folder = temporaryFolder('vigie-cli-', t);
  const environment = {
    DATABASE_URL: db.url,
    VIGIE_DATA: join(folder, 'data'),
    ...(url !== undefined && { VIGIE_URL: url }),
  };
  return { db, folder, vigie: (...words) => run(['organisation', ...words], environment) };
};

const desk = async (t: TestContext, url?: string): Promise<Desk> => {
  const db = await testDatabase(t);
  await setStage(db, Date.now());
  return at(t, db, url);
};

const codeOf = ({ out }: Ran): string => (JSON.parse(out) as { error: { code: string } }).error.code;

test('an organisation is made with its first administrator, whose link stands alone and lets them in', async (t) => {
  const scene = await stage(t);
  const { vigie } = at(t, scene.db, scene.vigie.url);
  const made = await vigie(
    'create',
    'plougastel',
    '--name',
    'Commune de Plougastel',
    '--administrator',
    'Erwan Le Bris <erwan@plougastel.example>',
    '--app',
    'voirie',
  );
  assert.equal(made.exit, 0, made.err);
  assert.match(made.out, new RegExp(`^${scene.vigie.url}/plougastel/sign-in/[\\w-]{43}\\n$`, 'u'));
  // The server's clock stands in its own time; a link of today is good for a day from now.
  const [link] = await scene.db.owner<{ day: boolean }[]>`
    select expires_at > now() + interval '23 hours' as day from sign_in_link`;
  assert.ok(link?.day);
  const list = await vigie('list', '--json');
  assert.deepEqual(
    (JSON.parse(list.out) as { organisations: { slug: string }[] }).organisations.map(({ slug }) => slug),
    ['argentique', 'kerlann', 'plougastel'],
  );
  const again = await vigie(
    'create',
    'plougastel',
    '--name',
    'x',
    '--administrator',
    'X <x@y.example>',
    '--json',
  );
  assert.deepEqual([again.exit, codeOf(again)], [1, 'name_taken']);
  for (const [words, code] of [
    [['create', 'api', '--name', 'x', '--administrator', 'X <x@y.example>'], 'bad_name'],
    [['create', 'Trop Long', '--name', 'x', '--administrator', 'X <x@y.example>'], 'bad_name'],
    [['create', 'bien', '--name', 'x', '--administrator', 'personne'], 'bad_person'],
    [['create', 'bien', '--name', 'x', '--administrator', 'X <x@y.example>', '--app', 'rien'], 'unknown_app'],
  ] as const) {
    const refused = await vigie(...words, '--json');
    assert.deepEqual([refused.exit, codeOf(refused)], [2, code]);
  }
});

test('an organisation is given an address of its own, which is safe where the installation is, and nobody else’s', async (t) => {
  const { db, vigie } = await desk(t, 'https://vigie.example.org');
  const host = (...words: string[]) => vigie('host', ...words, '--json');
  const given = await host('kerlann', '--url', 'https://Signalements.Kerlann.example/');
  assert.equal(given.exit, 0, given.err);
  const urlOf = async () => {
    const [row] = await db.owner<
      { url: string | null }[]
    >`select url from organisation where slug = 'kerlann'`;
    return row?.url;
  };
  assert.equal(await urlOf(), 'https://signalements.kerlann.example');
  for (const [words, code] of [
    [['argentique', '--url', 'https://signalements.kerlann.example'], 'address_taken'],
    [['argentique', '--url', 'http://plain.example'], 'bad_address'],
    [['argentique', '--url', 'https://vigie.example.org'], 'bad_address'],
    [['argentique', '--url', 'https://a.example/path'], 'bad_address'],
    [['argentique', '--url', 'javascript:alert(1)'], 'bad_address'],
    [['argentique'], 'usage'],
    [['personne', '--none'], 'unknown_organisation'],
  ] as const)
    assert.equal(codeOf(await host(...words)), code);
  assert.equal((await host('kerlann', '--none')).exit, 0);
  assert.equal(await urlOf(), null);
  const deeds = await db.owner`select 1 from event where type = 'address_changed'`;
  assert.equal(deeds.length, 2);
});

test('an organisation is exported into a folder that nobody else reads, and that sha256sum finds whole', async (t) => {
  const { db, folder, vigie } = await desk(t);
  const out = join(folder, 'kerlann');
  const done = await vigie('export', 'kerlann', '--out', out);
  assert.equal(done.exit, 0, done.err);
  assert.equal(spawnSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: out }).status, 0);
  assert.equal(statSync(join(out, 'tables')).mode & 0o777, 0o700);
  assert.equal(statSync(join(out, 'tables/member.jsonl')).mode & 0o777, 0o600);
  const members = readFileSync(join(out, 'tables/member.jsonl'), 'utf8').trim().split('\n');
  assert.equal(members.length, 4);
  assert.equal((await db.owner`select 1 from event where type = 'organisation_exported'`).length, 1);
  const again = await vigie('export', 'kerlann', '--out', out, '--json');
  assert.equal(codeOf(again), 'folder_in_use');
});

test('an organisation is deleted by its name and after an export; a server beside forgets it at once, and ends its pages', async (t) => {
  const scene = await stage(t);
  const { folder, vigie } = at(t, scene.db, scene.vigie.url);
  const maelle = await scene.as('maelle');
  const opened = () =>
    maelle.ask('POST', '/kerlann/voirie/tickets', {
      fields: { kind: 'pothole', place: { lat: 47.7, lng: -2.8 }, note: 'Un trou' },
    });
  assert.equal((await opened()).status, 201);
  const id = scene.cast.maelle.organisationId;
  const bare = await vigie('delete', 'kerlann', '--yes', 'kerlann', '--json');
  assert.deepEqual([bare.exit, codeOf(bare)], [1, 'not_exported']);
  assert.equal((await vigie('export', 'kerlann', '--out', join(folder, 'k'))).exit, 0);
  for (const yes of [[], ['--yes', 'argentique']]) {
    const refused = await vigie('delete', 'kerlann', ...yes, '--json');
    assert.deepEqual([refused.exit, codeOf(refused)], [1, 'not_confirmed']);
  }
  assert.equal((await maelle.ask('GET', '/kerlann')).status, 200);
  const live = await openLive(scene.vigie.url, '/kerlann/stream', maelle.cookie);
  // Somebody works on until the end, and is not left half written.
  let working = true;
  const answers: number[] = [];
  const busy = (async () => {
    while (working) answers.push((await opened()).status);
  })();
  const done = await vigie('delete', 'kerlann', '--yes', 'kerlann', '--json');
  assert.equal((await maelle.ask('GET', '/kerlann')).status, 401);
  working = false;
  await busy;
  assert.equal(done.exit, 0, done.err);
  await live.ended;
  assert.ok((JSON.parse(done.out) as { rows: number }).rows > 10);
  // Opened, or refused; nobody is told that something broke.
  assert.deepEqual(new Set(answers.filter((status) => status !== 404)), new Set([201, 401]));
  assert.deepEqual(await tablesWith(scene.db, id), []);
  const [other] = await scene.db.owner`select 1 from organisation where slug = 'argentique'`;
  assert.ok(other);
  assert.equal((await vigie('delete', 'kerlann', '--yes', 'kerlann', '--json')).exit, 1);
});
