import { stringify } from 'csv-stringify/sync';

import type { House } from '../organisations/index.ts';
import { uniquePaths } from '../platform/zip/index.ts';
import { safeCell } from '../tickets/index.ts';
import { bagEntries, type BagInfo } from './format/index.ts';
import { type Absent, type Gathered, type Piece, textPiece } from './gather.ts';

/** A bag that can be written: every file of it from its top, and what could not be put in. */
export interface Bag {
  readonly files: readonly Piece[];
  readonly absent: readonly Absent[];
}

const ABSENT = 'not-in-this-bag.csv';

/**
 * Where each piece stands: safe on every system, no two alike. `%` is replaced, which a manifest would have to write
 * otherwise than `sha256sum` reads it.
 */
export const placed = (pieces: readonly Piece[]): readonly Piece[] => {
  const paths = uniquePaths(pieces.map(({ path }) => path.replaceAll('%', '_')));
  return pieces.map((piece, index) => ({ ...piece, path: paths[index] ?? piece.path }));
};

const absentPiece = (absent: readonly Absent[], now: number): readonly Piece[] =>
  absent.length === 0
    ? []
    : [
        textPiece(
          ABSENT,
          stringify([['path', 'why'], ...absent.map(({ path, why }) => [safeCell(path), why])]),
          now,
        ),
      ];

/** What a bag says of itself. */
export const infoOf = (house: House, what: string, now: number): BagInfo => ({
  'Source-Organization': house.name,
  'External-Identifier': [house.slug, what].filter((part) => part !== '').join('/'),
  'Bagging-Date': new Date(now).toISOString().slice(0, 10),
  'Bag-Software-Agent': 'Vigie',
});

/** The tag files for a payload that is in its place. */
export const tagged = (payload: readonly Piece[], info: BagInfo, now: number): readonly Piece[] =>
  bagEntries({ payload, info }).map(({ path, bytes }) => textPiece(path, bytes.toString('utf8'), now));

/** A bag of what was gathered: its tag files first, then the payload below `data/`. */
export const bagOf = ({ pieces, absent }: Gathered, info: BagInfo, now: number): Bag => {
  const payload = placed([...pieces, ...absentPiece(absent, now)]);
  return {
    absent,
    files: [
      ...tagged(payload, info, now),
      ...payload.map((piece) => ({ ...piece, path: `data/${piece.path}` })),
    ],
  };
};

/** The same, when more turned out to be absent while it was written. */
export const withAbsent = (
  payload: readonly Piece[],
  absent: readonly Absent[],
  now: number,
): readonly Piece[] => [...payload.filter(({ path }) => path !== ABSENT), ...absentPiece(absent, now)];
