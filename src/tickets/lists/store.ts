import type { Actor, Sight, TicketState } from '../../engine/index.ts';
import type { Fragment, Tx } from '../../platform/postgres/index.ts';
import { all, type Sights, sightSql, visibleSql } from '../sight/store.ts';

/** What a list is narrowed to; absent means all. Instants are epoch milliseconds. */
export interface Filter {
  readonly steps?: readonly string[];
  readonly lateness?: readonly TicketState['standing']['lateness'][];
  readonly assignee?: string | null;
  readonly siteId?: string;
  /** `kind=pothole`, all of them; `few`: so few tickets have them that the index of choices is the shortest way. */
  readonly choices?: { readonly all: readonly string[]; readonly few: boolean };
  readonly from?: number;
  readonly to?: number;
  readonly open?: boolean;
  readonly holderId?: string;
}

/** No id of this millisecond or later is before it: ids begin with the time of their ticket, and are in an index. */
const firstIdOf = (at: number): string => {
  const time = Math.max(0, Math.ceil(at)).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
};

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
    ...(filter.choices === undefined ? [] : [tx`t.choices @> ${filter.choices.all as string[]}::text[]`]),
    ...(filter.from === undefined
      ? []
      : [tx`t.created_at >= ${new Date(filter.from)}`, tx`t.id >= ${firstIdOf(filter.from)}`]),
    ...(filter.to === undefined
      ? []
      : [tx`t.created_at < ${new Date(filter.to)}`, tx`t.id < ${firstIdOf(filter.to)}`]),
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
}

/** A ticket before it is read: which version there is, and the names of what it points to. */
export interface NamedRow {
  readonly id: string;
  readonly app: string;
  readonly reference: string;
  readonly version: number;
  readonly assignee_name: string | null;
  readonly holder_reference: string | null;
  readonly holder_app: string | null;
  readonly held_open: number;
  readonly held_total: number;
}

/** A ticket of a page, and where the page ends when it is the last. */
export interface ListedRow extends NamedRow {
  readonly due_at: Date;
  readonly due_text: string;
}

export const listedOf = (row: NamedRow, state: TicketState): Listed => ({
  state,
  assignee: row.assignee_name,
  holder:
    row.holder_reference === null || row.holder_app === null
      ? null
      : { reference: row.holder_reference, app: row.holder_app },
  held: { open: row.held_open, total: row.held_total },
});

/**
 * At most so many rows, said in the text: a plan that does not know how many is made anew each time, which takes longer
 * than to follow it.
 */
const atMost = (tx: Tx, count: number): Fragment => tx`limit ${tx.unsafe(String(Math.trunc(count)))}`;

/** The `chosen` rows named `t`, with names. `holding`: apps whose tickets hold others. */
const named = (
  tx: Tx,
  organisationId: string,
  chosen: Fragment,
  holding: readonly string[],
  more: Fragment,
): Fragment => {
  const held =
    holding.length === 0
      ? tx`select 0 as open, 0 as total`
      : tx`
        select count(*) filter (where k.closed_at is null)::int as open, count(*)::int as total
        from ticket k where k.organisation_id = ${organisationId} and k.holder_id = t.id
          and t.app = any(${holding as string[]}::text[])`;
  return tx`
    select t.id, t.app, t.reference, t.version, m.name as assignee_name,
      h.reference as holder_reference, h.app as holder_app, c.open as held_open, c.total as held_total${more}
    from (${chosen}) t
    left join member m on m.organisation_id = ${organisationId} and m.id = t.assignee_id
    left join ticket h on h.organisation_id = ${organisationId} and h.id = t.holder_id
    cross join lateral (${held}) c`;
};

/** Those of a page, in its order, and where it may end. */
const withNames = (
  tx: Tx,
  organisationId: string,
  chosen: Fragment,
  holding: readonly string[],
  order: Fragment,
): Fragment => tx`
  ${named(tx, organisationId, chosen, holding, tx`, t.due_at, t.due_at::text as due_text`)} order by ${order}`;

export interface ListQuery {
  readonly sights: Sights;
  readonly filter: Filter;
  readonly sort: Sort;
  readonly after: Cursor | null;
  readonly limit: number;
  readonly holding: readonly string[];
}

/** Where tickets are read: what few have, through the index of choices. */
const sourceSql = (tx: Tx, { choices }: Filter): Fragment => (choices?.few ? tx`own_ticket` : tx`ticket`);

/** Whether few of the newest tickets have these choices: then an ordered index is a long way to a page of them. */
export const haveFew = async (
  tx: Tx,
  organisationId: string,
  app: string | undefined,
  choices: readonly string[],
): Promise<boolean> => {
  const [row] = await tx<{ few: boolean }[]>`
    select count(*) < 40 as few from (
      select t.choices from ticket t
      where t.organisation_id = ${organisationId} and ${app === undefined ? tx`true` : tx`t.app = ${app}`}
      order by t.id desc limit 2000
    ) newest where choices @> ${choices as string[]}::text[]`;
  return row?.few ?? true;
};

/**
 * The parts of a list which an index has in its order: the pages of all are merged. Empty when something narrows the
 * list so much that sorting what is left is shorter.
 */
const partsOf = ({ sights, filter, sort }: ListQuery): readonly { app: string; part: string }[] => {
  const { steps, lateness, open, assignee, holderId, choices, from, to } = filter;
  const isNarrow = (assignee ?? holderId ?? from ?? to) !== undefined && assignee !== null;
  if (isNarrow || choices?.few) return [];
  return sights.flatMap(({ app, ended, going }) => {
    if (sort !== 'due') return [{ app, part: '' }];
    const standing = [...(open === false ? [] : going), ...(open === true ? [] : ended)];
    const parts = lateness ?? (steps ? standing.filter((step) => steps.includes(step)) : standing);
    return parts.map((part) => ({ app, part }));
  });
};

/** A page of tickets. */
export const listTickets = (tx: Tx, organisationId: string, actor: Actor, query: ListQuery) => {
  const { sights, filter, sort, after, limit } = query;
  const order = orderSql(tx, sort);
  const page = (narrowed: Fragment): Fragment => tx`
    select t.* from ${sourceSql(tx, filter)} t
    where t.organisation_id = ${organisationId} and ${visibleSql(tx, sights, actor)} and ${filterSql(tx, filter)}
      and ${after ? afterSql(tx, sort, after) : tx`true`} and ${narrowed}
    order by ${order} ${atMost(tx, limit)}`;
  const partSql = (app: Fragment, part: Fragment): Fragment => {
    if (sort !== 'due') return tx`t.app = ${app}`;
    return filter.lateness
      ? tx`t.lateness = ${part} and t.app = ${app}`
      : tx`t.app = ${app} and t.step = ${part}`;
  };
  const parts = partsOf(query);
  const [first] = parts;
  const chosen =
    parts.length > 1
      ? tx`
        select t.* from unnest(${parts.map(({ app }) => app)}::text[], ${parts.map(({ part }) => part)}::text[]) p(app, part)
        cross join lateral (${page(partSql(tx`p.app`, tx`p.part`))}) t
        order by ${order} ${atMost(tx, limit)}`
      : page(first ? partSql(tx`${first.app}`, tx`${first.part}`) : tx`true`);
  return tx<ListedRow[]>`${withNames(tx, organisationId, chosen, query.holding, order)}`;
};

/** Tickets by reference as lists show them, whoever may see them: the caller decides. */
export const ticketsByReference = (
  tx: Tx,
  organisationId: string,
  references: readonly string[],
  holding: readonly string[],
) => {
  const chosen = tx`
    select t.* from ticket t
    where t.organisation_id = ${organisationId} and t.reference = any(${references as string[]}::text[])`;
  return tx<NamedRow[]>`${named(tx, organisationId, chosen, holding, tx``)}`;
};

/** Tickets by id, those the actor sees, in no order. */
export const ticketsById = async (
  tx: Tx,
  organisationId: string,
  actor: Actor,
  sights: Sights,
  ids: readonly string[],
  holding: readonly string[],
): Promise<ListedRow[]> => {
  const chosen = tx`
    select t.* from ticket t
    where t.organisation_id = ${organisationId} and t.id = any(${ids as string[]}::uuid[]) and ${visibleSql(tx, sights, actor)}`;
  return await tx<ListedRow[]>`${withNames(tx, organisationId, chosen, holding, tx`t.id`)}`;
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
      select 1 from ${sourceSql(tx, filter)} t
      where t.organisation_id = ${organisationId} and t.app = ${app} and t.step = s.step
        and ${sightSql(tx, sights, actor.id)} and ${filterSql(tx, filter)}
      ${atMost(tx, most)}
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
): Promise<ListedRow[]> => {
  const where = tx`t.organisation_id = ${organisationId} and t.app = ${app} and t.step = s.step
    and ${sightSql(tx, sights, actor.id)} and ${filterSql(tx, filter)}`;
  const chosen = tx`
    select t.* from unnest(${steps.open as string[]}::text[]) s(step) cross join lateral (
      select t.* from ${sourceSql(tx, filter)} t where ${where} order by t.due_at, t.id ${atMost(tx, limit)}) t
    union all
    select t.* from unnest(${steps.ended as string[]}::text[]) s(step) cross join lateral (
      select t.* from ${sourceSql(tx, filter)} t where ${where} and t.closed_at is not null
      order by t.closed_at desc, t.id desc ${atMost(tx, limit)}) t`;
  return await tx<ListedRow[]>`${withNames(tx, organisationId, chosen, holding, tx`t.due_at, t.id`)}`;
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
      select 1 from ${sourceSql(tx, filter)} t
      where t.organisation_id = ${organisationId} and t.lateness = l.lateness and t.lateness <> 'on time'
        and t.closed_at is null and t.app = a.app and ${visibleSql(tx, sights, actor)} and ${filterSql(tx, filter)}
      ${atMost(tx, most)}
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
      ${atMost(tx, most)}
    ) capped
  ) c group by s.app`;
