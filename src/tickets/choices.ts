import type { AppDefinition, Fields } from '../engine/index.ts';

export const choiceKey = (field: string, value: string): string => `${field}=${value}`;

/** The choices of a ticket as lists filter by them. Sealed fields are no filter. */
export const choicesOf = (definition: AppDefinition, fields: Fields): readonly string[] =>
  Object.entries(definition.fields).flatMap(([name, field]) => {
    const value = fields[name];
    if (value === undefined || value === null || field.sealed) return [];
    if (field.is === 'choice' && typeof value === 'string') return [choiceKey(name, value)];
    if (field.is === 'yesno') return [choiceKey(name, value === true ? 'yes' : 'no')];
    return [];
  });
