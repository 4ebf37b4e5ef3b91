import { AgeError } from './error.ts';
import { decrypterFor, type Key } from './keys.ts';
import { openChunk, payloadKey } from './payload.ts';

const VERSION = Buffer.from('age-encryption.org/v1\n');
const NONCE = 16;
/** A header of 600 recipients is shorter; what pretends to a longer one would fill the memory. */
const LONGEST = 65_536;

/** What opens one file's payload. */
export interface Opener {
  /** Bytes of header and nonce: where the first chunk begins. */
  readonly headSize: number;
  /** One chunk in plain; AgeError `corrupt` when it is not chunk `index` of this file, `last` or not, as it was written. */
  open(chunk: Uint8Array, index: number, last: boolean): Buffer;
}

/**
 * What opens the file that begins with `start`. AgeError: `no_key` when none of the identities does, `not_age` when it
 * begins with no header of age or with one that was changed, `needs_more` when the header is longer than `start`.
 */
export const openHead = async (start: Uint8Array, identities: readonly Key[]): Promise<Opener> => {
  const opener = await openHeadOnce(start, identities);
  if (!opener) throw new AgeError('needs_more', 'the header is longer than what was given of it');
  return opener;
};

/** The same, or nothing when the header is longer than `start`. */
export const openHeadOnce = async (start: Uint8Array, keys: readonly Key[]): Promise<Opener | undefined> => {
  const header = headerOf(Buffer.from(start.buffer, start.byteOffset, start.byteLength));
  if (!header || start.length < header.length + NONCE) return undefined;
  const headSize = header.length + NONCE;
  const key = payloadKey(await fileKeyOf(header, keys), start.subarray(header.length, headSize));
  return { headSize, open: (chunk, index, last) => openChunk(key, chunk, index, last) };
};

/** The header, its end included. Lines of a header begin with `---` in its last alone. */
const headerOf = (start: Buffer): Buffer | undefined => {
  const begins = Math.min(start.length, VERSION.length);
  if (VERSION.compare(start, 0, begins, 0, begins) !== 0)
    throw new AgeError('not_age', 'this is not an age file');
  const within = start.subarray(0, LONGEST);
  const foot = within.indexOf('\n---');
  const end = foot === -1 ? -1 : within.indexOf('\n', foot + 1);
  if (end !== -1) return within.subarray(0, end + 1);
  if (start.length >= LONGEST) throw new AgeError('not_age', 'the header does not end');
  return undefined;
};

const fileKeyOf = async (header: Buffer, keys: readonly Key[]): Promise<Uint8Array> => {
  const decrypter = decrypterFor(keys);
  let unmatched = false;
  // Asked last, when no key has opened anything: all other failures are the header's.
  decrypter.addIdentity({
    unwrapFileKey: () => {
      unmatched = true;
      return null;
    },
  });
  try {
    return await decrypter.decryptHeader(header);
  } catch {
    throw unmatched
      ? new AgeError('no_key', 'none of the keys opens this file')
      : new AgeError('not_age', 'the header is not as it was written');
  }
};
