import type { Tx } from '../../platform/postgres/index.ts';
import type { Numbering } from '../reference.ts';
import type { Written } from '../store.ts';

/** A ticket to write; its reference is numbered when it is written, unless it has no number. */
export interface NewTicket extends Written {
  readonly numbering: Numbering | null;
}

const date = (at: number | null): Date | undefined => (at === null ? undefined : new Date(at));

/** What is left out is null when PostgreSQL reads it, and neither written nor read before. */
const rowOf = ({ event, eventId, state, definitionHash, choices, once, numbering }: NewTicket) => ({
  key: once?.key,
  request_hash: once?.requestHash,
  series: numbering?.series,
  before: numbering?.before,
  after: numbering?.after,
  digits: numbering?.digits,
  id: state.id,
  app: state.app,
  reference: state.reference,
  definition_hash: definitionHash,
  version: state.version,
  step: state.step,
  fields: state.fields,
  ticket_sealed: state.sealed,
  choices,
  site_id: state.siteId ?? undefined,
  assignee_id: state.assigneeId ?? undefined,
  holder_id: state.holderId ?? undefined,
  nth: state.nth ?? undefined,
  created_by: state.createdBy ?? undefined,
  created_at: date(state.createdAt),
  updated_at: date(state.updatedAt),
  step_at: date(state.stepAt),
  promise_at: date(state.promiseAt),
  due_at: date(state.standing.dueAt),
  lateness: state.standing.lateness,
  wake_at: date(state.standing.wakeAt),
  closed_at: date(state.closedAt),
  source: state.source ?? undefined,
  event_id: eventId,
  type: event.type,
  at: date(event.at),
  actor: event.actor,
  body: event.body,
  event_sealed: event.sealed ?? undefined,
});

/**
 * New tickets, the first event of each, their numbers and their keys, in one statement.
 * @returns the reference of each whose key was not used before; of the others nothing was written, no number either
 */
export const insertTickets = (tx: Tx, organisationId: string, tickets: readonly NewTicket[]) => tx<
  { id: string; reference: string }[]
>`
  with given as materialized (
    select * from jsonb_to_recordset(${JSON.stringify(tickets.map(rowOf))}::text::jsonb) as r(
      key text, request_hash text, series text, before text, after text, digits int, id uuid, app text,
      reference text, definition_hash text, version int, step text, fields jsonb, ticket_sealed jsonb, choices text[],
      site_id uuid, assignee_id uuid, holder_id uuid, nth int, created_by uuid, created_at timestamptz,
      updated_at timestamptz, step_at timestamptz, promise_at timestamptz, due_at timestamptz, lateness text,
      wake_at timestamptz, closed_at timestamptz, source text, event_id uuid, type text, at timestamptz, actor jsonb,
      body jsonb, event_sealed jsonb)
  ), claimed as (
    insert into idempotency (organisation_id, key, request_hash, result, created_at)
    select ${organisationId}::uuid, key, request_hash, jsonb_build_object('ticket', id, 'version', version), at
    from given where key is not null order by key
    on conflict do nothing returning (result ->> 'ticket')::uuid as id
  ), kept as materialized (
    select *, row_number() over (partition by series order by event_id) as place,
      count(*) over (partition by series) as size
    from given where key is null or id in (select id from claimed)
  ), counted as (
    insert into reference_counter as c (organisation_id, name, value)
    select ${organisationId}::uuid, series, count(*) from kept where series is not null group by series order by series
    on conflict (organisation_id, name) do update set value = c.value + excluded.value
    returning name, value
  ), referred as materialized (
    select kept.*, coalesce(before || lpad(n.text, greatest(digits, length(n.text)), '0') || after, reference) as referred
    from kept left join counted on counted.name = kept.series
    cross join lateral (select (counted.value - size + place)::text as text) n
  ), written as (
    insert into ticket (organisation_id, id, app, reference, definition_hash, version, step, fields, sealed, choices,
      site_id, assignee_id, holder_id, nth, created_by, created_at, updated_at, step_at, promise_at, due_at, lateness,
      lateness_at, wake_at, closed_at, source)
    select ${organisationId}::uuid, id, app, referred, definition_hash, version, step, fields, ticket_sealed, choices,
      site_id, assignee_id, holder_id, nth, created_by, created_at, updated_at, step_at, promise_at,
      coalesce(due_at, 'infinity'), lateness, updated_at, wake_at, closed_at, source
    from referred
  ), logged as (
    insert into event (organisation_id, id, ticket_id, app, version, type, at, actor, definition_hash, body, sealed)
    select ${organisationId}::uuid, event_id, id, app, version, type, at, actor, definition_hash,
      jsonb_set(body, '{reference}', to_jsonb(referred)), event_sealed
    from referred
  ), waiting as (
    insert into event_unordered (organisation_id, event_id)
    select ${organisationId}::uuid, event_id from referred order by event_id
  )
  select id, referred as reference from referred`;
