import type { Tx } from '../platform/postgres/index.ts';

export const alive = async (sql: Tx): Promise<boolean> => {
  const rows = await sql`select 1`;
  return rows.length === 1;
};

/** Events that wait for their place in the log, counting no further than ten thousand. */
export const waiting = async (sql: Tx): Promise<number> => {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from (select 1 from event_unordered limit 10000) capped`;
  return row?.count ?? 0;
};
