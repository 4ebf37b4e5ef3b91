import type { Tx } from '../platform/postgres/index.ts';
import type { Way } from './policy.ts';

export interface NewTrace {
  readonly id: string;
  readonly at: Date;
  readonly kind: string;
  readonly actor: string | null;
  readonly way: Way;
  /** Of a file that was taken out. */
  readonly app: string | null;
  readonly tickets: readonly string[];
}

/** Reads and what each showed, in one statement. */
export const insertTraces = (tx: Tx, organisationId: string, traces: readonly NewTrace[]) => tx`
  with given as (
    select * from jsonb_to_recordset(${JSON.stringify(traces)}::text::jsonb)
      as r(id uuid, at timestamptz, kind text, actor uuid, way text, app text, tickets jsonb)
  ), reads as (
    insert into read_trace (organisation_id, id, at, actor_kind, actor_id, way, app)
    select ${organisationId}::uuid, id, at, kind, actor, way, app from given
  )
  insert into read_trace_ticket (organisation_id, ticket_id, read_id)
  select distinct ${organisationId}::uuid, ticket::uuid, g.id
  from given g cross join lateral jsonb_array_elements_text(g.tickets) ticket`;

/** A read, as it was written down. */
export interface ReadRow {
  readonly id: string;
  readonly at: Date;
  readonly kind: string;
  readonly actor: string | null;
  readonly way: Way;
  readonly app: string | null;
}

const columns = (tx: Tx) => tx`r.id, r.at, r.actor_kind as kind, r.actor_id as actor, r.way, r.app`;

/** Before every id there can be. */
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Who read a ticket, the newest first, or took a file of its app out since it was opened. */
export const readsOfTicket = (
  tx: Tx,
  organisationId: string,
  ticket: { readonly id: string; readonly app: string; readonly createdAt: Date },
  before: string | null,
  limit: number,
): Promise<ReadRow[]> => tx<ReadRow[]>`
  (select ${columns(tx)} from read_trace_ticket t
    join read_trace r on r.organisation_id = ${organisationId} and r.id = t.read_id
    where t.organisation_id = ${organisationId} and t.ticket_id = ${ticket.id} and t.read_id < ${before ?? LAST}::uuid
    order by t.read_id desc limit ${limit})
  union all
  (select ${columns(tx)} from read_trace r
    where r.organisation_id = ${organisationId} and r.app = ${ticket.app} and r.at >= ${ticket.createdAt}
      and r.id < ${before ?? LAST}::uuid
    order by r.id desc limit ${limit})
  order by id desc limit ${limit}`;

/** What somebody read, the newest first. */
export const readsOfPerson = (
  tx: Tx,
  organisationId: string,
  actorId: string,
  before: string | null,
  limit: number,
): Promise<ReadRow[]> => tx<ReadRow[]>`
  select ${columns(tx)} from read_trace r
  where r.organisation_id = ${organisationId} and r.actor_id = ${actorId} and r.id < ${before ?? LAST}::uuid
  order by r.id desc limit ${limit}`;

/** The tickets that these reads showed. */
export const ticketsOfReads = (
  tx: Tx,
  organisationId: string,
  reads: readonly string[],
): Promise<{ read: string; ticket: string }[]> => tx<{ read: string; ticket: string }[]>`
  select read_id as read, ticket_id as ticket from read_trace_ticket
  where organisation_id = ${organisationId} and read_id = any(${reads as string[]}::uuid[])`;

/** Which ticket a reference names, whoever may see it. */
export const ticketNamed = async (
  tx: Tx,
  organisationId: string,
  app: string,
  reference: string,
): Promise<{ id: string; app: string; createdAt: Date } | undefined> => {
  const [row] = await tx<{ id: string; app: string; createdAt: Date }[]>`
    select id, app, created_at as "createdAt" from ticket
    where organisation_id = ${organisationId} and app = ${app} and reference = ${reference}`;
  return row;
};

/** Forgets the traces that are older than the database lets them be. */
export const forgetTraces = (tx: Tx): Promise<unknown> => tx`select vigie_forget_traces()`;
