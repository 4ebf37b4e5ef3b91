import type { AppDefinition } from '../engine/index.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { collect, type Vault } from '../vault/index.ts';
import { deleteFilesOf, deleteForgotten } from './store.ts';

/** How long what was uploaded waits to be used, and what was taken out of a field can be put back. */
const LOOSE = 24 * 3_600_000;
export const RELEASED = 30 * 24 * 3_600_000;

/** Erases what nobody used and what was taken out long ago, and takes it off the shelf. @returns how many files went */
export const forgetFiles = async (vault: Vault, organisationId: string): Promise<number> => {
  const now = vault.clock.now();
  const gone = await asOrganisation(vault.db, organisationId, (tx) =>
    deleteForgotten(tx, organisationId, new Date(now - LOOSE), new Date(now - RELEASED)),
  );
  await collect(vault, organisationId);
  return gone;
};

/**
 * Erases the files of the sealed fields of a ticket, at once and not in thirty days: they are of a person who is erased.
 * Their blobs are left without a name: `collect` takes them off the shelf once this is committed.
 * @returns how many there were
 */
export const eraseSealedFiles = (
  tx: Tx,
  organisationId: string,
  { fields }: Pick<AppDefinition, 'fields'>,
  ticketId: string,
): Promise<number> => {
  const sealed = Object.entries(fields).flatMap(([name, { is, sealed: hidden }]) =>
    is === 'files' && hidden ? [name] : [],
  );
  return sealed.length === 0 ? Promise.resolve(0) : deleteFilesOf(tx, organisationId, ticketId, sealed);
};
