import type { ActorRef, Json, TicketEvent } from '../engine/index.ts';
import type { Tx } from '../platform/postgres/index.ts';

/** How far the log of an organisation reaches. */
export interface Head {
  readonly organisationId: string;
  readonly seq: number;
}

/**
 * Gives up to `limit` committed events their places, contiguous in each organisation, and tells every server.
 * One statement: killed at any moment, it has happened or it has not.
 * @returns how many got their place
 */
export const orderEvents = async (sql: Tx, limit: number): Promise<number> => {
  const [row] = await sql<{ ordered: number }[]>`
  with taken as (
    delete from event_unordered u
    using (select organisation_id, position from event_unordered order by organisation_id, position limit ${limit}) w
    where u.organisation_id = w.organisation_id and u.position = w.position
    returning u.organisation_id, u.event_id, u.position
  ), numbered as (
    select organisation_id, event_id,
      row_number() over (partition by organisation_id order by position) as place,
      count(*) over (partition by organisation_id) as size
    from taken
  ), head as (
    insert into log_head as h (organisation_id, seq)
    select organisation_id, count(*) from numbered group by organisation_id
    on conflict (organisation_id) do update set seq = h.seq + excluded.seq
    returning organisation_id, seq
  ), placed as (
    insert into event_order (organisation_id, seq, event_id)
    select n.organisation_id, h.seq - n.size + n.place, n.event_id
    from numbered n join head h on h.organisation_id = n.organisation_id
  ), told as (
    select pg_notify('vigie_log', string_agg(organisation_id || ' ' || seq, ',')) from head
    having count(*) between 1 and 100
    union all
    select pg_notify('vigie_log', '*') from head having count(*) > 100
  )
  select (select count(*) from taken)::int as ordered where (select count(*) from told) >= 0`;
  return row?.ordered ?? 0;
};

/** Leadership: true for the one connection that orders the log. */
export const lead = async (sql: Tx): Promise<boolean> => {
  const [row] = await sql<{ led: boolean }[]>`select pg_try_advisory_lock(7241, 1) as led`;
  return row?.led === true;
};

export const nothingWaits = async (sql: Tx): Promise<boolean> => {
  const rows = await sql`select 1 from event_unordered limit 1`;
  return rows.length === 0;
};

export const heads = (sql: Tx): Promise<Head[]> => sql<Head[]>`
  select organisation_id as "organisationId", seq::float8 as seq from log_head`;

/** An event in its place. */
export type OrderedEvent = TicketEvent & {
  readonly seq: number;
  readonly id: string;
  readonly ticketId: string;
  readonly app: string;
  /** Whether it wrote sealed values, which are not told here. */
  readonly hasSealed: boolean;
};

interface Row {
  readonly seq: number;
  readonly id: string;
  readonly ticket_id: string | null;
  readonly app: string;
  readonly version: number;
  readonly type: TicketEvent['type'];
  readonly at: Date;
  readonly actor: TicketEvent['actor'];
  readonly body: TicketEvent['body'];
  readonly hasSealed: boolean;
}

/** What happened to the organisation itself: an invitation, a right given or taken, a key. */
export interface Deed {
  readonly seq: number;
  readonly id: string;
  readonly ticketId: null;
  /** `invited`, `roles_changed`…: a noun or two and what was done to it. */
  readonly type: string;
  readonly at: number;
  readonly actor: TicketEvent['actor'];
  readonly body: { readonly [name: string]: Json };
}

/** What follows in the log, after a place or after where a consumer is, of several after where the first of them is. Sealed values are not followed: nobody but the ticket's own page needs them. */
export const eventsAfter = async (
  tx: Tx,
  organisationId: string,
  after: number | { readonly consumers: readonly string[] },
  limit: number,
): Promise<(OrderedEvent | Deed)[]> => {
  const seq =
    typeof after === 'number'
      ? tx`${after}`
      : tx`(select min(seq) from log_cursor
          where organisation_id = ${organisationId} and consumer = any(${after.consumers as string[]}::text[]))`;
  const rows = await tx<Row[]>`
    select o.seq::float8 as seq, e.id, e.ticket_id, e.app, e.version, e.type, e.at, e.actor, e.body,
      e.sealed is not null as "hasSealed"
    from event_order o join event e on e.organisation_id = ${organisationId} and e.id = o.event_id
    where o.organisation_id = ${organisationId} and o.seq > ${seq} order by o.seq limit ${limit}`;
  return rows.map(
    ({ ticket_id, at, ...row }) =>
      ({ ...row, ticketId: ticket_id, at: at.getTime(), sealed: null }) as OrderedEvent | Deed,
  );
};

/** Of a page of the log, what happened to tickets. */
export const ofTickets = (events: readonly (OrderedEvent | Deed)[]): OrderedEvent[] =>
  events.filter((event) => event.ticketId !== null);

/** Writes down what was done to the organisation itself, in the transaction that does it. Names no secret and no personal data: an event stays. */
export const insertDeed = (
  tx: Tx,
  organisationId: string,
  deed: {
    readonly id: string;
    readonly type: string;
    readonly at: Date;
    readonly actor: ActorRef;
    readonly body: { readonly [name: string]: Json };
  },
): Promise<unknown> => tx`
  with written as (
    insert into event (organisation_id, id, type, at, actor, body)
    values (${organisationId}, ${deed.id}, ${deed.type}, ${deed.at}, ${JSON.stringify(deed.actor)}::text::jsonb,
      ${JSON.stringify(deed.body)}::text::jsonb)
    returning id
  )
  insert into event_unordered (organisation_id, event_id) select ${organisationId}, id from written`;

/**
 * Who may come in has changed: whatever watches this organisation live, on any server, asks again at once whether it
 * may. Said when the transaction commits.
 */
export const askAgain = (tx: Tx, organisationId: string): Promise<unknown> =>
  tx`select pg_notify('vigie_log', ${`${organisationId} Infinity`})`;

export const headOf = async (tx: Tx, organisationId: string): Promise<number> => {
  const [row] = await tx<{ seq: number }[]>`
    select seq::float8 as seq from log_head where organisation_id = ${organisationId}`;
  return row?.seq ?? 0;
};

/** A consumer begins at the beginning. */
export const startCursor = (tx: Tx, organisationId: string, consumer: string): Promise<unknown> => tx`
  insert into log_cursor (organisation_id, consumer, seq) values (${organisationId}, ${consumer}, 0)
  on conflict do nothing`;

/** Where a consumer is, locked: `null` when another server is at it, nothing when it never began. */
export const takeCursor = async (
  tx: Tx,
  organisationId: string,
  consumer: string,
): Promise<number | null | undefined> => {
  const [row] = await tx<{ known: boolean; seq: number | null }[]>`
    with taken as (
      select seq from log_cursor
      where organisation_id = ${organisationId} and consumer = ${consumer} for update skip locked
    )
    select (select seq::float8 from taken) as seq, exists (
      select 1 from log_cursor where organisation_id = ${organisationId} and consumer = ${consumer}) as known`;
  return row?.known ? row.seq : undefined;
};

/** Where these consumers are, locked: nothing of those that another server is at, or that never began. */
export const takeCursors = async (
  tx: Tx,
  organisationId: string,
  consumers: readonly string[],
): Promise<number[]> => {
  const rows = await tx<{ seq: number }[]>`
    select seq::float8 as seq from log_cursor
    where organisation_id = ${organisationId} and consumer = any(${consumers as string[]}::text[])
    order by consumer for update skip locked`;
  return rows.map(({ seq }) => seq);
};

export const moveCursors = (
  tx: Tx,
  organisationId: string,
  consumers: readonly string[],
  seq: number,
): Promise<unknown> => tx`
  update log_cursor set seq = ${seq}
  where organisation_id = ${organisationId} and consumer = any(${consumers as string[]}::text[])`;

export const setAside = (
  tx: Tx,
  organisationId: string,
  consumer: string,
  event: OrderedEvent | Deed,
  error: string,
  at: Date,
): Promise<unknown> => tx`
  insert into log_set_aside (organisation_id, consumer, seq, event_id, error, at)
  values (${organisationId}, ${consumer}, ${event.seq}, ${event.id}, ${error}, ${at})
  on conflict (organisation_id, consumer, seq) do update set error = excluded.error, at = excluded.at`;

/** An event that a consumer could not follow. */
export interface SetAside {
  readonly consumer: string;
  readonly seq: number;
  readonly error: string;
  readonly at: Date;
  readonly app: string | null;
  readonly type: string;
  readonly ticketId: string | null;
  readonly reference: string | null;
}

export const allSetAside = (tx: Tx, organisationId: string): Promise<SetAside[]> => tx<SetAside[]>`
  select s.consumer, s.seq::float8 as seq, s.error, s.at, e.app, e.type, e.ticket_id as "ticketId", t.reference
  from log_set_aside s join event e on e.organisation_id = ${organisationId} and e.id = s.event_id
  left join ticket t on t.organisation_id = ${organisationId} and t.id = e.ticket_id
  where s.organisation_id = ${organisationId} order by s.at desc limit 200`;

/** Takes back an event that was set aside, to try it again; nothing when there is none. */
export const takeSetAside = async (
  tx: Tx,
  organisationId: string,
  consumer: string,
  seq: number,
): Promise<OrderedEvent | Deed | undefined> => {
  const taken = await tx`
    delete from log_set_aside
    where organisation_id = ${organisationId} and consumer = ${consumer} and seq = ${seq} returning 1`;
  return taken.length === 0 ? undefined : (await eventsAfter(tx, organisationId, seq - 1, 1))[0];
};
