import { asOrganisation } from '../platform/postgres/index.ts';
import { VaultError } from './errors.ts';
import { sumsOnShelf } from './keep.ts';
import { type BlobRow, damaged, leastVerified, setVerified } from './store.ts';
import { keysWithin, type Vault } from './vault.ts';

type Fault = BlobRow['fault'];

const look = async (
  vault: Vault,
  organisationId: string,
  blob: BlobRow & { readonly fingerprint: Buffer },
): Promise<Fault> => {
  try {
    const keys = await asOrganisation(vault.db, organisationId, (tx) =>
      keysWithin(vault, tx, organisationId, blob.keyId),
    );
    const { sha256 } = await sumsOnShelf(vault, keys, blob.name);
    return keys.fingerprint(Buffer.from(sha256, 'hex')).equals(blob.fingerprint) ? null : 'corrupt';
  } catch (error) {
    // A key that cannot be opened says nothing of the blobs, and neither does a shelf that is away.
    if (error instanceof VaultError && error.code === 'locked') throw error;
    if (error instanceof VaultError) return error.code === 'missing' ? 'missing' : 'corrupt';
    return 'unreadable';
  }
};

/**
 * Reads through to their end the blobs that were longest not, and writes down what is wrong.
 * @param before only those that were last read before, epoch milliseconds
 * @param most bytes to read at the most, but always one blob
 */
export const verify = async (
  vault: Vault,
  organisationId: string,
  before: number,
  most: number,
): Promise<{
  readonly read: number;
  readonly faults: readonly { readonly id: string; readonly fault: string }[];
}> => {
  const found: { id: string; fault: string }[] = [];
  let bytes = 0;
  let read = 0;
  for (;;) {
    const blobs = await asOrganisation(vault.db, organisationId, (tx) =>
      leastVerified(tx, organisationId, new Date(before), 20),
    );
    for (const blob of blobs) {
      if (read > 0 && bytes + blob.stored > most) return { read, faults: found };
      const fault = await look(vault, organisationId, blob);
      // Not before what was asked for: it would be read again, for ever.
      const at = new Date(Math.max(vault.clock.now(), before));
      await asOrganisation(vault.db, organisationId, (tx) =>
        setVerified(tx, organisationId, blob.id, fault, at),
      );
      if (fault !== null) {
        found.push({ id: blob.id, fault });
        vault.logger.error({ organisation: organisationId, blob: blob.id, fault }, 'A kept file is damaged.');
      }
      bytes += blob.stored;
      read += 1;
    }
    if (blobs.length === 0) return { read, faults: found };
  }
};

/** So many damaged blobs are looked at again in one go. */
const AGAIN = 50;

/**
 * Looks again at what was found damaged: a disk may be back, or somebody put a file back from a copy.
 * @param before those that were last looked at before, epoch milliseconds
 * @returns how many are whole again
 */
export const lookAgain = async (vault: Vault, organisationId: string, before: number): Promise<number> => {
  let healed = 0;
  const blobs = await asOrganisation(vault.db, organisationId, (tx) =>
    damaged(tx, organisationId, new Date(before), AGAIN),
  );
  for (const blob of blobs) {
    const fault = await look(vault, organisationId, blob);
    await asOrganisation(vault.db, organisationId, (tx) =>
      setVerified(tx, organisationId, blob.id, fault, new Date(vault.clock.now())),
    );
    if (fault === null) healed += 1;
  }
  return healed;
};
