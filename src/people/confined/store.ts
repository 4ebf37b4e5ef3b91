import type { Tx } from '../../platform/postgres/index.ts';

/** The station that a session unlocked; `null` in a session of one's own. */
export interface UnlockedRow {
  readonly id: string;
  readonly app: string;
  readonly steps: readonly string[];
  readonly siteId: string | null;
  readonly opens: boolean;
  readonly idleSeconds: number;
}

/** Stations that are not revoked, as whoever unlocked them is confined there. */
export const stationsById = (tx: Tx, organisationId: string, ids: readonly string[]) => tx<UnlockedRow[]>`
  select st.id, st.app, st.steps, st.site_id as "siteId", st.opens, st.idle_seconds as "idleSeconds"
  from station st
  where st.organisation_id = ${organisationId} and st.id = any(${ids as string[]}::uuid[]) and st.revoked_at is null`;

/** Keeps the ticket that was just moved on at a station, until another is. */
export const keepMoved = (
  tx: Tx,
  organisationId: string,
  sessionId: string,
  ticketId: string,
  at: Date,
) => tx`
  update session set moved_ticket_id = ${ticketId}, moved_at = ${at}
  where organisation_id = ${organisationId} and id = ${sessionId}`;

/** A guest's link that can be used. */
interface GuestRow {
  readonly id: string;
  readonly ticketId: string;
  readonly app: string;
  readonly role: string;
  readonly lastUsedAt: Date | null;
}

/** @param endedSince a link without a date of its own works while its ticket is open, or ended since then */
export const guestBy = (
  tx: Tx,
  organisationId: string,
  secretHash: Buffer,
  now: Date,
  endedSince: Date,
) => tx<GuestRow[]>`
    select g.id, g.ticket_id as "ticketId", g.app, g.role, g.last_used_at as "lastUsedAt"
    from guest_link g join ticket t on t.organisation_id = ${organisationId} and t.id = g.ticket_id
    where g.organisation_id = ${organisationId} and g.secret_hash = ${secretHash} and g.revoked_at is null
      and case when g.expires_at is null then t.closed_at is null or t.closed_at > ${endedSince}
          else g.expires_at > ${now} end`;

/** The link of a share that stands, and what was opened with it. */
interface ShareLinkRow {
  readonly linkId: string;
  readonly shareId: string;
}

/** @param by the link's secret, hashed, or its id */
export const shareLinkBy = (
  tx: Tx,
  organisationId: string,
  by: { readonly secretHash: Buffer | null; readonly id: string | null },
  now: Date,
) => tx<ShareLinkRow[]>`
  select l.id as "linkId", s.id as "shareId"
  from share_link l join share s on s.organisation_id = ${organisationId} and s.id = l.share_id
  where l.organisation_id = ${organisationId} and (l.secret_hash = ${by.secretHash} or l.id = ${by.id}::uuid)
    and l.revoked_at is null and s.revoked_at is null and s.expires_at > ${now}`;

interface VisitRow {
  readonly id: string;
  readonly proof: 'link' | 'passphrase' | 'code' | 'member';
  readonly sessionId: string | null;
  readonly at: Date;
  readonly seenAt: Date;
}

export const visitBy = (tx: Tx, organisationId: string, linkId: string, secretHash: Buffer) => tx<VisitRow[]>`
  select id, proof, session_id as "sessionId", at, seen_at as "seenAt" from share_visit
  where organisation_id = ${organisationId} and link_id = ${linkId} and secret_hash = ${secretHash}`;

export const touchVisit = (tx: Tx, organisationId: string, id: string, at: Date) => tx`
  update share_visit set seen_at = ${at} where organisation_id = ${organisationId} and id = ${id}`;

/** One visit more, however many requests a minute of it makes. */
export const countVisit = (tx: Tx, organisationId: string, id: string, at: Date, since: Date) => tx`
  update guest_link set last_used_at = ${at}, uses = uses + 1
  where organisation_id = ${organisationId} and id = ${id} and (last_used_at is null or last_used_at < ${since})`;

/** A link to put files that can be used. */
interface DropRow {
  readonly id: string;
  readonly ticketId: string;
  readonly app: string;
  readonly field: string;
}

/** A ticket that has ended takes no files. */
export const dropBy = (tx: Tx, organisationId: string, secretHash: Buffer, now: Date) => tx<DropRow[]>`
    select d.id, d.ticket_id as "ticketId", d.app, d.field
    from drop_link d join ticket t on t.organisation_id = ${organisationId} and t.id = d.ticket_id
    where d.organisation_id = ${organisationId} and d.secret_hash = ${secretHash} and d.revoked_at is null
      and d.expires_at > ${now} and t.closed_at is null`;
