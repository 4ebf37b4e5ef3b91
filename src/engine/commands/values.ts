import type { AppDefinition } from '../define.ts';
import { fieldKinds } from '../fields/index.ts';
import type { Problem, ProblemCode } from '../problem.ts';
import { type Fields, type Json, sameJson } from '../values.ts';

export interface Values {
  readonly fields: Record<string, Json>;
  readonly sealed: Record<string, Json>;
  readonly problems: readonly Problem[];
}

/**
 * Reads the values given with a command. `null` empties a field.
 * @param may which fields this command may write
 */
export const readValues = (
  definition: AppDefinition,
  given: { readonly [name: string]: unknown },
  may: (field: string) => boolean,
): Values => {
  const fields: Record<string, Json> = {};
  const sealed: Record<string, Json> = {};
  const problems: Problem[] = [];
  const refuse = (name: string, code: ProblemCode, at?: string, params?: Problem['params']): void => {
    problems.push({ path: `fields.${name}${at ? `.${at}` : ''}`, code, ...(params && { params }) });
  };
  for (const [name, value] of Object.entries(given)) {
    const field = Object.hasOwn(definition.fields, name) ? definition.fields[name] : undefined;
    if (!field) refuse(name, 'unknown_field');
    else if (field.retired) refuse(name, 'retired_field');
    else if (!may(name)) refuse(name, 'not_editable');
    else {
      const parsed = value === null ? { value: null } : fieldKinds[field.is].parse(value, field);
      if ('problem' in parsed) refuse(name, parsed.problem, parsed.at, parsed.params);
      else (field.sealed ? sealed : fields)[name] = parsed.value;
    }
  }
  return { fields, sealed, problems };
};

/** Only what differs from what the ticket has. */
export const changesTo = (before: Fields, given: Fields): Record<string, Json> =>
  Object.fromEntries(Object.entries(given).filter(([name, value]) => !sameJson(before[name] ?? null, value)));

/** Required fields that would be left empty. */
export const missing = (required: readonly string[], values: Fields): readonly Problem[] =>
  required
    .filter((name) => (values[name] ?? null) === null)
    .map((name) => ({ path: `fields.${name}`, code: 'required' }));
