import { chownSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { lockFolder } from '../lock.ts';
import type { Logger } from '../logging.ts';
import { socketUrl, withDatabase } from './address.ts';
import { embeddedBinaries, type Binaries } from './binaries.ts';
import { ensureCluster, SUPERUSER } from './cluster.ts';
import { keep, type Kept } from './keeper.ts';
import { driverOptions } from './lane.ts';
import { endOrphan, readPostmaster, runsOn } from './orphan.ts';
import { findPlace, preparePlace, rememberPlace, type Place } from './place.ts';
import { settingsFor } from './settings.ts';

const DATABASE = 'vigie';

export interface EmbeddedOptions {
  /** The folder whose `postgres` the cluster is; made when missing. */
  readonly data: string;
  readonly log: Logger;
  /** Whether what is committed survives the machine's end. Only tests do without. */
  readonly durable?: boolean;
  /** Settings beyond our own. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly binaries?: Binaries;
  /** Where clusters and programs go that PostgreSQL's user could not reach. */
  readonly systemFolder?: string;
  /** A server for tests: it ends with our process, which need not stop it, and its data folder is removed. */
  readonly throwAway?: boolean;
}

export interface Embedded {
  /** The address of the database, for whoever may enter the socket's folder. */
  readonly url: string;
  readonly place: Place;
  /** Shuts PostgreSQL down and waits for its end. */
  stop(): Promise<void>;
}

const LEFTOVER_PATIENCE = 60_000;
const RECOVERY_NEWS = 10_000;
const STOP_PATIENCE = 60_000;
const POLL = 20;
const FIRST_PAUSE = 200;
const LAST_PAUSE = 10_000;
const TAIL = 15;

/**
 * Starts the embedded PostgreSQL of a data folder, and starts it again whenever it dies, until it is stopped.
 * Throws FolderInUse when another server has the cluster.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { log, durable = true, systemFolder } = options;
  const original = options.binaries ?? embeddedBinaries();
  mkdirSync(options.data, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const data = realpathSync(options.data);
  const place = findPlace(data, original, systemFolder);
  await preparePlace(place, original);
  // Whoever removes a folder must own it.
  if (options.throwAway && place.account) chownSync(data, place.account.uid, place.account.gid);
  const lock = lockFolder(dirname(place.cluster), `${basename(place.cluster)}.lock`);

  const postgresUrl = socketUrl(place.sockets, SUPERUSER, 'postgres');
  const settings = { ...settingsFor(place.sockets, durable), ...options.settings };
  let stopping = false;
  let running: Kept;
  try {
    await ensureCluster(place, durable);
    rememberPlace(place, data);
    running = await launch(place, settings, { log, throwAway: options.throwAway ? data : undefined });
    await ensureDatabase(postgresUrl);
  } catch (error) {
    lock.release();
    throw error;
  }

  async function supervise(): Promise<void> {
    for (let pause = FIRST_PAUSE; ;) {
      const since = Date.now();
      const code = await running.ended;
      if (stopping) return;
      if (Date.now() - since > LAST_PAUSE) pause = FIRST_PAUSE;
      for (let back = false; !back && !stopping; pause = Math.min(pause * 2, LAST_PAUSE)) {
        log.error(
          { code },
          `PostgreSQL has ended by itself (exit ${code}); starting it again in ${pause} ms`,
        );
        await sleep(pause);
        if (stopping) return;
        try {
          running = await launch(place, settings, { log, throwAway: options.throwAway ? data : undefined });
          if (stopping) running.stop();
          else log.info('PostgreSQL is back');
          back = true;
        } catch (error) {
          log.error({ err: error }, 'PostgreSQL did not start');
        }
      }
    }
  }
  const supervised = supervise();

  async function stop(): Promise<void> {
    if (!stopping) {
      stopping = true;
      running.stop();
    }
    const slow = setTimeout(() => {
      const postmaster = readPostmaster(place.cluster);
      // Still safe: it ends at once, and recovers from its log at the next start.
      if (postmaster && runsOn(postmaster.pid, place.cluster)) process.kill(postmaster.pid, 'SIGQUIT');
    }, STOP_PATIENCE);
    await running.ended;
    await supervised;
    clearTimeout(slow);
    lock.release();
  }

  return { url: withDatabase(postgresUrl, DATABASE), place, stop };
}

/** The address of the PostgreSQL of a data folder when a server runs it now; undefined when none does. */
export function findRunning(data: string, systemFolder?: string): string | undefined {
  const place = findPlace(realpathSync(data), embeddedBinaries(), systemFolder);
  const postmaster = readPostmaster(place.cluster);
  if (!postmaster?.ready || !runsOn(postmaster.pid, place.cluster)) return undefined;
  return socketUrl(place.sockets, SUPERUSER, DATABASE);
}

interface LaunchOptions {
  readonly log: Logger;
  readonly throwAway: string | undefined;
}

/** Starts PostgreSQL and waits until it answers, after whatever an earlier one left has gone. */
async function launch(
  place: Place,
  settings: Record<string, string>,
  { log, throwAway }: LaunchOptions,
): Promise<Kept> {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const until = Date.now() + LEFTOVER_PATIENCE;
  for (;;) {
    const stranger = await endOrphan(place.cluster, log);
    const tail: string[] = [];
    const kept = keep({
      command: [place.binaries.postgres, '-D', place.cluster, ...flags],
      account: place.account,
      throwAway,
      background: throwAway !== undefined,
      // The number in a stale postmaster.pid that another program has now. PostgreSQL looks here for
      // numbers which can't be a rival's; it still checks by itself that nobody uses its memory.
      ...(stranger !== undefined && { environment: { PG_GRANDPARENT_PID: String(stranger) } }),
      onLine: (line) => {
        report(log, line);
        // What it tells those who come too early would hide what happened to itself.
        if (!line.endsWith('the database system is starting up')) tail.push(line);
        if (tail.length > TAIL) tail.shift();
      },
    });
    const code = await readyOrEnded(kept, place.cluster, log);
    if (code === 'ready') return kept;
    // Processes of a PostgreSQL that was killed end a moment after it.
    const leftover = /pre-existing shared memory block|lock file "postmaster\.pid" already exists/.test(
      tail.join('\n'),
    );
    if (!leftover || Date.now() > until)
      throw new Error(`PostgreSQL ended at once (exit ${code}). It said:\n${tail.join('\n')}`);
    await sleep(FIRST_PAUSE);
  }
}

/** Waits as long as it takes: after a crash, PostgreSQL first reads again what it had written. */
async function readyOrEnded(kept: Kept, cluster: string, log: Logger): Promise<'ready' | number> {
  let code: number | undefined;
  const ended = kept.ended.then((exit) => (code = exit));
  for (let news = Date.now() + RECOVERY_NEWS; code === undefined;) {
    const postmaster = readPostmaster(cluster);
    if (postmaster?.ready && runsOn(postmaster.pid, cluster)) return 'ready';
    if (Date.now() > news) {
      log.info('PostgreSQL is still getting ready (after a crash it first recovers what was written)');
      news = Date.now() + RECOVERY_NEWS;
    }
    await Promise.race([ended, sleep(POLL)]);
  }
  return code;
}

async function ensureDatabase(postgresUrl: string): Promise<void> {
  const sql = postgres(driverOptions({ url: postgresUrl }));
  try {
    const found = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (found.length === 0) await sql`create database ${sql(DATABASE)}`;
  } finally {
    await sql.end();
  }
}

/** Passes on what PostgreSQL writes, at the level it gives it. */
function report(log: Logger, line: string): void {
  const [, severity = '', text = line] = /^(\w+):\s+(.*)$/.exec(line) ?? [];
  // What is fatal to a single connection is its client's business, and reaches it.
  if (severity === 'PANIC') log.error(`PostgreSQL: ${text}`);
  else if (severity === 'WARNING') log.warn(`PostgreSQL: ${text}`);
  else log.debug(`PostgreSQL: ${line}`);
}
