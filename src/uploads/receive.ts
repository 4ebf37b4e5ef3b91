import { join } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';

import { letGo } from '../platform/bytes.ts';
import { type Keys, newStaged, renameStaged } from '../vault/index.ts';
import type { Checking } from './checksum.ts';
import { type Desk, folderOf } from './desk.ts';
import { filesOf, newPieceName, remember, unchecked } from './pieces.ts';
import { ProtocolError } from './protocol-error.ts';

/** Pieces of one upload: beyond, somebody sends it byte by byte. */
const MOST = 10_000;
const TOO_MANY = { status_code: 413, body: 'too_many_pieces' };

/** Did the library count more than was announced? Nothing of that is kept. */
const isTooMuch = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'status_code' in error && error.status_code === 413;

/**
 * Writes what comes as a piece of its own, sealed; when it resolves, that is durable. Of a line that breaks, what came is
 * kept, unless it is to be compared with a sum.
 * @param from its first byte
 * @param stream of pieces that nobody else holds: their memory is given back as they are written
 * @returns how many bytes came
 * @throws what the stream threw; ProtocolError 413, 460; ShelfFull, ShelfFailed
 */
export const receive = async (
  desk: Desk,
  keys: Keys,
  uploadId: string,
  from: number,
  stream: Readable,
  checking: Checking | null,
): Promise<number> => {
  const folder = folderOf(desk, keys.organisationId, uploadId);
  if ((await filesOf(desk, keys.organisationId, uploadId)).length >= MOST) throw new ProtocolError(TOO_MANY);
  const file = newPieceName(from);
  const path = join(folder, checking ? unchecked(file) : file);
  let staging: Awaited<ReturnType<typeof newStaged>> | null = null;
  let came = 0;

  const keep = async (): Promise<void> => {
    if (!staging) return;
    const stored = await staging.end();
    if (checking) await renameStaged(path, join(folder, file));
    remember(desk, uploadId, { file, from, to: from + came, stored, whole: true });
  };
  try {
    for await (const bytes of addAbortSignal(desk.stopping, stream) as AsyncIterable<Uint8Array>) {
      if (bytes.length === 0) continue;
      staging ??= await newStaged(keys, path);
      await staging.write(bytes);
      checking?.add(bytes);
      came += bytes.length;
      letGo(bytes);
    }
    checking?.check();
  } catch (error) {
    if (checking || isTooMuch(error)) await staging?.discard().catch(() => {});
    // Of a disk that takes no more, what it took is good as far as it authenticates.
    else if (error instanceof Error && error.name.startsWith('Shelf')) await staging?.end().catch(() => {});
    else await keep();
    throw error;
  }
  await keep();
  return came;
};
