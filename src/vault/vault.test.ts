import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

import { setStage } from '../../tests/harness/cast.ts';
import { temporaryFolder } from '../../tests/harness/cluster.ts';
import { testDatabase } from '../../tests/harness/database.ts';
import { testClock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { createLogger } from '../platform/logging.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { newIdentity, openBytes } from './age/index.ts';
import { insertFile, deleteFiles } from '../files/store.ts';
import {
  collect,
  currentKeys,
  keep,
  makeVault,
  openBlob,
  openShelf,
  openVaultOf,
  renewRecoveryOf,
  sweep,
  useOf,
  type Vault,
  verify,
} from './index.ts';

interface Place {
  readonly vault: Vault;
  readonly organisationId: string;
  readonly other: string;
  /** The recovery key of the first organisation. */
  readonly recovery: string;
  readonly data: string;
  /** Files that lie on the shelf. */
  shelved(): readonly string[];
}

const place = async (t: TestContext): Promise<Place> => {
  const data = temporaryFolder('vigie-vault-');
  t.after(() => rmSync(data, { recursive: true }));
  const db = await testDatabase(t);
  const clock = testClock('2026-03-02T09:00:00Z');
  const cast = await setStage(db, clock.now());
  const shelf = await openShelf({ kind: 'folder', path: join(data, 'vault') }, data);
  const parts = { db, shelf, staging: join(data, 'staging'), clock, logger: createLogger('silent') };
  const vault = makeVault(parts, await newIdentity());
  const organisationId = cast.nadia.organisationId;
  const { identity } = await openVaultOf(vault, organisationId);
  return {
    vault,
    organisationId,
    other: Object.values(cast).find((one) => one.organisationId !== organisationId)?.organisationId ?? '',
    recovery: identity,
    data,
    shelved: () =>
      readdirSync(join(data, 'vault'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== 'key.age')
        .map((entry) => join(entry.parentPath, entry.name)),
  };
};

const bytes = async function* (text: string | Buffer): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
};

const all = async (source: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
};

/** Keeps a text as a file. */
const put = async (
  { vault, organisationId }: Place,
  text: string | Buffer,
): Promise<{ readonly file: string; readonly blob: string }> => {
  const keys = await currentKeys(vault, organisationId);
  return keep(vault, keys, bytes(text), async (tx: Tx, { blobId, size }) => {
    const id = newId(vault.clock.now());
    const about = keys.sealAbout(id, { name: 'x.txt', sha256: '', crc32: 0 });
    await insertFile(
      tx,
      organisationId,
      { id, blobId, about, size, createdKind: 'system', createdBy: null },
      new Date(vault.clock.now()),
    );
    return { file: id, blob: blobId };
  });
};

test('what is kept comes back, whole or in part, and lies sealed', async (t) => {
  const here = await place(t);
  const text = Buffer.from('Trente-six poses de Kerlann, rangées. '.repeat(5_000));
  const { blob } = await put(here, text);
  const { size, read } = await openBlob(here.vault, here.organisationId, blob);
  assert.equal(size, text.length);
  assert.deepEqual(await all(read(0, size)), text);
  assert.deepEqual(await all(read(65_530, 65_550)), text.subarray(65_530, 65_550));
  const [file = ''] = here.shelved();
  assert.ok(!readFileSync(file).includes('Kerlann'));
  assert.ok(!file.includes(blob));
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('the recovery key alone opens everything, by the organisation’s key beside it or directly', async (t) => {
  const here = await place(t);
  await put(here, 'un rouleau');
  const [file = ''] = here.shelved();
  assert.equal(String(await openBytes(readFileSync(file), [here.recovery])), 'un rouleau');
  const wrapped = readFileSync(join(here.data, 'vault', here.organisationId, 'key.age'));
  const identity = String(await openBytes(wrapped, [here.recovery])).trim();
  assert.equal(String(await openBytes(readFileSync(file), [identity])), 'un rouleau');
  await assert.rejects(openBytes(readFileSync(file), [(await newIdentity()).identity]));
});

test('another recovery key opens what was kept before and after', async (t) => {
  const here = await place(t);
  await put(here, 'avant');
  const { identity } = await renewRecoveryOf(here.vault, here.organisationId);
  await put(here, 'après');
  const wrapped = readFileSync(join(here.data, 'vault', here.organisationId, 'key.age'));
  const own = String(await openBytes(wrapped, [identity])).trim();
  const opened = await Promise.all(
    here.shelved().map(async (file) => String(await openBytes(readFileSync(file), [own]))),
  );
  assert.deepEqual(opened.toSorted(), ['après', 'avant']);
});

test('the same content is kept once in an organisation, and nothing tells that another has it', async (t) => {
  const here = await place(t);
  const { vault, organisationId, other } = here;
  const [one, again] = [await put(here, 'le même'), await put(here, 'le même')];
  assert.equal(one.blob, again.blob);
  assert.equal(here.shelved().length, 1);
  await openVaultOf(vault, other);
  await put({ ...here, organisationId: other }, 'le même');
  assert.equal(here.shelved().length, 2);
  const prints = await Promise.all(
    [organisationId, other].map((id) =>
      asOrganisation(
        vault.db,
        id,
        (tx) => tx<{ fingerprint: Buffer }[]>`
        select fingerprint from blob where organisation_id = ${id}`,
      ),
    ),
  );
  assert.notDeepEqual(prints[0]?.[0]?.fingerprint, prints[1]?.[0]?.fingerprint);
});

test('fifty who bring the same at once leave one, that all of them read', async (t) => {
  const here = await place(t);
  const brought = await Promise.all(Array.from({ length: 50 }, () => put(here, 'la même photo')));
  assert.equal(new Set(brought.map(({ blob }) => blob)).size, 1);
  assert.equal(here.shelved().length, 1);
  const { stored } = await asOrganisation(here.vault.db, here.organisationId, (tx) =>
    useOf(tx, here.organisationId, new Date(here.vault.clock.now())),
  );
  assert.equal(stored, statSync(here.shelved()[0] ?? '').size);
});

test('what is erased is gone from the shelf, unless somebody else has the same', async (t) => {
  const here = await place(t);
  const { vault, organisationId } = here;
  const [one, again] = [await put(here, 'à deux'), await put(here, 'à deux')];
  const erase = async (file: string): Promise<number> => {
    await asOrganisation(vault.db, organisationId, (tx) => deleteFiles(tx, organisationId, [file]));
    return collect(vault, organisationId);
  };
  assert.equal(await erase(one.file), 0);
  assert.equal(here.shelved().length, 1);
  assert.equal(await erase(again.file), 1);
  assert.deepEqual(here.shelved(), []);
  const { stored } = await asOrganisation(vault.db, organisationId, (tx) =>
    useOf(tx, organisationId, new Date(vault.clock.now())),
  );
  assert.equal(stored, 0);
});

test('what an upload left without a name is swept a day later, and nothing else', async (t) => {
  const here = await place(t);
  await put(here, 'gardé');
  const [kept = ''] = here.shelved();
  const orphan = join(here.data, 'vault', here.organisationId, 'ab', `${'ab'.repeat(16)}.age`);
  await here.vault.shelf.put(`${here.organisationId}/ab/${'ab'.repeat(16)}.age`, bytes('perdu'));
  const now = here.vault.clock.now() / 1000;
  for (const file of [kept, orphan]) utimesSync(file, now, now);
  assert.equal(await sweep(here.vault, here.organisationId), 0);
  for (const file of [kept, orphan]) utimesSync(file, now - 90_000, now - 90_000);
  assert.equal(await sweep(here.vault, here.organisationId), 1);
  assert.deepEqual(here.shelved(), [kept]);
});

test('what an upload has put on the shelf and not yet said is not swept, however long it waits', async (t) => {
  const here = await place(t);
  const own = 'ab'.repeat(16);
  const name = `${here.organisationId}/ab/${own}.age`;
  const pieces = join(here.vault.staging, here.organisationId, newId(here.vault.clock.now()));
  mkdirSync(pieces, { recursive: true });
  writeFileSync(join(pieces, `${own}.taken`), '');
  writeFileSync(join(pieces, '0.piece'), 'scellé');
  const old = here.vault.clock.now() / 1000 - 90_000;
  utimesSync(join(pieces, '0.piece'), old, old);
  // What waited long is new on the shelf: its row is about to come.
  await here.vault.shelf.take(name, join(pieces, '0.piece'));
  assert.ok(statSync(join(here.data, 'vault', name)).mtimeMs > Date.now() - 60_000);
  utimesSync(join(here.data, 'vault', name), old, old);
  assert.equal(await sweep(here.vault, here.organisationId), 0);
  rmSync(pieces, { recursive: true });
  assert.equal(await sweep(here.vault, here.organisationId), 1);
});

test('a flipped bit and a missing file are found on the round, given to nobody, and healed by bringing it again', async (t) => {
  const here = await place(t);
  const { vault, organisationId } = here;
  const [one, two] = [await put(here, 'abîmé'), await put(here, 'absent')];
  const files = here.shelved();
  const nameOf = async (blob: string): Promise<string> => {
    const [row] = await asOrganisation(
      vault.db,
      organisationId,
      (tx) => tx<{ name: string }[]>`
      select name from blob where organisation_id = ${organisationId} and id = ${blob}`,
    );
    return files.find((file) => file.endsWith(row?.name ?? '?')) ?? '';
  };
  const damaged = await nameOf(one.blob);
  const flipped = readFileSync(damaged);
  flipped[flipped.length - 3] = (flipped[flipped.length - 3] ?? 0) ^ 1;
  writeFileSync(damaged, flipped);
  rmSync(await nameOf(two.blob));
  const before = vault.clock.now() + 1;
  const found = await verify(vault, organisationId, before, 1e9);
  assert.equal(found.read, 2);
  assert.deepEqual(
    found.faults.toSorted((a, b) => (a.fault < b.fault ? -1 : 1)),
    [
      { id: one.blob, fault: 'corrupt' },
      { id: two.blob, fault: 'missing' },
    ],
  );
  const { read } = await openBlob(vault, organisationId, one.blob);
  await assert.rejects(all(read(0, 6)), { code: 'corrupt' });
  await assert.rejects(openBlob(vault, organisationId, two.blob), { code: 'missing' });

  await put(here, 'absent');
  await put(here, 'abîmé');
  assert.equal(String(await all((await openBlob(vault, organisationId, two.blob)).read(0, 6))), 'absent');
  assert.deepEqual((await verify(vault, organisationId, before + 10, 1e9)).faults, []);
});

test('a round reads so many bytes and goes on where it was', async (t) => {
  const here = await place(t);
  for (let nth = 0; nth < 5; nth += 1) await put(here, `${nth}`.repeat(1000));
  const before = here.vault.clock.now() + 1;
  const reads = [];
  for (let round = 0; round < 4; round += 1)
    reads.push((await verify(here.vault, here.organisationId, before, 3_000)).read);
  assert.deepEqual(reads, [2, 2, 1, 0]);
});
