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

/**
 * Plain bytes [from, to) of an age file of `stored` bytes, reading the chunks that hold them and no other. The last of
 * its chunks opens as the last one only: a file cut between two chunks does not. `ended: false` reads the whole chunks
 * of a part that `goodPart` said has not ended. RangeError when there are no such bytes.
 */
export async function* openRange(
  opener: Opener,
  read: Read,
  stored: number,
  from: number,
  to: number,
  { ended = true }: { readonly ended?: boolean } = {},
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
  const asked = (chunk: Uint8Array, index: number, last: boolean): Buffer =>
    opener.open(chunk, index, last).subarray(Math.max(0, from - index * CHUNK), to - index * CHUNK);
  const sizeOf = (index: number): number => Math.min(SEALED, end - headSize - index * SEALED);
  const isLast = (index: number): boolean => index === final && ended && end === stored;
  let index = first;
  // How long each chunk is, is known: only one that lies across two pieces is put together.
  let across: Buffer | undefined;
  let held = 0;
  for await (const piece of exactly(end - start, read(start, end)))
    for (let at = 0; at < piece.length;) {
      const size = sizeOf(index);
      if (held === 0 && piece.length - at >= size) {
        yield asked(piece.subarray(at, at + size), index, isLast(index));
        at += size;
        index += 1;
        continue;
      }
      across ??= Buffer.allocUnsafeSlow(SEALED);
      const taken = piece.subarray(at, at + size - held);
      across.set(taken, held);
      held += taken.length;
      at += taken.length;
      if (held < size) continue;
      yield asked(across.subarray(0, size), index, isLast(index));
      held = 0;
      index += 1;
    }
}

/** A shelf that gives less than it was asked for must not shorten what is read. */
async function* exactly(size: number, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let missing = size;
  for await (const piece of source) {
    missing -= piece.length;
    if (missing < 0) break;
    yield piece;
  }
  if (missing !== 0) throw new AgeError('corrupt', 'the file is not as long as it was said to be');
}
