import type { Field } from '../define.ts';
import type { FileRef } from '../values.ts';
import { type FieldKind, problem } from './kind.ts';

/** How many files a field takes when it does not say. */
const MOST = 200;

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

const isRef = (given: unknown): given is FileRef =>
  typeof given === 'object' &&
  given !== null &&
  Object.keys(given).length === 1 &&
  'id' in given &&
  typeof given.id === 'string' &&
  ID.test(given.id);

/** A media type without its parameters: `text/plain` of `Text/plain; charset=utf-8`. */
const bare = (type: string): string => (type.split(';')[0] ?? '').trim().toLowerCase();

/**
 * Does the field take files of this media type? A field that says nothing of types takes any.
 * @param type what a file is, by its content: `image/jpeg`, parameters or not
 */
export const accepts = (field: Field, type: string): boolean => {
  if (field.is !== 'files') return false;
  const given = bare(type);
  return (
    field.accept?.some((one) =>
      one.endsWith('/*') ? given.startsWith(one.slice(0, -1)) && given.length >= one.length : given === one,
    ) ?? true
  );
};

/** Which files, in the order people put them. What they are called, hold and weigh is sealed in the vault: no event says it. */
export const files: FieldKind = {
  parse(value, field) {
    if (!Array.isArray(value)) return problem('files_expected');
    const max = (field.is === 'files' && field.max) || MOST;
    if (value.length > max) return problem('too_many_files', { max, count: value.length });
    const ids = new Set<string>();
    for (const [index, given] of value.entries()) {
      if (!isRef(given)) return problem('files_expected', {}, String(index));
      if (ids.has(given.id)) return problem('same_file_twice', {}, String(index));
      ids.add(given.id);
    }
    return { value: ids.size === 0 ? null : [...ids].map((id) => ({ id })) };
  },
  /** Nobody types a file: `parse` says so, and no file of the ticket is lost to it. */
  fromText: (text) => text,
  toText: (value) => (Array.isArray(value) && value.length > 0 ? String(value.length) : ''),
};
