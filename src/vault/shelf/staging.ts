import type { FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createFile, makeFolder, syncFolder, writeAll } from './disk.ts';
import { onDisk, ShelfFailed } from './errors.ts';

/** A part of an upload on its way in, in a file of its own. */
export interface Segment {
  /** Bytes written so far. Durable are those before the last `sync` that resolved. */
  readonly size: number;
  /** Appends, in order. After a failure the segment takes nothing more: what the disk kept of it is not known. */
  write(buffers: readonly Uint8Array[]): Promise<void>;
  /** What was written survives a power failure once this resolves. */
  sync(): Promise<void>;
  /** Lets go of the file, which stays. Once is enough; more does no harm. */
  close(): Promise<void>;
}

/**
 * Begins a segment where nothing is yet; folders that are missing are made, for us alone. Its name is durable once this
 * resolves.
 *
 * @throws {ShelfFull} when there is no room
 * @throws {ShelfFailed} when something is there already, a link included, or the disk refuses
 */
export const openSegment = async (path: string): Promise<Segment> => {
  const place = resolve(path);
  const file = await onDisk(async () => {
    await makeFolder(dirname(place));
    const created = await createFile(place);
    try {
      await syncFolder(dirname(place));
    } catch (error) {
      await created.close();
      throw error;
    }
    return created;
  });
  return segment(file);
};

const segment = (file: FileHandle): Segment => {
  let size = 0;
  let open = true;
  let broken = false;
  const carefully = async (work: () => Promise<void>): Promise<void> => {
    if (broken || !open) throw new ShelfFailed('This segment takes nothing more.');
    try {
      await onDisk(work);
    } catch (error) {
      // After a failed fsync the kernel may call the pages clean that it lost: asking again would be told a lie.
      broken = true;
      throw error;
    }
  };
  return {
    get size() {
      return size;
    },
    write: (buffers) =>
      carefully(async () => {
        for (const bytes of buffers) {
          await writeAll(file, bytes);
          size += bytes.byteLength;
        }
      }),
    sync: () => carefully(() => file.sync()),
    close: async () => {
      if (!open) return;
      open = false;
      await onDisk(() => file.close());
    },
  };
};
