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

/** Damaged blobs, when the one that was longest not read was, and bytes on the shelf. */
export interface VaultTotals {
  readonly faults: number;
  readonly oldest: Date | null;
  readonly stored: number;
}

/** All organisations' vaults together. */
export const vaultTotals = async (sql: Tx): Promise<VaultTotals> => {
  const [row] = await sql<VaultTotals[]>`
    select faults::int as faults, oldest, stored from vigie_vault_totals()`;
  return row ?? { faults: 0, oldest: null, stored: 0 };
};
