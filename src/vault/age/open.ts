import { gatherer } from '../../platform/bytes.ts';
import { cutter } from './cutter.ts';
import { AgeError } from './error.ts';
import { type Opener, openHeadOnce } from './head.ts';
import type { Key } from './keys.ts';
import { CHUNK, plainSize, SEALED } from './sizes.ts';

/** Stored bytes, from the first to one behind the last. */
export type Read = (from: number, to: number) => AsyncIterable<Uint8Array>;

/**
 * Everything of a stream of an age file, a chunk at a time, each authenticated before it is given out. That nothing was
 * cut off or added is known at the end: until then AgeError `corrupt` may follow. Throws what `openHead` throws.
 */
export async function* openStream(
  source: AsyncIterable<Uint8Array>,
  identities: readonly Key[],
): AsyncGenerator<Buffer, void, undefined> {
  const chunks = cutter(SEALED);
  let opener: Opener | undefined;
  let start: Buffer = Buffer.alloc(0);
  let index = 0;
  for await (const piece of source) {
    let payload = piece;
    if (!opener) {
      start = Buffer.concat([start, piece]);
      opener = await openHeadOnce(start, identities);
      if (!opener) continue;
      payload = start.subarray(opener.headSize);
    }
    for (const chunk of chunks.push(payload)) yield opener.open(chunk, index++, false);
  }
  if (!opener) throw new AgeError('corrupt', 'the file ends within its header');
  yield opener.open(chunks.rest(), index, true);
}

/** Opens something small, whole in memory. Throws what `openStream` throws. */
export const openBytes = async (file: Uint8Array, identities: readonly Key[]): Promise<Buffer> => {
  const whole = (async function* () {
    yield file;
  })();
  return Buffer.concat(await Array.fromAsync(openStream(whole, identities)));
};

interface Ranged {
  /** `false` for the whole chunks of a part that `goodPart` said has not ended. */
  readonly ended?: boolean;
  /** Bytes that are given out at a time: a chunk's, if it is not said. */
  readonly size?: number;
}

/**
 * Plain bytes [from, to) of an age file of `stored` bytes, reading the chunks that hold them and no other. The last of
 * its chunks opens as the last one only: a file cut between two chunks does not. RangeError when there are no such bytes.
 */
export async function* openRange(
  opener: Opener,
  read: Read,
  stored: number,
  from: number,
  to: number,
  { ended = true, size = CHUNK }: Ranged = {},
): AsyncGenerator<Buffer, void, undefined> {
  const { headSize } = opener;
  const plain = stored === headSize && !ended ? 0 : plainSize(stored, headSize);
  if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && 0 <= from && from <= to && to <= plain))
    throw new RangeError(`There are no bytes ${from} to ${to} of ${plain}.`);
  if (from === to) return;
  const first = Math.floor(from / CHUNK);
  const final = Math.ceil(to / CHUNK) - 1;
  const start = headSize + first * SEALED;
  const end = Math.min(stored, headSize + (final + 1) * SEALED);
  const pieces = gatherer(to - from, size);
  let index = first;
  let missing = end - start;
  // How long each chunk is, is known: only one that lies across two pieces is put together.
  let across: Buffer | undefined;
  let held = 0;
  for await (const bytes of read(start, end)) {
    missing -= bytes.length;
    if (missing < 0) break;
    for (let at = 0; at < bytes.length;) {
      const length = Math.min(SEALED, end - headSize - index * SEALED);
      let chunk = bytes.subarray(at, at + length - held);
      at += chunk.length;
      if (chunk.length < length) {
        across ??= Buffer.allocUnsafeSlow(SEALED);
        across.set(chunk, held);
        held += chunk.length;
        if (held < length) continue;
        chunk = across.subarray(0, length);
        held = 0;
      }
      const opened = opener.open(chunk, index, index === final && ended && end === stored);
      const begins = index * CHUNK;
      for (const piece of pieces.push(opened, Math.max(0, from - begins), to - begins)) yield piece;
      index += 1;
    }
  }
  // A shelf that gives less than it was asked for must not shorten what is read.
  if (missing !== 0) throw new AgeError('corrupt', 'the file is not as long as it was said to be');
}
