import { Unfit } from '../types.ts';
import type { Parts } from './index.ts';

/**
 * Tags that say how pixels are laid out and look (TIFF 6.0 and its supplements): sizes, samples, compression, strips and
 * tiles and their places, resolution, orientation, colour map, half-tones, sub-sampling, JPEG tables, ICC profile.
 */
const KEPT = new Set(
  [
    '254 256 257 258 259 262 263 264 265 266 273 274 277 278 279 280 281 282 283 284 290 291 292 293 296 297 301',
    '317 318 319 320 321 322 323 324 325 332 334 336 338 339 340 341 342 347 512 513 514 515 517 518 519 520 521',
    '529 530 531 532 34675',
  ].flatMap((tags) => tags.split(' ').map(Number)),
);
/** Where pixels begin, and how many bytes they are. */
const PLACES = [
  [273, 279],
  [324, 325],
  [513, 514],
] as const;
const KIND = 254;
const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8] as const;
const MOST_PAGES = 10_000;

/**
 * A TIFF with the same bytes at the same places, as far as its pages need them, and zeros everywhere else. Throws
 * `unsupported` on files of the kind that may exceed four gigabytes (BigTIFF) and on tables that name far more than the file holds.
 */
export const strippedTiff = (bytes: Buffer): Parts => {
  const little = bytes.toString('latin1', 0, 2) === 'II';
  const get = (at: number, size: 2 | 4): number =>
    little ? bytes.readUIntLE(at, size) : bytes.readUIntBE(at, size);
  if (get(2, 2) !== 42) throw new Unfit('unsupported');
  const kept = Buffer.alloc(bytes.length);
  const put = (value: number, at: number, size: 2 | 4): number =>
    little ? kept.writeUIntLE(value, at, size) : kept.writeUIntBE(value, at, size);
  let copied = 0;
  const keep = (start: number, length: number): void => {
    copied += length;
    if (start + length > bytes.length) throw new Unfit('corrupt');
    if (copied > bytes.length * 2) throw new Unfit('unsupported');
    bytes.copy(kept, start, start, start + length);
  };

  /** The numbers that a tag holds, in the entry itself or where it points. */
  const numbers = (entry: number): number[] => {
    const size = get(entry + 2, 2) === 3 ? 2 : 4;
    const count = get(entry + 4, 4);
    if (count * size > bytes.length) throw new Unfit('corrupt');
    const start = count * size <= 4 ? entry + 8 : get(entry + 8, 4);
    return Array.from({ length: count }, (_, nth) => get(start + nth * size, size));
  };

  const entriesOf = (ifd: number): number[] =>
    Array.from({ length: get(ifd, 2) }, (_, nth) => ifd + 2 + nth * 12);
  const isReduced = (ifd: number): boolean =>
    entriesOf(ifd).some((entry) => get(entry, 2) === KIND && (get(entry + 8, 4) & 1) === 1);

  /** Answers where the place of the next page is to be written. */
  const keepPage = (ifd: number): number => {
    const page = entriesOf(ifd).filter((entry) => KEPT.has(get(entry, 2)));
    put(page.length, ifd, 2);
    for (const [nth, entry] of page.entries()) {
      const length = (SIZES[get(entry + 2, 2)] ?? 0) * get(entry + 4, 4);
      bytes.copy(kept, ifd + 2 + nth * 12, entry, entry + 12);
      if (length > 4) keep(get(entry + 8, 4), length);
    }
    for (const [starts, lengths] of PLACES) {
      const [from, many] = [starts, lengths].map((tag) => page.find((entry) => get(entry, 2) === tag));
      if (from === undefined) continue;
      if (many === undefined) throw new Unfit('unsupported');
      const sizes = numbers(many);
      for (const [nth, start] of numbers(from).entries()) keep(start, sizes[nth] ?? 0);
    }
    return ifd + 2 + page.length * 12;
  };

  keep(0, 8);
  const seen = new Set<number>();
  let last = 4;
  for (let ifd = get(4, 4); ifd !== 0;) {
    if (seen.has(ifd) || seen.size > MOST_PAGES) throw new Unfit('corrupt');
    seen.add(ifd);
    const next = get(ifd + 2 + get(ifd, 2) * 12, 4);
    // A smaller copy of the page before may show what was cut from it since.
    if (seen.size === 1 || !isReduced(ifd)) {
      put(ifd, last, 4);
      last = keepPage(ifd);
      put(0, last, 4);
    }
    ifd = next;
  }
  return [kept];
};
