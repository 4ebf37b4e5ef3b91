import { setTimeout as sleep } from 'node:timers/promises';

import { type Sql, unlessDeadlocked } from '../../platform/postgres/index.ts';
import {
  deleteOrganisation,
  deleteRows,
  lockOrganisation,
  noteShelf,
  type Table,
  tenantTables,
} from './store.ts';

/** Rows that name others go before those they name. */
const inOrder = (tables: readonly Table[]): readonly Table[] => {
  const left = new Map(tables.map((table) => [table.name, table]));
  const order: Table[] = [];
  while (left.size > 0) {
    const named = new Set([...left.values()].flatMap(({ names }) => names));
    const free = [...left.values()].filter(({ name }) => !named.has(name));
    if (free.length === 0) throw new Error(`These tables name each other: ${[...left.keys()].join(', ')}.`);
    for (const table of free) left.delete(table.name);
    order.push(...free);
  }
  return order;
};

/** Milliseconds for what was under way in servers to end. */
const AFTER = 500;

/**
 * Deletes an organisation: every row of every table, its jobs and itself, in one transaction, and for good. Servers that
 * run forget it as soon as that is committed. Its files lie on the shelf until whoever calls this clears it, as is noted
 * in the same transaction (`shelvesToClear`).
 * @param owner the database's owner: nobody else may delete an event
 * @returns how many rows went, by table; `null` when there is no such organisation
 */
export const deleteWhole = async (
  owner: Sql,
  id: string,
): Promise<readonly { readonly table: string; readonly rows: number }[] | null> => {
  const attempt = () =>
    owner.begin(async (tx) => {
      if (!(await lockOrganisation(tx, id))) return null;
      const done = await deleteRows(tx, id, inOrder(await tenantTables(tx)));
      await deleteOrganisation(tx, id);
      await noteShelf(tx, id);
      return done;
    });
  // Whoever was writing at that moment waits for us and we for them: PostgreSQL may end us.
  const done = await unlessDeadlocked(attempt);
  if (!done) return null;
  // A server that was following its log may just have noted how far it was.
  await sleep(AFTER);
  await unlessDeadlocked(() =>
    owner.begin(async (tx) => deleteRows(tx, id, inOrder(await tenantTables(tx)))),
  );
  return done;
};
