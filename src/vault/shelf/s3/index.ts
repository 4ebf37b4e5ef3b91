import { unlink } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { BucketPlace } from '../../../platform/vault-place.ts';
import { bytesOf, openFile, syncFolder } from '../disk.ts';
import { nothingThere, onDisk, ShelfFailed, unlessGone } from '../errors.ts';
import type { Shelf } from '../index.ts';
import { checkName, checkPrefix, checkRange } from '../names.ts';
import { unlessSame } from '../same.ts';
import { listBucket, sweepUploads } from './list.ts';
import { readRange } from './read.ts';
import { openStore } from './store.ts';
import { MOST_PARTS, openWriter, PART } from './upload.ts';

/** A shelf that is a bucket, or a folder of one, of any store that speaks S3 (Signature Version 4, path-style). */
export const openS3Shelf = (place: BucketPlace): Shelf => {
  const store = openStore(place);
  const { write, find } = openWriter(store);
  const size: Shelf['size'] = async (name) => {
    const found = await find(checkName(name));
    if (!found) return null;
    const length = found.headers['content-length'];
    if (length === undefined) throw new ShelfFailed('The store does not say how much it holds.');
    return Number(length);
  };
  // Nobody waits for it, and a store that does not want to say what was left unfinished goes on being one.
  sweepUploads(store, place.prefix, Date.now()).catch(() => undefined);

  return {
    put: async (name, bytes) => write(checkName(name), bytes),
    take: async (name, path) => {
      checkName(name);
      const staged = await onDisk(() => unlessGone(openFile(path), null));
      if (!staged) {
        if ((await size(name)) === null) throw nothingThere();
        return;
      }
      try {
        const { size } = await onDisk(() => staged.stat());
        await unlessSame(
          write(name, bytesOf(path, 0, size), Math.max(PART, Math.ceil(size / (MOST_PARTS - 1)))),
          () => readRange(store, name, 0, Number.MAX_SAFE_INTEGER),
          () => bytesOf(path, 0, size),
        );
      } finally {
        await staged.close();
      }
      await onDisk(async () => {
        await unlink(path);
        await syncFolder(dirname(resolve(path)));
      });
    },
    read: (name, from, to) => {
      checkRange(from, to);
      return readRange(store, checkName(name), from, to);
    },
    size,
    remove: async (name) => {
      await store({ method: 'DELETE', name: checkName(name), expect: [200, 204, 404] });
    },
    list: (prefix) => listBucket(store, place.prefix, checkPrefix(prefix)),
    free: async () => null,
  };
};
