import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';
import { after, before, describe, test, type TestContext } from 'node:test';
import { cannotStore, type S3Store, startS3 } from '../../../../tests/harness/s3.ts';
import { freePort } from '../../../../tests/harness/nginx.ts';
import { temporaryFolder } from '../../../../tests/harness/cluster.ts';
import type { BucketPlace } from '../../../platform/vault-place.ts';
import { openShelf, ShelfFailed, ShelfFull } from '../index.ts';
import { listBucket, sweepUploads } from './list.ts';
import { bodyOf, openStore, refusal } from './store.ts';

const ORGANISATION = '018f0000-0000-7000-8000-000000000001';
const newName = (): string => {
  const hex = randomBytes(16).toString('hex');
  return `${ORGANISATION}/${hex.slice(0, 2)}/${hex}.age`;
};
async function* stream(...pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}
const MiB = 1024 * 1024;

/** What a line does to what goes over it, as many times as it says. */
interface Mishap {
  readonly kind: 'busy' | 'refused' | 'cut' | 'lost';
  times: number;
}

/** A line to the store on which things go wrong: the store is real, and so is everything that passes. */
const lineTo = async (t: TestContext, place: BucketPlace) => {
  let mishap: Mishap | undefined;
  /** Since the line was last cut, which is once a mebibyte at most. */
  let passed = 0;
  const happens = (...kinds: readonly Mishap['kind'][]): Mishap['kind'] | undefined => {
    if (!mishap || mishap.times === 0 || !kinds.includes(mishap.kind)) return undefined;
    mishap.times -= 1;
    return mishap.kind;
  };
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(new URL(place.endpoint).port), '127.0.0.1');
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (bytes) => {
      const kind = happens('busy', 'refused');
      if (kind === 'busy')
        near.end('HTTP/1.1 503 Slow Down\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      else if (kind === 'refused') near.destroy();
      else far.write(bytes);
    });
    far.on('data', (bytes) => {
      passed += bytes.length;
      const kind = happens('lost', ...(passed > MiB ? (['cut'] as const) : []));
      if (kind === 'lost') near.destroy();
      else if (kind === 'cut') {
        passed = 0;
        near.end(bytes.subarray(0, bytes.length - 20));
      } else near.write(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.after(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    place: { ...place, endpoint: `http://127.0.0.1:${port}` },
    suffer: (kind: Mishap['kind'], times: number) => {
      mishap = { kind, times };
    },
    suffered: () => mishap?.times === 0,
  };
};

test('whatever a store calls being full, it is understood', () => {
  const said = (status: number, code: string) =>
    refusal({ status, text: `<?xml version="1.0"?><Error><Code>${code}</Code><Key>x</Key></Error>` });
  for (const [status, code] of [
    [403, 'QuotaExceeded'],
    [507, 'XMinioStorageFull'],
    [400, 'XMinioAdminBucketQuotaExceeded'],
    [503, 'InsufficientCapacity'],
    [400, 'EntityTooLarge'],
  ] as const)
    assert.ok(said(status, code) instanceof ShelfFull, code);
  for (const [status, code] of [
    [403, 'AccessDenied'],
    [403, 'InsufficientPrivileges'],
    [404, 'NoSuchBucket'],
  ] as const)
    assert.ok(said(status, code) instanceof ShelfFailed, code);
});

describe('a bucket', { skip: cannotStore }, () => {
  let store: S3Store;
  const atTheEnd: (() => unknown)[] = [];
  before(async () => {
    store = await startS3({ after: (work) => void atTheEnd.push(work as () => unknown) });
  });
  after(async () => {
    for (const work of atTheEnd) await work();
  });
  const bucket = (): Promise<BucketPlace> => store.bucket(`s3-${randomUUID()}`);

  for (const kind of ['busy', 'refused', 'lost'] as const)
    test(`a store or a line that stumbles (${kind}) is asked again, and all is there once`, async (t) => {
      const line = await lineTo(t, await bucket());
      const shelf = await openShelf(line.place, temporaryFolder('vigie-s3-data-', t));
      await shelf.size(newName());
      for (const length of [1000, 17 * MiB]) {
        const name = newName();
        const bytes = randomBytes(length);
        const stumbling = async function* (): AsyncGenerator<Uint8Array> {
          line.suffer(kind, 2);
          yield bytes;
        };
        assert.equal(await shelf.put(name, stumbling()), length);
        assert.ok(line.suffered());
        assert.equal(await shelf.size(name), length);
        line.suffer(kind, 1);
        const stored = Buffer.concat(await Array.fromAsync(shelf.read(name, 0, length)));
        assert.ok(stored.equals(bytes));
        line.suffer(kind, 1);
        assert.equal((await Array.fromAsync(shelf.list(name))).length, 1);
      }
    });

  test('a download whose line breaks goes on from where it broke', async (t) => {
    const line = await lineTo(t, await bucket());
    const shelf = await openShelf(line.place, temporaryFolder('vigie-s3-data-', t));
    const name = newName();
    const bytes = randomBytes(5 * MiB);
    await shelf.put(name, stream(bytes));
    line.suffer('cut', 3);
    const read = await Array.fromAsync(shelf.read(name, 3, 5 * MiB - 3));
    assert.ok(line.suffered());
    assert.ok(Buffer.concat(read).equals(bytes.subarray(3, 5 * MiB - 3)));
  });

  test('a store that is full says so, and keeps nothing of it', async (t) => {
    const place = await bucket();
    await store.quota(place, MiB);
    const shelf = await openShelf(place, temporaryFolder('vigie-s3-data-', t));
    await assert.rejects(shelf.put(newName(), stream(new Uint8Array(2 * MiB))), ShelfFull);
    assert.deepEqual(await Array.fromAsync(shelf.list('')), []);
  });

  test('a wrong secret, a bucket that is not there, a store that is away: said in our words, without the key', async (t) => {
    const place = await bucket();
    const data = temporaryFolder('vigie-s3-data-', t);
    for (const wrong of [
      { ...place, secret: 'hunter2-of-tests' },
      { ...place, bucket: 'nobody-made-this' },
      { ...place, endpoint: `http://127.0.0.1:${await freePort()}` },
    ]) {
      const shelf = await openShelf(wrong, data);
      for (const work of [
        () => shelf.put(newName(), stream(new Uint8Array(10))),
        () => Array.fromAsync(shelf.list('')),
      ])
        await assert.rejects(work(), (error) => {
          assert.ok(error instanceof ShelfFailed);
          assert.doesNotMatch(`${error.message} ${String(error.cause)}`, /hunter2|vigie:tests|blobs/u);
          return true;
        });
    }
  });

  test('what arrives is what was sent: the store refuses what its checksums do not match', async () => {
    const ask = openStore(await bucket());
    const right = bodyOf('these bytes');
    const other = bodyOf('other bytes');
    for (const body of [
      { ...right, md5: other.md5 },
      { ...right, sha256: other.sha256 },
    ])
      await assert.rejects(ask({ method: 'PUT', name: newName(), body, expect: [200] }), {
        message: /BadDigest|XAmzContentSHA256Mismatch/u,
      });
    await ask({ method: 'PUT', name: newName(), body: right, expect: [200] });
  });

  test('a long list comes page by page, and what others put there is not ours', async (t) => {
    const place = await bucket();
    const shelf = await openShelf(place, temporaryFolder('vigie-s3-data-', t));
    const names = Array.from({ length: 7 }, newName);
    for (const name of names) await shelf.put(name, stream(new Uint8Array(3)));
    for (const path of ['/blobs/lost+found/a&amp;b<c>.txt', '/elsewhere.txt', `/blobs/x${names[0]}`])
      await store.ask(place, path.split('/').map(encodeURIComponent).join('/'), { method: 'PUT', body: 'x' });
    const listed = await Array.fromAsync(listBucket(openStore(place), place.prefix, '', 2));
    assert.deepEqual(
      listed.map(({ name }) => name),
      names.toSorted(),
    );
  });

  test('an upload in parts that was left for a day is swept away, a younger one is not', async () => {
    const place = await bucket();
    const ask = openStore(place);
    await ask({ method: 'POST', name: newName(), query: { uploads: '' }, expect: [200] });
    const left = async (): Promise<number> =>
      [...(await (await store.ask(place, '?uploads')).text()).matchAll(/<UploadId>/gu)].length;
    await sweepUploads(ask, place.prefix, Date.now());
    assert.equal(await left(), 1);
    await sweepUploads(ask, place.prefix, Date.now() + 25 * 3_600_000);
    assert.equal(await left(), 0);
  });

  test('a stream that breaks leaves no parts behind that would cost room', async (t) => {
    const place = await bucket();
    const shelf = await openShelf(place, temporaryFolder('vigie-s3-data-', t));
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(17 * MiB);
      throw new Error('gone');
    };
    await assert.rejects(shelf.put(newName(), broken()), { message: 'gone' });
    assert.doesNotMatch(await (await store.ask(place, '?uploads')).text(), /<UploadId>/u);
  });
});
