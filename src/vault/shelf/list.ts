import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { onDisk, unlessGone } from './errors.ts';
import { isName } from './names.ts';

/** What lies whole below a folder, in the order of names; only folders in which a name may begin so are opened. */
export async function* listFolder(
  root: string,
  prefix: string,
  below = '',
): AsyncGenerator<{ name: string; size: number; modified: number }> {
  const entries = await onDisk(() => unlessGone(readdir(join(root, below), { withFileTypes: true }), []));
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = `${below}${entry.name}`;
    if (entry.isDirectory()) {
      const inside = `${name}/`;
      if (mayHoldNames(inside) && (inside.startsWith(prefix) || prefix.startsWith(inside)))
        yield* listFolder(root, prefix, inside);
    } else if (entry.isFile() && isName(name) && name.startsWith(prefix)) {
      const found = await onDisk(() => unlessGone(lstat(join(root, name)), null));
      if (found) yield { name, size: found.size, modified: Math.floor(found.mtimeMs) };
    }
  }
}

const mayHoldNames = (folder: string): boolean => /^[0-9a-f-]{36}\/(?:[0-9a-f]{2}\/)?$/u.test(folder);
