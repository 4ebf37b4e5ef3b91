import type { Tx } from '../platform/postgres/index.ts';

/** What is done for an organisation's files, and what was told of it. */
export interface Care {
  readonly recoveryMadeAt: Date | null;
  /** When somebody said that they hold the recovery key; null since another was made. */
  readonly recoveryKeptAt: Date | null;
  readonly indexOf: string | null;
  readonly indexAt: Date | null;
  readonly alarmed: readonly string[];
  readonly alarmedAt: Date | null;
}

const NONE: Care = {
  recoveryMadeAt: null,
  recoveryKeptAt: null,
  indexOf: null,
  indexAt: null,
  alarmed: [],
  alarmedAt: null,
};

export const careOf = async (tx: Tx, organisationId: string): Promise<Care> => {
  const [row] = await tx<Care[]>`
    select recovery_made_at as "recoveryMadeAt", recovery_kept_at as "recoveryKeptAt", index_of as "indexOf",
      index_at as "indexAt", alarmed, alarmed_at as "alarmedAt"
    from vault_care where organisation_id = ${organisationId}`;
  return row ?? NONE;
};

/** The same, for one server at a time until the end of the transaction. */
export const lockCare = async (tx: Tx, organisationId: string): Promise<Care> => {
  await tx`insert into vault_care (organisation_id) values (${organisationId}) on conflict do nothing`;
  await tx`select 1 from vault_care where organisation_id = ${organisationId} for update`;
  return careOf(tx, organisationId);
};

export const setRecoveryMade = (tx: Tx, organisationId: string, at: Date): Promise<unknown> => tx`
  insert into vault_care (organisation_id, recovery_made_at) values (${organisationId}, ${at})
  on conflict (organisation_id) do update set recovery_made_at = ${at}, recovery_kept_at = null`;

export const setRecoveryKept = (tx: Tx, organisationId: string, at: Date): Promise<unknown> => tx`
  insert into vault_care (organisation_id, recovery_kept_at) values (${organisationId}, ${at})
  on conflict (organisation_id) do update set recovery_kept_at = ${at}`;

export const setIndexed = (tx: Tx, organisationId: string, of: string, at: Date): Promise<unknown> => tx`
  insert into vault_care (organisation_id, index_of, index_at) values (${organisationId}, ${of}, ${at})
  on conflict (organisation_id) do update set index_of = ${of}, index_at = ${at}`;

export const setAlarmed = (
  tx: Tx,
  organisationId: string,
  blobs: readonly string[],
  at: Date | null,
): Promise<unknown> => tx`
  update vault_care set alarmed = ${blobs as string[]}::uuid[], alarmed_at = ${at} where organisation_id = ${organisationId}`;

/** Damaged blobs, so many at the most: more than anybody tells apart. */
export const damagedBlobs = async (tx: Tx, organisationId: string): Promise<readonly string[]> =>
  (
    await tx<{ id: string }[]>`
      select id from blob where organisation_id = ${organisationId} and fault is not null order by id limit 10000`
  ).map(({ id }) => id);

/** Where the damaged files are named. */
export const damagedPlaces = (
  tx: Tx,
  organisationId: string,
  limit: number,
): Promise<
  { readonly app: string; readonly reference: string; readonly fault: string; readonly blob: string }[]
> => tx<{ app: string; reference: string; fault: string; blob: string }[]>`
  select coalesce(t.app, '') as app, coalesce(t.reference, '') as reference, b.fault, b.name as blob
  from blob b
  left join file f on f.organisation_id = ${organisationId} and f.blob_id = b.id
  left join ticket t on t.organisation_id = ${organisationId} and t.id = f.ticket_id
  where b.organisation_id = ${organisationId} and b.fault is not null
  order by app, reference, b.name limit ${limit}`;

/** What is damaged, a file or a preview of one, and the ticket that it belongs to. */
export interface DamagedFile {
  readonly ticketId: string | null;
  readonly fileId: string | null;
  readonly field: string | null;
  readonly about: Buffer | null;
  readonly fault: 'missing' | 'corrupt' | 'unreadable';
}

export const damagedFiles = (tx: Tx, organisationId: string, limit: number): Promise<DamagedFile[]> => tx<
  DamagedFile[]
>`
  select distinct on (coalesce(f.id, b.id)) f.ticket_id as "ticketId", f.id as "fileId", f.field, f.about, b.fault
  from blob b
  left join rendition r on r.organisation_id = ${organisationId} and r.blob_id = b.id
  left join file f on f.organisation_id = ${organisationId} and (f.blob_id = b.id or f.id = r.file_id)
  where b.organisation_id = ${organisationId} and b.fault is not null
  order by coalesce(f.id, b.id) limit ${limit}`;

export interface Totals {
  readonly files: number;
  readonly blobs: number;
  /** Of all that is kept, what was longest not read through. */
  readonly oldest: Date | null;
}

export const totalsOf = async (tx: Tx, organisationId: string): Promise<Totals> => {
  const [row] = await tx<Totals[]>`
    select (select count(*)::int from file where organisation_id = ${organisationId}) as files,
      count(*)::int as blobs, min(verified_at) as oldest
    from blob where organisation_id = ${organisationId}`;
  return row ?? { files: 0, blobs: 0, oldest: null };
};

/** Changes with everything that an index says: which files, in which blobs, at which places, for which keys. */
export const indexedOf = async (tx: Tx, organisationId: string): Promise<string> => {
  const [row] = await tx<{ of: string }[]>`
    select concat_ws(':',
      (select concat(k.id, k.recovery_recipient) from vault_key k
        where k.organisation_id = ${organisationId} and k.retired_at is null),
      (select concat(count(*), ' ', bit_xor(hashtextextended(concat_ws(' ', f.id, f.ticket_id, f.field, b.name), 0)))
        from file f join blob b on b.organisation_id = ${organisationId} and b.id = f.blob_id
        where f.organisation_id = ${organisationId}),
      (select concat(count(*), ' ', bit_xor(hashtextextended(concat_ws(' ', r.file_id, r.kind, b.name), 0)))
        from rendition r join blob b on b.organisation_id = ${organisationId} and b.id = r.blob_id
        where r.organisation_id = ${organisationId})) as of`;
  return row?.of ?? '';
};

export interface Indexed {
  readonly id: string;
  readonly blob: string;
  readonly about: Buffer;
  readonly size: number;
  readonly field: string | null;
  readonly app: string | null;
  readonly reference: string | null;
  readonly made: readonly { readonly kind: string; readonly blob: string }[];
}

/** A page of files behind one, with what was made of each. */
export const indexPage = (
  tx: Tx,
  organisationId: string,
  after: string,
  limit: number,
): Promise<Indexed[]> => tx<Indexed[]>`
  select f.id, b.name as blob, f.about, f.size::float8 as size, f.field, t.app, t.reference,
    coalesce((select json_agg(json_build_object('kind', r.kind, 'blob', m.name) order by r.kind)
      from rendition r join blob m on m.organisation_id = ${organisationId} and m.id = r.blob_id
      where r.organisation_id = ${organisationId} and r.file_id = f.id), '[]'::json) as made
  from file f join blob b on b.organisation_id = ${organisationId} and b.id = f.blob_id
  left join ticket t on t.organisation_id = ${organisationId} and t.id = f.ticket_id
  where f.organisation_id = ${organisationId} and f.id > ${after}
  order by f.id limit ${limit}`;

export interface CurrentKey {
  readonly recoveryRecipient: string;
  readonly createdAt: Date;
}

export const keySince = async (tx: Tx, organisationId: string): Promise<CurrentKey | null> => {
  const [row] = await tx<CurrentKey[]>`
    select recovery_recipient as "recoveryRecipient", created_at as "createdAt" from vault_key
    where organisation_id = ${organisationId} and retired_at is null`;
  return row ?? null;
};
