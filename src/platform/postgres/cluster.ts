import { execFile, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { namedAccount } from './account.ts';
import { majorOf } from './binaries.ts';
import type { Place } from './place.ts';

const run = promisify(execFile);

export const SUPERUSER = 'vigie';

/** Makes the cluster when there is none: complete under its name, or not there. */
export async function ensureCluster({ cluster, binaries, account }: Place, durable: boolean): Promise<void> {
  const versionFile = join(cluster, 'PG_VERSION');
  if (existsSync(versionFile)) {
    const made = readFileSync(versionFile, 'utf8').trim();
    if (made === majorOf(binaries)) return;
    throw new Error(
      `The database in ${cluster} was made by PostgreSQL ${made}, and this Vigie brings PostgreSQL ${majorOf(binaries)}. ` +
        'Start the Vigie that made it, export, and import into an empty data folder.',
    );
  }
  if (existsSync(cluster))
    throw new Error(
      `${cluster} exists and is not a PostgreSQL database. Move it away, or use another VIGIE_DATA.`,
    );

  const half = `${cluster}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  const maker = account && namedAccount();
  if (maker) chownSync(half, maker.uid, maker.gid);
  const options = [
    '--pgdata',
    half,
    '--username',
    SUPERUSER,
    '--auth-local',
    'trust',
    '--auth-host',
    'reject',
  ];
  // PostgreSQL's own rules for Unicode, which no upgrade of a system library changes under an index.
  options.push(
    '--encoding',
    'UTF8',
    '--locale',
    'C',
    '--locale-provider',
    'builtin',
    '--builtin-locale',
    'C.UTF-8',
  );
  options.push(durable ? '--no-instructions' : '--no-sync');
  try {
    await run(binaries.initdb, options, {
      ...maker,
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    rmSync(half, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not be set up in ${cluster}: ${said}`, { cause: error });
  }
  if (account) giveTo(half, `${account.uid}:${account.gid}`);
  renameSync(half, cluster);
}

function giveTo(folder: string, owner: string): void {
  const { status, stderr } = spawnSync('chown', ['-R', owner, folder], { encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${folder} can't be given to the user PostgreSQL runs as: ${stderr.trim()}`);
}
