import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { test } from 'node:test';

import pino from 'pino';

import { eraseKept } from '../../src/deadlines/index.ts';
import { openHouses } from '../../src/organisations/index.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLogger } from '../../src/platform/logging.ts';
import { startVigie } from '../../src/server.ts';
import { currentKeys, newIdentity } from '../../src/vault/index.ts';
import { cannotAge, openWithAge } from '../harness/age.ts';
import { temporaryFolder } from '../harness/cluster.ts';
import { type Album, albumOf } from '../harness/kept.ts';
import { type Stage, stage } from '../harness/vigie.ts';

const QUARTER = 15 * 60_000;
const DAY = 86_400_000;

interface VaultSaid {
  readonly openSince: string | null;
  readonly recovery: { readonly recipient: string; readonly kept: string | null } | null;
  readonly damaged: { readonly missing: number; readonly corrupt: number };
  readonly verifiedSince: string | null;
  readonly files: number;
}
interface Key {
  readonly identity: string;
  readonly recipient: string;
  readonly qr: string;
}

/** Runs a task of the queue now rather than at its minute. */
const chore = async ({ db }: Stage, task: string): Promise<void> => {
  await db.owner`select graphile_worker.add_job(${task})`;
  for (const until = Date.now() + 20_000; ;) {
    const [job] = await db.owner`select 1 from graphile_worker.jobs where task_identifier = ${task}`;
    if (!job) return;
    assert.ok(Date.now() < until, 'the housekeeping did not come');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const lying = ({ data, house }: Album): string[] => {
  const folder = join(data, 'vault', house.id);
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];
};
const blobsOf = (album: Album): string[] => lying(album).filter((path) => /\/[0-9a-f]{32}\.age$/u.test(path));

test('an administrator who has just proved who they are makes the recovery key, sees it once, and says that it is printed', async (t) => {
  const logged: string[] = [];
  const logger = pino(
    { level: 'trace' },
    new Writable({
      write: (line: Buffer, _encoding, done) => {
        logged.push(String(line));
        done();
      },
    }),
  );
  const scene = await stage(t, { logger });
  const { as, db, cast, clock } = scene;
  const [maelle, yann] = await Promise.all([as('maelle'), as('yann')]);
  const before = await maelle.ask<VaultSaid>('GET', '/kerlann/vault');
  assert.deepEqual([before.body.openSince, before.body.recovery], [null, null]);
  assert.equal((await yann.ask('GET', '/kerlann/vault')).status, 404);
  assert.equal((await yann.ask('POST', '/kerlann/vault')).status, 404);
  assert.equal((await maelle.ask('POST', '/kerlann/vault/recovery')).status, 409);

  const made = await maelle.ask<Key>('POST', '/kerlann/vault');
  assert.equal(made.status, 201);
  assert.equal(made.headers.get('cache-control'), 'no-store');
  assert.match(made.body.identity, /^AGE-SECRET-KEY-1[0-9A-Z]{58}$/u);
  assert.match(made.body.qr, /^data:image\/svg\+xml;base64,/u);
  assert.match(Buffer.from(made.body.qr.split(',')[1] ?? '', 'base64').toString(), /^<svg/u);
  assert.equal((await maelle.ask('POST', '/kerlann/vault')).status, 409);
  const open = await maelle.ask<VaultSaid>('GET', '/kerlann/vault');
  assert.equal(open.body.recovery?.recipient, made.body.recipient);
  assert.equal(open.body.recovery.kept, null);

  const kept = (recipient: string) => maelle.ask('POST', '/kerlann/vault/recovery/kept', { recipient });
  assert.equal((await kept(made.body.recipient)).status, 204);
  assert.notEqual((await maelle.ask<VaultSaid>('GET', '/kerlann/vault')).body.recovery?.kept, null);
  clock.advance(QUARTER + 1000);
  const stale = await maelle.ask<{ code: string }>('POST', '/kerlann/vault/recovery');
  assert.deepEqual([stale.status, stale.body.code], [403, 'step_up']);
  const again = await (await as('maelle')).ask<Key>('POST', '/kerlann/vault/recovery');
  assert.equal(again.status, 201);
  assert.notEqual(again.body.identity, made.body.identity);
  assert.equal((await kept(made.body.recipient)).status, 409, 'that sheet is of the former');
  assert.equal((await maelle.ask<VaultSaid>('GET', '/kerlann/vault')).body.recovery?.kept, null);

  const deeds = await db.owner<{ type: string; actor: { id: string } }[]>`
    select type, actor from event where organisation_id = ${cast.maelle.organisationId} and ticket_id is null order by id`;
  assert.deepEqual(
    deeds.map(({ type, actor }) => [type, actor.id]),
    ['vault_opened', 'recovery_key_kept', 'recovery_key_renewed'].map((type) => [type, cast.maelle.id]),
  );
  const told = await db.owner<{ recipient: string }[]>`select recipient from notice`;
  assert.deepEqual(
    told.map(({ recipient }) => recipient),
    [`member:${cast.maelle.id}`, `member:${cast.maelle.id}`],
  );
  // Nowhere but in the answer: not in the database, not in the log, not in the data folder.
  const secrets = [made.body.identity, again.body.identity].map((key) => key.slice(16, 60));
  for (const secret of secrets) {
    assert.ok(!logged.some((line) => line.includes(secret)));
    const found = spawnSync('grep', ['-rl', secret, join(scene.vigie.vault.staging, '..')], {
      encoding: 'utf8',
    });
    assert.equal(found.stdout, '');
    for (const { name } of await db.owner<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`) {
      const rows = await db.owner`select 1 from ${db.owner(name)} r where r::text ilike ${`%${secret}%`}`;
      assert.equal(rows.length, 0, name);
    }
  }
});

test(
  'Debian’s age opens a real blob with the recovery key that was shown',
  { skip: cannotAge },
  async (t) => {
    const scene = await stage(t);
    const album = await albumOf(scene);
    await album.put(await album.open({ title: 'x' }), 'files', 'x.txt', 'Trente-six poses.');
    const [blob = ''] = blobsOf(album);
    assert.equal(openWithAge(readFileSync(blob), album.recovery, t).toString(), 'Trente-six poses.');
  },
);

test('who exports takes a ticket out as a bag in a zip, which is traced; who only reads does not', async (t) => {
  const scene = await stage(t);
  const album = await albumOf(scene);
  const reference = await album.open({ title: 'Noces', who: 'Loïc' });
  await album.put(reference, 'files', 'a/b.txt', 'contenu');
  await album.put(reference, 'portraits', 'l.txt', 'portrait');
  const path = `/armoire/album/tickets/${reference}/bag`;
  assert.equal((await album.reader.ask('POST', path)).status, 403);
  assert.equal((await (await scene.as('maelle')).ask('POST', path)).status, 401);
  assert.equal((await album.keeper.ask('POST', '/armoire/album/tickets/B-99/bag')).status, 404);
  const [none] = await scene.db.owner<{ count: number }[]>`select count(*)::int as count from read_trace`;
  const answer = await fetch(`${scene.vigie.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${album.key}` },
  });
  assert.equal(answer.status, 200);
  const folder = temporaryFolder('vigie-bag-', t);
  const bytes = Buffer.from(await answer.arrayBuffer());
  assert.equal(bytes.length, Number(answer.headers.get('content-length')));
  writeFileSync(join(folder, 'bag.zip'), bytes);
  assert.equal(spawnSync('unzip', ['-q', 'bag.zip'], { cwd: folder }).status, 0);
  for (const sum of ['sha256', 'sha512']) {
    const checked = spawnSync(`${sum}sum`, ['-c', '--quiet', `manifest-${sum}.txt`], {
      cwd: join(folder, reference),
    });
    assert.equal(checked.status, 0, String(checked.stderr));
  }
  assert.equal(readFileSync(join(folder, reference, 'data/files/files/a/b.txt'), 'utf8'), 'contenu');
  const traces = await scene.db.owner<{ way: string }[]>`select way from read_trace order by id`;
  assert.ok(traces.length > (none?.count ?? 0));
  assert.equal(traces.at(-1)?.way, 'export');
  // The second time, its sum is known.
  const [row] = await scene.db.owner<{ id: string; about: Buffer }[]>`
    select id, about from file where field = 'files'`;
  const keys = await currentKeys(scene.vigie.vault, album.house.id);
  assert.match(
    JSON.stringify(keys.openAbout(row?.id ?? '', row?.about ?? Buffer.of())),
    /"sha512":"[0-9a-f]{128}"/u,
  );
});

test('erasing a person erases the files of sealed fields, at once, from the shelf and from the index', async (t) => {
  const scene = await stage(t);
  const album = await albumOf(scene);
  const { vault } = scene.vigie;
  const reference = await album.open({ title: 'Noces', who: 'Loïc' });
  const other = await album.open({ title: 'Reste' });
  await album.put(reference, 'files', 'paysage.txt', 'la mer');
  await album.put(reference, 'portraits', 'Loïc.txt', 'un visage');
  const replaced = await album.put(reference, 'portraits', 'ancien.txt', 'un autre visage');
  await album.put(reference, 'portraits', 'aussi.txt', 'partagé');
  await album.put(other, 'files', 'partagé.txt', 'partagé');
  assert.equal(
    (await album.keeper.ask('DELETE', `/armoire/album/tickets/${reference}/files/${replaced}`)).status,
    204,
  );
  await chore(scene, 'files');
  assert.equal(blobsOf(album).length, 4);
  await album.keeper.ask('POST', `/armoire/album/tickets/${reference}/moves/close`, {});
  scene.clock.advance(370 * DAY);
  await chore(scene, 'erase');
  assert.equal(blobsOf(album).length, 2, 'what somebody else has stays');
  const { body } = await album.keeper.ask<{ files: { name: string }[] }>(
    'GET',
    `/armoire/album/tickets/${reference}/files`,
  );
  assert.deepEqual(
    body.files.map(({ name }) => name),
    ['paysage.txt'],
  );
  const indexes = lying(album).filter((path) => path.includes('/index-'));
  assert.equal(indexes.length, 1);
  const text = openWithAge(readFileSync(indexes[0] ?? ''), album.recovery, t).toString();
  assert.ok(text.includes('paysage.txt') && text.includes('partagé.txt'));
  assert.ok(!text.includes('Loïc.txt') && !text.includes('ancien.txt'));
  const [use] = await scene.db.owner<{ stored: number; real: number }[]>`
    select u.stored::float8 as stored, (select sum(stored)::float8 from blob b where b.organisation_id = u.organisation_id) as real
    from vault_use u where organisation_id = ${album.house.id}`;
  assert.equal(use?.stored, use?.real);
  const house = await openHouses(scene.db).byId(album.house.id);
  assert.ok(house);
  assert.equal(await eraseKept(vault, house, scene.clock.now()), 0, 'once');
});

test('when an organisation has ended nothing of it lies on the shelf, and others’ files stay', async (t) => {
  const scene = await stage(t, { vault: true });
  const album = await albumOf(scene);
  await album.put(await album.open({ title: 'x' }), 'files', 'x.txt', 'tout');
  await chore(scene, 'files');
  const arriving = join(album.data, 'staging', album.house.id);
  spawnSync('mkdir', ['-p', arriving]);
  writeFileSync(join(arriving, 'segment'), 'sealed');
  assert.equal(lying(album).length, 3);
  await scene.db.owner`insert into deletion (organisation_id, asked_by, asked_at, delete_at)
    values (${album.house.id}, ${album.administratorId}, now(), ${new Date(scene.clock.now())})`;
  await chore(scene, 'end');
  assert.deepEqual(lying(album), []);
  assert.equal(existsSync(arriving), false);
  assert.equal((await scene.db.owner`select 1 from shelf_to_clear`).length, 0);
  const other = join(album.data, 'vault', scene.cast.maelle.organisationId, 'key.age');
  assert.ok(existsSync(other));
});

test('damage is found on the round, told to administrators once, shown until it is healed, and told again then', async (t) => {
  const scene = await stage(t, { vault: true });
  const { vigie, db, cast, clock, as } = scene;
  const album = await albumOf(scene);
  const reference = await album.open({ title: 'x' });
  await album.put(reference, 'files', 'x.txt', 'le premier');
  await album.put(reference, 'files', 'y.txt', 'le second');
  const gauge = async (name: string): Promise<number> => {
    const metrics = await (await fetch(`${vigie.url}/metrics`)).text();
    return Number(new RegExp(`^vigie_vault_${name} (\\S+)$`, 'mu').exec(metrics)?.[1]);
  };
  const told = async () =>
    (await db.owner<{ subject: string }[]>`select subject from notice order by created_at, id`).map(
      ({ subject }) => subject,
    );
  await chore(scene, 'verify');
  assert.deepEqual([await gauge('faults'), await told()], [0, []]);
  assert.ok((await gauge('stored_bytes')) > 0);
  const [one = ''] = blobsOf(album);
  const away = readFileSync(one);
  rmSync(one);
  clock.advance(6 * DAY);
  await chore(scene, 'verify');
  assert.equal(await gauge('faults'), 0, 'not yet its turn');
  clock.advance(2 * DAY);
  assert.ok((await gauge('oldest_verification_seconds')) >= (8 * DAY) / 1000);
  await chore(scene, 'verify');
  await chore(scene, 'verify');
  assert.equal(await gauge('faults'), 1);
  assert.equal(await gauge('oldest_verification_seconds'), 0);
  assert.deepEqual(await told(), ['Fichiers abîmés · L’Armoire']);
  const [damage] = await db.owner<{ body: object }[]>`select body from event where type = 'vault_damaged'`;
  assert.deepEqual(damage?.body, { missing: 1 });
  writeFileSync(one, away, { mode: 0o600 });
  clock.advance(2 * 3_600_000);
  await chore(scene, 'verify');
  assert.equal(await gauge('faults'), 0);
  assert.deepEqual(await told(), ['Fichiers abîmés · L’Armoire', 'Plus aucun fichier abîmé · L’Armoire']);
  // Nothing of it reaches another organisation.
  const nadia = await as('nadia');
  const other = await nadia.ask<VaultSaid>('GET', '/argentique/vault');
  assert.deepEqual([other.body.files, other.body.damaged.missing], [0, 0]);
  assert.ok(cast.nadia.id);
});

test('everything that is kept is read through within thirty days, a part of it at a time', async (t) => {
  const scene = await stage(t);
  const album = await albumOf(scene);
  const reference = await album.open({ title: 'x' });
  for (let nth = 0; nth < 4; nth += 1) await album.put(reference, 'files', `${nth}.txt`, `le fichier ${nth}`);
  for (let day = 0; day < 40; day += 1) {
    scene.clock.advance(DAY);
    await chore(scene, 'verify');
    const [row] = await scene.db.owner<{ oldest: Date }[]>`select min(verified_at) as oldest from blob`;
    assert.ok(scene.clock.now() - (row?.oldest.getTime() ?? 0) <= 30 * DAY);
  }
});

test('a server whose master key is that of another installation does not start, says why, and changes nothing', async (t) => {
  const scene = await stage(t, { vault: true });
  const data = temporaryFolder('vigie-other-', t);
  const config = {
    ...readConfig({
      PORT: '0',
      VIGIE_DEMO: '0',
      VIGIE_DATA: data,
      DATABASE_URL: scene.db.url,
      LOG_LEVEL: 'silent',
    }),
  };
  const start = (more: object) => startVigie({ ...config, ...more }, createLogger('silent'));
  const { identity } = await newIdentity();
  await assert.rejects(
    start({ masterKey: identity }),
    /another than the one under which .*Nothing was changed/u,
  );
  // Without any, none is made in its place.
  await assert.rejects(start({}), /put it back from a backup/u);
  assert.equal(existsSync(join(data, 'master-key')), false);
});
