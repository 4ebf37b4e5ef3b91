import { createHash } from 'node:crypto';

import type { Gift } from '../platform/http/give.ts';
import { planZip, uniquePaths } from '../platform/zip/index.ts';
import type { About, FileRow } from '../files/index.ts';
import type { Bytes } from './read.ts';
import type { Sidecar } from './sidecars.ts';

/** A file of a zip, and when it came. */
export interface Entry {
  readonly row: Pick<FileRow, 'id' | 'createdAt'>;
  readonly about: Pick<About, 'folder'>;
  readonly bytes: Bytes;
}

/**
 * Files as one zip, stored: its length is known before it begins, and a part of it can be asked for again.
 * @param beside what else stands in it, by the paths of the files
 */
export const zipOf = (
  name: string,
  entries: readonly Entry[],
  beside: (paths: readonly string[]) => readonly Sidecar[] = () => [],
): Gift => {
  const paths = uniquePaths(
    entries.map(({ about, bytes }) => (about.folder === '' ? bytes.name : `${about.folder}/${bytes.name}`)),
  );
  const all = [
    ...entries.map(({ row, bytes }, index) => ({
      ...bytes,
      path: paths[index] ?? bytes.name,
      modified: row.createdAt.getTime(),
    })),
    ...beside(paths),
  ];
  const plan = planZip(
    all.map(({ path, size, crc32, modified, read }) => ({ name: path, size, crc32, modified, read })),
  );
  const tag = createHash('sha256')
    .update(all.map((one) => `${one.tag} ${one.path}`).join('\n'))
    .digest('hex')
    .slice(0, 32);
  return { name: `${name}.zip`, type: 'application/zip', tag, ...plan };
};
