import type { Actor, AnyPredicate, Sight, TicketState } from '../../engine/index.ts';
import { alternatives, readTest, type Test } from '../../engine/index.ts';
import type { Fragment, Tx } from '../../platform/postgres/index.ts';
import { columns, stateOf, type TicketRow } from '../store.ts';

const valueSql = (tx: Tx, key: string): Fragment => {
  switch (key) {
    case '$step':
      return tx`to_jsonb(t.step)`;
    case '$site':
      return tx`coalesce(to_jsonb(t.site_id), 'null')`;
    case '$assignee':
      return tx`coalesce(to_jsonb(t.assignee_id), 'null')`;
    case '$creator':
      return tx`coalesce(to_jsonb(t.created_by), 'null')`;
    case '$open':
      return tx`to_jsonb(t.closed_at is null)`;
    default:
      return tx`coalesce(t.fields -> ${key}, t.sealed -> ${key}, 'null')`;
  }
};

const testSql = (tx: Tx, key: string, test: Test): Fragment => {
  const value = valueSql(tx, key);
  // What an index serves is written as the index has it.
  if (key === '$step' && test.is === 'in')
    return tx`t.step = any(${test.values.filter<string>((step) => typeof step === 'string')}::text[])`;
  switch (test.is) {
    case 'in':
      return tx`${JSON.stringify(test.values)}::text::jsonb @> (${value})`;
    case 'not':
      return tx`(${value}) <> ${JSON.stringify(test.value)}::text::jsonb`;
    case 'lt':
    case 'gt': {
      const order = test.is === 'lt' ? tx`<` : tx`>`;
      return typeof test.value === 'number'
        ? tx`case when jsonb_typeof(${value}) = 'number' then (${value})::numeric ${order} ${test.value}::numeric else false end`
        : tx`case when jsonb_typeof(${value}) = 'string' then (${value}) #>> '{}' ${order} ${test.value} collate "C" else false end`;
    }
  }
};

const all = (tx: Tx, parts: readonly Fragment[]): Fragment =>
  parts.length === 0 ? tx`true` : parts.reduce((left, right) => tx`${left} and ${right}`);
const any = (tx: Tx, parts: readonly Fragment[]): Fragment =>
  parts.length === 0 ? tx`false` : tx`(${parts.reduce((left, right) => tx`${left} or ${right}`)})`;

/** A predicate as SQL over a ticket named `t`: the same meaning as the engine's `matches`. */
export const predicateSql = (tx: Tx, predicate: AnyPredicate, me: string | null): Fragment =>
  any(
    tx,
    alternatives(predicate).map((every) =>
      all(
        tx,
        Object.entries(every).flatMap(([key, comparison]) =>
          comparison === undefined ? [] : [testSql(tx, key, readTest(comparison, me))],
        ),
      ),
    ),
  );

/** What an actor sees of one app, as SQL over a ticket named `t`. */
const sightSql = (tx: Tx, sights: readonly Sight[], me: string | null): Fragment =>
  any(
    tx,
    sights.map(({ siteId, where }) =>
      all(tx, [
        ...(siteId === null ? [] : [tx`t.site_id = ${siteId}`]),
        ...(where === 'all' ? [] : [predicateSql(tx, where, me)]),
      ]),
    ),
  );

/** What an actor sees, app by app. */
export type Sights = readonly { readonly app: string; readonly sights: readonly Sight[] }[];

export const visibleSql = (tx: Tx, sights: Sights, actor: Actor): Fragment =>
  any(
    tx,
    sights
      .filter(({ sights: parts }) => parts.length > 0)
      .map(({ app, sights: parts }) => tx`(t.app = ${app} and ${sightSql(tx, parts, actor.id)})`),
  );

/** What a list is narrowed to; absent means all. Instants are epoch milliseconds. */
export interface Filter {
  readonly steps?: readonly string[];
  readonly lateness?: readonly TicketState['standing']['lateness'][];
  readonly assignee?: string | null;
  readonly siteId?: string;
  /** `kind=pothole`, all of them. */
  readonly choices?: readonly string[];
  readonly from?: number;
  readonly to?: number;
  readonly open?: boolean;
  readonly holderId?: string;
}

const filterSql = (tx: Tx, filter: Filter): Fragment =>
  all(tx, [
    tx`true`,
    ...(filter.steps ? [tx`t.step = any(${filter.steps as string[]}::text[])`] : []),
    ...(filter.lateness
      ? [
          tx`t.lateness = any(${filter.lateness as string[]}::text[])`,
          tx`t.lateness <> 'on time'`,
          tx`t.closed_at is null`,
        ]
      : []),
    ...(filter.assignee === undefined
      ? []
      : [filter.assignee === null ? tx`t.assignee_id is null` : tx`t.assignee_id = ${filter.assignee}`]),
    ...(filter.siteId === undefined ? [] : [tx`t.site_id = ${filter.siteId}`]),
    ...(filter.choices === undefined ? [] : [tx`t.choices @> ${filter.choices as string[]}::text[]`]),
    ...(filter.from === undefined ? [] : [tx`t.created_at >= ${new Date(filter.from)}`]),
    ...(filter.to === undefined ? [] : [tx`t.created_at < ${new Date(filter.to)}`]),
    ...(filter.open === undefined
      ? []
      : [filter.open ? tx`t.closed_at is null` : tx`t.closed_at is not null`]),
    ...(filter.holderId === undefined ? [] : [tx`t.holder_id = ${filter.holderId}`]),
  ]);

export type Sort = 'due' | 'newest' | 'oldest';

/** Where a page ended: the due time as PostgreSQL writes it, and the id. */
export interface Cursor {
  readonly due: string;
  readonly id: string;
}

const afterSql = (tx: Tx, sort: Sort, cursor: Cursor): Fragment => {
  switch (sort) {
    case 'due':
      return tx`(t.due_at, t.id) > (${cursor.due}::text::timestamptz, ${cursor.id}::uuid)`;
    case 'newest':
      return tx`t.id < ${cursor.id}::uuid`;
    case 'oldest':
      return tx`t.id > ${cursor.id}::uuid`;
  }
};

const orderSql = (tx: Tx, sort: Sort): Fragment =>
  sort === 'due' ? tx`t.due_at, t.id` : sort === 'newest' ? tx`t.id desc` : tx`t.id`;

/** A ticket as lists show it: with the names of what it points to. */
export interface Listed {
  readonly state: TicketState;
  readonly assignee: string | null;
  readonly holder: { readonly reference: string; readonly app: string } | null;
  readonly held: { readonly open: number; readonly total: number };
  readonly cursor: Cursor;
}

interface ListedRow extends TicketRow {
  readonly assignee_name: string | null;
  readonly holder_reference: string | null;
  readonly holder_app: string | null;
  readonly held_open: number;
  readonly held_total: number;
  readonly due_text: string;
}

const listedOf = (row: ListedRow): Listed => ({
  state: stateOf(row),
  assignee: row.assignee_name,
  holder:
    row.holder_reference === null || row.holder_app === null
      ? null
      : { reference: row.holder_reference, app: row.holder_app },
  held: { open: row.held_open, total: row.held_total },
  cursor: { due: row.due_text, id: row.id },
});

/** The pages of `chosen` rows named `t`, with names. `holding`: apps whose tickets hold others. */
const withNames = (
  tx: Tx,
  organisationId: string,
  chosen: Fragment,
  holding: readonly string[],
  order: Fragment,
): Fragment => tx`
  select ${columns(tx)}, t.due_at::text as due_text, m.name as assignee_name,
    h.reference as holder_reference, h.app as holder_app,
    coalesce(c.open, 0)::int as held_open, coalesce(c.total, 0)::int as held_total
  from (${chosen}) t
  left join member m on m.organisation_id = ${organisationId} and m.id = t.assignee_id
  left join ticket h on h.organisation_id = ${organisationId} and h.id = t.holder_id
  left join lateral (
    select count(*) filter (where k.closed_at is null) as open, count(*) as total
    from ticket k where k.organisation_id = ${organisationId} and k.holder_id = t.id
      and t.app = any(${holding as string[]}::text[])
  ) c on true
  order by ${order}`;

export interface ListQuery {
  readonly sights: Sights;
  readonly filter: Filter;
  readonly sort: Sort;
  readonly after: Cursor | null;
  readonly limit: number;
  readonly holding: readonly string[];
}

/** A page of tickets. One app is served by its own indexes. */
export const listTickets = async (
  tx: Tx,
  organisationId: string,
  actor: Actor,
  query: ListQuery,
): Promise<Listed[]> => {
  const one = query.sights.length === 1 ? query.sights[0] : undefined;
  const where = all(tx, [
    tx`t.organisation_id = ${organisationId}`,
    one
      ? tx`t.app = ${one.app} and ${sightSql(tx, one.sights, actor.id)}`
      : visibleSql(tx, query.sights, actor),
    filterSql(tx, query.filter),
    ...(query.after ? [afterSql(tx, query.sort, query.after)] : []),
  ]);
  const order = orderSql(tx, query.sort);
  const steps = query.filter.steps;
  // One step: its index is already in order. Several: PostgreSQL cannot merge ranges of an index, so each gives its own page.
  const page = (step: Fragment): Fragment => tx`
    select t.* from ticket t where ${where} and ${step} order by ${order} limit ${query.limit}`;
  const chosen =
    steps && steps.length > 1 && query.sort === 'due'
      ? tx`select t.* from unnest(${steps as string[]}::text[]) s(step) cross join lateral (${page(tx`t.step = s.step`)}) t
          order by ${order} limit ${query.limit}`
      : page(steps?.length === 1 ? tx`t.step = ${steps[0] ?? ''}` : tx`true`);
  const rows = await tx<ListedRow[]>`${withNames(tx, organisationId, chosen, query.holding, order)}`;
  return rows.map(listedOf);
};

/** One ticket as lists show it. */
export const oneTicket = async (
  tx: Tx,
  organisationId: string,
  app: string,
  reference: string,
  holding: readonly string[],
): Promise<Listed | undefined> => {
  const chosen = tx`
    select t.* from ticket t
    where t.organisation_id = ${organisationId} and t.app = ${app} and t.reference = ${reference}`;
  const [row] = await tx<ListedRow[]>`${withNames(tx, organisationId, chosen, holding, tx`t.id`)}`;
  return row && listedOf(row);
};

/** Tickets by id, those the actor sees, in no order. */
export const ticketsById = async (
  tx: Tx,
  organisationId: string,
  actor: Actor,
  sights: Sights,
  ids: readonly string[],
  holding: readonly string[],
): Promise<Listed[]> => {
  const chosen = tx`
    select t.* from ticket t
    where t.organisation_id = ${organisationId} and t.id = any(${ids as string[]}::uuid[]) and ${visibleSql(tx, sights, actor)}`;
  const rows = await tx<ListedRow[]>`${withNames(tx, organisationId, chosen, holding, tx`t.id`)}`;
  return rows.map(listedOf);
};

export interface Column {
  readonly step: string;
  readonly count: number;
}

/** How many tickets stand on each step, counting no further than `most`: a board says "500+" as well as "731,204". */
export const countSteps = (
  tx: Tx,
  organisationId: string,
  actor: Actor,
  app: string,
  sights: readonly Sight[],
  filter: Filter,
  steps: readonly string[],
  most: number,
): Promise<Column[]> => tx<Column[]>`
  select s.step, c.count::int as count from unnest(${steps as string[]}::text[]) s(step)
  cross join lateral (
    select count(*) as count from (
      select 1 from ticket t
      where t.organisation_id = ${organisationId} and t.app = ${app} and t.step = s.step
        and ${sightSql(tx, sights, actor.id)} and ${filterSql(tx, filter)}
      limit ${most}
    ) capped
  ) c`;

/** The first cards of every column; the ended steps show what ended last. */
export const boardCards = async (
  tx: Tx,
  organisationId: string,
  actor: Actor,
  app: string,
  sights: readonly Sight[],
  filter: Filter,
  steps: { readonly open: readonly string[]; readonly ended: readonly string[] },
  limit: number,
  holding: readonly string[],
): Promise<Listed[]> => {
  const where = tx`t.organisation_id = ${organisationId} and t.app = ${app} and t.step = s.step
    and ${sightSql(tx, sights, actor.id)} and ${filterSql(tx, filter)}`;
  const chosen = tx`
    select t.* from unnest(${steps.open as string[]}::text[]) s(step) cross join lateral (
      select t.* from ticket t where ${where} order by t.due_at, t.id limit ${limit}) t
    union all
    select t.* from unnest(${steps.ended as string[]}::text[]) s(step) cross join lateral (
      select t.* from ticket t where ${where} and t.closed_at is not null
      order by t.closed_at desc, t.id desc limit ${limit}) t`;
  const rows = await tx<ListedRow[]>`${withNames(tx, organisationId, chosen, holding, tx`t.due_at, t.id`)}`;
  return rows.map(listedOf);
};

export interface LatenessCount {
  readonly app: string;
  readonly lateness: TicketState['standing']['lateness'];
  readonly count: number;
}

/** How many open tickets are in each bad state, app by app, counting no further than `most` each. */
export const countLateness = (
  tx: Tx,
  organisationId: string,
  actor: Actor,
  sights: Sights,
  filter: Filter,
  most: number,
): Promise<LatenessCount[]> => tx<LatenessCount[]>`
  select a.app, l.lateness, c.count::int as count
  from unnest(${sights.map(({ app }) => app)}::text[]) a(app)
  cross join unnest(array['late', 'stuck', 'will be late', 'at risk']) l(lateness)
  cross join lateral (
    select count(*) as count from (
      select 1 from ticket t
      where t.organisation_id = ${organisationId} and t.lateness = l.lateness and t.lateness <> 'on time'
        and t.closed_at is null and t.app = a.app and ${visibleSql(tx, sights, actor)} and ${filterSql(tx, filter)}
      limit ${most}
    ) capped
  ) c`;

/** How many open tickets each app has, counting no further than `most`. */
export const countOpen = (
  tx: Tx,
  organisationId: string,
  actor: Actor,
  sights: Sights,
  openSteps: readonly { readonly app: string; readonly step: string }[],
  most: number,
): Promise<{ app: string; count: number }[]> => tx<{ app: string; count: number }[]>`
  select s.app, sum(c.count)::int as count
  from unnest(${openSteps.map(({ app }) => app)}::text[], ${openSteps.map(({ step }) => step)}::text[]) s(app, step)
  cross join lateral (
    select count(*) as count from (
      select 1 from ticket t
      where t.organisation_id = ${organisationId} and t.app = s.app and t.step = s.step and ${visibleSql(tx, sights, actor)}
      limit ${most}
    ) capped
  ) c group by s.app`;
