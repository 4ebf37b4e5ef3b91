import type { AppDefinition, Move } from './define.ts';
import type { Fields } from './values.ts';

/** The list of steps of this kind of work; `null` when the app has no routes or the ticket no kind yet. */
export const routeOf = (definition: AppDefinition, fields: Fields): readonly string[] | null => {
  if (!definition.routes) return null;
  const kind = fields[definition.routes.by];
  return typeof kind === 'string' ? (definition.routes.of[kind] ?? null) : null;
};

/** Where a new ticket stands: the first step of its route, or the step that starts. */
export const startStep = (definition: AppDefinition, fields: Fields): string => {
  const first = routeOf(definition, fields)?.[0];
  const start = first ?? Object.entries(definition.steps).find(([, step]) => step.start)?.[0];
  if (start === undefined)
    throw new TypeError(`${definition.app} has no step that starts; a checked definition has one.`);
  return start;
};

/** The step a move leads to from here, or `null` when the route has none. */
export const destination = (
  definition: AppDefinition,
  move: Move<string, string, string>,
  step: string,
  fields: Fields,
): string | null => {
  if (move.to !== '$next' && move.to !== '$back') return move.to;
  const route = routeOf(definition, fields);
  const here = route?.indexOf(step) ?? -1;
  if (!route || here < 0) return null;
  return route[move.to === '$next' ? here + 1 : here - 1] ?? null;
};

export const isFrom = (move: Move<string, string, string>, step: string): boolean =>
  typeof move.from === 'string' ? move.from === step : move.from.includes(step);

/** `kind!` is the field `kind`, required. */
export const readAsk = (ask: string): { readonly name: string; readonly required: boolean } =>
  ask.endsWith('!') ? { name: ask.slice(0, -1), required: true } : { name: ask, required: false };
