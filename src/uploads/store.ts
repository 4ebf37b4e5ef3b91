import type { Tx } from '../platform/postgres/index.ts';

/** What arrives in pieces, as its row has it; what is sealed is opened with the organisation's keys. */
export interface UploadRow {
  readonly id: string;
  /** Bytes that were announced; while they are not, those that have come. */
  readonly length: number;
  readonly about: Buffer;
  readonly keyId: string;
  readonly expiresAt: Date;
  readonly createdKind: string;
  readonly createdBy: string | null;
  /** A piece of a larger one. */
  readonly part: boolean;
  /** What it became. */
  readonly fileId: string | null;
}

const columns = (tx: Tx) => tx`
  id, length::float8 as length, about, key_id as "keyId", expires_at as "expiresAt", created_kind as "createdKind",
  created_by as "createdBy", part, file_id as "fileId"`;

export const insertUpload = (
  tx: Tx,
  organisationId: string,
  row: UploadRow,
  at: Date,
): Promise<unknown> => tx`
  insert into upload (organisation_id, id, length, about, key_id, created_at, expires_at, created_kind, created_by, part,
    file_id)
  values (${organisationId}, ${row.id}, ${row.length}, ${row.about}, ${row.keyId}, ${at}, ${row.expiresAt},
    ${row.createdKind}, ${row.createdBy}, ${row.part}, ${row.fileId})`;

export const uploadById = async (tx: Tx, organisationId: string, id: string): Promise<UploadRow | null> => {
  const [row] = await tx<UploadRow[]>`
    select ${columns(tx)} from upload where organisation_id = ${organisationId} and id = ${id}`;
  return row ?? null;
};

export const setLength = (
  tx: Tx,
  organisationId: string,
  id: string,
  { length, about }: Pick<UploadRow, 'length' | 'about'>,
): Promise<unknown> => tx`
  update upload set length = ${length}, about = ${about} where organisation_id = ${organisationId} and id = ${id}`;

/** Says what they became, each once. @returns how many had become nothing yet */
export const setArrived = async (
  tx: Tx,
  organisationId: string,
  ids: readonly string[],
  fileId: string,
): Promise<number> =>
  (
    await tx`
      update upload set file_id = ${fileId}
      where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[]) and file_id is null
      returning id`
  ).length;

export const deleteUploads = (tx: Tx, organisationId: string, ids: readonly string[]): Promise<unknown> => tx`
  delete from upload where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[])`;

/** Held until the end of the transaction: nobody else counts what is kept meanwhile. */
export const lockUse = (tx: Tx, organisationId: string): Promise<unknown> => tx`
  insert into vault_use as u (organisation_id) values (${organisationId})
  on conflict (organisation_id) do update set stored = u.stored`;

/** How many somebody has begun and not brought to an end. */
export const countOpen = async (
  tx: Tx,
  organisationId: string,
  by: { readonly kind: string; readonly id: string | null },
  now: Date,
): Promise<number> => {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from upload
    where organisation_id = ${organisationId} and created_kind = ${by.kind} and created_by = ${by.id}
      and file_id is null and expires_at > ${now}`;
  return row?.count ?? 0;
};

/** Those that became nothing yet and still may, but for pieces. */
export const unfinished = (tx: Tx, organisationId: string, now: Date): Promise<UploadRow[]> => tx<
  UploadRow[]
>`
  select ${columns(tx)} from upload
  where organisation_id = ${organisationId} and file_id is null and not part and expires_at > ${now} order by id`;

/** Those whose time is over. @returns their ids, out of the table */
export const deleteExpired = async (tx: Tx, organisationId: string, now: Date): Promise<readonly string[]> =>
  (
    await tx<{ id: string }[]>`
      delete from upload where organisation_id = ${organisationId} and expires_at <= ${now} returning id`
  ).map(({ id }) => id);

/** Which of these still wait for what lies in the staging folder. */
export const waitingAmong = async (
  tx: Tx,
  organisationId: string,
  ids: readonly string[],
): Promise<readonly string[]> =>
  (
    await tx<{ id: string }[]>`
      select id from upload
      where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[]) and file_id is null`
  ).map(({ id }) => id);
