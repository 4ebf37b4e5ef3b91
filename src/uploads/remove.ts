import { deleteFiles } from '../files/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { collect } from '../vault/index.ts';
import type { Desk } from './desk.ts';
import { deleteUploads } from './store.ts';
import type { Upload } from './upload.ts';

/** Takes back what somebody sent, also once it is a file, as long as no ticket has it; its room is free at once. */
export const remove = async ({ vault }: Desk, { row, keys, file }: Upload): Promise<void> => {
  const { organisationId } = keys;
  await asOrganisation(vault.db, organisationId, async (tx) => {
    await deleteUploads(tx, organisationId, [row.id]);
    if (file) await deleteFiles(tx, organisationId, [file.id]);
  });
  if (file) await collect(vault, organisationId);
};
