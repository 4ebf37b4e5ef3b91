import { asOrganisation } from '../platform/postgres/index.ts';
import type { Gift } from '../platform/http/give.ts';
import { type About, type FileRow, renditionAbout, renditionsOf } from '../files/index.ts';
import { type Blob, currentKeys, openBlob, openKnown, type Vault } from '../vault/index.ts';

/** What is read of a file, with the sums that a zip needs. */
export interface Bytes extends Gift {
  readonly crc32: number;
  readonly sha256: string;
}

/** The file as it came. @param blob when its row was just read. @throws VaultError */
export const original = async (
  vault: Vault,
  organisationId: string,
  row: FileRow,
  { name, crc32, sha256 }: About,
  blob?: Blob,
): Promise<Bytes> => {
  const { size, read } = await (blob
    ? openKnown(vault, organisationId, blob)
    : openBlob(vault, organisationId, row.blobId));
  return { name, type: row.type ?? 'application/octet-stream', size, tag: row.id, crc32, sha256, read };
};

/** What was made of it; `null` when there is none of the kind. @throws VaultError */
export const rendition = async (
  vault: Vault,
  organisationId: string,
  row: FileRow,
  { name }: About,
  kind: 'small' | 'large' | 'stripped',
): Promise<Bytes | null> => {
  const made = await asOrganisation(vault.db, organisationId, async (tx) =>
    (await renditionsOf(tx, organisationId, [row.id])).find((one) => one.kind === kind),
  );
  if (!made) return null;
  const keys = await currentKeys(vault, organisationId);
  const sums = renditionAbout.parse(keys.openAbout(`${row.id}/${kind}`, made.about));
  const { size, read } = await openBlob(vault, organisationId, made.blobId);
  return { name, type: made.type, size, tag: `${row.id}-${kind}`, ...sums, read };
};

/**
 * What leaves to people outside: pictures without what they say of place and time, unless their owner chose otherwise.
 * @returns `null` for a picture of which that could not be taken away: it does not leave
 */
export const outgoing = async (
  vault: Vault,
  organisationId: string,
  row: FileRow,
  about: About,
  metadata: 'kept' | 'stripped',
): Promise<Bytes | null> => {
  const isPicture = row.type === null || row.type.startsWith('image/');
  if (metadata === 'kept' || !isPicture) return original(vault, organisationId, row, about);
  return rendition(vault, organisationId, row, about, 'stripped');
};

/**
 * The same for many, of which all is known before one is opened: each is when it is first read, and no sooner.
 * @returns as many, in their order
 */
export const outgoingLater = async (
  vault: Vault,
  organisationId: string,
  files: readonly { readonly row: FileRow; readonly about: About }[],
  metadata: 'kept' | 'stripped',
): Promise<readonly (Bytes | null)[]> => {
  const later = (blobId: string): Bytes['read'] =>
    async function* (from, to) {
      yield* (await openBlob(vault, organisationId, blobId)).read(from, to);
    };
  const keys = await currentKeys(vault, organisationId);
  const ids = files.map(({ row }) => row.id);
  const made = await asOrganisation(vault.db, organisationId, (tx) => renditionsOf(tx, organisationId, ids));
  return files.map(({ row, about: { name, crc32, sha256 } }) => {
    const { id, size, blobId } = row;
    if (metadata === 'kept' || !(row.type === null || row.type.startsWith('image/'))) {
      const type = row.type ?? 'application/octet-stream';
      return { name, type, size, tag: id, crc32, sha256, read: later(blobId) };
    }
    const stripped = made.find(({ fileId, kind }) => fileId === id && kind === 'stripped');
    if (!stripped) return null;
    const sums = renditionAbout.parse(keys.openAbout(`${id}/stripped`, stripped.about));
    return {
      name,
      type: stripped.type,
      size: stripped.size,
      tag: `${id}-stripped`,
      ...sums,
      read: later(stripped.blobId),
    };
  });
};
