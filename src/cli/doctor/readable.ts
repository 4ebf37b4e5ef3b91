import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

import type { Say } from '../terminal.ts';
import type { Finding } from './checks.ts';

const READ = 0o004;
const PASS = 0o001;
/** Folders in folders: PostgreSQL's own are closed, and hold thousands of files. */
const DEEPEST = 4;

/** The files below a folder that any account of the machine may read: what a web server would give away by mistake. */
export const readableByOthers = (folder: string, deep = 0): readonly string[] => {
  if (deep > DEEPEST || (lstatSync(folder).mode & PASS) === 0) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return readableByOthers(path, deep + 1);
    return entry.isFile() && (lstatSync(path).mode & READ) !== 0 ? [path] : [];
  });
};

/** A web server whose root is the data folder by mistake runs as another account: what could it read? */
export const checkReadable = (data: string, say: Say): readonly Finding[] => {
  if (!existsSync(data)) return [];
  let found: readonly string[];
  try {
    found = readableByOthers(data);
  } catch {
    // What this account may not look into, the check of the folder itself says.
    return [];
  }
  if (found.length === 0)
    return [{ check: 'files', state: 'ok', says: say('lisibles par Vigie seul', 'readable by Vigie only') }];
  const names = found.slice(0, 3).map((path) => relative(data, path));
  return [
    {
      check: 'files',
      state: 'warning',
      says: `${names.join(', ')}${found.length > 3 ? ` … (${found.length})` : ''}`,
      todo: say(
        `D’autres comptes de la machine peuvent lire ces fichiers, un serveur web compris : chmod -R o-rwx ${data}/*`,
        `Other accounts of the machine may read these files, a web server among them: chmod -R o-rwx ${data}/*`,
      ),
    },
  ];
};
