import { randomBytes } from 'node:crypto';

import { gathered } from '../platform/bytes.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logging.ts';
import { asOrganisation, type Database, type Tx } from '../platform/postgres/index.ts';
import {
  type Keyring,
  keysById,
  keysFor,
  keysOfRow,
  newKeyring,
  openKeys,
  renewRecovery,
} from './keyring.ts';
import type { Identity } from './age/index.ts';
import type { Keys } from './keys.ts';
import { VaultError } from './errors.ts';
import type { Shelf } from './shelf/index.ts';
import { currentKey, type KeyRow } from './store.ts';

/** Where sealed things lie, and what opens them. */
export interface Vault {
  readonly db: Database;
  readonly shelf: Shelf;
  readonly ring: Keyring;
  /** The folder in which what arrives in pieces waits, sealed, until it is whole. */
  readonly staging: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

export const makeVault = (parts: Omit<Vault, 'ring'>, master: Identity): Vault => ({
  ...parts,
  ring: newKeyring(master),
});

/** A name on the shelf that says nothing, and was never used. */
export const newName = (organisationId: string): string => {
  const own = randomBytes(16).toString('hex');
  return `${organisationId}/${own.slice(0, 2)}/${own}.age`;
};

/** Where the wrapped key of an organisation lies beside its blobs: with the recovery key, all that is needed without a database. */
const keyName = (organisationId: string): string => `${organisationId}/key.age`;

const layBeside = async (vault: Vault, organisationId: string, wrapped: Buffer): Promise<void> => {
  await vault.shelf.remove(keyName(organisationId));
  await vault.shelf.put(
    keyName(organisationId),
    (async function* () {
      yield wrapped;
    })(),
  );
};

/** The power may have gone between the removal of the former key and the new one, or before its row was committed. */
export const layKeyAgain = async (vault: Vault, organisationId: string): Promise<void> => {
  const row = await asOrganisation(vault.db, organisationId, (tx) => currentKey(tx, organisationId));
  if (!row) return;
  const name = keyName(organisationId);
  const size = await vault.shelf.size(name);
  const lies = size === null ? null : await gathered(vault.shelf.read(name, 0, size));
  if (lies?.equals(row.wrapped) !== true) await layBeside(vault, organisationId, row.wrapped);
};

/**
 * Opens the vault of an organisation: from now on it can keep files.
 * @returns the recovery key, to be shown once
 * @throws VaultError `already_open`
 */
export const openVaultOf = (vault: Vault, organisationId: string): Promise<Identity> =>
  asOrganisation(vault.db, organisationId, async (tx) => {
    const { recovery, wrapped } = await openKeys(vault.ring, tx, organisationId, vault.clock.now());
    await layBeside(vault, organisationId, wrapped);
    return recovery;
  });

/** Another recovery key, shown once. @throws VaultError `closed`, `locked` */
export const renewRecoveryOf = (vault: Vault, organisationId: string): Promise<Identity> =>
  asOrganisation(vault.db, organisationId, async (tx) => {
    const { recovery, wrapped } = await renewRecovery(vault.ring, tx, organisationId);
    await layBeside(vault, organisationId, wrapped);
    return recovery;
  });

/** @param within a transaction that is open already. @throws VaultError `closed`, `locked` */
export const currentKeys = (vault: Vault, organisationId: string, within?: Tx): Promise<Keys> =>
  within
    ? keysFor(vault.ring, within, organisationId)
    : asOrganisation(vault.db, organisationId, (tx) => keysFor(vault.ring, tx, organisationId));

/** What opens what is sealed now, by its row that was just read. @throws VaultError `locked` */
export const keysRead = (vault: Vault, organisationId: string, row: KeyRow): Promise<Keys> =>
  keysOfRow(vault.ring, organisationId, row);

/** @throws VaultError `missing`, `locked` */
export const keysWithin = (vault: Vault, tx: Tx, organisationId: string, id: string): Promise<Keys> =>
  keysById(vault.ring, tx, organisationId, id);

/**
 * Refuses a master key that is of another installation, before anything is sealed to it.
 * @param organisationIds those that may have a key; the first that has one is asked
 * @throws VaultError `locked`
 */
export const mustOpen = async (vault: Vault, organisationIds: readonly string[]): Promise<void> => {
  for (const organisationId of organisationIds)
    try {
      await currentKeys(vault, organisationId);
      return;
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      if (error.code === 'locked')
        throw new VaultError(
          'locked',
          'The master key is another than the one under which the files of this database were kept: that of another ' +
            'installation, perhaps. Put the right one back (the file master-key of the data folder, from a backup, or ' +
            'VIGIE_MASTER_KEY). Nothing was changed. Without it, recovery keys alone open what was kept.',
          { cause: error },
        );
    }
};
