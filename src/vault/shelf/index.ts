import { join } from 'node:path';
import type { VaultPlace } from '../../platform/vault-place.ts';
import { openFolderShelf } from './folder.ts';
import { openS3Shelf } from './s3/index.ts';

export { ShelfFailed, ShelfFull } from './errors.ts';

/** Where sealed blobs lie: a folder of this machine, or a bucket. As the configuration says it. */
export type ShelfSettings = VaultPlace;

/**
 * Where sealed blobs lie. Names are `<organisation>/<xx>/<32 hex>.age`, `<organisation>/key.age` and
 * `<organisation>/index.age`; any other is a TypeError. What goes wrong with the shelf itself is a `ShelfFull` or a
 * `ShelfFailed`; what the source of the bytes throws passes as it is, and nothing is kept.
 */
export interface Shelf {
  /**
   * Keeps a stream, and says how many bytes it had. Once it resolves, they are durable: written beside, fsynced, renamed,
   * and the folder fsynced; or accepted whole by the store, which has checked their SHA-256 and MD5.
   * Each piece is asked for once the one before is no longer needed. Never replaces: a name is used once, so after a failure try again with another.
   */
  put(name: string, bytes: AsyncIterable<Uint8Array>): Promise<number>;
  /**
   * Takes in a file of the staging folder that is complete; afterwards it is gone from there. As durable as `put`.
   * Taking again what was taken already, after a crash in between, is no error.
   */
  take(name: string, path: string): Promise<void>;
  /**
   * Stored bytes [from, to), or as far as there are any, in pieces that are good until the next is asked for. Nothing of
   * that name is a ShelfFailed.
   */
  read(name: string, from: number, to: number): AsyncIterable<Uint8Array>;
  /** In bytes; null where nothing lies under that name. */
  size(name: string): Promise<number | null>;
  /** Durably; no error when it is gone already. */
  remove(name: string): Promise<void>;
  /** What lies there whole, in the order of names; `modified` in milliseconds of the epoch. */
  list(
    prefix: string,
  ): AsyncIterable<{ readonly name: string; readonly size: number; readonly modified: number }>;
  /** Free bytes where known. */
  free(): Promise<number | null>;
}

/**
 * Opens the shelf. A folder is made if it is not there, and what others left unfinished for a day is swept away.
 * A bucket is not asked anything yet: a store that is away when we start is one that fails, not one that ends us.
 */
export const openShelf = async (settings: ShelfSettings, data: string): Promise<Shelf> =>
  settings.kind === 's3' ? openS3Shelf(settings) : openFolderShelf(settings.path ?? join(data, 'vault'));
