import { Refused, type TicketState } from '../engine/index.ts';
import { type About, type FileRow, filesLying, type LyingRow } from '../files/index.ts';
import { readingBy } from '../platform/postgres/index.ts';
import { type Call, lookUpTicket, seen } from '../tickets/index.ts';
import { type Blob, keysRead, type Vault } from '../vault/index.ts';
import { aboutOf, shownTo, type Which } from './view.ts';

/** What the path of a file names, whoever may see it. */
export interface Named {
  readonly state: TicketState | null;
  readonly file: LyingRow | undefined;
}

const fileOf = readingBy('id', filesLying);

/** Looks up what the path of a file names, all of it at once: who may have it is for `fileNamed` to say. */
export const lookUpFile = async (
  { db }: Vault,
  organisationId: string,
  which: Which,
  id: string,
): Promise<Named> => {
  const [state, file] = await Promise.all([
    lookUpTicket(db, organisationId, which),
    fileOf(db, organisationId, id),
  ]);
  return { state, file };
};

/** A file of a ticket, and where its bytes lie. */
export interface FileNamed {
  readonly state: TicketState;
  readonly row: FileRow;
  readonly about: About;
  readonly blob: Blob;
}

/**
 * The file of a path, to whoever sees the ticket and reads the field that it is in.
 * @param named as `lookUpFile` found it since this call came
 * @throws Refused `not_found`; VaultError `locked`
 */
export const fileNamed = async (vault: Vault, call: Call, named: Named): Promise<FileNamed> => {
  const { file } = named;
  const state = seen(call, named.state);
  if (!state || file?.ticketId !== state.id || file.releasedAt !== null || !shownTo(call, state)(file))
    throw new Refused({ code: 'not_found' });
  const blob = {
    id: file.blobId,
    name: file.blobName,
    keyId: file.blobKey,
    size: file.blobSize,
    stored: file.blobStored,
  };
  const keys = await keysRead(vault, call.house.id, { ...file, id: file.keyId });
  return { state, row: file, about: aboutOf(keys, file), blob };
};
