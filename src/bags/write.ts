import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { VaultError } from '../vault/index.ts';
import { type Bag, placed, tagged, withAbsent } from './bag.ts';
import type { BagInfo } from './format/index.ts';
import type { Absent, Gathered, Piece } from './gather.ts';
import { bagZip } from './zip.ts';

/** So many bytes were written. */
type Reach = (bytes: number) => void;

/** A file that nobody else reads, new, and on the disk when this resolves. */
const save = async (path: string, source: AsyncIterable<Uint8Array>, reach: Reach): Promise<string> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  try {
    for await (const bytes of source) {
      hash.update(bytes);
      await file.writeFile(bytes);
      reach(bytes.length);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
};

/** One file of the payload; false when it turned out to be damaged. */
const savePiece = async (folder: string, piece: Piece, reach: Reach): Promise<VaultError['code'] | null> => {
  const path = join(folder, 'data', piece.path);
  try {
    const sha256 = await save(path, piece.read(0, piece.size), reach);
    if (sha256 === piece.sha256) return null;
    await rm(path, { force: true });
    return 'corrupt';
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    await rm(path, { force: true });
    return error.code;
  }
};

/**
 * Writes a bag into a folder that is new or empty; what turns out to be damaged is left out and named.
 * @returns what is not in it, and how many bytes of payload are
 */
export const writeFolder = async (
  folder: string,
  gathered: Gathered,
  info: BagInfo,
  now: number,
  reach: Reach = () => {},
): Promise<{ readonly absent: readonly Absent[]; readonly bytes: number; readonly files: number }> => {
  const absent = [...gathered.absent];
  const kept: Piece[] = [];
  for (const piece of placed(gathered.pieces)) {
    const why = await savePiece(folder, piece, reach);
    if (why === null) kept.push(piece);
    else absent.push({ path: piece.path, why });
  }
  const payload = withAbsent(kept, absent, now);
  for (const piece of payload.slice(kept.length)) await savePiece(folder, piece, () => {});
  for (const { path, read, size } of tagged(payload, info, now))
    await save(join(folder, path), read(0, size), () => {});
  return { absent, bytes: payload.reduce((sum, { size }) => sum + size, 0), files: payload.length };
};

/** Writes a bag as a zip, there whole or not at all. @param name of the folder in it */
export const writeZip = async (
  path: string,
  name: string,
  bag: Bag,
  reach: Reach = () => {},
): Promise<void> => {
  const half = `${path}.${process.pid}.part`;
  const { size, read } = bagZip(name, bag);
  try {
    await save(half, read(0, size), reach);
    await rename(half, path);
  } finally {
    await rm(half, { force: true });
  }
};
