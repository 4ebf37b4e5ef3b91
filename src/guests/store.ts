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
