import { setTimeout as sleep } from 'node:timers/promises';
import { FolderInUse, lockFolder } from '../lock.ts';
import type { Logger } from '../logging.ts';
import { findRunning, startEmbedded } from './embedded.ts';

export { asOrganisation, inOrganisation, isUnavailable, openDatabase, type Database } from './connect.ts';
export { unlessDeadlocked } from './deadlock.ts';
export { startEmbedded, type Embedded } from './embedded.ts';
export { ConnectionLost } from './lane.ts';
export type { Listening } from './listen.ts';
export { migrate, MigrationError, MIGRATIONS_FOLDER, migrationsHash } from './migrate.ts';
export { openOwner } from './owner.ts';
export type { Session, Sql } from './pool.ts';
export type { Fragment, Tx } from './scope.ts';
export { type Reachable, reading, readingBy } from './reading.ts';
export { together } from './together.ts';
export { withDatabase } from './address.ts';
export { FOREVER } from './types.ts';

export interface PostgresOptions {
  readonly data: string;
  readonly databaseUrl: string | undefined;
  readonly log: Logger;
}

/** A PostgreSQL that can be spoken to. */
export interface Postgres {
  readonly url: string;
  /** Said at the start when it isn't where one would look. */
  readonly notice: string | undefined;
  /** Shuts down what was started here; a server that was already there stays. */
  stop(): Promise<void>;
}

const JOIN_PATIENCE = 30_000;

/**
 * Takes the data folder for this process and starts its PostgreSQL, or uses the one that DATABASE_URL names.
 * Throws FolderInUse when another server has the folder.
 */
export async function startPostgres({ data, databaseUrl, log }: PostgresOptions): Promise<Postgres> {
  const lock = lockFolder(data);
  if (databaseUrl !== undefined)
    return { url: databaseUrl, notice: undefined, stop: async () => lock.release() };
  try {
    const embedded = await startEmbedded({ data, log });
    return {
      url: embedded.url,
      notice: embedded.place.notice,
      stop: async () => {
        await embedded.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** For a command: the PostgreSQL of the server that runs on the data folder or, when none does, one of its own. */
export async function joinPostgres(options: PostgresOptions): Promise<Postgres> {
  if (options.databaseUrl !== undefined)
    return { url: options.databaseUrl, notice: undefined, stop: async () => {} };
  for (const until = Date.now() + JOIN_PATIENCE; ;) {
    try {
      return await startPostgres(options);
    } catch (error) {
      if (!(error instanceof FolderInUse) || Date.now() > until) throw error;
    }
    const url = findRunning(options.data);
    if (url !== undefined) return { url, notice: undefined, stop: async () => {} };
    // The server that has the folder is only just starting, or stopping.
    await sleep(200);
  }
}
