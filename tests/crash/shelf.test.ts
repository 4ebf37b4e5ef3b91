import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, test, type TestContext } from 'node:test';
import { gathered } from '../../src/platform/bytes.ts';
import { openShelf, type Shelf, type ShelfSettings } from '../../src/vault/shelf/index.ts';
import { temporaryFolder } from '../harness/cluster.ts';
import { cannotStore, startS3 } from '../harness/s3.ts';
import { callsIn, cannotTrace, straced } from '../harness/strace.ts';
import { bytesFor, type Deed, type Job, type Word } from './shelf-writer.ts';

const ORGANISATION = randomUUID();
const MiB = 1024 * 1024;
const newName = (): string => {
  const hex = randomBytes(16).toString('hex');
  return `${ORGANISATION}/${hex.slice(0, 2)}/${hex}.age`;
};
const writer = ({ settings, data, deeds }: Job): readonly string[] => [
  process.execPath,
  join(import.meta.dirname, 'shelf-writer.ts'),
  JSON.stringify({ settings, data, deeds }),
];
const inFolder: ShelfSettings = { kind: 'folder', path: undefined };

/** What a writer said before it ended, or before `enough`: then it is killed. */
const wordsOf = async (child: ChildProcess, enough?: (word: Word) => boolean): Promise<readonly Word[]> => {
  assert.ok(child.stdout);
  const words: Word[] = [];
  const ended = once(child, 'close');
  for await (const line of createInterface(child.stdout)) {
    const word = JSON.parse(line) as Word;
    words.push(word);
    if (enough?.(word) === true) child.kill('SIGKILL');
  }
  await ended;
  return words;
};
const run = (job: Job, enough?: (word: Word) => boolean): Promise<readonly Word[]> => {
  const [program = '', ...rest] = writer(job);
  return wordsOf(spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] }), enough);
};
const doneIn = (words: readonly Word[]): readonly Deed[] =>
  words.flatMap((word) => ('done' in word ? [word.done] : []));
const failuresIn = (words: readonly Word[]): readonly string[] =>
  words.flatMap((word) => ('failed' in word ? [word.failed] : []));

const holds = async (shelf: Shelf, name: string, seed: string, length: number): Promise<void> => {
  assert.equal(await shelf.size(name), length);
  const stored = await gathered(shelf.read(name, 0, length));
  assert.ok(stored.equals(Buffer.concat([...bytesFor(seed, length)])), name);
};
const names = async (shelf: Shelf): Promise<readonly string[]> =>
  (await Array.fromAsync(shelf.list(''))).map(({ name }) => name);

describe('what is on the disk when', { skip: cannotTrace }, () => {
  const calls = 'write,pwrite64,writev,pwritev,fsync,fdatasync,rename,renameat,renameat2';

  test('written, fsynced, renamed, its folder fsynced, and only then acknowledged: for put and for take', async (t) => {
    const data = temporaryFolder('vigie-order-', t);
    const log = join(data, 'calls');
    const [first, second] = [newName(), newName()];
    const staged = join(data, 'staging', 'upload', '1');
    const deeds = [
      { put: first, bytes: 3 * MiB },
      { segment: staged, bytes: 2 * MiB },
      { take: second, from: staged },
    ];
    const job = { settings: inFolder, data, deeds };
    assert.deepEqual(doneIn(await wordsOf(straced(log, { calls }, writer(job)))), deeds);

    const seen = callsIn(log);
    let at = 0;
    /** The next call of that kind about that; nothing that comes before it counts again. */
    const then = (call: RegExp, about: string): void => {
      const found = seen.findIndex((one, n) => n >= at && call.test(one.call) && one.about.includes(about));
      assert.ok(found >= 0, `no ${String(call)} of ${about} after call ${at} of ${seen.length}`);
      at = found + 1;
    };
    const never = (call: RegExp, about: string): void => {
      const found = seen.find((one, n) => n >= at && call.test(one.call) && one.about.includes(about));
      assert.equal(found, undefined);
    };
    const folderOf = (name: string): string => `${join(data, 'vault', name, '..')}>`;
    const WRITE = /write/u;
    const FSYNC = /^fsync$/u;
    const RENAME = /^rename/u;
    const arriving = join(data, 'vault', '.arriving/');

    then(WRITE, arriving);
    then(FSYNC, arriving);
    then(RENAME, `"${join(data, 'vault', first)}"`);
    then(FSYNC, folderOf(first));
    then(WRITE, 'done');

    then(FSYNC, `${join(data, 'staging', 'upload')}>`);
    then(WRITE, `${staged}>`);
    then(FSYNC, `${staged}>`);
    then(WRITE, 'kept');
    then(WRITE, 'done');

    then(FSYNC, `${staged}>`);
    then(RENAME, `"${join(data, 'vault', second)}"`);
    then(FSYNC, folderOf(second));
    then(FSYNC, `${join(data, 'staging', 'upload')}>`);
    then(WRITE, 'done');
    never(RENAME, data);
  });

  test('killed at any fsync or rename, nothing acknowledged is lost and nothing half is shown', async (t) => {
    for (const call of ['fsync', 'rename'])
      for (let nth = 1, finished = false; !finished; nth += 1) {
        const data = temporaryFolder('vigie-kill-', t);
        const staged = join(data, 'staging', 'upload', '1');
        const [first, second] = [newName(), newName()];
        const deeds = [
          { put: first, bytes: 2 * MiB },
          { segment: staged, bytes: 2 * MiB },
          { take: second, from: staged },
        ];
        const child = straced(
          join(data, 'calls'),
          { calls: call, inject: `${call}:signal=SIGKILL:when=${nth}` },
          writer({ settings: inFolder, data, deeds }),
        );
        const words = await wordsOf(child);
        finished = words.some((word) => 'peak' in word);
        assert.ok(nth < 40);

        const shelf = await openShelf(inFolder, data);
        const done = doneIn(words).length;
        const kept = words.flatMap((word) => ('kept' in word ? [word.bytes] : [])).at(-1) ?? 0;
        const shown = await names(shelf);
        for (const name of shown) await holds(shelf, name, name === first ? first : staged, 2 * MiB);
        if (done >= 1) assert.ok(shown.includes(first));
        if (kept > 0 && !shown.includes(second)) {
          const segment = readFileSync(staged);
          assert.ok(segment.subarray(0, kept).equals(Buffer.concat([...bytesFor(staged, kept)])));
        }
        // Whoever comes back goes on where it stopped.
        if (done === 2) {
          await shelf.take(second, staged);
          await holds(shelf, second, staged, 2 * MiB);
        }
        if (done >= 2) assert.ok(!existsSync(staged));
      }
  });

  for (const [error, name] of [
    ['ENOSPC', 'ShelfFull'],
    ['EDQUOT', 'ShelfFull'],
    ['EIO', 'ShelfFailed'],
    ['EROFS', 'ShelfFailed'],
  ] as const)
    test(`when the disk says ${error}, the shelf says ${name}, keeps nothing half, and goes on`, async (t) => {
      // The file itself; its name; the folder that holds the name, after five other fsyncs.
      for (const [call, nth] of [
        ['fsync', 3],
        ['rename', 1],
        ['fsync', 6],
      ] as const) {
        const data = temporaryFolder('vigie-refusal-', t);
        const before = newName();
        await (await openShelf(inFolder, data)).put(before, one(bytesFor(before, 10)));
        const [refused, good] = [newName(), newName()];
        const deeds = [
          { put: refused, bytes: MiB },
          { put: good, bytes: MiB },
        ];
        const child = straced(
          join(data, 'calls'),
          { calls: call, inject: `${call}:error=${error}:when=${nth}` },
          writer({ settings: inFolder, data, deeds }),
        );
        const words = await wordsOf(child);
        assert.deepEqual(failuresIn(words), [name]);
        assert.deepEqual(doneIn(words), [deeds[1]]);
        const shelf = await openShelf(inFolder, data);
        assert.deepEqual(await names(shelf), [before, good].toSorted());
        assert.deepEqual(readdirSync(join(data, 'vault', '.arriving')), []);
      }
    });

  test('a disk that cannot read says so, and the server lives', async (t) => {
    const data = temporaryFolder('vigie-unread-', t);
    const name = newName();
    await (await openShelf(inFolder, data)).put(name, one(bytesFor(name, MiB)));
    const calls = 'read,pread64,readv,preadv';
    const child = straced(
      join(data, 'calls'),
      { calls, inject: `${calls}:error=EIO`, path: join(data, 'vault', name) },
      writer({ settings: inFolder, data, deeds: [{ read: name }, { put: newName(), bytes: 5 }] }),
    );
    const words = await wordsOf(child);
    assert.deepEqual(failuresIn(words), ['ShelfFailed']);
    assert.equal(doneIn(words).length, 1);
  });
});

async function* one(bytes: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* bytes;
}

const smallDisk = (t: TestContext, size: string): string | undefined => {
  const folder = temporaryFolder('vigie-small-');
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  if (mount.status !== 0) {
    rmdirSync(folder);
    return undefined;
  }
  t.after(() => {
    spawnSync('umount', [folder]);
    rmdirSync(folder);
  });
  return folder;
};

test('a disk that is full says so, gives back what it had begun to take, and takes what fits', async (t) => {
  const data = smallDisk(t, '8m');
  if (data === undefined) return t.skip('only root may mount a small disk');
  const shelf = await openShelf(inFolder, data);
  const [small, large, after] = [newName(), newName(), newName()];
  await shelf.put(small, one(bytesFor(small, 2 * MiB)));
  const free = await shelf.free();
  await assert.rejects(shelf.put(large, one(bytesFor(large, 9 * MiB))), { name: 'ShelfFull' });
  assert.equal(await shelf.free(), free);
  assert.deepEqual(await names(shelf), [small]);
  await shelf.put(after, one(bytesFor(after, 3 * MiB)));
  await holds(shelf, small, small, 2 * MiB);
  await holds(shelf, after, after, 3 * MiB);
});

test('a staged file on another disk is copied in whole, and where there is no room it stays', async (t) => {
  const small = smallDisk(t, '8m');
  if (small === undefined) return t.skip('only root may mount a small disk');
  const data = temporaryFolder('vigie-across-', t);
  const shelf = await openShelf({ kind: 'folder', path: join(small, 'vault') }, data);
  const stage = async (length: number): Promise<string> => {
    const path = join(data, 'staging', randomUUID());
    await run({ settings: inFolder, data, deeds: [{ segment: path, bytes: length }] });
    return path;
  };
  const [fits, large] = [await stage(2 * MiB), await stage(9 * MiB)];
  const name = newName();
  await shelf.take(name, fits);
  assert.ok(!existsSync(fits));
  await holds(shelf, name, fits, 2 * MiB);
  await assert.rejects(shelf.take(newName(), large), { name: 'ShelfFull' });
  assert.ok(existsSync(large));
  assert.deepEqual(await names(shelf), [name]);
});

for (const kind of ['a folder', 'a bucket'])
  describe(`on ${kind}`, { skip: kind === 'a bucket' ? cannotStore : false }, () => {
    const place = async (t: TestContext): Promise<Pick<Job, 'settings' | 'data'>> => {
      const data = temporaryFolder('vigie-shelf-', t);
      if (kind === 'a folder') return { settings: inFolder, data };
      const store = await startS3(t);
      return { settings: await store.bucket('vault'), data };
    };

    test('killed in the middle of a large file, nothing is shown that is not whole', async (t) => {
      const { settings, data } = await place(t);
      const [before, cut] = [newName(), newName()];
      const words = await run(
        {
          settings,
          data,
          deeds: [
            { put: before, bytes: 5 },
            { put: cut, bytes: 500 * MiB, slowly: true },
          ],
        },
        (word) => 'streamed' in word && word.streamed > 40 * MiB,
      );
      assert.equal(doneIn(words).length, 1);
      const shelf = await openShelf(settings, data);
      assert.deepEqual(await names(shelf), [before]);
      assert.equal(await shelf.size(cut), null);
      await shelf.put(cut, one(bytesFor(cut, 20)));
      await holds(shelf, cut, cut, 20);
    });

    test('a huge stream goes in and out without filling the memory', async (t) => {
      const { settings, data } = await place(t);
      const [small, huge] = [newName(), newName()];
      const peak = async (deeds: readonly Deed[]): Promise<number> => {
        const words = await run({ settings, data, deeds });
        assert.equal(doneIn(words).length, deeds.length);
        return words.flatMap((word) => ('peak' in word ? [word.peak] : []))[0] ?? Number.NaN;
      };
      const usual = await peak([{ put: small, bytes: 1000 }, { read: small }]);
      const most = await peak([{ put: huge, bytes: 240 * MiB }, { read: huge }]);
      t.diagnostic(`${Math.round((most - usual) / MiB)} MiB more for 240 MiB in and out`);
      assert.ok(most - usual < 120 * MiB);
    });
  });
