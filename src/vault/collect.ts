import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { asOrganisation } from '../platform/postgres/index.ts';
import { addUse, deleteUnnamed, namedAmong } from './store.ts';
import { layKeyAgain, type Vault } from './vault.ts';

/** What lies on the shelf without a name is of an upload that ended badly, once it is as old as this. */
const ORPHAN = 24 * 3_600_000;
const BATCH = 200;

/** Takes off the shelf what nothing names any more. @returns how many blobs went */
export const collect = async (vault: Vault, organisationId: string): Promise<number> => {
  for (let gone = 0; ;) {
    const rows = await asOrganisation(vault.db, organisationId, async (tx) => {
      const deleted = await deleteUnnamed(tx, organisationId, BATCH);
      const bytes = deleted.reduce((sum, { stored }) => sum + stored, 0);
      if (bytes > 0) await addUse(tx, organisationId, -bytes);
      return deleted;
    });
    for (const { name } of rows) {
      vault.ring.openers.delete(name);
      await vault.shelf.remove(name);
    }
    gone += rows.length;
    if (rows.length < BATCH) return gone;
  }
};

/** What uploads say they have put on the shelf, and have not yet named: their bytes were acknowledged. */
const takenNames = async ({ staging }: Vault, organisationId: string): Promise<ReadonlySet<string>> => {
  const folder = join(staging, organisationId);
  const there = await readdir(folder, { recursive: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  return new Set(
    there.flatMap((path) => {
      const own = /(?<own>[0-9a-f]{32})\.taken$/u.exec(path)?.groups?.['own'];
      return own === undefined ? [] : [`${organisationId}/${own.slice(0, 2)}/${own}.age`];
    }),
  );
};

/**
 * Takes off the shelf what no row names: an upload was cut between its bytes and its row, or a removal before its end.
 * @returns how many there were
 */
export const sweep = async (vault: Vault, organisationId: string): Promise<number> => {
  await layKeyAgain(vault, organisationId);
  const before = vault.clock.now() - ORPHAN;
  const taken = await takenNames(vault, organisationId);
  let gone = 0;
  let batch: string[] = [];
  const check = async (): Promise<void> => {
    const names = batch;
    batch = [];
    const named = new Set(
      await asOrganisation(vault.db, organisationId, (tx) => namedAmong(tx, organisationId, names)),
    );
    for (const name of names.filter((one) => !named.has(one))) {
      await vault.shelf.remove(name);
      gone += 1;
    }
  };
  for await (const { name, modified } of vault.shelf.list(`${organisationId}/`)) {
    if (modified > before || taken.has(name) || !/\/[0-9a-f]{2}\//u.test(name)) continue;
    batch.push(name);
    if (batch.length === BATCH) await check();
  }
  if (batch.length > 0) await check();
  return gone;
};
