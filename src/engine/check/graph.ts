import type { AnyMove, AnyStep } from './draft.ts';
import { asList } from './draft.ts';

/** The parts of a definition that say how tickets pass from step to step. */
export interface Passing {
  readonly steps: { readonly [name: string]: AnyStep };
  readonly moves: { readonly [name: string]: AnyMove };
  readonly routes?: { readonly by: string; readonly of: { readonly [choice: string]: readonly string[] } };
}

/** The steps each step leads to, for one route or, with `null`, for tickets that have none. */
export type Ways = ReadonlyMap<string, ReadonlySet<string>>;

/** Where every move leads. Conditions are taken to hold. */
export const waysOf = ({ steps, moves }: Passing, route: readonly string[] | null): Ways => {
  const ways = new Map(Object.keys(steps).map((step) => [step, new Set<string>()]));
  for (const move of Object.values(moves))
    for (const from of asList(move.from)) {
      const to = target(move.to, from, route);
      if (to !== undefined && to !== from && ways.has(to)) ways.get(from)?.add(to);
    }
  return ways;
};

const target = (to: string, from: string, route: readonly string[] | null): string | undefined => {
  if (to !== '$next' && to !== '$back') return to;
  const here = route?.indexOf(from) ?? -1;
  return here < 0 ? undefined : route?.[here + (to === '$next' ? 1 : -1)];
};

/** Every step that can be reached from here, itself included. */
export const reachable = (ways: Ways, from: string): ReadonlySet<string> => {
  const seen = new Set([from]);
  for (const step of seen) for (const next of ways.get(step) ?? []) seen.add(next);
  return seen;
};

/** True when a ticket that stands here can come to an end. */
export const canEnd = (passing: Passing, ways: Ways, from: string): boolean =>
  [...reachable(ways, from)].some((step) => passing.steps[step]?.end === true);

/** What a ticket may be, as far as passing goes: the choice that gives its route, the route, and where it starts. */
export interface Course {
  readonly choice: string | null;
  readonly route: readonly string[] | null;
  readonly start: string | undefined;
}

export const coursesOf = ({ steps, routes }: Passing): readonly Course[] => {
  const start = Object.keys(steps).find((step) => steps[step]?.start);
  if (!routes) return [{ choice: null, route: null, start }];
  return Object.entries(routes.of).map(([choice, route]) => ({ choice, route, start: route[0] ?? start }));
};
