import {
  type Actor,
  alternatives,
  type AnyPredicate,
  readTest,
  type Sight,
  type Test,
  type Within,
} from '../../engine/index.ts';
import type { Fragment, Tx } from '../../platform/postgres/index.ts';

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
      // Equal, and not contained: every list contains the empty one.
      return tx`(${value}) = any(${test.values.map((one) => JSON.stringify(one))}::text[]::jsonb[])`;
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

/** Conditions that must all hold. */
export const all = (tx: Tx, parts: readonly Fragment[]): Fragment =>
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

/** What is inside, to be seen: the same meaning as the engine's `isInside`. */
const insideSql = (tx: Tx, { steps, ticketId, justMoved }: Within): readonly Fragment[] => [
  ...(ticketId === undefined ? [] : [tx`t.id = ${ticketId}::uuid`]),
  ...(steps === undefined
    ? []
    : [
        any(tx, [
          tx`t.step = any(${steps as string[]}::text[])`,
          ...(justMoved === undefined ? [] : [tx`t.id = ${justMoved}::uuid`]),
        ]),
      ]),
];

/** What an actor sees of one app, as SQL over a ticket named `t`. */
export const sightSql = (tx: Tx, sights: readonly Sight[], me: string | null): Fragment =>
  any(
    tx,
    sights.map(({ siteId, where, within }) =>
      all(tx, [
        ...(within === undefined ? [] : insideSql(tx, within)),
        ...(siteId === null ? [] : [tx`t.site_id = ${siteId}`]),
        ...(where === 'all' ? [] : [predicateSql(tx, where, me)]),
      ]),
    ),
  );

/** What an actor sees, app by app, and the steps there: those where tickets end, and those where they go on. */
export type Sights = readonly {
  readonly app: string;
  readonly sights: readonly Sight[];
  readonly going: readonly string[];
  readonly ended: readonly string[];
}[];

export const visibleSql = (tx: Tx, sights: Sights, actor: Actor): Fragment =>
  any(
    tx,
    sights
      .filter(({ sights: parts }) => parts.length > 0)
      .map(({ app, sights: parts }) => tx`(t.app = ${app} and ${sightSql(tx, parts, actor.id)})`),
  );
