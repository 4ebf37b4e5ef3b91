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

/** Of the session `s`, what it unlocked; nothing once the station is revoked. */
export const unlocked = (tx: Tx, organisationId: string) => tx`
  case when s.station_id is not null then (
    select jsonb_build_object('id', st.id, 'app', st.app, 'steps', st.steps, 'siteId', st.site_id,
      'opens', st.opens, 'idleSeconds', st.idle_seconds)
    from station st
    where st.organisation_id = ${organisationId} and st.id = s.station_id and st.revoked_at is null) end as station`;

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

/** One visit more, however many requests a minute of it makes. */
export const countVisit = (tx: Tx, organisationId: string, id: string, at: Date, since: Date) => tx`
  update guest_link set last_used_at = ${at}, uses = uses + 1
  where organisation_id = ${organisationId} and id = ${id} and (last_used_at is null or last_used_at < ${since})`;
