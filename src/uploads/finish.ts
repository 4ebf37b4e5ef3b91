import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { arrived } from '../files/index.ts';
import { letGo } from '../platform/bytes.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { type Laid, lay, newName, openStaged, summing, sumsOnShelf, VaultError } from '../vault/index.ts';
import { type Desk, folderOf } from './desk.ts';
import { nameOf } from './names.ts';
import { bytesOf, dropPieces, filesOf, type Reach } from './pieces.ts';
import { setArrived, uploadById } from './store.ts';
import type { Bringer, Upload } from './upload.ts';

/** What else belongs in the transaction in which a file arrives. */
export type Then = (tx: Tx, fileId: string) => Promise<unknown>;

/** Somebody else was first: nothing of ours is written. */
class Overtaken extends Error {}

/** Says under which name a piece went to the shelf: on the disk before it goes. */
const TAKEN = /^([0-9a-f]{32})\.taken$/u;

/** One piece that holds everything is the blob: read through once, it changes its place. */
const taken = async (desk: Desk, { row, keys }: Upload, file: string, stored: number): Promise<Laid> => {
  const folder = folderOf(desk, keys.organisationId, row.id);
  const path = join(folder, file);
  const staged = await openStaged(keys, path);
  if (!staged) throw new VaultError('corrupt', 'What waited to be kept is not what was written.');
  const sums = summing();
  for await (const bytes of staged.read(0, row.length)) {
    sums.add(bytes);
    letGo(bytes);
  }
  const name = newName(keys.organisationId);
  const own = name.slice(name.lastIndexOf('/') + 1).replace('.age', '.taken');
  await writeFile(join(folder, own), '', { flag: 'wx', mode: 0o600, flush: true });
  // Moving it writes the folder down, and with it this name.
  await desk.vault.shelf.take(name, path);
  return { ...sums.done(), name, stored };
};

/** What was taken to the shelf by a process that ended before it could say so. */
const takenBefore = async (desk: Desk, { row, keys }: Upload): Promise<Laid | null> => {
  const { organisationId } = keys;
  for (const file of await filesOf(desk, organisationId, row.id)) {
    const own = TAKEN.exec(file)?.[1];
    if (own === undefined) continue;
    const name = `${organisationId}/${own.slice(0, 2)}/${own}.age`;
    const stored = await desk.vault.shelf.size(name);
    if (stored === null) continue;
    const sums = await sumsOnShelf(desk.vault, keys, name);
    if (sums.size === row.length) return { ...sums, name, stored };
  }
  return null;
};

const become = async (desk: Desk, upload: Upload, laid: Laid, by: Bringer, then?: Then): Promise<string> => {
  const { row, keys, about } = upload;
  const { organisationId } = keys;
  let fileId: string | null;
  try {
    fileId = await arrived(desk.vault, keys, laid, nameOf(about.said), by, async (tx, id) => {
      if ((await setArrived(tx, organisationId, [row.id], id)) === 0) throw new Overtaken();
      await then?.(tx, id);
    });
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
    fileId = await asOrganisation(
      desk.vault.db,
      organisationId,
      async (tx) => (await uploadById(tx, organisationId, row.id))?.fileId ?? null,
    );
    if (fileId === null) throw error;
  }
  // What remains after a failure here is found by whoever tidies.
  await dropPieces(desk, organisationId, row.id).catch(() => {});
  desk.arrived(organisationId);
  return fileId;
};

/**
 * Makes a file of what is whole, once, whoever is killed when.
 * @returns its id; `null` when it is not whole
 * @throws VaultError `corrupt` when a piece does not read: `dropBroken` then says which; ShelfFull, ShelfFailed
 */
export const finish = async (
  desk: Desk,
  upload: Upload,
  reach: Reach,
  by: Bringer,
  then?: Then,
): Promise<string | null> => {
  const { row, keys } = upload;
  if (row.fileId !== null) return row.fileId;
  if (reach.offset < row.length) {
    const before = await takenBefore(desk, upload);
    return before && become(desk, upload, before, by, then);
  }
  const [first, ...more] = reach.stretches;
  const isBlob = first && more.length === 0 && first.piece.whole && first.piece.to === row.length;
  const laid = isBlob
    ? await taken(desk, upload, first.piece.file, first.piece.stored)
    : await lay(desk.vault, keys, bytesOf(desk, keys, row.id, reach));
  return become(desk, upload, laid, by, then);
};
