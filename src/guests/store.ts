import { GUESTS_AFTER_END as AFTER_END } from '../people/index.ts';
import type { Tx } from '../platform/postgres/index.ts';

export interface NewLink {
  readonly id: string;
  readonly secretHash: Buffer;
  readonly ticketId: string;
  readonly app: string;
  readonly role: string;
  readonly createdBy: string | null;
  readonly expiresAt: Date | null;
}

export const insertLink = (tx: Tx, organisationId: string, link: NewLink, at: Date): Promise<unknown> => tx`
  insert into guest_link (organisation_id, id, secret_hash, ticket_id, app, role, created_at, created_by, expires_at)
  values (${organisationId}, ${link.id}, ${link.secretHash}, ${link.ticketId}, ${link.app}, ${link.role}, ${at},
    ${link.createdBy}, ${link.expiresAt})`;

/** A link as those who see its ticket are shown it. */
export interface LinkRow {
  readonly id: string;
  readonly role: string;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly uses: number;
}

export const linksOf = (tx: Tx, organisationId: string, ticketId: string): Promise<LinkRow[]> => tx<
  LinkRow[]
>`
  select id, role, created_at as "createdAt", created_by as "createdBy", expires_at as "expiresAt",
    last_used_at as "lastUsedAt", uses
  from guest_link where organisation_id = ${organisationId} and ticket_id = ${ticketId} and revoked_at is null
  order by created_at desc, id`;

export const revokeLink = async (
  tx: Tx,
  organisationId: string,
  ticketId: string,
  id: string,
  at: Date,
): Promise<boolean> => {
  const rows = await tx`
    update guest_link set revoked_at = ${at}
    where organisation_id = ${organisationId} and ticket_id = ${ticketId} and id = ${id}::uuid and revoked_at is null
    returning 1`;
  return rows.length > 0;
};

export const linkById = async (
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<{ readonly ticketId: string; readonly createdBy: string | null } | undefined> => {
  const [row] = await tx<{ ticketId: string; createdBy: string | null }[]>`
    select ticket_id as "ticketId", created_by as "createdBy" from guest_link
    where organisation_id = ${organisationId} and id = ${id}`;
  return row;
};

/** Links that still open their ticket, of everybody or of who made them, the newest first. */
export const openLinks = (
  tx: Tx,
  organisationId: string,
  by: string | null,
  now: number,
  limit: number,
): Promise<(LinkRow & { readonly app: string; readonly ticketId: string })[]> => tx<
  (LinkRow & { app: string; ticketId: string })[]
>`
  select g.id, g.role, g.app, g.ticket_id as "ticketId", g.created_at as "createdAt", g.created_by as "createdBy",
    g.expires_at as "expiresAt", g.last_used_at as "lastUsedAt", g.uses
  from guest_link g join ticket t on t.organisation_id = ${organisationId} and t.id = g.ticket_id
  where g.organisation_id = ${organisationId} and (${by}::uuid is null or g.created_by = ${by}::uuid)
    and g.revoked_at is null
    and case when g.expires_at is null then t.closed_at is null or t.closed_at > ${new Date(now - AFTER_END)}
        else g.expires_at > ${new Date(now)} end
  order by g.created_at desc, g.id desc limit ${limit}`;
