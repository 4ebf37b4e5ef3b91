import { setTimeout as sleep } from 'node:timers/promises';

import type postgres from 'postgres';

import type { TestDatabase } from './database.ts';

/** A row that somebody holds, as another request would in the middle of its work. */
export interface Held {
  /** Resolves once somebody waits for it. */
  awaited(): Promise<void>;
  letGo(): Promise<void>;
}

/** Holds what a query of the owner locks, until it is let go: what two requests do at once then has an order. */
export const hold = async (
  db: TestDatabase,
  lock: (sql: postgres.ReservedSql) => Promise<unknown>,
): Promise<Held> => {
  const sql = await db.owner.reserve();
  await sql`begin`;
  await lock(sql);
  const [me] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  return {
    awaited: async () => {
      for (let waiting = false; !waiting; await sleep(20)) {
        const [found] = await db.owner<{ waiting: boolean }[]>`
          select exists (select from pg_stat_activity
            where ${me?.pid ?? 0} = any(pg_blocking_pids(pid))) as waiting`;
        waiting = found?.waiting === true;
      }
    },
    letGo: async () => {
      await sql`commit`;
      sql.release();
    },
  };
};
