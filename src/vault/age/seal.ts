import { randomBytes } from 'node:crypto';
import { cutter } from './cutter.ts';
import { encrypterFor } from './keys.ts';
import { payloadKey, sealChunk } from './payload.ts';
import { CHUNK, TAG } from './sizes.ts';

const NONCE = 16;

/** A new age file, written from its beginning to its end, once. */
export interface Sealer {
  /** What the file begins with: header and 16-byte nonce. */
  readonly head: Buffer;
  /** The whole chunks that are now full, sealed. The rest is kept; `bytes` may be used again. */
  push(bytes: Uint8Array): readonly Buffer[];
  /** The last chunk: with it the file is whole. */
  end(): Buffer;
  /** Plain bytes kept back, not yet in a chunk: 0 to 65,536. */
  readonly pending: number;
}

/**
 * Begins an age file that each of `recipients` (`age1…`) opens alone. Its file key and nonce are new, and die with the
 * sealer. AgeError `no_key` when a recipient cannot be read, or there is none.
 */
export const newSealer = async (recipients: readonly string[]): Promise<Sealer> => {
  const { header, fileKey } = await newHeader(recipients);
  const nonce = randomBytes(NONCE);
  const key = payloadKey(fileKey, nonce);
  const chunks = cutter(CHUNK);
  let index = 0;
  let ended = false;
  // What went on after the end would be sealed under a nonce that was used.
  const mustGoOn = (): void => {
    if (ended) throw new Error('This age file has ended: a sealer is used once.');
  };
  return {
    head: Buffer.concat([header, nonce]),
    push(bytes) {
      mustGoOn();
      return Array.from(chunks.push(bytes), (chunk) => sealChunk(key, chunk, index++, false));
    },
    end() {
      mustGoOn();
      ended = true;
      return sealChunk(key, chunks.rest(), index, true);
    },
    get pending() {
      return ended ? 0 : chunks.held;
    },
  };
};

/**
 * The header of an empty file, and its file key, learnt as one more recipient that leaves no trace. That file's own
 * nonce and chunk are thrown away: its payload key has sealed something.
 */
const newHeader = async (
  recipients: readonly string[],
): Promise<{ header: Uint8Array; fileKey: Uint8Array }> => {
  const encrypter = encrypterFor(recipients);
  let fileKey = new Uint8Array();
  encrypter.addRecipient({
    wrapFileKey: (key) => {
      fileKey = Uint8Array.from(key);
      return [];
    },
  });
  const empty = await encrypter.encrypt(new Uint8Array());
  return { header: empty.subarray(0, empty.length - NONCE - TAG), fileKey };
};

/** Seals something small, whole in memory. */
export const sealBytes = async (bytes: Uint8Array, recipients: readonly string[]): Promise<Buffer> => {
  const sealer = await newSealer(recipients);
  return Buffer.concat([sealer.head, ...sealer.push(bytes), sealer.end()]);
};
