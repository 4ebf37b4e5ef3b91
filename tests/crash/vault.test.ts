import assert from 'node:assert/strict';
import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, test, type TestContext } from 'node:test';

import { arrived, forgetFiles } from '../../src/files/index.ts';
import { testClock } from '../../src/platform/clock.ts';
import { createLogger } from '../../src/platform/logging.ts';
import { newIdentity, type Identity } from '../../src/vault/age/index.ts';
import {
  collect,
  currentKeys,
  lay,
  makeVault,
  openBlob,
  openShelf,
  openVaultOf,
  sweep,
  type Vault,
  verify,
} from '../../src/vault/index.ts';
import { setStage } from '../harness/cast.ts';
import { temporaryFolder } from '../harness/cluster.ts';
import { testDatabase, type TestDatabase } from '../harness/database.ts';
import { cannotTrace, straced } from '../harness/strace.ts';
import { contentOf, type Deed, type Job, type Word } from './vault-writer.ts';

const KiB = 1024;
const DAY = 86_400_000;
const inFolder = { kind: 'folder', path: undefined } as const;

interface Scene {
  readonly db: TestDatabase;
  readonly vault: Vault;
  readonly data: string;
  readonly organisationId: string;
  readonly master: Identity;
}

const scene = async (t: TestContext): Promise<Scene> => {
  const db = await testDatabase(t);
  const data = temporaryFolder('vigie-crash-', t);
  // Two days from now: what is left over is old by then.
  const clock = testClock(new Date(Date.now() + 2 * DAY).toISOString());
  const { nadia } = await setStage(db, Date.now());
  const master = await newIdentity();
  const shelf = await openShelf(inFolder, data);
  const logger = createLogger('silent');
  const vault = makeVault({ db, shelf, staging: data, clock, logger }, master);
  await openVaultOf(vault, nadia.organisationId);
  return { db, vault, data, organisationId: nadia.organisationId, master };
};

/** A writer that dies, or whose calls fail, where `inject` says so. @returns what it said before */
const written = async (
  { db, data, organisationId, master }: Scene,
  deeds: readonly Deed[],
  { call, inject, path }: { readonly call: string; readonly inject: string; readonly path?: string },
): Promise<readonly Word[]> => {
  const job: Job = { url: db.url, data, organisationId, master, deeds };
  const command = [process.execPath, join(import.meta.dirname, 'vault-writer.ts'), JSON.stringify(job)];
  const log = join(temporaryFolder('vigie-calls-'), 'calls');
  const child = straced(log, { calls: call, inject, ...(path !== undefined && { path }) }, command);
  const ended = new Promise((resolve) => child.once('close', resolve));
  const words: Word[] = [];
  for await (const line of createInterface(child.stdout)) words.push(JSON.parse(line) as Word);
  await ended;
  return words;
};

const filesOf = ({ db }: Scene): Promise<{ id: string; blob: string; name: string; size: number }[]> =>
  db.owner<{ id: string; blob: string; name: string; size: number }[]>`
    select f.id, b.id as blob, b.name, f.size::float8 as size from file f
    join blob b on b.organisation_id = f.organisation_id and b.id = f.blob_id`;

/** What lies on the shelf, the keys apart. */
const shelved = async ({ vault }: Scene): Promise<readonly string[]> =>
  (await Array.fromAsync(vault.shelf.list('')))
    .map(({ name }) => name)
    .filter((name) => name.endsWith('.age') && !name.endsWith('key.age'));

/** Nothing that was acknowledged is lost, no row is without its bytes, and two days later nothing lies there that no row names. */
const holds = async (
  here: Scene,
  acknowledged: ReadonlyMap<string, Buffer>,
  gone: ReadonlySet<string>,
): Promise<void> => {
  const { vault, data, organisationId, db } = here;
  const before = await filesOf(here);
  const onShelf = new Set(await shelved(here));
  for (const { name } of before) assert.ok(onShelf.has(name), 'a row names what is not there');
  for (const [id, content] of acknowledged) {
    const row = before.find((one) => one.id === id);
    if (gone.has(id)) continue;
    assert.ok(row, 'what was acknowledged has its row');
    const { size, read } = await openBlob(vault, organisationId, row.blob);
    assert.equal(size, content.length);
    assert.ok(Buffer.concat(await Array.fromAsync(read(0, size))).equals(content));
  }
  assert.deepEqual((await verify(vault, organisationId, vault.clock.now(), 1e9)).faults, []);

  const old = (Date.now() - 3 * DAY) / 1000;
  for (const name of readdirSync(join(data, 'vault', '.arriving')))
    utimesSync(join(data, 'vault', '.arriving', name), old, old);
  await openShelf(inFolder, data);
  await collect(vault, organisationId);
  await sweep(vault, organisationId);
  const named = await db.owner<
    { name: string; stored: number }[]
  >`select name, stored::float8 as stored from blob`;
  assert.deepEqual(await shelved(here), named.map(({ name }) => name).toSorted());
  assert.deepEqual(readdirSync(join(data, 'vault', '.arriving')), []);
  const [use] = await db.owner<{ stored: number }[]>`select stored::float8 as stored from vault_use`;
  assert.equal(
    use?.stored ?? 0,
    named.reduce((sum, { stored }) => sum + stored, 0),
    'what is used is what lies there',
  );
};

describe('when the one who keeps files is killed', { skip: cannotTrace }, () => {
  for (const call of ['fsync', 'rename', 'unlink'])
    test(`at any ${call}, no acknowledged byte is lost, no row is without its blob, and nothing is left over`, async (t) => {
      const here = await scene(t);
      const acknowledged = new Map<string, Buffer>();
      const gone = new Set<string>();
      let kept = '';
      let deaths = 0;
      for (let nth = 1, finished = false; !finished; nth += 1) {
        assert.ok(nth < 40);
        const deeds: Deed[] = [
          { keep: `one-${nth}`, bytes: 300 * KiB },
          // The same again: of two, one stays.
          { keep: `one-${nth}`, bytes: 300 * KiB },
          ...(kept === '' ? [] : [{ forget: kept, bytes: 0 }]),
          { keep: `two-${nth}`, bytes: 10 },
        ];
        // What is about to be erased may be there or not, whatever was said.
        if (kept !== '') gone.add(kept);
        const words = await written(here, deeds, { call, inject: `${call}:signal=SIGKILL:when=${nth}` });
        finished = words.some((word) => 'finished' in word);
        if (!finished) deaths += 1;
        assert.deepEqual(
          words.filter((word) => 'failed' in word),
          [],
        );
        for (const word of words)
          if ('kept' in word) acknowledged.set(word.file, contentOf(word.kept, word.bytes));
        await holds(here, acknowledged, gone);
        kept = [...acknowledged.keys()].findLast((id) => !gone.has(id)) ?? '';
      }
      t.diagnostic(`killed ${deaths} times`);
      assert.ok(deaths >= 2, String(deaths));
      // And what is erased is erased.
      await here.db.owner`delete from file`;
      await forgetFiles(here.vault, here.organisationId);
      assert.deepEqual(await shelved(here), []);
    });
});

for (const [error, name] of [
  ['ENOSPC', 'ShelfFull'],
  ['EDQUOT', 'ShelfFull'],
  ['EIO', 'ShelfFailed'],
] as const)
  test(
    `when the disk says ${error} at any moment, that is what is said, nothing is named, and the next file is kept`,
    { skip: cannotTrace },
    async (t) => {
      const here = await scene(t);
      let refusals = 0;
      for (const call of ['fsync', 'rename'])
        for (let nth = 1, refused = true; refused; nth += 1) {
          assert.ok(nth < 20);
          const deeds: Deed[] = [
            { keep: `first-${call}-${nth}`, bytes: 300 * KiB },
            { keep: `then-${call}-${nth}`, bytes: 10 },
          ];
          const words = await written(here, deeds, { call, inject: `${call}:error=${error}:when=${nth}` });
          const failed = words.flatMap((word) => ('failed' in word ? [word.failed] : []));
          const acknowledged = new Map(
            words.flatMap((word) => ('kept' in word ? [[word.file, contentOf(word.kept, word.bytes)]] : [])),
          );
          const opened = !words.some((word) => 'unopened' in word);
          assert.ok(failed.every((one) => one === name));
          if (opened) {
            assert.equal(acknowledged.size + failed.length, 2);
            assert.ok(words.some((word) => 'finished' in word));
          }
          await holds(here, acknowledged, new Set());
          refused = !opened || failed.length > 0;
          if (failed.length > 0) refusals += 1;
        }
      t.diagnostic(`refused ${refusals} times`);
      assert.ok(refusals >= 4, String(refusals));
    },
  );

test('PostgreSQL gone in the middle: what was laid is named by nobody, and by whoever asks again once it is back', async (t) => {
  const here = await scene(t);
  const { vault, organisationId, db } = here;
  const keys = await currentKeys(vault, organisationId);
  const by = { kind: 'system', id: null } as const;
  const name = { name: 'un.bin', folder: '' };
  const content = contentOf('gone', 300 * KiB);
  const laid = await lay(
    vault,
    keys,
    (async function* () {
      yield content;
    })(),
  );
  const [database] = await db.owner<{ name: string }[]>`select current_database() as name`;
  const doors = (open: boolean): Promise<unknown> =>
    db.owner`update pg_database set datallowconn = ${open} where datname = ${database?.name ?? ''}`;
  await db.owner`select 1`;
  await doors(false);
  await db.owner`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
  await assert.rejects(arrived(vault, keys, laid, name, by));
  await assert.rejects(collect(vault, organisationId));
  await assert.rejects(sweep(vault, organisationId));
  // Nothing is taken off the shelf by who cannot ask what is named.
  assert.deepEqual(await shelved(here), [laid.name]);
  await doors(true);
  const file = await arrived(vault, keys, laid, name, by);
  await holds(here, new Map([[file, content]]), new Set());
  assert.deepEqual(await shelved(here), [laid.name]);
});
