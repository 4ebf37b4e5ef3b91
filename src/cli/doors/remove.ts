import { deleteWhole } from '../../organisations/index.ts';
import type { Sql } from '../../platform/postgres/index.ts';
import { removeDefinitions } from './store.ts';

/** Removes throwaway organisations and the definitions that only they used. */
export const removeOrganisations = async (
  owner: Sql,
  ids: readonly string[],
  apps: readonly string[],
): Promise<void> => {
  for (const id of ids) await deleteWhole(owner, id);
  await removeDefinitions(owner, apps);
};
