import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { type Keys, openStaged, VaultError } from '../vault/index.ts';
import { type Desk, folderOf, type Piece } from './desk.ts';

/** `<first byte>-<random>.age`; what is still to be compared with its sum ends otherwise, and does not count. */
const NAME = /^(\d{16})-[0-9a-f]{8}\.age$/u;
const UNCHECKED = '.unchecked';
/** Of uploads whose pieces are remembered. */
const REMEMBERED = 2000;

/** Part of a piece, in the order of the whole. */
export interface Stretch {
  readonly piece: Piece;
  readonly from: number;
  readonly to: number;
}

/** How far one comes from the first byte, and over which pieces. */
export interface Reach {
  readonly offset: number;
  readonly stretches: readonly Stretch[];
}

export const newPieceName = (from: number): string =>
  `${String(from).padStart(16, '0')}-${randomBytes(4).toString('hex')}.age`;

export const unchecked = (name: string): string => name + UNCHECKED;

const knownOf = ({ known }: Desk, uploadId: string): Map<string, Piece | null> => {
  let pieces = known.get(uploadId);
  if (!pieces) {
    if (known.size >= REMEMBERED) known.delete(known.keys().next().value ?? '');
    pieces = new Map();
    known.set(uploadId, pieces);
  }
  return pieces;
};

/** A piece that this process wrote to its end. */
export const remember = (desk: Desk, uploadId: string, piece: Piece): void => {
  knownOf(desk, uploadId).set(piece.file, piece);
};

const listed = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
};

/** What lies in the folder of an upload. */
export const filesOf = (desk: Desk, organisationId: string, uploadId: string): Promise<readonly string[]> =>
  listed(folderOf(desk, organisationId, uploadId));

/** The pieces that authenticate. Whoever holds the lock of the upload asks: nobody is writing any of them here. */
const piecesOf = async (desk: Desk, keys: Keys, uploadId: string): Promise<readonly Piece[]> => {
  const known = knownOf(desk, uploadId);
  const folder = folderOf(desk, keys.organisationId, uploadId);
  const pieces: Piece[] = [];
  for (const file of await listed(folder)) {
    const from = NAME.exec(file)?.[1];
    if (from === undefined) continue;
    let piece = known.get(file);
    if (piece === undefined) {
      const staged = await openStaged(keys, join(folder, file));
      piece = staged && {
        file,
        from: Number(from),
        to: Number(from) + staged.size,
        stored: staged.stored,
        whole: staged.whole,
      };
      // What another process may still be writing is looked at again.
      if (piece?.whole) known.set(file, piece);
    }
    if (piece) pieces.push(piece);
  }
  return pieces;
};

/** How far the pieces reach without a hole, each step by the one that leads furthest. */
export const reachOver = (pieces: readonly Piece[]): Reach => {
  const stretches: Stretch[] = [];
  for (let offset = 0; ;) {
    const here = offset;
    const best = pieces
      .filter(({ from, to }) => from <= here && to > here)
      .reduce<Piece | null>((furthest, one) => (furthest && furthest.to >= one.to ? furthest : one), null);
    if (!best) return { offset, stretches };
    stretches.push({ piece: best, from: offset, to: best.to });
    offset = best.to;
  }
};

export const reachOf = async (desk: Desk, keys: Keys, uploadId: string): Promise<Reach> =>
  reachOver(await piecesOf(desk, keys, uploadId));

/** The plain bytes of pieces, one behind the other. @throws VaultError `corrupt`; ShelfFailed */
export async function* bytesOf(
  desk: Desk,
  keys: Keys,
  uploadId: string,
  { stretches }: Reach,
): AsyncGenerator<Uint8Array> {
  for (const { piece, from, to } of stretches) {
    const staged = await openStaged(keys, join(folderOf(desk, keys.organisationId, uploadId), piece.file));
    if (!staged || staged.size < to - piece.from)
      throw new VaultError('corrupt', 'What waited to be kept is not what was written.');
    yield* staged.read(from - piece.from, to - piece.from);
  }
}

/** Takes away the pieces that do not read: they were never said to be durable, or the disk has lost them. */
export const dropBroken = async (desk: Desk, keys: Keys, uploadId: string, reach: Reach): Promise<void> => {
  const folder = folderOf(desk, keys.organisationId, uploadId);
  for (const stretch of reach.stretches) {
    try {
      for await (const bytes of bytesOf(desk, keys, uploadId, { ...reach, stretches: [stretch] })) void bytes;
    } catch (error) {
      if (!(error instanceof VaultError && error.code === 'corrupt')) throw error;
      await rm(join(folder, stretch.piece.file), { force: true });
    }
  }
  desk.known.delete(uploadId);
};

/** Nothing waits any more. */
export const dropPieces = async (desk: Desk, organisationId: string, uploadId: string): Promise<void> => {
  desk.known.delete(uploadId);
  await rm(folderOf(desk, organisationId, uploadId), { recursive: true, force: true });
};
