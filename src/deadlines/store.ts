import type { Standing, TicketState } from '../engine/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { lockById } from '../tickets/index.ts';

const ms = (at: Date | null): number | null => (at === null ? null : at.getTime());
const date = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** Writes down when to look again, when looking changed nothing else; the ticket is locked by this transaction. */
export const sleepUntil = async (
  tx: Tx,
  organisationId: string,
  id: string,
  standing: (state: TicketState) => Standing,
): Promise<void> => {
  const state = await lockById(tx, organisationId, id);
  if (!state) return;
  const { wakeAt } = standing(state);
  await tx`
    update ticket set wake_at = ${date(wakeAt)}
    where organisation_id = ${organisationId} and id = ${id}`;
};

export const wakeLater = (tx: Tx, organisationId: string, id: string, at: Date): Promise<unknown> => tx`
  update ticket set wake_at = ${at} where organisation_id = ${organisationId} and id = ${id}`;

/** The contacts that a ticket names. */
export const contactsIn = async (tx: Tx, organisationId: string, id: string): Promise<string[]> => {
  const rows = await tx<{ contact: string }[]>`
    select distinct value ->> 'id' as contact
    from ticket t cross join lateral jsonb_each(t.fields || t.sealed)
    where t.organisation_id = ${organisationId} and t.id = ${id} and jsonb_typeof(value) = 'object' and value ? 'id'`;
  return rows.map((row) => row.contact);
};

/** Personal data leaves the log; what happened stays. */
export const emptySealed = (tx: Tx, organisationId: string, ticketId: string): Promise<unknown> => tx`
  update event set sealed = null
  where organisation_id = ${organisationId} and ticket_id = ${ticketId} and sealed is not null`;

/** Ended tickets whose sealed fields have been kept long enough. */
export const toErase = async (
  tx: Tx,
  organisationId: string,
  app: string,
  closedBefore: Date,
  limit: number,
): Promise<string[]> => {
  const rows = await tx<{ id: string }[]>`
    select id from ticket
    where organisation_id = ${organisationId} and app = ${app} and closed_at < ${closedBefore}
      and sealed <> '{}'
    order by id limit ${limit}`;
  return rows.map((row) => row.id);
};

/** Tickets whose deadline has come. */
export const toWake = async (tx: Tx, organisationId: string, now: Date, limit: number): Promise<string[]> => {
  const rows = await tx<{ id: string }[]>`
    select id from ticket where organisation_id = ${organisationId} and wake_at <= ${now}
    order by wake_at limit ${limit}`;
  return rows.map((row) => row.id);
};

/** The organisations that have a deadline by now: asked as vigie_system, one probe of an index each. */
export const organisationsToWake = async (sql: Tx, now: Date): Promise<string[]> => {
  const rows = await sql<{ id: string }[]>`
    select o.id from organisation o
    where exists (select 1 from ticket t where t.organisation_id = o.id and t.wake_at <= ${now})`;
  return rows.map((row) => row.id);
};

/** The next instant at which a deadline comes, in any organisation. */
export const nextWake = async (sql: Tx): Promise<number | null> => {
  const [row] = await sql<{ at: Date | null }[]>`
    select min(first.wake_at) as at from organisation o cross join lateral (
      select t.wake_at from ticket t where t.organisation_id = o.id and t.wake_at is not null
      order by t.wake_at limit 1) first`;
  return ms(row?.at ?? null);
};
