import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { accountFor, namedAccount } from '../../src/platform/postgres/account.ts';
import { socketUrl } from '../../src/platform/postgres/address.ts';
import { keep } from '../../src/platform/postgres/keeper.ts';
import { readPostmaster } from '../../src/platform/postgres/orphan.ts';
import { temporaryFolder, type TestCluster } from './cluster.ts';

/** Starts the PostgreSQL that Debian installed, for one test, as somebody's own server would be. */
export async function startDebianPostgres(programs: string): Promise<TestCluster> {
  const folder = temporaryFolder('vigie-debian-');
  const cluster = join(folder, 'cluster');
  const account = accountFor(cluster) && namedAccount();
  mkdirSync(cluster, { mode: 0o700 });
  if (account) for (const path of [folder, cluster]) chownSync(path, account.uid, account.gid);
  execFileSync(
    join(programs, 'initdb'),
    ['-D', cluster, '-U', 'vigie', '-A', 'trust', '-E', 'UTF8', '--locale', 'C.UTF-8', '--no-sync'],
    {
      ...account,
      cwd: '/',
      stdio: 'pipe',
    },
  );
  const kept = keep({
    command: [
      join(programs, 'postgres'),
      '-D',
      cluster,
      '-c',
      'listen_addresses=',
      '-c',
      `unix_socket_directories=${folder}`,
      '-c',
      'fsync=off',
    ],
    account,
    throwAway: folder,
    background: true,
    onLine: () => {},
  });
  while (!readPostmaster(cluster)?.ready) await sleep(50);
  return {
    url: socketUrl(folder, 'vigie', 'postgres'),
    stop: async () => {
      kept.stop();
      await kept.ended;
    },
  };
}
