import type { z } from 'zod';
import type { AppDefinition, Field, Move, Notify, Role, Step } from '../define.ts';
import { schemas } from './shape.ts';

/** A section of a definition: `null` stands for an entry whose shape is wrong, of which only the name is known. */
export type Section<T> = { readonly [name: string]: T | null };

export type AnyRole = Role<string>;
export type AnyStep = Step<string>;
export type AnyMove = Move<string, string, string>;
export type AnyNotify = Notify<string, string, string, string>;

/** What can be read of a definition that may be wrong, so that names are checked beside shapes: all errors at once. */
export interface Draft {
  readonly fields: Section<Field>;
  readonly roles: Section<AnyRole>;
  readonly steps: Section<AnyStep>;
  readonly moves: Section<AnyMove>;
  readonly notify: readonly (AnyNotify | null)[];
  readonly rest: Partial<Omit<AppDefinition, 'fields' | 'roles' | 'steps' | 'moves' | 'notify'>>;
}

type Loose = { readonly [key: string]: unknown };
const loose = (value: unknown): Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {};

const read = <T>(schema: z.ZodType<T>, value: unknown): T | null => {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : null;
};

/** Without a prototype, so that no name is found that was not written. */
const section = <T>(schema: z.ZodType<T>, value: unknown): Section<T> =>
  Object.assign(
    Object.create(null) as Record<string, T | null>,
    Object.fromEntries(Object.entries(loose(value)).map(([name, entry]) => [name, read(schema, entry)])),
  );

const REST = [
  'title',
  'noun',
  'reference',
  'classification',
  'opening',
  'routes',
  'holds',
  'heading',
  'promise',
  'risk',
  'keep',
  'sidecars',
] as const;

/** Reads what is right in `value`, part by part. */
export const draftOf = (value: unknown): Draft => {
  const given = loose(value);
  const rest = REST.flatMap((key) => {
    const parsed = key in given ? schemas[key].safeParse(given[key]) : undefined;
    return parsed?.success && parsed.data !== undefined ? [[key, parsed.data] as const] : [];
  });
  return {
    fields: section(schemas.field, given['fields']),
    roles: section(schemas.role, given['roles']),
    steps: section(schemas.step, given['steps']),
    moves: section(schemas.move, given['moves']),
    notify: Array.isArray(given['notify'])
      ? given['notify'].map((rule) => read(schemas.notifyRule, rule))
      : [],
    rest: {
      ...(Object.fromEntries(rest) as Draft['rest']),
      ...(typeof given['app'] === 'string' && { app: given['app'] }),
    },
  };
};

/** The entries of a section whose shape is right. */
export const sound = <T>(entries: Section<T>): readonly (readonly [name: string, entry: T])[] =>
  Object.entries(entries).flatMap(([name, entry]) => (entry === null ? [] : [[name, entry] as const]));

/** True when every entry has the right shape: what is said of the whole can be. */
export const whole = (...sections: readonly Section<unknown>[]): boolean =>
  sections.every((entries) => Object.values(entries).every((entry) => entry !== null));

export const asList = (one: string | readonly string[]): readonly string[] =>
  typeof one === 'string' ? [one] : one;
