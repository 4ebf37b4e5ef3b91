import type { Tx } from '../platform/postgres/index.ts';

export type FileState = 'waiting' | 'kept' | 'quarantined';

/** Why a file is in quarantine. */
export type Reason =
  'infected' | 'not_scanned' | 'too_large_to_scan' | 'health_data' | 'not_accepted' | 'not_sealed';

/** A file as its row has it; what is sealed is opened with the organisation's keys. */
export interface FileRow {
  readonly id: string;
  readonly blobId: string;
  readonly about: Buffer;
  readonly size: number;
  readonly type: string | null;
  readonly state: FileState;
  readonly reason: Reason | null;
  readonly warnings: readonly string[];
  readonly provesHealth: boolean;
  readonly tries: number;
  readonly ticketId: string | null;
  readonly field: string | null;
  readonly createdAt: Date;
  readonly createdKind: string;
  readonly createdBy: string | null;
  readonly releasedAt: Date | null;
}

const columns = (tx: Tx) => tx`
  id, blob_id as "blobId", about, size::float8 as size, type, state, reason, warnings, proves_health as "provesHealth", tries, ticket_id as "ticketId", field,
  created_at as "createdAt", created_kind as "createdKind", created_by as "createdBy", released_at as "releasedAt"`;

export interface NewFile {
  readonly id: string;
  readonly blobId: string;
  readonly about: Buffer;
  readonly size: number;
  readonly createdKind: string;
  readonly createdBy: string | null;
  /** Where it already belongs, when a command of the frame puts it there. */
  readonly ticketId?: string | null;
  readonly field?: string | null;
}

/** A file that has arrived whole, and waits to be looked at. */
export const insertFile = (tx: Tx, organisationId: string, file: NewFile, at: Date): Promise<unknown> => tx`
  insert into file (organisation_id, id, blob_id, about, size, created_at, created_kind, created_by, look_at, ticket_id, field)
  values (${organisationId}, ${file.id}, ${file.blobId}, ${file.about}, ${file.size}, ${at}, ${file.createdKind},
    ${file.createdBy}, ${at}, ${file.ticketId ?? null}, ${file.field ?? null})`;

export const filesById = (tx: Tx, organisationId: string, ids: readonly string[]): Promise<FileRow[]> => tx<
  FileRow[]
>`
  select ${columns(tx)} from file where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[])`;

/** A file, where its bytes lie, and the key that its organisation seals with. */
export interface LyingRow extends FileRow {
  readonly blobName: string;
  readonly blobKey: string;
  readonly blobSize: number;
  readonly blobStored: number;
  readonly keyId: string;
  readonly recipient: string;
  readonly recoveryRecipient: string;
  readonly wrapped: Buffer;
}

/** Files, each with the blob that it is and what opens what is known of it: all that it takes to give it. */
export const filesLying = (tx: Tx, organisationId: string, ids: readonly string[]) => tx<LyingRow[]>`
  select f.*, b.name as "blobName", b.key_id as "blobKey", b.size::float8 as "blobSize",
    b.stored::float8 as "blobStored", k.id as "keyId", k.recipient, k.recovery_recipient as "recoveryRecipient", k.wrapped
  from (select ${columns(tx)} from file
    where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[])) f
  join blob b on b.organisation_id = ${organisationId} and b.id = f."blobId"
  join vault_key k on k.organisation_id = ${organisationId} and k.retired_at is null`;

/** The same, held until the end of the transaction. */
export const lockFiles = (tx: Tx, organisationId: string, ids: readonly string[]): Promise<FileRow[]> => tx<
  FileRow[]
>`
  select ${columns(tx)} from file where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[])
  order by id for update`;

/** Files that fields of a ticket name, oldest first. */
export const filesOfTicket = (tx: Tx, organisationId: string, ticketId: string): Promise<FileRow[]> => tx<
  FileRow[]
>`
  select ${columns(tx)} from file
  where organisation_id = ${organisationId} and ticket_id = ${ticketId} and released_at is null order by id`;

/** From here on they are a field's; what had been released is its again. */
export const claimFiles = (
  tx: Tx,
  organisationId: string,
  ids: readonly string[],
  ticketId: string,
  field: string,
): Promise<unknown> => tx`
  update file set ticket_id = ${ticketId}, field = ${field}, released_at = null
  where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[])`;

/** What was found in it does not belong where it was just put, or does where it was not. */
export const setState = (
  tx: Tx,
  organisationId: string,
  id: string,
  state: FileState,
  reason: Reason | null,
): Promise<unknown> => tx`
  update file set state = ${state}, reason = ${reason} where organisation_id = ${organisationId} and id = ${id}`;

/** Into a field of another ticket, where nothing is known of it yet: nobody gets it before it was looked at again. */
export const carryFile = (
  tx: Tx,
  organisationId: string,
  id: string,
  to: { readonly ticketId: string; readonly field: string },
  at: Date,
): Promise<unknown> => tx`
  update file set ticket_id = ${to.ticketId}, field = ${to.field}, released_at = null, state = 'waiting', reason = null,
    warnings = '{}', tries = 0, look_at = ${at}
  where organisation_id = ${organisationId} and id = ${id}`;

/** What was found in it was no proof, somebody said: it is kept where it is. */
export const clearFile = (tx: Tx, organisationId: string, id: string, about: Buffer): Promise<unknown> => tx`
  update file set state = 'kept', reason = null, proves_health = false, about = ${about}
  where organisation_id = ${organisationId} and id = ${id}`;

interface PlaceRow {
  readonly app: string;
  readonly ticketId: string;
  readonly field: string;
  readonly onlySealed: boolean;
}

/** The app, ticket and field that a file is kept in, and whether it came by a link that takes only what is sealed. */
export const placeOfFile = async (tx: Tx, organisationId: string, id: string): Promise<PlaceRow | null> => {
  const [row] = await tx<PlaceRow[]>`
    select t.app, t.id as "ticketId", f.field, f.created_kind = 'drop' and exists (
      select 1 from deposit d join drop_link l on l.organisation_id = ${organisationId} and l.id = d.drop_id
      where d.organisation_id = ${organisationId} and d.id = f.created_by and l.sealed) as "onlySealed"
    from file f join ticket t on t.organisation_id = ${organisationId} and t.id = f.ticket_id
    where f.organisation_id = ${organisationId} and f.id = ${id}`;
  return row ?? null;
};

/** No field names them any more. */
export const releaseFiles = (
  tx: Tx,
  organisationId: string,
  ids: readonly string[],
  at: Date,
): Promise<unknown> => tx`
  update file set released_at = ${at}
  where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[]) and released_at is null`;

/** For good: what they held is taken off the shelf when nothing else has the same content. */
export const deleteFiles = (tx: Tx, organisationId: string, ids: readonly string[]): Promise<unknown> => tx`
  delete from file where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[])`;

/** All that these fields of a ticket ever held, also what was taken out of them. @returns how many went */
export const deleteFilesOf = async (
  tx: Tx,
  organisationId: string,
  ticketId: string,
  fields: readonly string[],
): Promise<number> =>
  (
    await tx`
      delete from file where organisation_id = ${organisationId} and ticket_id = ${ticketId}
        and field = any(${fields as string[]}) returning id`
  ).length;

/** Loose ones that nobody used, and released ones that nobody took back. @returns how many went */
export const deleteForgotten = async (
  tx: Tx,
  organisationId: string,
  looseBefore: Date,
  releasedBefore: Date,
): Promise<number> =>
  (
    await tx`
      delete from file where organisation_id = ${organisationId}
        and ((ticket_id is null and created_at < ${looseBefore}) or released_at < ${releasedBefore})
      returning id`
  ).length;

/** What has to be looked at now, each for one server at a time. */
export const dueToLook = (tx: Tx, organisationId: string, now: Date, limit: number): Promise<FileRow[]> => tx<
  FileRow[]
>`
  select ${columns(tx)} from file where organisation_id = ${organisationId} and look_at <= ${now}
  order by look_at, id limit ${limit} for update skip locked`;

/** Nobody else looks before then. */
export const lookLater = (
  tx: Tx,
  organisationId: string,
  id: string,
  at: Date | null,
  tries: number,
): Promise<unknown> => tx`
  update file set look_at = ${at}, tries = ${tries} where organisation_id = ${organisationId} and id = ${id}`;

/** Of these, those that nobody has looked at since are held until later. */
export const holdLonger = (
  tx: Tx,
  organisationId: string,
  ids: readonly string[],
  until: Date,
  next: Date,
): Promise<unknown> => tx`
  update file set look_at = ${next}
  where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[]) and look_at = ${until}`;

/** What came of looking. */
export const setLooked = (
  tx: Tx,
  organisationId: string,
  id: string,
  found: {
    readonly type: string;
    readonly state: FileState;
    readonly reason: Reason | null;
    readonly warnings: readonly string[];
    readonly provesHealth: boolean;
    readonly about: Buffer;
    readonly lookAt: Date | null;
  },
): Promise<unknown> => tx`
  update file set type = ${found.type}, state = ${found.state}, reason = ${found.reason},
    warnings = ${found.warnings as string[]}, proves_health = ${found.provesHealth}, about = ${found.about}, look_at = ${found.lookAt}
  where organisation_id = ${organisationId} and id = ${id}`;

export const setAbout = (tx: Tx, organisationId: string, id: string, about: Buffer): Promise<unknown> => tx`
  update file set about = ${about} where organisation_id = ${organisationId} and id = ${id}`;

export interface RenditionRow {
  readonly kind: 'small' | 'large' | 'stripped';
  readonly blobId: string;
  readonly size: number;
  readonly type: string;
  readonly about: Buffer;
}

export const insertRendition = (
  tx: Tx,
  organisationId: string,
  fileId: string,
  made: RenditionRow,
): Promise<unknown> => tx`
  insert into rendition (organisation_id, file_id, kind, blob_id, size, type, about)
  values (${organisationId}, ${fileId}, ${made.kind}, ${made.blobId}, ${made.size}, ${made.type}, ${made.about})
  on conflict (organisation_id, file_id, kind) do update
    set blob_id = excluded.blob_id, size = excluded.size, type = excluded.type, about = excluded.about`;

/** What was made of these files, by file. */
export const renditionsOf = (
  tx: Tx,
  organisationId: string,
  fileIds: readonly string[],
): Promise<(RenditionRow & { readonly fileId: string })[]> => tx<(RenditionRow & { fileId: string })[]>`
  select file_id as "fileId", kind, blob_id as "blobId", size::float8 as size, type, about from rendition
  where organisation_id = ${organisationId} and file_id = any(${fileIds as string[]}::uuid[])`;
