import { createHash } from 'node:crypto';

import { type About, aboutSchema, type FileRow, lockFiles, setAbout } from '../files/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { currentKeys, openBlob, type Vault, VaultError } from '../vault/index.ts';

/** Reads a blob through: its SHA-512, once its SHA-256 is what it was when it came. @throws VaultError */
const readThrough = async (
  vault: Vault,
  organisationId: string,
  row: FileRow,
  about: About,
): Promise<string> => {
  const [short, long] = [createHash('sha256'), createHash('sha512')];
  const { size, read } = await openBlob(vault, organisationId, row.blobId);
  for await (const bytes of read(0, size)) {
    short.update(bytes);
    long.update(bytes);
  }
  if (short.digest('hex') !== about.sha256)
    throw new VaultError('corrupt', 'A blob is another than its file says.');
  return long.digest('hex');
};

/** Writes the sum down for the next time, beside whatever else is known by now. */
const remember = async (
  vault: Vault,
  organisationId: string,
  row: FileRow,
  sha512: string,
): Promise<void> => {
  const keys = await currentKeys(vault, organisationId);
  await asOrganisation(vault.db, organisationId, async (tx) => {
    const [now] = await lockFiles(tx, organisationId, [row.id]);
    if (!now || now.blobId !== row.blobId) return;
    const about = aboutSchema.parse(keys.openAbout(row.id, now.about));
    await setAbout(tx, organisationId, row.id, keys.sealAbout(row.id, { ...about, sha512 }));
  });
};

/**
 * The SHA-512 of a file: from what is known of it or, the first time, from its content.
 * @param anyway reads the content through even when the sum is known: whether it is whole is then known as well
 * @throws VaultError `missing`, `corrupt`
 */
export const sha512Of = async (
  vault: Vault,
  organisationId: string,
  row: FileRow,
  about: About,
  anyway: boolean,
): Promise<string> => {
  if (about.sha512 !== undefined && !anyway) return about.sha512;
  const sha512 = await readThrough(vault, organisationId, row, about);
  if (about.sha512 === undefined) await remember(vault, organisationId, row, sha512);
  return sha512;
};
