import { rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

import { goodPart, newSealer, openHead, openRange } from './age/index.ts';
import { gathered, letGo } from '../platform/bytes.ts';
import { VaultError } from './errors.ts';
import type { Keys } from './keys.ts';
import { bytesOf, openFile, syncFolder } from './shelf/disk.ts';
import { onDisk } from './shelf/errors.ts';
import { openSegment } from './shelf/staging.ts';

/** Bytes of a file that hold the header of ours. */
const HEAD = 4096;

/** A sealed file of the staging folder, while it is written. */
export interface Staging {
  /** In order; resolves when the disk can take more. @throws ShelfFull, ShelfFailed */
  write(bytes: Uint8Array): Promise<void>;
  /** What was written survives a power failure once this resolves. @returns its size as it is stored */
  end(): Promise<number>;
  /** Ends it, and takes it away. */
  discard(): Promise<void>;
}

/** Begins an age file of its own in the staging folder: nothing of it is ever on the disk in clear. */
export const newStaged = async (keys: Keys, path: string): Promise<Staging> => {
  const sealer = await newSealer(keys.recipients);
  const segment = await openSegment(path);
  // What is sealed next does not wait for the disk to take what was sealed before.
  let writing = segment.write([sealer.head]);
  const put = async (buffers: readonly Buffer[]): Promise<void> => {
    await writing;
    if (buffers.length === 0) return;
    writing = segment.write(buffers).then(() => buffers.forEach(letGo));
    // Heard by whoever writes next, or ends.
    writing.catch(() => {});
  };
  return {
    write: (bytes) => put(sealer.push(bytes)),
    end: async () => {
      try {
        await put([sealer.end()]);
        await writing;
        await segment.sync();
      } finally {
        await segment.close();
      }
      return segment.size;
    },
    discard: async () => {
      await writing.catch(() => {});
      await segment.close();
      await onDisk(() => unlink(path));
    },
  };
};

/** A sealed file of the staging folder, as far as it is good. */
export interface Staged {
  /** Plain bytes. */
  readonly size: number;
  /** Stored bytes, those behind what is good included. */
  readonly stored: number;
  /** It is whole: nothing was cut off, and nothing lies behind its end. */
  readonly whole: boolean;
  /** Plain bytes [from, to). @throws VaultError `corrupt`; ShelfFailed */
  read(from: number, to: number): AsyncIterable<Uint8Array>;
}

async function* sayingCorrupt(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'AgeError')
      throw new VaultError('corrupt', 'What waited to be kept is not what was written.', { cause });
    throw cause;
  }
}

/**
 * Opens what a process has written, also one that was killed at it: what is good is made durable before it is said.
 * @returns `null` where not even the head of a file is
 */
export const openStaged = async (keys: Keys, path: string): Promise<Staged | null> => {
  const file = await onDisk(() => openFile(path));
  let size: number;
  try {
    size = await onDisk(async () => {
      await file.sync();
      return (await file.stat()).size;
    });
  } finally {
    await file.close();
  }
  const read = (from: number, to: number): AsyncGenerator<Uint8Array> => bytesOf(path, from, to);
  try {
    const head = await gathered(read(0, Math.min(HEAD, size)));
    const opener = await openHead(head, [keys.identity]);
    const good = await goodPart(opener, read, size);
    return {
      size: good.plain,
      stored: size,
      whole: good.ended && good.stored === size,
      read: (from, to) =>
        sayingCorrupt(openRange(opener, read, good.stored, from, to, { ended: good.ended })),
    };
  } catch (error) {
    if (error instanceof Error && error.name === 'AgeError') return null;
    throw error;
  }
};

/** Gives a file of the staging folder another name there, durably. */
export const renameStaged = (from: string, to: string): Promise<void> =>
  onDisk(async () => {
    await rename(from, to);
    await syncFolder(dirname(to));
  });
