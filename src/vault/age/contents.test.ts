import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, test } from 'node:test';
import fc from 'fast-check';
import {
  CHUNK,
  type Identity,
  newIdentity,
  newSealer,
  openHead,
  openRange,
  openStream,
  plainSize,
  type Read,
  sealBytes,
  sealedSize,
  TAG,
} from './index.ts';

const SEALED = CHUNK + TAG;
const sizes = [0, 1, TAG, ...[1, 2, 3].flatMap((n) => [-1, 0, 1].map((by) => n * CHUNK + by))];
const plain = randomBytes(4 * CHUNK);
const corrupt = { name: 'AgeError', code: 'corrupt' };

let key: Identity;
before(async () => {
  key = await newIdentity();
});

const reader = (file: Buffer, asked: [from: number, to: number][] = [], piece = 50_000): Read =>
  async function* (from, to) {
    asked.push([from, to]);
    for (let at = from; at < to; at += piece) yield file.subarray(at, Math.min(to, at + piece));
  };

test('what is sealed in pieces of any length opens as it was, at every size around a chunk', async () => {
  const piece = fc.oneof(
    fc.integer({ min: 0, max: 300 }),
    fc.constantFrom(CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 8 }),
      fc.integer({ min: 1, max: 3 * CHUNK }),
      async (pieces, cut) => {
        const sealer = await newSealer([key.recipient]);
        const parts = [sealer.head];
        let given = 0;
        for (const size of pieces) {
          // A caller's buffer is its own again as soon as it was pushed.
          const buffer = Buffer.from(plain.subarray(0, size));
          const chunks = sealer.push(buffer);
          buffer.fill(0);
          given += size;
          assert.ok(chunks.every(({ length }) => length === SEALED));
          parts.push(...chunks);
          assert.equal(sealer.pending, given - (parts.length - 1) * CHUNK);
          assert.ok(sealer.pending <= CHUNK);
        }
        const file = Buffer.concat([...parts, sealer.end()]);
        assert.equal(file.length, sealedSize(given, sealer.head.length));
        assert.equal(plainSize(file.length, sealer.head.length), given);
        const opened = await Array.fromAsync(
          openStream(reader(file, [], cut)(0, file.length), [key.identity]),
        );
        assert.ok(Buffer.concat(pieces.map((size) => plain.subarray(0, size))).equals(Buffer.concat(opened)));
      },
    ),
    { numRuns: 60 },
  );
});

test('no size that sealing does not make is taken for an age file', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.constantFrom(...sizes),
        fc.maxSafeNat().map((n) => n % 2 ** 50),
      ),
      (size) => {
        assert.equal(plainSize(sealedSize(size, 200), 200), size);
      },
    ),
  );
  const payloads = [
    -200,
    -1,
    0,
    1,
    TAG - 1,
    SEALED + 1,
    SEALED + TAG,
    2 * SEALED + TAG,
    0.5,
    Number.NaN,
    Infinity,
  ];
  for (const payload of payloads) assert.throws(() => plainSize(200 + payload, 200), corrupt, `${payload}`);
});

test('any range opens to what stands there, and reads the chunks that hold it alone', async () => {
  const files = await Promise.all(
    sizes.map((size) => sealBytes(plain.subarray(0, size), [key.recipient]).then((file) => ({ size, file }))),
  );
  const near = fc.oneof(fc.nat(4 * CHUNK), fc.constantFrom(...sizes));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), near, near, async ({ size, file }, one, other) => {
      const from = Math.min(one, other, size);
      const to = Math.min(Math.max(one, other), size);
      const opener = await openHead(file, [key.identity]);
      const asked: [number, number][] = [];
      const parts = await Array.fromAsync(openRange(opener, reader(file, asked), file.length, from, to));
      assert.ok(Buffer.concat(parts).equals(plain.subarray(from, to)));
      const chunks = from === to ? 0 : Math.ceil(to / CHUNK) - Math.floor(from / CHUNK);
      assert.ok(asked.reduce((sum, [from, to]) => sum + to - from, 0) <= chunks * SEALED);
    }),
    { numRuns: 200 },
  );
});

test('bytes that are not there are not to be had', async () => {
  const file = await sealBytes(plain.subarray(0, 100), [key.recipient]);
  const opener = await openHead(file, [key.identity]);
  for (const [from, to] of [
    [0, 101],
    [-1, 5],
    [7, 3],
    [0.5, 2],
    [Number.NaN, 1],
  ] as const)
    await assert.rejects(openRange(opener, reader(file), file.length, from, to).next(), RangeError);
});
