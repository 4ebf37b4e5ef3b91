import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { armor } from 'age-encryption';
import * as cctv from 'cctv-age';
import {
  AgeError,
  CHUNK,
  type Key,
  openBytes,
  openHead,
  openRange,
  openStream,
  plainSize,
  TAG,
} from './index.ts';

/** A test vector of the format's authors: https://github.com/C2SP/CCTV/tree/main/age */
interface Vector {
  readonly name: string;
  readonly expect: string;
  readonly payload: string | undefined;
  readonly armored: boolean;
  readonly keys: readonly Key[];
  readonly file: Buffer;
}

const read = (name: string, bytes: Uint8Array): Vector => {
  const all = Buffer.from(bytes);
  const end = all.indexOf('\n\n');
  const lines = all
    .toString('latin1', 0, end)
    .split('\n')
    .map((line) => line.split(': ', 2) as [string, string]);
  const one = (key: string): string | undefined => lines.find(([is]) => is === key)?.[1];
  const each = (key: string) => lines.filter(([is]) => is === key).map(([, value]) => value);
  const file = all.subarray(end + 2);
  return {
    name,
    expect: one('expect') ?? '',
    payload: one('payload'),
    armored: one('armored') === 'yes',
    // Identities first: a reader must refuse a passphrase beside a recipient also when the recipient would open.
    keys: [...each('identity'), ...each('passphrase').map((passphrase) => ({ passphrase }))],
    file: one('compressed') === 'zlib' ? inflateSync(file) : file,
  };
};

const vectors = Object.entries(cctv).map(([name, bytes]) => read(name, bytes));

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const sha256 = (parts: readonly Buffer[]): string =>
  createHash('sha256').update(Buffer.concat(parts)).digest('hex');

/** What a reader was given before the end or the error, and how it ended. */
const outcome = async (file: Uint8Array, keys: readonly Key[], size: number) => {
  const given: Buffer[] = [];
  try {
    for await (const plain of openStream(inPieces(file, size), keys)) given.push(plain);
  } catch (error) {
    assert(error instanceof AgeError, String(error));
    return { end: error.code, given };
  }
  return { end: 'success', given };
};

/** The next chunk, opened for what it says it is. */
const oneMore = async (file: Uint8Array, keys: readonly Key[], index: number): Promise<Buffer> => {
  const { headSize, open } = await openHead(file, keys);
  const at = headSize + index * (CHUNK + TAG);
  const chunk = file.subarray(at, at + CHUNK + TAG);
  try {
    return open(chunk, index, true);
  } catch {
    return open(chunk, index, false);
  }
};

/** A header that is wrong is `not_age`, but one that the file does not hold whole is `corrupt`. */
const cutWithinTheHeader = ['armor_empty', 'empty', 'stream_no_nonce', 'stream_short_nonce'];

/**
 * Other readers may give out the last chunk of these before they see that it is not followed by the end, or that it
 * says it is not the last. Ours opens a chunk for what it must be there, and gives out one less:
 * the test opens that one, so that both agree to the byte.
 */
const givesOutLess =
  /^(armor_garbage_encoded|stream_(no_final_(two_chunks_)?full|trailing_garbage_.*|two_final_chunks(_full|_second)?))$/;
const codes: { readonly [expect: string]: string } = {
  success: 'success',
  'no match': 'no_key',
  'header failure': 'not_age',
  'HMAC failure': 'not_age',
  'payload failure': 'corrupt',
};

/** Our reader takes no armour: the vectors about it are the library's, and what is inside the others is ours. */
const aboutArmour = vectors.filter(({ expect }) => expect === 'armor failure');
const ours = vectors.filter((vector) => !aboutArmour.includes(vector));

test('every published vector of the format is read as its authors say, in pieces of any size', async (t) => {
  for (const { name, expect, payload, armored, keys, file } of ours)
    await t.test(name, async () => {
      const bare = armored ? armor.decode(file.toString('latin1')) : file;
      const code = cutWithinTheHeader.includes(name) ? 'corrupt' : codes[expect];
      const sizes = keys.some((key) => typeof key !== 'string')
        ? [bare.length + 1]
        : [1000, 65_536, bare.length + 1];
      for (const size of sizes) {
        const got = await outcome(bare, keys, size);
        assert.equal(got.end, code);
        if (givesOutLess.test(name)) got.given.push(await oneMore(bare, keys, got.given.length));
        // What was given out before the end is what may be given out, to the byte.
        if (payload) assert.equal(sha256(got.given), payload);
      }
      if (expect !== 'success') return assert.rejects(openBytes(bare, keys), { name: 'AgeError', code });
      const opener = await openHead(bare, keys);
      const read = (from: number, to: number) => inPieces(bare.subarray(from, to), 70_000);
      const size = plainSize(bare.length, opener.headSize);
      assert.equal(sha256(await Array.fromAsync(openRange(opener, read, bare.length, 0, size))), payload);
    });
});

test('armour is no age file to our reader, whatever it holds', async (t) => {
  const armoured = vectors.filter(({ armored }) => armored);
  for (const { name, keys, file } of armoured)
    await t.test(name, () => assert.rejects(openBytes(file, keys), { name: 'AgeError', code: 'not_age' }));
  for (const { name, file } of aboutArmour)
    assert.throws(() => armor.decode(file.toString('latin1')), Error, name);
});

test('no vector is passed over', () => {
  const counts = new Map<string, number>();
  for (const { expect } of vectors) counts.set(expect, (counts.get(expect) ?? 0) + 1);
  assert.deepEqual(Object.fromEntries(counts), {
    success: 26,
    'no match': 13,
    'header failure': 62,
    'HMAC failure': 1,
    'payload failure': 19,
    'armor failure': 22,
  });
  const named = (beginning: string) => vectors.filter(({ name }) => name.startsWith(beginning)).length;
  assert.equal(ours.filter(({ name }) => givesOutLess.test(name)).length, 8);
  assert.deepEqual([named('hybrid'), named('scrypt'), named('armor_')], [18, 25, 33]);
});
