import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { AgeError, CHUNK, type Identity, newIdentity, openBytes, openHead, sealBytes, TAG } from './index.ts';

const SEALED = CHUNK + TAG;
const plain = randomBytes(4 * CHUNK);
const corrupt = { name: 'AgeError', code: 'corrupt' };

let key: Identity;
before(async () => {
  key = await newIdentity();
});

const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'opened',
    (error: unknown) => (error instanceof AgeError ? 'refused' : error),
  );

test('a file that was cut, lengthened, reordered or changed in one bit is refused', async () => {
  const size = 2 * CHUNK + 5000;
  const [file, other] = [
    await sealBytes(plain.subarray(0, size), [key.recipient]),
    await sealBytes(plain, [key.recipient]),
  ];
  const { headSize } = await openHead(file, [key.identity]);
  const chunk = (of: Buffer, index: number) =>
    of.subarray(headSize + index * SEALED, headSize + (index + 1) * SEALED);
  const made = (...parts: Buffer[]) => Buffer.concat([file.subarray(0, headSize), ...parts]);
  const [a, b, c] = [chunk(file, 0), chunk(file, 1), chunk(file, 2)];
  const wrong = {
    'two chunks changed places': made(b, a, c),
    'a chunk is missing': made(a, c),
    'a chunk came twice': made(a, a, b, c),
    'the last chunk is missing': made(a, b),
    'only the last chunk is there': made(c),
    'a chunk is of another file': made(a, chunk(other, 1), c),
    'there is nothing but a head': made(),
    'another file follows': Buffer.concat([file, other]),
    'the last chunk came twice': made(a, b, c, c),
    'its chunks are under the head of another file': Buffer.concat([other.subarray(0, headSize), a, b, c]),
  };
  for (const [what, bytes] of Object.entries(wrong))
    await assert.rejects(openBytes(bytes, [key.identity]), corrupt, what);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(file.length * 8 - 1),
      fc.nat(file.length - 1),
      fc.integer({ min: 1, max: SEALED }),
      async (bit, end, more) => {
        const flipped = Buffer.from(file);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        assert.equal(await refusal(openBytes(flipped, [key.identity])), 'refused');
        await assert.rejects(openBytes(file.subarray(0, end), [key.identity]), corrupt);
        await assert.rejects(
          openBytes(Buffer.concat([file, other.subarray(0, more)]), [key.identity]),
          corrupt,
        );
      },
    ),
    { numRuns: 150 },
  );
});

test('every bit of a head counts', async () => {
  const file = await sealBytes(Buffer.from('bonjour'), [key.recipient]);
  const { headSize } = await openHead(file, [key.identity]);
  for (let bit = 0; bit < headSize * 8; bit++) {
    const flipped = Buffer.from(file);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.equal(await refusal(openBytes(flipped, [key.identity])), 'refused', `bit ${bit}`);
  }
});
