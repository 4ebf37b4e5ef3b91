import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { letGo } from '../../platform/bytes.ts';
import { codeOf, onDisk } from './errors.ts';

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = constants;

/** A new file that nobody else may read. Refused where there is anything of that name, a link that leads on included. */
export const createFile = (path: string): Promise<FileHandle> =>
  open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);

/** A file that is there; a link that stands in its place leads nowhere. */
export const openFile = (path: string): Promise<FileHandle> => open(path, O_RDONLY | O_NOFOLLOW);

/** All of it, however little the system takes at a time. */
export const writeAll = async (file: FileHandle, bytes: Uint8Array): Promise<void> => {
  for (let written = 0; written < bytes.byteLength;)
    written += (await file.write(bytes, written, bytes.byteLength - written, null)).bytesWritten;
};

/** What the folder holds survives a power failure: names that appeared in it, and names that went. */
export const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, O_RDONLY | O_DIRECTORY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

/** Folders that were there before us, and are known to be written down in the one that holds them. */
const settled = new Set<string>();
const REMEMBERED = 50_000;

/** Makes a folder, and those above it, for us alone; each is written down in the one that holds it. The path is absolute. */
export const makeFolder = async (path: string): Promise<void> => {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return settle(path);
  for (let made = path; ; made = dirname(made)) {
    await syncFolder(dirname(made));
    if (made === first || dirname(made) === made) return;
  }
};

/** Another process may have made it a moment ago, and not yet have come as far as fsync. */
const settle = async (path: string): Promise<void> => {
  if (settled.has(path)) return;
  try {
    await syncFolder(dirname(path));
  } catch (error) {
    // Who installed us may have made our folder in one whose list we may not read: it is old enough.
    if (codeOf(error) !== 'EACCES') throw error;
  }
  if (settled.size > REMEMBERED) settled.clear();
  settled.add(path);
};

/** Eight chunks of an age file, sealed: what begins at one ends at one, and none lies across two reads. */
const PIECE = 8 * (64 * 1024 + 16);

/**
 * The bytes [from, to) of an open file, or as far as it goes; whoever opened it closes it. A piece is good until the next
 * is asked for, which is read meanwhile.
 */
export async function* bytesOf(file: FileHandle, from: number, to: number): AsyncGenerator<Uint8Array> {
  const readAt = (at: number) => {
    const length = Math.min(PIECE, to - at);
    if (length === 0) return null;
    const reading = onDisk(() => file.read(Buffer.allocUnsafeSlow(length), 0, length, at));
    // Heard when it is its turn, if it comes.
    reading.catch(() => {});
    return reading;
  };
  let ahead = readAt(from);
  try {
    for (let at = from; ahead;) {
      const { bytesRead, buffer } = await ahead;
      if (bytesRead === 0) return;
      at += bytesRead;
      ahead = readAt(at);
      yield buffer.subarray(0, bytesRead);
      letGo(buffer);
    }
  } finally {
    await ahead?.catch(() => {});
  }
}
