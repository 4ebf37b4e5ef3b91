import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../logging.ts';

const PATIENCE = 60_000;
const POLL = 50;

/** What a cluster's postmaster.pid says. PostgreSQL writes it; we only ever read it. */
export interface Postmaster {
  readonly pid: number;
  readonly ready: boolean;
}

/** Reads a cluster's postmaster.pid, if there is one. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number.parseInt(lines[0] ?? '', 10);
  // Line 8 is the state, kept for pg_ctl to read.
  return pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
}

/**
 * Ends a PostgreSQL that outlived the server that had started it, by the shutdown it would have had, and
 * waits for it. The caller holds the cluster's lock, so no living server needs it.
 *
 * @returns the process number in a stale postmaster.pid when a stranger has that number now: PostgreSQL
 *   would take the stranger for itself and refuse to start.
 */
export async function endOrphan(cluster: string, log: Logger): Promise<number | undefined> {
  const orphan = readPostmaster(cluster);
  if (orphan === undefined || !isAlive(orphan.pid)) return undefined;
  if (!runsOn(orphan.pid, cluster)) return orphan.pid;
  log.warn(
    { pid: orphan.pid },
    'A PostgreSQL left by a server that was killed is still running: shutting it down',
  );
  const until = Date.now() + PATIENCE;
  let asked: NodeJS.Signals | undefined;
  while (isAlive(orphan.pid) && runsOn(orphan.pid, cluster)) {
    if (Date.now() > until) {
      throw new Error(
        `A PostgreSQL (process ${orphan.pid}) still runs on ${cluster} and does not end. Look at it, and end it with: kill -INT ${orphan.pid}`,
      );
    }
    if (asked === undefined) process.kill(orphan.pid, (asked = 'SIGINT'));
    await sleep(POLL);
  }
  return undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether a process is a PostgreSQL on this cluster: PostgreSQL works in its cluster's folder. */
export function runsOn(pid: number, cluster: string): boolean {
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(
        `-D ${cluster}`,
      );
    }
    const program = basename(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0', 1)[0] ?? '');
    return program === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch {
    // Gone, a zombie, or somebody else's.
    return false;
  }
}
