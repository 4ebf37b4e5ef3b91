import { closeSync, constants, open as openThen, read } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { codeOf, nothingThere, onDisk, unlessGone } from './errors.ts';

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
/** Buffers that wait to be read into again: to allocate one for each read costs more than the read. */
const spare: Buffer[] = [];
const SPARE = 16;

const openToRead = promisify(openThen);
const readAt = promisify(read);

/**
 * The bytes [from, to) of a file, or as far as it goes; a link that stands in its place leads nowhere. A piece is good
 * until the next is asked for, which is read meanwhile.
 * @throws {ShelfFailed} when nothing is there, or the disk refuses
 */
export async function* bytesOf(path: string, from: number, to: number): AsyncGenerator<Uint8Array> {
  const file = await onDisk(() => unlessGone(openToRead(path, O_RDONLY | O_NOFOLLOW), null));
  if (file === null) throw nothingThere();
  const readOn = (at: number) => {
    const length = Math.min(PIECE, to - at);
    if (length === 0) return null;
    const reading = onDisk(() => readAt(file, spare.pop() ?? Buffer.allocUnsafeSlow(PIECE), 0, length, at));
    // Heard when it is its turn, if it comes.
    reading.catch(() => {});
    return reading;
  };
  let ahead = readOn(from);
  try {
    for (let at = from; ahead;) {
      const { bytesRead, buffer } = await ahead;
      at += bytesRead;
      ahead = bytesRead === 0 ? null : readOn(at);
      if (bytesRead > 0) yield buffer.subarray(0, bytesRead);
      if (spare.length < SPARE) spare.push(buffer);
    }
  } finally {
    await ahead?.catch(() => {});
    // Nothing was written that the disk could still refuse, so that there is nothing to wait for.
    closeSync(file);
  }
}
