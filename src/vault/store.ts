import type { Tx } from '../platform/postgres/index.ts';

/** The key of an organisation, wrapped. */
export interface KeyRow {
  readonly id: string;
  readonly recipient: string;
  readonly recoveryRecipient: string;
  readonly wrapped: Buffer;
}

/** What lies on the shelf: under which name, for which key, how many bytes in plain and as they lie there. */
export interface Blob {
  readonly id: string;
  readonly name: string;
  readonly keyId: string;
  readonly size: number;
  readonly stored: number;
}

/** And what is known of it. */
export interface BlobRow extends Blob {
  readonly fault: 'missing' | 'corrupt' | 'unreadable' | null;
}

export const insertKey = (tx: Tx, organisationId: string, key: KeyRow, at: Date): Promise<unknown> => tx`
  insert into vault_key (organisation_id, id, recipient, recovery_recipient, wrapped, created_at)
  values (${organisationId}, ${key.id}, ${key.recipient}, ${key.recoveryRecipient}, ${key.wrapped}, ${at})`;

/** Another recovery key: what wraps the organisation's is replaced with it. */
export const rewrapKey = (
  tx: Tx,
  organisationId: string,
  key: Pick<KeyRow, 'id' | 'recoveryRecipient' | 'wrapped'>,
): Promise<unknown> => tx`
  update vault_key set recovery_recipient = ${key.recoveryRecipient}, wrapped = ${key.wrapped}
  where organisation_id = ${organisationId} and id = ${key.id}`;

export const currentKey = async (tx: Tx, organisationId: string): Promise<KeyRow | null> => {
  const [row] = await tx<KeyRow[]>`
    select id, recipient, recovery_recipient as "recoveryRecipient", wrapped from vault_key
    where organisation_id = ${organisationId} and retired_at is null`;
  return row ?? null;
};

export const keyById = async (tx: Tx, organisationId: string, id: string): Promise<KeyRow | null> => {
  const [row] = await tx<KeyRow[]>`
    select id, recipient, recovery_recipient as "recoveryRecipient", wrapped from vault_key
    where organisation_id = ${organisationId} and id = ${id}`;
  return row ?? null;
};

/**
 * Names a blob that lies on the shelf. When the same content is kept already, it is that one that is given, locked until
 * the end of the transaction so that it is not taken away meanwhile.
 */
export const upsertBlob = async (
  tx: Tx,
  organisationId: string,
  blob: Omit<BlobRow, 'fault'> & { readonly fingerprint: Buffer },
  at: Date,
): Promise<{ readonly id: string; readonly name: string }> => {
  const [row] = await tx<{ id: string; name: string }[]>`
    insert into blob (organisation_id, id, name, key_id, fingerprint, size, stored, created_at, verified_at)
    values (${organisationId}, ${blob.id}, ${blob.name}, ${blob.keyId}, ${blob.fingerprint}, ${blob.size},
      ${blob.stored}, ${at}, ${at})
    on conflict (organisation_id, fingerprint) do update set fingerprint = excluded.fingerprint
    returning id, name`;
  if (!row) throw new Error('A blob was neither written nor found.');
  return row;
};

/** The same content has come again, and what was kept of it is damaged: this one takes its place. */
export const replaceBlob = (
  tx: Tx,
  organisationId: string,
  id: string,
  blob: { readonly name: string; readonly keyId: string; readonly stored: number },
  at: Date,
): Promise<unknown> => tx`
  update blob set name = ${blob.name}, key_id = ${blob.keyId}, stored = ${blob.stored}, verified_at = ${at}, fault = null
  where organisation_id = ${organisationId} and id = ${id}`;

export const addUse = (tx: Tx, organisationId: string, bytes: number): Promise<unknown> => tx`
  insert into vault_use (organisation_id, stored) values (${organisationId}, ${bytes})
  on conflict (organisation_id) do update set stored = vault_use.stored + excluded.stored`;

/** What is kept, what is under way, and the most that may be: all in bytes. */
export const useOf = async (
  tx: Tx,
  organisationId: string,
  now: Date,
): Promise<{ readonly stored: number; readonly arriving: number; readonly quota: number | null }> => {
  const [row] = await tx<{ stored: number; arriving: number; quota: number | null }[]>`
    select coalesce(u.stored, 0)::float8 as stored, u.quota::float8 as quota,
      (select coalesce(sum(length), 0)::float8 from upload p
        where p.organisation_id = ${organisationId} and p.file_id is null and p.expires_at > ${now}) as arriving
    from (select 1) one left join vault_use u on u.organisation_id = ${organisationId}`;
  return row ?? { stored: 0, arriving: 0, quota: null };
};

export const blobsById = (tx: Tx, organisationId: string, ids: readonly string[]) => tx<BlobRow[]>`
  select id, name, key_id as "keyId", size::float8 as size, stored::float8 as stored, fault from blob
  where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[])`;

/** Blobs that nothing names any more, out of the tables. @returns their names, to be taken off the shelf once this is committed */
export const deleteUnnamed = async (
  tx: Tx,
  organisationId: string,
  limit: number,
): Promise<readonly { readonly name: string; readonly stored: number }[]> => tx<
  { name: string; stored: number }[]
>`
  delete from blob b where b.organisation_id = ${organisationId} and b.id in (
    select id from blob c where c.organisation_id = ${organisationId}
      and not exists (select from file f where f.organisation_id = ${organisationId} and f.blob_id = c.id)
      and not exists (select from rendition r where r.organisation_id = ${organisationId} and r.blob_id = c.id)
    order by id limit ${limit} for update skip locked)
  returning name, stored::float8 as stored`;

/** Which of these names are blobs. */
export const namedAmong = async (
  tx: Tx,
  organisationId: string,
  names: readonly string[],
): Promise<readonly string[]> =>
  (
    await tx<{ name: string }[]>`
      select name from blob where organisation_id = ${organisationId} and name = any(${names as string[]})`
  ).map(({ name }) => name);

/** The blobs that were longest not read through. */
export const leastVerified = (
  tx: Tx,
  organisationId: string,
  before: Date,
  limit: number,
): Promise<(BlobRow & { readonly fingerprint: Buffer })[]> => tx<(BlobRow & { fingerprint: Buffer })[]>`
  select id, name, key_id as "keyId", size::float8 as size, stored::float8 as stored, fault, fingerprint from blob
  where organisation_id = ${organisationId} and verified_at < ${before}
  order by verified_at limit ${limit}`;

export const setVerified = (
  tx: Tx,
  organisationId: string,
  id: string,
  fault: BlobRow['fault'],
  at: Date,
): Promise<unknown> => tx`
  update blob set verified_at = ${at}, fault = ${fault} where organisation_id = ${organisationId} and id = ${id}`;

/** What is damaged, for the alarm. */
export const faults = (
  tx: Tx,
  organisationId: string,
): Promise<{ readonly fault: string; readonly count: number }[]> => tx<{ fault: string; count: number }[]>`
  select fault, count(*)::int as count from blob where organisation_id = ${organisationId} and fault is not null
  group by fault order by fault`;

/** The most that may be kept, in bytes; null for as much as there is room. */
export const setQuota = (tx: Tx, organisationId: string, quota: number | null): Promise<unknown> => tx`
  insert into vault_use (organisation_id, quota) values (${organisationId}, ${quota})
  on conflict (organisation_id) do update set quota = excluded.quota`;

/** Damaged blobs that were last looked at before an instant, the longest ago first. */
export const damaged = (
  tx: Tx,
  organisationId: string,
  before: Date,
  limit: number,
): Promise<(BlobRow & { readonly fingerprint: Buffer })[]> => tx<(BlobRow & { fingerprint: Buffer })[]>`
  select id, name, key_id as "keyId", size::float8 as size, stored::float8 as stored, fault, fingerprint from blob
  where organisation_id = ${organisationId} and fault is not null and verified_at < ${before}
  order by verified_at limit ${limit}`;

/** Has any organisation a key? Then a master key was there. */
export const anyKey = async (sql: Tx): Promise<boolean> => {
  const [row] = await sql<{ there: boolean }[]>`select vigie_any_key() as there`;
  return row?.there ?? false;
};
