import { randomUUID } from 'node:crypto';
import { lstat, readdir, rename, rm, statfs, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bytesOf, createFile, makeFolder, openFile, syncFolder, writeAll } from './disk.ts';
import { codeOf, NameUsed, nothingThere, onDisk, unlessGone } from './errors.ts';
import type { Shelf } from './index.ts';
import { listFolder } from './list.ts';
import { checkName, checkPrefix, checkRange } from './names.ts';
import { unlessSame } from './same.ts';

/** What is still being written, on the same file system as what is whole. */
const ARRIVING = '.arriving';
const DAY = 86_400_000;
/** In milliseconds: a name is claimed for as long as a rename takes, a thousandth of this. */
const CLAIM_LASTS = 2000;
const TURN = 20;

/** A shelf that is a folder of this machine, or of one that it mounts. */
export const openFolderShelf = async (path: string): Promise<Shelf> => {
  const root = resolve(path);
  const arriving = join(root, ARRIVING);
  await onDisk(async () => {
    await makeFolder(root);
    await makeFolder(arriving);
    await sweep(arriving);
  });

  const placeOf = (name: string): string => join(root, checkName(name));
  const isThere = async (place: string): Promise<boolean> => (await unlessGone(lstat(place), null)) !== null;

  /** Gives a whole, fsynced file its name, which nobody else is giving at this moment, and nothing has. */
  const give = async (from: string, name: string): Promise<void> => {
    const place = placeOf(name);
    await makeFolder(join(root, name.slice(0, name.indexOf('/'))));
    await makeFolder(dirname(place));
    const release = await claim(join(arriving, `${name.replaceAll('/', '.')}.claim`));
    try {
      if (await isThere(place)) throw new NameUsed();
      await rename(from, place);
    } finally {
      await release();
    }
  };

  const put: Shelf['put'] = async (name, bytes) => {
    const place = placeOf(name);
    if (await onDisk(() => isThere(place))) throw new NameUsed();
    const beside = join(arriving, randomUUID());
    const file = await onDisk(() => createFile(beside));
    let size = 0;
    try {
      try {
        for await (const chunk of bytes) {
          await onDisk(() => writeAll(file, chunk));
          size += chunk.byteLength;
        }
        await onDisk(() => file.sync());
      } finally {
        await onDisk(() => file.close());
      }
      await onDisk(() => give(beside, name));
      await onDisk(() => syncFolder(dirname(place))).catch(async (error: unknown) => {
        // Whoever hears that it failed counts on nothing being there.
        await rm(place, { force: true });
        throw error;
      });
    } catch (error) {
      await rm(beside, { force: true }).catch(() => undefined);
      throw error;
    }
    return size;
  };

  /** From another file system, where a rename does not lead. */
  const copy = async (name: string, path: string): Promise<void> => {
    await unlessSame(
      put(name, bytesOf(path, 0, Number.MAX_SAFE_INTEGER)),
      () => bytesOf(placeOf(name), 0, Number.MAX_SAFE_INTEGER),
      () => bytesOf(path, 0, Number.MAX_SAFE_INTEGER),
    );
    await onDisk(() => unlink(path));
  };

  return {
    put,
    take: async (name, path) => {
      const place = placeOf(name);
      const staged = await onDisk(() => unlessGone(openFile(path), null));
      if (!staged && !(await onDisk(() => isThere(place)))) throw nothingThere();
      try {
        await onDisk(async () => {
          // On the shelf it is new, however long it waited: what is old there and has no name is swept away.
          await staged?.utimes(new Date(), new Date());
          await staged?.sync();
        });
      } finally {
        await staged?.close();
      }
      if (staged) {
        const moved = await onDisk(async () => {
          try {
            await give(path, name);
            return true;
          } catch (error) {
            // A copy may be there that was made before a crash.
            if (codeOf(error) !== 'EXDEV' && !(error instanceof NameUsed)) throw error;
            return false;
          }
        });
        if (!moved) await copy(name, path);
      }
      await onDisk(async () => {
        await syncFolder(dirname(place));
        await unlessGone(syncFolder(dirname(resolve(path))), undefined);
      });
    },
    read: (name, from, to) => {
      checkRange(from, to);
      return bytesOf(placeOf(name), from, to);
    },
    size: async (name) => {
      const found = await onDisk(() => unlessGone(lstat(placeOf(name)), null));
      return found?.isFile() === true ? found.size : null;
    },
    remove: async (name) => {
      const place = placeOf(name);
      await onDisk(async () => {
        await unlessGone(unlink(place), undefined);
        await unlessGone(syncFolder(dirname(place)), undefined);
      });
    },
    list: (prefix) => listFolder(root, checkPrefix(prefix)),
    free: async () => {
      const { bavail, bsize } = await onDisk(() => statfs(root));
      return bavail * bsize;
    },
  };
};

/**
 * rename(2) replaces what it finds: only who made this file may rename to the name that it stands for. Others wait their
 * turn, a moment; one that stays has lost its owner.
 */
const claim = async (path: string): Promise<() => Promise<void>> => {
  for (let waited = 0; ;) {
    try {
      await (await createFile(path)).close();
      return () => rm(path, { force: true });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    if (waited < CLAIM_LASTS) {
      await sleep(TURN);
      waited += TURN;
    } else {
      await rm(path, { force: true });
      waited = 0;
    }
  }
};

/** What was begun and left by a process that was killed. */
const sweep = async (arriving: string): Promise<void> => {
  for (const name of await readdir(arriving)) {
    const path = join(arriving, name);
    const found = await unlessGone(lstat(path), null);
    if (found && Date.now() - found.mtimeMs > DAY) await rm(path, { force: true, recursive: true });
  }
};
