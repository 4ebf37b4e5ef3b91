import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

import { letGo } from '../platform/bytes.ts';
import { newId } from '../platform/ids.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { newSealer, openStream } from './age/index.ts';
import { VaultError } from './errors.ts';
import type { Keys } from './keys.ts';
import { addUse, blobsById, replaceBlob, upsertBlob } from './store.ts';
import { newName, type Vault } from './vault.ts';

/** Sums of what was kept, for whoever shows or gives it out. */
export interface Sums {
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly crc32: number;
}

/** On the shelf and read back, but named by no row yet. */
export interface Laid extends Sums {
  readonly name: string;
  readonly stored: number;
}

/** Counts and sums bytes as they pass. */
export const summing = (): { add(bytes: Uint8Array): void; done(): Sums } => {
  const hash = createHash('sha256');
  let size = 0;
  let crc = 0;
  return {
    add: (bytes) => {
      size += bytes.length;
      hash.update(bytes);
      crc = crc32(bytes, crc);
    },
    done: () => ({ size, sha256: hash.digest('hex'), crc32: crc }),
  };
};

async function* sealed(
  source: AsyncIterable<Uint8Array>,
  keys: Keys,
  add: (bytes: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  const sealer = await newSealer(keys.recipients);
  yield sealer.head;
  for await (const bytes of source) {
    add(bytes);
    for (const chunk of sealer.push(bytes)) {
      yield chunk;
      letGo(chunk);
    }
  }
  yield sealer.end();
}

/**
 * Reads what lies on the shelf through to its end.
 * @throws VaultError `missing`, `corrupt`
 */
export const sumsOnShelf = async (vault: Vault, keys: Keys, name: string): Promise<Sums> => {
  const stored = await vault.shelf.size(name);
  if (stored === null) throw new VaultError('missing', `${name} is not on the shelf.`);
  const sums = summing();
  try {
    for await (const bytes of openStream(vault.shelf.read(name, 0, stored), [keys.identity])) {
      sums.add(bytes);
      letGo(bytes);
    }
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'AgeError')
      throw new VaultError('corrupt', `${name} is not what was written.`, { cause });
    throw cause;
  }
  return sums.done();
};

/**
 * Seals bytes, lays them on the shelf and reads them back.
 * @throws VaultError `corrupt` when what was read is not what was written; ShelfFull, ShelfFailed
 */
export const lay = async (vault: Vault, keys: Keys, source: AsyncIterable<Uint8Array>): Promise<Laid> => {
  const name = newName(keys.organisationId);
  const sums = summing();
  const stored = await vault.shelf.put(name, sealed(source, keys, sums.add));
  const written = sums.done();
  const read = await sumsOnShelf(vault, keys, name);
  if (read.sha256 !== written.sha256) {
    await vault.shelf.remove(name);
    throw new VaultError('corrupt', 'What was read back is not what was written.');
  }
  return { ...written, name, stored };
};

/**
 * Names what was laid, in the transaction of whoever needs it; the same content of the same organisation is kept once.
 * Afterwards, `tidy` takes off the shelf what turned out to be there already.
 * @returns the id of the blob, and what is now superfluous
 */
export const name = async (
  vault: Vault,
  tx: Tx,
  keys: Keys,
  laid: Laid,
): Promise<{ readonly blobId: string; readonly superfluous: string | null }> => {
  const now = vault.clock.now();
  const organisationId = keys.organisationId;
  const fingerprint = keys.fingerprint(Buffer.from(laid.sha256, 'hex'));
  const own = { id: newId(now), name: laid.name, keyId: keys.id, size: laid.size, stored: laid.stored };
  const kept = await upsertBlob(tx, organisationId, { ...own, fingerprint }, new Date(now));
  if (kept.id === own.id) {
    await addUse(tx, organisationId, laid.stored);
    return { blobId: own.id, superfluous: null };
  }
  const [known] = await blobsById(tx, organisationId, [kept.id]);
  if (known?.fault == null) return { blobId: kept.id, superfluous: laid.name };
  await replaceBlob(tx, organisationId, kept.id, own, new Date(now));
  await addUse(tx, organisationId, laid.stored - known.stored);
  return { blobId: kept.id, superfluous: known.name };
};

/** Seals, lays and names in one: for what is small, and ours. */
export const keep = async <T>(
  vault: Vault,
  keys: Keys,
  source: AsyncIterable<Uint8Array>,
  then: (tx: Tx, kept: Laid & { readonly blobId: string }) => Promise<T>,
): Promise<T> => {
  const laid = await lay(vault, keys, source);
  return keepLaid(vault, keys, laid, then);
};

/** Names what was laid together with what its maker writes of it, in one transaction. */
export const keepLaid = async <T>(
  vault: Vault,
  keys: Keys,
  laid: Laid,
  then: (tx: Tx, kept: Laid & { readonly blobId: string }) => Promise<T>,
): Promise<T> => {
  const { result, superfluous } = await asOrganisation(vault.db, keys.organisationId, async (tx) => {
    const { blobId, superfluous: other } = await name(vault, tx, keys, laid);
    return { result: await then(tx, { ...laid, blobId }), superfluous: other };
  });
  // Whatever happens now, what remains is found by the sweep.
  if (superfluous !== null) await vault.shelf.remove(superfluous).catch(() => {});
  return result;
};
