import type { Fields, Json, Standing, TicketEvent, TicketState } from '../engine/index.ts';
import { FOREVER, type Tx } from '../platform/postgres/index.ts';

/** The row of a ticket as the driver gives it. */
export interface TicketRow {
  readonly id: string;
  readonly app: string;
  readonly reference: string;
  readonly version: number;
  readonly step: string;
  readonly fields: Fields;
  readonly sealed: Fields;
  readonly site_id: string | null;
  readonly assignee_id: string | null;
  readonly holder_id: string | null;
  readonly nth: number | null;
  readonly created_by: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly step_at: Date;
  readonly promise_at: Date | null;
  readonly due_at: Date;
  readonly lateness: Standing['lateness'];
  readonly wake_at: Date | null;
  readonly closed_at: Date | null;
  readonly erased_at: Date | null;
  readonly source: string | null;
}

const ms = (at: Date | null): number | null => (at === null ? null : at.getTime());
const date = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** Nothing due is due in PostgreSQL's `infinity`, so that it sorts last. */
const due = (at: Date): number | null => (at.getTime() === FOREVER.getTime() ? null : at.getTime());

export const stateOf = (row: TicketRow): TicketState => ({
  id: row.id,
  app: row.app,
  reference: row.reference,
  version: row.version,
  step: row.step,
  fields: row.fields,
  sealed: row.sealed,
  siteId: row.site_id,
  assigneeId: row.assignee_id,
  holderId: row.holder_id,
  nth: row.nth,
  createdBy: row.created_by,
  createdAt: row.created_at.getTime(),
  updatedAt: row.updated_at.getTime(),
  stepAt: row.step_at.getTime(),
  promiseAt: ms(row.promise_at),
  closedAt: ms(row.closed_at),
  erasedAt: ms(row.erased_at),
  source: row.source,
  standing: { lateness: row.lateness, dueAt: due(row.due_at), wakeAt: ms(row.wake_at) },
});

/** The columns of a row, of a table or join named `t`. */
export const columns = (tx: Tx) => tx`
  t.id, t.app, t.reference, t.version, t.step, t.fields, t.sealed, t.site_id, t.assignee_id, t.holder_id, t.nth,
  t.created_by, t.created_at, t.updated_at, t.step_at, t.promise_at, t.due_at, t.lateness, t.wake_at,
  t.closed_at, t.erased_at, t.source`;

/** Takes the ticket for this transaction: others wait their turn. */
export const lockByReference = async (
  tx: Tx,
  organisationId: string,
  app: string,
  reference: string,
): Promise<TicketState | null> => {
  const [row] = await tx<TicketRow[]>`
    select ${columns(tx)} from ticket t
    where t.organisation_id = ${organisationId} and t.app = ${app} and t.reference = ${reference}
    for no key update`;
  return row ? stateOf(row) : null;
};

export const lockById = async (tx: Tx, organisationId: string, id: string): Promise<TicketState | null> => {
  const [row] = await tx<TicketRow[]>`
    select ${columns(tx)} from ticket t
    where t.organisation_id = ${organisationId} and t.id = ${id} for no key update`;
  return row ? stateOf(row) : null;
};

export const findByReference = async (
  tx: Tx,
  organisationId: string,
  app: string,
  reference: string,
): Promise<TicketState | null> => {
  const [row] = await tx<TicketRow[]>`
    select ${columns(tx)} from ticket t
    where t.organisation_id = ${organisationId} and t.app = ${app} and t.reference = ${reference}`;
  return row ? stateOf(row) : null;
};

/** The rows of all that have one of these references, of whichever app. */
export const rowsByReference = (tx: Tx, organisationId: string, references: readonly string[]) => tx<
  TicketRow[]
>`
  select ${columns(tx)} from ticket t
  where t.organisation_id = ${organisationId} and t.reference = any(${references as string[]}::text[])`;

/** Tickets as they are now, whoever may see them: the caller decides. */
export const statesById = async (
  tx: Tx,
  organisationId: string,
  ids: readonly string[],
): Promise<Map<string, TicketState>> => {
  const rows = await tx<TicketRow[]>`
    select ${columns(tx)} from ticket t
    where t.organisation_id = ${organisationId} and t.id = any(${ids as string[]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, stateOf(row)]));
};

/** What was said of these tickets, oldest first. */
export const commentsOf = async (
  tx: Tx,
  organisationId: string,
  ids: readonly string[],
): Promise<Map<string, string[]>> => {
  const rows = await tx<{ ticketId: string; text: string }[]>`
    select ticket_id as "ticketId", coalesce(body ->> 'text', body ->> 'comment') as text from event
    where organisation_id = ${organisationId} and ticket_id = any(${ids as string[]}::uuid[])
      and (type = 'commented' or (type = 'moved' and body ->> 'comment' is not null))
    order by ticket_id, version`;
  const said = new Map<string, string[]>();
  for (const { ticketId, text } of rows) said.set(ticketId, [...(said.get(ticketId) ?? []), text]);
  return said;
};

export const referencesOf = (
  tx: Tx,
  organisationId: string,
  ids: readonly string[],
): Promise<{ id: string; reference: string }[]> =>
  tx<{ id: string; reference: string }[]>`
  select id, reference from ticket where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[])`;

/** Does somebody of this id work here now? */
export const memberIs = async (tx: Tx, organisationId: string, id: string): Promise<boolean> => {
  const rows = await tx`
    select 1 from member where organisation_id = ${organisationId} and id = ${id}::uuid and disabled_at is null`;
  return rows.length > 0;
};

export interface HeldCount {
  readonly open: number;
  readonly total: number;
}

export const heldCount = async (tx: Tx, organisationId: string, holderId: string): Promise<HeldCount> => {
  const [row] = await tx<HeldCount[]>`
    select count(*) filter (where closed_at is null)::int as open, count(*)::int as total
    from ticket where organisation_id = ${organisationId} and holder_id = ${holderId}`;
  return row ?? { open: 0, total: 0 };
};

export const heldIds = async (tx: Tx, organisationId: string, holderId: string): Promise<string[]> => {
  const rows = await tx<{ id: string }[]>`
    select id from ticket where organisation_id = ${organisationId} and holder_id = ${holderId} and closed_at is null
    order by nth`;
  return rows.map((row) => row.id);
};

/** What held a ticket just before one of its versions. */
export const holderBefore = async (
  tx: Tx,
  organisationId: string,
  ticketId: string,
  version: number,
): Promise<string | null> => {
  const [row] = await tx<{ holder: string | null }[]>`
    select body ->> 'holder' as holder from event
    where organisation_id = ${organisationId} and ticket_id = ${ticketId} and version < ${version} and type in ('opened', 'attached')
    order by version desc limit 1`;
  return row?.holder ?? null;
};

/** The number after the last that this holder ever gave, also to a ticket that was taken out since. */
export const nextNth = (tx: Tx, organisationId: string, holderId: string): Promise<number> =>
  takeNumbers(tx, organisationId, `held by ${holderId}`, 1);

export const idBySource = async (
  tx: Tx,
  organisationId: string,
  app: string,
  sources: readonly string[],
): Promise<Set<string>> => {
  const rows = await tx<{ source: string }[]>`
    select source from ticket
    where organisation_id = ${organisationId} and app = ${app} and source = any(${sources as string[]}::text[])`;
  return new Set(rows.map((row) => row.source));
};

/** What an idempotency key gave the first time. */
export interface Answered {
  readonly requestHash: string;
  readonly result: Json;
}

export const answered = async (
  tx: Tx,
  organisationId: string,
  key: string,
): Promise<Answered | undefined> => {
  const [row] = await tx<Answered[]>`
    select request_hash as "requestHash", result from idempotency
    where organisation_id = ${organisationId} and key = ${key}`;
  return row;
};

export interface Once {
  readonly key: string;
  readonly requestHash: string;
}

export interface Written {
  readonly event: TicketEvent;
  readonly eventId: string;
  readonly state: TicketState;
  readonly definitionHash: string;
  /** `kind=pothole`: the choices that lists filter by. */
  readonly choices: readonly string[];
  readonly once: Once | null;
}

const claim = (tx: Tx, organisationId: string, { once, state, event }: Written) =>
  once === null
    ? tx`select 1`
    : tx`
      insert into idempotency (organisation_id, key, request_hash, result, created_at)
      values (${organisationId}, ${once.key}, ${once.requestHash},
        ${JSON.stringify({ ticket: state.id, version: event.version })}::text::jsonb, ${new Date(event.at)})
      on conflict do nothing returning 1`;

const log = (tx: Tx, organisationId: string, { event, eventId, state, definitionHash }: Written) => tx`
  logged as (
    insert into event (organisation_id, id, ticket_id, app, version, type, at, actor, definition_hash, body, sealed)
    select ${organisationId}::uuid, ${eventId}::uuid, ${state.id}::uuid, ${state.app}, ${event.version}::int, ${event.type},
      ${new Date(event.at)}::timestamptz, ${JSON.stringify(event.actor)}::text::jsonb, ${definitionHash},
      ${JSON.stringify(event.body)}::text::jsonb, ${event.sealed === null ? null : JSON.stringify(event.sealed)}::text::jsonb
    from written
  ), waiting as (
    insert into event_unordered (organisation_id, event_id) select ${organisationId}::uuid, ${eventId}::uuid from written
  )`;

/**
 * A ticket after an event, and the event, in one statement. The ticket is locked by this transaction.
 * @returns false when the key was already used: then nothing was written
 */
export const updateTicket = async (tx: Tx, organisationId: string, written: Written): Promise<boolean> => {
  const { state, definitionHash, choices, event } = written;
  const rows = await tx`
    with claimed as (${claim(tx, organisationId, written)}),
    written as (
      update ticket t set definition_hash = ${definitionHash}, version = ${state.version}, step = ${state.step},
        fields = ${JSON.stringify(state.fields)}::text::jsonb, sealed = ${JSON.stringify(state.sealed)}::text::jsonb,
        choices = ${choices as string[]}::text[], site_id = ${state.siteId}, assignee_id = ${state.assigneeId},
        holder_id = ${state.holderId}, nth = ${state.nth}, updated_at = ${new Date(state.updatedAt)},
        step_at = ${new Date(state.stepAt)}, promise_at = ${date(state.promiseAt)},
        due_at = coalesce(${date(state.standing.dueAt)}::timestamptz, 'infinity'),
        lateness_at = case when t.lateness = ${state.standing.lateness} then t.lateness_at
          else ${new Date(event.at)}::timestamptz end,
        lateness = ${state.standing.lateness}, wake_at = ${date(state.standing.wakeAt)},
        closed_at = ${date(state.closedAt)}, erased_at = ${date(state.erasedAt)}
      from claimed
      where t.organisation_id = ${organisationId} and t.id = ${state.id}
      returning 1
    ), ${log(tx, organisationId, written)}
    select 1 from written`;
  return rows.length > 0;
};

interface EventRow {
  readonly id: string;
  readonly version: number;
  readonly type: TicketEvent['type'];
  readonly at: Date;
  readonly actor: TicketEvent['actor'];
  readonly body: TicketEvent['body'];
  readonly sealed: Fields | null;
}

/** An event of the log, with its id. */
export type LoggedEvent = TicketEvent & { readonly id: string };

const loggedOf = (row: EventRow): LoggedEvent => ({ ...row, at: row.at.getTime() }) as LoggedEvent;

/** The log of a ticket up to a version, oldest first. */
export const eventsOf = async (
  tx: Tx,
  organisationId: string,
  ticketId: string,
  upTo = 2_147_483_647,
): Promise<LoggedEvent[]> => {
  const rows = await tx<EventRow[]>`
    select id, version, type, at, actor, body, sealed from event
    where organisation_id = ${organisationId} and ticket_id = ${ticketId} and version <= ${upTo}
    order by version`;
  return rows.map(loggedOf);
};

/** The last thing that a hand did to a ticket up to a version, to know whether it can be undone. */
export const lastAct = async (
  tx: Tx,
  organisationId: string,
  ticketId: string,
  upTo: number,
): Promise<LoggedEvent | undefined> => {
  const [row] = await tx<EventRow[]>`
    select id, version, type, at, actor, body, sealed from event
    where organisation_id = ${organisationId} and ticket_id = ${ticketId} and version <= ${upTo}
      and type <> 'lateness'
    order by version desc limit 1`;
  return row && loggedOf(row);
};

/** Takes `count` numbers of a series and says the last. */
export const takeNumbers = async (
  tx: Tx,
  organisationId: string,
  name: string,
  count: number,
): Promise<number> => {
  const [row] = await tx<{ value: string }[]>`
    insert into reference_counter as c (organisation_id, name, value) values (${organisationId}, ${name}, ${count})
    on conflict (organisation_id, name) do update set value = c.value + ${count}
    returning value`;
  return Number(row?.value);
};

export const forgetAnswers = (tx: Tx, organisationId: string, before: Date): Promise<unknown> => tx`
  delete from idempotency where organisation_id = ${organisationId} and created_at < ${before}`;
