import { gathered } from '../platform/bytes.ts';
import { asOrganisation, readingBy } from '../platform/postgres/index.ts';
import { type Opener, openHead, openRange } from './age/index.ts';
import { VaultError } from './errors.ts';
import { ShelfFailed } from './shelf/index.ts';
import { type Blob, blobsById, setVerified } from './store.ts';
import { keysWithin, type Vault } from './vault.ts';

/** Bytes of a file that hold the header of ours: two recipients and their sums. */
const HEAD = 4096;
/** Bytes that are given out at a time. */
const PIECE = 512 * 1024;
/** Blobs of which the head is not read again when a part of them is asked for once more. */
const REMEMBERED = 256;

/** A blob that can be read. */
export interface Reading {
  readonly size: number;
  /** Plain bytes [from, to). @throws VaultError `corrupt`, `missing`; ShelfFailed */
  read(from: number, to: number): AsyncIterable<Buffer>;
}

const blobOf = readingBy('id', blobsById);

/** Writes down what is wrong with a blob, for all to see, and says it to whoever reads. */
const alarm = async (
  vault: Vault,
  organisationId: string,
  blob: Blob,
  code: 'missing' | 'corrupt',
  cause: unknown,
): Promise<VaultError> => {
  vault.logger.error({ organisation: organisationId, blob: blob.id, fault: code }, 'A kept file is damaged.');
  const at = new Date(vault.clock.now());
  await asOrganisation(vault.db, organisationId, (tx) => setVerified(tx, organisationId, blob.id, code, at));
  return new VaultError(code, 'What is on the shelf is not what was written.', { cause });
};

/** What the shelf or the seal says of a read, as the vault says it. */
const told = async (vault: Vault, organisationId: string, blob: Blob, error: unknown): Promise<unknown> => {
  if (error instanceof Error && error.name === 'AgeError')
    return alarm(vault, organisationId, blob, 'corrupt', error);
  if (error instanceof ShelfFailed && (await vault.shelf.size(blob.name)) === null)
    return alarm(vault, organisationId, blob, 'missing', error);
  return error;
};

/** What opens a blob: remembered, or made of its head. */
const openerOf = async (vault: Vault, organisationId: string, blob: Blob): Promise<Opener> => {
  const { openers } = vault.ring;
  const known = openers.get(blob.name);
  if (known) {
    // Said before anything is given, as when the head is read.
    if ((await vault.shelf.size(blob.name)) !== null) return known;
    throw await alarm(vault, organisationId, blob, 'missing', undefined);
  }
  const by = await asOrganisation(vault.db, organisationId, (tx) =>
    keysWithin(vault, tx, organisationId, blob.keyId),
  );
  const start = await gathered(vault.shelf.read(blob.name, 0, Math.min(HEAD, blob.stored)));
  const opener = await openHead(start, [by.identity]);
  if (openers.size >= REMEMBERED) openers.delete(openers.keys().next().value ?? '');
  openers.set(blob.name, opener);
  return opener;
};

/**
 * Opens a blob: what one reads of it is read from the shelf when it is asked for, and no more.
 * @throws VaultError `missing`, `corrupt`, `locked`; ShelfFailed
 */
export const openBlob = async (vault: Vault, organisationId: string, id: string): Promise<Reading> => {
  const blob = await blobOf(vault.db, organisationId, id);
  if (!blob) throw new VaultError('missing', 'There is no such blob.');
  return openKnown(vault, organisationId, blob);
};

/** The same, of a blob whose row was just read. @throws VaultError `missing`, `corrupt`, `locked`; ShelfFailed */
export const openKnown = async (vault: Vault, organisationId: string, blob: Blob): Promise<Reading> => {
  const opener = await openerOf(vault, organisationId, blob).catch(async (error: unknown) => {
    throw await told(vault, organisationId, blob, error);
  });
  return {
    size: blob.size,
    read: async function* (from, to) {
      try {
        const stored = (a: number, b: number) => vault.shelf.read(blob.name, a, b);
        const pieces = openRange(opener, stored, blob.stored, from, to, { size: PIECE });
        for await (const piece of pieces) yield piece;
      } catch (error) {
        throw await told(vault, organisationId, blob, error);
      }
    },
  };
};
