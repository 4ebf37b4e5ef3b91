import type { AnyPredicate, Comparison, Predicate, Scalar } from './define.ts';
import type { TicketState } from './state.ts';
import type { Json } from './values.ts';

/** One comparison, in the one form that every compiler of predicates reads. */
export type Test =
  | { readonly is: 'in'; readonly values: readonly Scalar[] }
  | { readonly is: 'not'; readonly value: Scalar }
  | { readonly is: 'lt' | 'gt'; readonly value: number | string };

const ME = '$me';

/** `'$me'` becomes the actor; a literal is a list of one. */
export const readTest = (comparison: Comparison, me: string | null): Test => {
  const own = (value: Scalar): Scalar => (value === ME ? me : value);
  if (typeof comparison !== 'object' || comparison === null) return { is: 'in', values: [own(comparison)] };
  if ('in' in comparison) return { is: 'in', values: comparison.in.map(own) };
  if ('not' in comparison) return { is: 'not', value: own(comparison.not) };
  return 'lt' in comparison ? { is: 'lt', value: comparison.lt } : { is: 'gt', value: comparison.gt };
};

/** A predicate is a list of alternatives. */
export const alternatives = (predicate: AnyPredicate): readonly Predicate[] =>
  Array.isArray(predicate) ? (predicate as readonly Predicate[]) : [predicate as Predicate];

/** Below zero when `a` comes before `b` by code points, as PostgreSQL's collation "C" has it; JavaScript's `<` goes by UTF-16. */
const order = (a: number | string, b: number | string): number => {
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
  const left = Array.from(a, (letter) => letter.codePointAt(0) ?? 0);
  const right = Array.from(b, (letter) => letter.codePointAt(0) ?? 0);
  const at = left.findIndex((point, index) => point !== right[index]);
  return at < 0 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1);
};

const holds = (test: Test, value: Json): boolean => {
  switch (test.is) {
    case 'in':
      return test.values.some((allowed) => allowed === value);
    case 'not':
      return value !== test.value;
    case 'lt':
      return typeof value === typeof test.value && order(value as number | string, test.value) < 0;
    case 'gt':
      return typeof value === typeof test.value && order(value as number | string, test.value) > 0;
  }
};

const valueOf = (state: TicketState, key: string): Json => {
  switch (key) {
    case '$step':
      return state.step;
    case '$site':
      return state.siteId;
    case '$assignee':
      return state.assigneeId;
    case '$creator':
      return state.createdBy;
    case '$open':
      return state.closedAt === null;
    default:
      return state.fields[key] ?? state.sealed[key] ?? null;
  }
};

/** Does the ticket match? The same meaning as the SQL that `src/tickets/sight/store.ts` writes. */
export const matches = (predicate: AnyPredicate, state: TicketState, me: string | null): boolean =>
  alternatives(predicate).some((all) =>
    Object.entries(all).every(
      ([key, comparison]) => comparison === undefined || holds(readTest(comparison, me), valueOf(state, key)),
    ),
  );
