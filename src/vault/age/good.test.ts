import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, test } from 'node:test';
import fc from 'fast-check';
import {
  CHUNK,
  goodPart,
  newIdentity,
  openHead,
  type Opener,
  openRange,
  type Read,
  sealBytes,
  sealedSize,
  TAG,
} from './index.ts';

const SEALED = CHUNK + TAG;
const plain = randomBytes(3 * CHUNK + 500);

let file: Buffer;
let full: Buffer;
let opener: Opener;
let fullOpener: Opener;
before(async () => {
  const { recipient, identity } = await newIdentity();
  file = await sealBytes(plain, [recipient]);
  full = await sealBytes(plain.subarray(0, 3 * CHUNK), [recipient]);
  [opener, fullOpener] = [await openHead(file, [identity]), await openHead(full, [identity])];
});

const reader = (bytes: Buffer, asked: number[] = []): Read =>
  async function* (from, to) {
    asked.push(to - from);
    yield bytes.subarray(from, to);
  };

const goodOf = (bytes: Buffer, of = opener, asked?: number[]) =>
  goodPart(of, reader(bytes, asked), bytes.length);

test('a file cut anywhere is good up to its last whole chunk, which takes reading two', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.nat(file.length - 1),
        fc
          .constantFrom(0, 1, 2, 3)
          .chain((n) =>
            fc.constantFrom(-1, 0, 1, TAG, TAG + 1).map((by) => opener.headSize + n * SEALED + by),
          ),
      ),
      async (cut) => {
        const stored = Math.max(cut, opener.headSize);
        const asked: number[] = [];
        const good = await goodOf(file.subarray(0, stored), opener, asked);
        const chunks = Math.floor((stored - opener.headSize) / SEALED);
        assert.deepEqual(good, {
          plain: chunks * CHUNK,
          stored: opener.headSize + chunks * SEALED,
          ended: false,
        });
        assert.ok(asked.length <= 2);
        const parts = await Array.fromAsync(
          openRange(opener, reader(file), good.stored, 0, good.plain, { ended: false }),
        );
        assert.ok(Buffer.concat(parts).equals(plain.subarray(0, good.plain)));
      },
    ),
    { numRuns: 100 },
  );
});

test('a whole file is good to its end', async () => {
  assert.deepEqual(await goodOf(file), { plain: plain.length, stored: file.length, ended: true });
  const whole = { plain: 3 * CHUNK, stored: full.length, ended: true };
  assert.deepEqual(await goodOf(full, fullOpener), whole);
  // What a file system left behind the end is not part of it.
  assert.deepEqual(await goodOf(Buffer.concat([full, Buffer.alloc(700)]), fullOpener), whole);
  const { recipient, identity } = await newIdentity();
  for (const size of [0, 1, CHUNK]) {
    const small = await sealBytes(plain.subarray(0, size), [recipient]);
    const head = await openHead(small, [identity]);
    assert.equal(small.length, sealedSize(size, head.headSize));
    assert.deepEqual(await goodOf(small, head), { plain: size, stored: small.length, ended: true });
  }
});

test('what the disk made longer but never wrote is not good', async () => {
  for (const kept of [0, 1, 2, 3])
    for (const zeros of [1, TAG, SEALED, 2 * SEALED, 5 * SEALED + 33]) {
      const written = opener.headSize + kept * SEALED;
      const bytes = Buffer.concat([file.subarray(0, written), Buffer.alloc(zeros)]);
      assert.deepEqual(await goodOf(bytes), { plain: kept * CHUNK, stored: written, ended: false });
    }
  // The tail reached the disk, and what stands before it did not.
  const hole = Buffer.from(file).fill(0, opener.headSize + 2 * SEALED, opener.headSize + 3 * SEALED);
  assert.deepEqual(await goodOf(hole), {
    plain: 2 * CHUNK,
    stored: opener.headSize + 2 * SEALED,
    ended: false,
  });
});

test('a disk that fails is not taken for a file that was cut', async () => {
  const broken: Read = async function* () {
    yield file.subarray(0, 1);
    throw new Error('EIO');
  };
  await assert.rejects(goodPart(opener, broken, file.length), /EIO/);
});

test('a shelf that gives less or more than it was asked for does not change what is read', async () => {
  for (const by of [-SEALED, -1, 1, SEALED]) {
    const wrong: Read = async function* (from, to) {
      yield file.subarray(from, to + by);
    };
    const range = openRange(opener, wrong, file.length, 0, 2 * CHUNK);
    await assert.rejects(Array.fromAsync(range), { code: 'corrupt' }, `${by}`);
  }
});
