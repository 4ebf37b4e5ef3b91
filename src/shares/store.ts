import type { Tx } from '../platform/postgres/index.ts';
import type { Proof } from './policy.ts';

/** A share, as its row has it. */
export interface ShareRow {
  readonly id: string;
  readonly ticketId: string;
  readonly app: string;
  readonly fields: readonly string[];
  readonly folder: string | null;
  readonly fileId: string | null;
  readonly proof: Proof;
  readonly passphrase: Buffer | null;
  readonly metadata: 'kept' | 'stripped';
  readonly watermark: boolean;
  readonly about: Buffer | null;
  readonly createdAt: Date;
  readonly createdKind: 'member' | 'key';
  readonly createdBy: string;
  readonly expiresAt: Date;
  readonly most: number | null;
  readonly downloads: number;
  readonly revokedAt: Date | null;
}

const columns = (tx: Tx) => tx`
  s.id, s.ticket_id as "ticketId", s.app, s.fields, s.folder, s.file_id as "fileId", s.proof,
  s.passphrase_salted as passphrase, s.metadata, s.watermark, s.about, s.created_at as "createdAt",
  s.created_kind as "createdKind", s.created_by as "createdBy", s.expires_at as "expiresAt", s.most, s.downloads,
  s.revoked_at as "revokedAt"`;

export const insertShare = (
  tx: Tx,
  organisationId: string,
  share: Omit<ShareRow, 'downloads' | 'revokedAt'>,
): Promise<unknown> => tx`
  insert into share (organisation_id, id, ticket_id, app, fields, folder, file_id, proof, passphrase_salted, metadata,
    watermark, about, created_at, created_kind, created_by, expires_at, most)
  values (${organisationId}, ${share.id}, ${share.ticketId}, ${share.app}, ${share.fields as string[]}::text[],
    ${share.folder}, ${share.fileId}, ${share.proof}, ${share.passphrase}, ${share.metadata}, ${share.watermark},
    ${share.about}, ${share.createdAt}, ${share.createdKind}, ${share.createdBy}, ${share.expiresAt}, ${share.most})`;

export const shareById = async (
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<ShareRow | undefined> => {
  const [row] = await tx<ShareRow[]>`
    select ${columns(tx)} from share s where s.organisation_id = ${organisationId} and s.id = ${id}`;
  return row;
};

/** The shares of a ticket, the newest first. */
export const sharesOf = (
  tx: Tx,
  organisationId: string,
  ticketId: string,
  limit: number,
): Promise<ShareRow[]> => tx<ShareRow[]>`
  select ${columns(tx)} from share s
  where s.organisation_id = ${organisationId} and s.ticket_id = ${ticketId}
  order by s.created_at desc, s.id desc limit ${limit}`;

/** Shares that were not ended, of everybody or of who made them, the newest first. */
export const openShares = (
  tx: Tx,
  organisationId: string,
  by: string | null,
  now: Date,
  limit: number,
): Promise<ShareRow[]> => tx<ShareRow[]>`
  select ${columns(tx)} from share s
  where s.organisation_id = ${organisationId} and (${by}::uuid is null or s.created_by = ${by}::uuid)
    and s.revoked_at is null and s.expires_at > ${now}
  order by s.created_at desc, s.id desc limit ${limit}`;

/** Ends a share, if it had not been ended. */
export const endShare = async (tx: Tx, organisationId: string, id: string, at: Date): Promise<boolean> => {
  const rows = await tx`
    update share set revoked_at = ${at}
    where organisation_id = ${organisationId} and id = ${id} and revoked_at is null returning 1`;
  return rows.length > 0;
};

/** What somebody shared is another's from now on. @returns which */
export const giveShares = async (
  tx: Tx,
  organisationId: string,
  given: { readonly app: string; readonly from: string; readonly to: string },
): Promise<readonly string[]> => {
  const rows = await tx<{ id: string }[]>`
    update share set created_by = ${given.to}
    where organisation_id = ${organisationId} and app = ${given.app} and created_by = ${given.from}
      and created_kind = 'member' and revoked_at is null
    returning id`;
  return rows.map(({ id }) => id);
};

/** What somebody shared ends. @returns which */
export const endSharesOf = async (
  tx: Tx,
  organisationId: string,
  by: string,
  at: Date,
): Promise<readonly string[]> => {
  const rows = await tx<{ id: string }[]>`
    update share set revoked_at = ${at}
    where organisation_id = ${organisationId} and created_by = ${by} and created_kind = 'member' and revoked_at is null
    returning id`;
  return rows.map(({ id }) => id);
};

/** Forgets what ended long ago, and what was shared of tickets whose personal data was erased. */
export const forgetShares = (tx: Tx, organisationId: string, endedBefore: Date): Promise<unknown> => tx`
  delete from share s where s.organisation_id = ${organisationId}
    and (least(s.expires_at, coalesce(s.revoked_at, s.expires_at)) < ${endedBefore}
      or exists (select 1 from ticket t
        where t.organisation_id = ${organisationId} and t.id = s.ticket_id and t.erased_at is not null))`;
