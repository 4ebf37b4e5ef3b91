import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Somebody else holds the folder. */
export class FolderInUse extends Error {
  override name = 'FolderInUse';
}

export interface FolderLock {
  release(): void;
}

const SQLITE_BUSY = 5;

/**
 * Takes a folder for this process alone; throws FolderInUse when another has it.
 *
 * Node has no `flock`, and a file that holds a process number outlives a `kill -9` and is fooled by
 * a number used again. The kernel's own lock on a file ends with its process however that ends, and
 * SQLite, which Node carries, takes one: nothing else is kept in that file but the holder's number.
 */
export function lockFolder(folder: string, name = 'vigie.lock'): FolderLock {
  // Others may pass through, as PostgreSQL's own user does, but not look around.
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const path = join(folder, name);
  const file = new DatabaseSync(path);
  // Whatever serves this folder by mistake, as another user, finds nothing to read in it.
  chmodSync(path, 0o600);
  try {
    file.exec('pragma busy_timeout = 0; begin immediate; commit');
    file.exec(`pragma user_version = ${process.pid}; begin immediate`);
  } catch (error) {
    const busy = error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
    const holder = busy ? holderOf(file) : undefined;
    file.close();
    if (!busy) throw new Error(`The lock ${path} can't be taken: ${String(error)}`, { cause: error });
    throw new FolderInUse(
      `Vigie already runs on ${folder}${holder ? ` (process ${holder})` : ''}. ` +
        'Stop that one first, or give this one another folder with VIGIE_DATA.',
    );
  }
  return {
    release: () => {
      if (file.isOpen) file.close();
    },
  };
}

function holderOf(file: DatabaseSync): number | undefined {
  try {
    return Number(file.prepare('pragma user_version').get()?.['user_version']) || undefined;
  } catch {
    // Its holder is writing its number this very moment.
    return undefined;
  }
}
