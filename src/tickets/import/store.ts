import type { TicketEvent, TicketState } from '../../engine/index.ts';
import type { Tx } from '../../platform/postgres/index.ts';

/** A ticket with the whole of its history, as an import writes it. */
export interface Imported {
  readonly state: TicketState;
  readonly choices: readonly string[];
  /** Epoch milliseconds: since when its lateness is what it is. */
  readonly latenessAt: number;
  readonly events: readonly { readonly id: string; readonly event: TicketEvent }[];
}

/** One import at a time into an app: whoever comes second then sees what the first has written. */
export const lockImport = (tx: Tx, organisationId: string, app: string): Promise<unknown> => tx`
  select pg_advisory_xact_lock(hashtextextended(${`import ${organisationId} ${app}`}, 0))`;

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const ticketRow = ({ state, choices, latenessAt }: Imported) => ({
  id: state.id,
  reference: state.reference,
  version: state.version,
  step: state.step,
  fields: state.fields,
  sealed: state.sealed,
  choices,
  site_id: state.siteId,
  created_at: iso(state.createdAt),
  updated_at: iso(state.updatedAt),
  step_at: iso(state.stepAt),
  promise_at: iso(state.promiseAt),
  due_at: iso(state.standing.dueAt),
  lateness: state.standing.lateness,
  lateness_at: iso(latenessAt),
  wake_at: iso(state.standing.wakeAt),
  closed_at: iso(state.closedAt),
  source: state.source,
});

const eventRows = ({ state, events }: Imported) =>
  events.map(({ id, event }) => ({
    id,
    ticket_id: state.id,
    version: event.version,
    type: event.type,
    at: iso(event.at),
    actor: event.actor,
    body: event.body,
    sealed: event.sealed,
  }));

/** Writes tickets with their events, in one statement however many they are. */
export const insertImported = (
  tx: Tx,
  organisationId: string,
  app: string,
  definitionHash: string,
  tickets: readonly Imported[],
): Promise<unknown> => tx`
  with written as (
    insert into ticket (organisation_id, id, app, reference, definition_hash, version, step, fields, sealed, choices,
      site_id, created_at, updated_at, step_at, promise_at, due_at, lateness, lateness_at, wake_at, closed_at, source)
    select ${organisationId}::uuid, r.id, ${app}, r.reference, ${definitionHash}, r.version, r.step, r.fields, r.sealed,
      r.choices, r.site_id, r.created_at, r.updated_at, r.step_at, r.promise_at, coalesce(r.due_at, 'infinity'),
      r.lateness, r.lateness_at, r.wake_at, r.closed_at, r.source
    from jsonb_to_recordset(${JSON.stringify(tickets.map(ticketRow))}::text::jsonb) as r(
      id uuid, reference text, version int, step text, fields jsonb, sealed jsonb, choices text[], site_id uuid,
      created_at timestamptz, updated_at timestamptz, step_at timestamptz, promise_at timestamptz, due_at timestamptz,
      lateness text, lateness_at timestamptz, wake_at timestamptz, closed_at timestamptz, source text)
  ), logged as (
    insert into event (organisation_id, id, ticket_id, app, version, type, at, actor, definition_hash, body, sealed)
    select ${organisationId}::uuid, e.id, e.ticket_id, ${app}, e.version, e.type, e.at, e.actor, ${definitionHash},
      e.body, nullif(e.sealed, 'null')
    from jsonb_to_recordset(${JSON.stringify(tickets.flatMap(eventRows))}::text::jsonb) as e(
      id uuid, ticket_id uuid, version int, type text, at timestamptz, actor jsonb, body jsonb, sealed jsonb)
    returning id
  )
  insert into event_unordered (organisation_id, event_id) select ${organisationId}::uuid, id from logged`;

/** Tells the planner what the tables hold now. Only their owner may. */
export const analyze = async (owner: Tx): Promise<void> => {
  await owner`analyze ticket`;
  await owner`analyze event`;
  await owner`analyze event_unordered`;
};
