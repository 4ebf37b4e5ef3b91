import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { accountFor, can, type Account } from './account.ts';
import { copyOf, type Binaries } from './binaries.ts';

/** Where a data folder's PostgreSQL lives. */
export interface Place {
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  /** The folder of the Unix socket: reachable by root and the account PostgreSQL runs as, nobody else. */
  readonly sockets: string;
  readonly binaries: Binaries;
  readonly account: Account | undefined;
  /** Said at the start when something isn't where one would look. */
  readonly notice: string | undefined;
}

/** The folder of the system's own, for clusters and programs that PostgreSQL's user could not reach. */
export const SYSTEM_FOLDER = '/var/lib/vigie';

/** A Unix socket's path holds 107 bytes on Linux and 103 on macOS, `/.s.PGSQL.5432` included. */
const LONGEST_SOCKET_FOLDER = 88;

/** In the data folder, this file says where the cluster is when it isn't there. */
const POINTER = 'postgres-is-at';

/** Finds the place of a data folder's PostgreSQL, without changing anything. */
export function findPlace(data: string, original: Binaries, systemFolder: string = SYSTEM_FOLDER): Place {
  const { cluster, account } = findCluster(data, systemFolder);
  const near = account === undefined || can(account, '-x', original.postgres);
  const binaries = near ? original : copyOf(original, systemFolder);
  const moved = [
    ...(dirname(cluster) === data ? [] : [`the database is in ${cluster}`]),
    ...(near ? [] : [`PostgreSQL's programs are in ${binaries.folder}`]),
  ];
  const notice =
    moved.length === 0
      ? undefined
      : `${moved.join(' and ')}, because the user PostgreSQL runs as (${account?.uid}) can't enter the folders above ` +
        (near ? data : original.folder);
  return {
    cluster,
    sockets: socketFolder(cluster, systemFolder),
    binaries,
    account,
    notice: notice && notice[0]?.toUpperCase() + notice.slice(1),
  };
}

function findCluster(data: string, systemFolder: string): { cluster: string; account: Account | undefined } {
  const pointer = join(data, POINTER);
  if (existsSync(pointer)) {
    const cluster = readFileSync(pointer, 'utf8').trim();
    if (existsSync(cluster)) return { cluster, account: accountFor(cluster) };
    throw new Error(
      `${pointer} says that the database is in ${cluster}, and nothing is there. Bring that folder back from a backup, ` +
        `or remove ${pointer} to start with an empty database.`,
    );
  }
  const inside = join(data, 'postgres');
  const account = accountFor(inside);
  if (account === undefined || can(account, '-x', data)) return { cluster: inside, account };
  if (!existsSync(inside)) {
    const cluster = join(systemFolder, shortHash(data), 'postgres');
    return { cluster, account: accountFor(cluster) };
  }
  throw new Error(
    `The database is in ${inside}, which the user PostgreSQL runs as (${account.uid}) can't reach. Let it pass ` +
      `through the folders above (chmod o+x on each), or move the database: mkdir -p -m 711 ${systemFolder}/moved && ` +
      `mv ${inside} ${systemFolder}/moved/postgres && echo ${systemFolder}/moved/postgres > ${pointer}`,
  );
}

/** Makes the folders and, where needed, the copy of the programs. */
export async function preparePlace(place: Place, original: Binaries): Promise<void> {
  if (place.binaries.folder !== original.folder) await copyBinaries(original, place.binaries);
  mkdirSync(dirname(place.cluster), { recursive: true, mode: 0o711 });
  makePrivate(place.sockets, place.account);
}

/** Writes into the data folder where its database is, so that moving the folder does not lose it. */
export function rememberPlace(place: Place, data: string): void {
  if (dirname(place.cluster) !== data)
    writeFileSync(join(data, POINTER), `${place.cluster}\n`, { mode: 0o600 });
}

function socketFolder(cluster: string, systemFolder: string): string {
  const near = join(dirname(cluster), 'postgres.socket');
  if (fits(near)) return near;
  const short = `vigie-${process.getuid?.() ?? 0}-${shortHash(cluster)}`;
  const folders = process.getuid?.() === 0 ? [systemFolder, '/tmp'] : [tmpdir(), '/tmp'];
  return folders.map((folder) => join(folder, short)).find(fits) ?? join('/tmp', short);
}

function fits(folder: string): boolean {
  return Buffer.byteLength(folder) <= LONGEST_SOCKET_FOLDER;
}

/**
 * Whoever enters this folder is the database's superuser, so it must be ours and closed to others. That is
 * why the socket asks for no password: one kept in a file would be open to exactly the same people.
 */
function makePrivate(folder: string, account: Account | undefined): void {
  mkdirSync(dirname(folder), { recursive: true, mode: 0o711 });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  const mine = process.getuid?.() ?? found.uid;
  if (!found.isDirectory() || (found.uid !== mine && found.uid !== account?.uid)) {
    throw new Error(
      `${folder} belongs to another user, and PostgreSQL's socket goes there. Remove it, or set VIGIE_DATA to another folder.`,
    );
  }
  chmodSync(folder, 0o700);
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
}

async function copyBinaries(from: Binaries, to: Binaries): Promise<void> {
  if (existsSync(to.folder)) return;
  mkdirSync(dirname(to.folder), { recursive: true, mode: 0o711 });
  const half = `${to.folder}.${process.pid}`;
  await cp(from.folder, half, { recursive: true, verbatimSymlinks: true });
  await promisify(execFile)('chmod', ['-R', 'a+rX', half]);
  try {
    renameSync(half, to.folder);
  } catch (error) {
    rmSync(half, { recursive: true });
    // Another server on this machine was faster.
    if (!existsSync(to.folder)) throw error;
  }
}

function shortHash(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}
