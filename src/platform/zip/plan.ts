import { uniquePaths } from './names.ts';
import {
  centralHeader,
  centralLength,
  endRecords,
  type Listed,
  type Listing,
  localHeader,
  localLength,
} from './records.ts';

/** One file of a zip, of which everything but the bytes is known. */
export interface ZipEntry {
  /** A name or a path with `/`; it is made safe and unique. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Of the content, as `crc32` of `node:zlib` counts it. */
  readonly crc32: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** The content from byte `from` to before byte `to`. */
  read(from: number, to: number): AsyncIterable<Uint8Array>;
}

/** A zip of which the length is known, and any range can be read, without the rest. */
export interface PlannedZip {
  /** In bytes. */
  readonly size: number;
  /**
   * The file from byte `from` to before byte `to`; a reader that stops early ends the reading of the entry.
   * @throws RangeError when there is no such range; Error when an entry gives more or fewer bytes than it was said to have
   */
  read(from: number, to: number): AsyncIterable<Uint8Array>;
}

/** A run of bytes of the file, at `start`. */
interface Part {
  readonly start: number;
  readonly length: number;
  readonly read: (from: number, to: number) => AsyncIterable<Uint8Array> | readonly Uint8Array[];
}

const MOST_NAME_BYTES = 0xffff;
/** Headers are few bytes each; they leave together. */
const WORTH_SENDING = 64 * 1024;

/**
 * Plans a zip of stored entries: the same entries always make the same bytes, so that a download goes on where it was
 * broken off. Nothing is read until it is asked for, and no more is kept than the names and where each begins.
 *
 * @throws RangeError on a size or CRC-32 that is none, or a path of more than 65,535 bytes (see `safePath`)
 */
export const planZip = (entries: readonly ZipEntry[]): PlannedZip => {
  const names = uniquePaths(entries.map((entry) => entry.name));
  const listed = entries.map((entry, index) => checked(entry, names[index] ?? ''));
  const offsets = new Float64Array(entries.length + 1);
  let listing = 0;
  listed.forEach((entry, index) => {
    const offset = offsets[index] ?? 0;
    offsets[index + 1] = offset + localLength(entry) + entry.size;
    listing += centralLength(entry, offset);
  });
  const list: Listing = { count: entries.length, offset: offsets[entries.length] ?? 0, length: listing };
  const end = endRecords(list);
  const size = list.offset + list.length + end.length;
  if (!Number.isSafeInteger(size)) throw new RangeError('The zip would be longer than can be counted.');

  const parts = function* (from: number): Generator<Part> {
    for (let index = lastAtOrBefore(offsets, from); index < entries.length; index += 1)
      yield* partsOf(listed[index], entries[index], offsets[index] ?? 0);
    let start = list.offset;
    for (const [index, entry] of listed.entries()) {
      const length = centralLength(entry, offsets[index] ?? 0);
      yield { start, length, read: slice(() => centralHeader(entry, offsets[index] ?? 0)) };
      start += length;
    }
    yield { start, length: end.length, read: slice(() => end) };
  };

  return {
    size,
    read: (from, to) => {
      if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || from > to || to > size)
        throw new RangeError(`There is no range from ${from} to ${to} in ${size} bytes.`);
      return together(range(parts(from), from, to));
    },
  };
};

const checked = (entry: ZipEntry, name: string): Listed => {
  const { size, crc32, modified } = entry;
  if (!Number.isSafeInteger(size) || size < 0)
    throw new RangeError('The size of an entry is a whole number.');
  if (crc32 !== crc32 >>> 0) throw new RangeError('A CRC-32 is a whole number of 32 bits.');
  if (!Number.isFinite(modified)) throw new RangeError('The time of an entry is a number.');
  const bytes = Buffer.from(name);
  if (bytes.length > MOST_NAME_BYTES) throw new RangeError('The path of an entry is too long.');
  return { name: bytes, size, crc32, modified };
};

function* partsOf(listed: Listed | undefined, entry: ZipEntry | undefined, start: number): Generator<Part> {
  if (!listed || !entry) return;
  const length = localLength(listed);
  yield { start, length, read: slice(() => localHeader(listed)) };
  yield { start: start + length, length: listed.size, read: (from, to) => exactly(entry, from, to) };
}

const slice =
  (record: () => Buffer) =>
  (from: number, to: number): readonly Uint8Array[] => [record().subarray(from, to)];

/** The entry whose bytes begin at or before `position`; as many as there are when the list of entries begins there. */
const lastAtOrBefore = (offsets: Float64Array, position: number): number => {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((offsets[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
};

async function* range(parts: Iterable<Part>, from: number, to: number): AsyncGenerator<Uint8Array> {
  for (const { start, length, read } of parts) {
    if (start >= to) return;
    const first = Math.max(from - start, 0);
    const last = Math.min(to - start, length);
    if (first < last) yield* read(first, last);
  }
}

/** Bytes of another number would move all that follows: better no zip than one that lies. */
async function* exactly(entry: ZipEntry, from: number, to: number): AsyncGenerator<Uint8Array> {
  let left = to - from;
  for await (const chunk of entry.read(from, to)) {
    left -= chunk.length;
    if (left < 0) throw new Error('An entry of a zip gave more bytes than it was said to have.');
    yield chunk;
  }
  if (left > 0) throw new Error('An entry of a zip gave fewer bytes than it was said to have.');
}

async function* together(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes < WORTH_SENDING) continue;
    yield waiting.length === 1 ? chunk : Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(waiting);
}
