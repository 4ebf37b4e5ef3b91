import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { cannotAge, openWithAge, sealWithAge } from '../../../tests/harness/age.ts';
import {
  CHUNK,
  newIdentity,
  newSealer,
  openBytes,
  openHead,
  openRange,
  plainSize,
  recipientOf,
  sealBytes,
} from './index.ts';

const sizes = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 * CHUNK + 17];

test('each recipient opens alone, and nobody else does', async () => {
  const [one, other, stranger] = await Promise.all([newIdentity(), newIdentity(), newIdentity()]);
  assert.equal(await recipientOf(one.identity), one.recipient);
  const file = await sealBytes(Buffer.from('bonjour'), [one.recipient, other.recipient]);
  for (const { identity } of [one, other])
    assert.equal((await openBytes(file, [stranger.identity, identity])).toString(), 'bonjour');
  for (const identities of [[stranger.identity], []])
    await assert.rejects(openBytes(file, identities), { name: 'AgeError', code: 'no_key' });
});

test('the same words sealed twice have nothing in common', async () => {
  const { recipient } = await newIdentity();
  const [one, other] = [
    await sealBytes(Buffer.alloc(CHUNK), [recipient]),
    await sealBytes(Buffer.alloc(CHUNK), [recipient]),
  ];
  const lines = (file: Buffer) => file.toString('latin1').split('\n').slice(1);
  assert.ok(lines(one).every((line) => line.length < 10 || !lines(other).includes(line)));
});

test('a sealer that has ended seals nothing more', async () => {
  const sealer = await newSealer([(await newIdentity()).recipient]);
  sealer.push(Buffer.from('bonjour'));
  sealer.end();
  assert.throws(() => sealer.end(), /used once/);
  assert.throws(() => sealer.push(Buffer.from('!')), /used once/);
  assert.equal(sealer.pending, 0);
});

test('a head that is not whole asks for more, and one that never ends does not', async () => {
  const { recipient, identity } = await newIdentity();
  const file = await sealBytes(Buffer.from('bonjour'), [recipient]);
  const { headSize } = await openHead(file, [identity]);
  for (let size = 0; size < headSize; size++)
    await assert.rejects(openHead(file.subarray(0, size), [identity]), { code: 'needs_more' }, `${size}`);
  assert.equal((await openHead(file.subarray(0, headSize), [identity])).headSize, headSize);
  const endless = Buffer.concat([file.subarray(0, 22), Buffer.from('-> x y\n\n'.repeat(10_000))]);
  await assert.rejects(openHead(endless, [identity]), { code: 'not_age' });
  for (const text of ['{', 'age-encryption.org/v2\n', 'age-encryption.org/v1 \n'])
    await assert.rejects(openHead(Buffer.from(text), [identity]), { code: 'not_age' }, text);
});

test('a key with a mistake is refused, and not repeated in what is said of it', async () => {
  const { recipient, identity } = await newIdentity();
  const file = await sealBytes(Buffer.from('bonjour'), [recipient]);
  const mistaken = `${identity.slice(0, -1)}${identity.endsWith('Q') ? 'P' : 'Q'}`;
  const quiet = (error: unknown) => {
    assert.ok(error instanceof Error);
    assert.ok(!`${error.stack} ${String(error.cause)}`.includes(mistaken.slice(16, 40)));
    assert.equal((error as Error & { code?: unknown }).code, 'no_key');
    return true;
  };
  await assert.rejects(recipientOf(mistaken), quiet);
  await assert.rejects(openBytes(file, [mistaken]), quiet);
  await assert.rejects(sealBytes(file, [mistaken]), quiet);
  await assert.rejects(sealBytes(file, [recipient, mistaken.toLowerCase()]), quiet);
  await assert.rejects(newSealer([]), { code: 'no_key' });
});

test(
  'the ordinary age opens what we wrote with any of its keys, byte for byte',
  { skip: cannotAge },
  async (t) => {
    const [organisation, recovery] = [await newIdentity(), await newIdentity()];
    for (const size of sizes) {
      const plain = randomBytes(size);
      const file = await sealBytes(plain, [organisation.recipient, recovery.recipient]);
      for (const { identity } of [organisation, recovery])
        assert.ok(openWithAge(file, identity, t).equals(plain), `${size} bytes`);
    }
  },
);

test(
  'we open what the ordinary age wrote, whole or in part, with any of its keys',
  { skip: cannotAge },
  async () => {
    const keys = await Promise.all(Array.from({ length: 12 }, newIdentity));
    for (const holders of [keys.slice(0, 1), keys.slice(0, 2), keys])
      for (const size of sizes) {
        const plain = randomBytes(size);
        const file = sealWithAge(
          plain,
          holders.map(({ recipient }) => recipient),
        );
        for (const { identity } of holders)
          assert.ok((await openBytes(file, [identity])).equals(plain), `${size} bytes`);
        const opener = await openHead(file, [holders.at(-1)?.identity ?? '']);
        assert.equal(plainSize(file.length, opener.headSize), size);
        const read = async function* (from: number, to: number) {
          yield file.subarray(from, to);
        };
        const from = Math.floor(size / 3);
        const part = await Array.fromAsync(openRange(opener, read, file.length, from, size));
        assert.ok(Buffer.concat(part).equals(plain.subarray(from)));
      }
  },
);
