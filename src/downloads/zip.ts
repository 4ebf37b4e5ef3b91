import { createHash } from 'node:crypto';

import type { Gift } from '../platform/http/give.ts';
import { planZip, safePath } from '../platform/zip/index.ts';
import type { About, FileRow } from '../files/index.ts';
import type { Bytes } from './read.ts';

/** A file of a zip, and when it came. */
export interface Entry {
  readonly row: Pick<FileRow, 'id' | 'createdAt'>;
  readonly about: Pick<About, 'folder'>;
  readonly bytes: Bytes;
}

/** Files as one zip, stored: its length is known before it begins, and a part of it can be asked for again. */
export const zipOf = (name: string, entries: readonly Entry[]): Gift => {
  const plan = planZip(
    entries.map(({ row, about, bytes }) => ({
      name: safePath(about.folder === '' ? bytes.name : `${about.folder}/${bytes.name}`),
      size: bytes.size,
      crc32: bytes.crc32,
      modified: row.createdAt.getTime(),
      read: bytes.read,
    })),
  );
  const tag = createHash('sha256')
    .update(entries.map(({ bytes, about }) => `${bytes.tag} ${about.folder} ${bytes.name}`).join('\n'))
    .digest('hex')
    .slice(0, 32);
  return { name: `${name}.zip`, type: 'application/zip', tag, ...plan };
};
