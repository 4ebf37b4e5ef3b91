import type { Tx } from '../../platform/postgres/index.ts';
import type { Proof } from '../policy.ts';

/** A link of a share, for somebody who is named or for whoever has it. */
export interface LinkRow {
  readonly id: string;
  readonly shareId: string;
  readonly memberId: string | null;
  readonly about: Buffer | null;
  readonly revokedAt: Date | null;
}

export interface NewLink {
  readonly id: string;
  readonly shareId: string;
  readonly secretHash: Buffer | null;
  readonly memberId: string | null;
  readonly about: Buffer | null;
}

export const insertLinks = (tx: Tx, organisationId: string, links: readonly NewLink[]): Promise<unknown> =>
  Promise.all(
    links.map(
      (link) => tx`
        insert into share_link (organisation_id, id, share_id, secret_hash, member_id, about)
        values (${organisationId}, ${link.id}, ${link.shareId}, ${link.secretHash}, ${link.memberId}, ${link.about})`,
    ),
  );

const columns = (tx: Tx) => tx`
  id, share_id as "shareId", member_id as "memberId", about, revoked_at as "revokedAt"`;

export const linksOfShares = (
  tx: Tx,
  organisationId: string,
  shareIds: readonly string[],
): Promise<LinkRow[]> => tx<LinkRow[]>`
  select ${columns(tx)} from share_link
  where organisation_id = ${organisationId} and share_id = any(${shareIds as string[]}::uuid[]) order by id`;

export const linkById = async (tx: Tx, organisationId: string, id: string): Promise<LinkRow | undefined> => {
  const [row] = await tx<LinkRow[]>`
    select ${columns(tx)} from share_link where organisation_id = ${organisationId} and id = ${id}`;
  return row;
};

export const endLink = async (tx: Tx, organisationId: string, id: string, at: Date): Promise<boolean> => {
  const rows = await tx`
    update share_link set revoked_at = ${at}
    where organisation_id = ${organisationId} and id = ${id} and revoked_at is null returning 1`;
  return rows.length > 0;
};

/**
 * Keeps a code that is about to be sent, unless one was sent since.
 * @returns whether it is the one that counts now
 */
export const setCode = async (
  tx: Tx,
  organisationId: string,
  id: string,
  code: { readonly salted: Buffer; readonly until: Date },
  { at, since }: { readonly at: Date; readonly since: Date },
): Promise<boolean> => {
  const rows = await tx`
    update share_link set code_salted = ${code.salted}, code_until = ${code.until}, code_sent_at = ${at}
    where organisation_id = ${organisationId} and id = ${id} and (code_sent_at is null or code_sent_at <= ${since})
    returning 1`;
  return rows.length > 0;
};

/**
 * Counts a try before it is looked at: of many at once, so many are.
 * @returns `null` when it may be looked at; otherwise from when one may be
 */
export const countTry = async (
  tx: Tx,
  organisationId: string,
  id: string,
  { most, now, pause }: { readonly most: number; readonly now: Date; readonly pause: Date },
): Promise<Date | null> => {
  const rows = await tx`
    update share_link
    set tries = case when tries >= ${most} then 1 else tries + 1 end,
      wait_until = case when (case when tries >= ${most} then 1 else tries + 1 end) >= ${most} then ${pause}::timestamptz end
    where organisation_id = ${organisationId} and id = ${id} and (wait_until is null or wait_until <= ${now})
    returning 1`;
  if (rows.length > 0) return null;
  const [row] = await tx<{ until: Date | null }[]>`
    select wait_until as until from share_link where organisation_id = ${organisationId} and id = ${id}`;
  return row?.until ?? now;
};

/** Whoever was right begins again at nothing. */
export const forgetTries = (tx: Tx, organisationId: string, id: string): Promise<unknown> => tx`
  update share_link set tries = 0, wait_until = null where organisation_id = ${organisationId} and id = ${id}`;

/** Uses a code up: of many who try the right one at once, one has it. */
export const useCode = async (
  tx: Tx,
  organisationId: string,
  id: string,
  salted: Buffer,
  now: Date,
): Promise<boolean> => {
  const rows = await tx`
    update share_link set code_salted = null, code_until = null
    where organisation_id = ${organisationId} and id = ${id} and code_salted = ${salted} and code_until > ${now}
    returning 1`;
  return rows.length > 0;
};

export interface NewVisit {
  readonly id: string;
  readonly shareId: string;
  readonly linkId: string;
  readonly secretHash: Buffer;
  readonly proof: Proof;
  readonly sessionId: string | null;
}

export const insertVisit = (
  tx: Tx,
  organisationId: string,
  visit: NewVisit,
  at: Date,
): Promise<unknown> => tx`
  insert into share_visit (organisation_id, id, share_id, link_id, secret_hash, proof, session_id, at, seen_at)
  values (${organisationId}, ${visit.id}, ${visit.shareId}, ${visit.linkId}, ${visit.secretHash}, ${visit.proof},
    ${visit.sessionId}, ${at}, ${at})`;

/** Who opened which share when, and what they took, the newest first. */
export interface VisitRow {
  readonly id: string;
  readonly shareId: string;
  readonly linkId: string;
  readonly proof: Proof;
  readonly at: Date;
  /** Files by their id; `null` for all of them, as a zip. */
  readonly took: readonly (string | null)[];
}

export const visitsOfShares = (
  tx: Tx,
  organisationId: string,
  shareIds: readonly string[],
  limit: number,
): Promise<VisitRow[]> => tx<VisitRow[]>`
  select v.id, v.share_id as "shareId", v.link_id as "linkId", v.proof, v.at, coalesce((
      select jsonb_agg(d.file_id order by d.id) from share_download d
      where d.organisation_id = ${organisationId} and d.visit_id = v.id), '[]') as took
  from share_visit v
  where v.organisation_id = ${organisationId} and v.share_id = any(${shareIds as string[]}::uuid[])
  order by v.at desc, v.id desc limit ${limit}`;

/** Takes a slot of those that a share has left: of many at once, so many get one. */
export const takeSlot = async (
  tx: Tx,
  organisationId: string,
  shareId: string,
  now: Date,
): Promise<boolean> => {
  const rows = await tx`
    update share set downloads = downloads + 1
    where organisation_id = ${organisationId} and id = ${shareId} and revoked_at is null and expires_at > ${now}
      and (most is null or downloads < most)
    returning 1`;
  return rows.length > 0;
};

/** Nobody else counts on this share until the transaction ends. */
export const lockShare = (tx: Tx, organisationId: string, shareId: string): Promise<unknown> => tx`
  select 1 from share where organisation_id = ${organisationId} and id = ${shareId} for update`;

export const hasTaken = async (
  tx: Tx,
  organisationId: string,
  visitId: string,
  fileId: string | null,
): Promise<boolean> => {
  const rows = await tx`
    select 1 from share_download
    where organisation_id = ${organisationId} and visit_id = ${visitId} and file_id is not distinct from ${fileId} limit 1`;
  return rows.length > 0;
};

export const insertDownload = (
  tx: Tx,
  organisationId: string,
  download: {
    readonly id: string;
    readonly shareId: string;
    readonly visitId: string;
    readonly fileId: string | null;
  },
  at: Date,
): Promise<unknown> => tx`
  insert into share_download (organisation_id, id, share_id, visit_id, file_id, at)
  values (${organisationId}, ${download.id}, ${download.shareId}, ${download.visitId}, ${download.fileId}, ${at})`;
