import type { Value } from '../../api/types.ts';

/** The files that a value names. */
export const idsIn = (value: Value | undefined): readonly string[] =>
  Array.isArray(value)
    ? value.flatMap((one: Value) =>
        typeof one === 'object' && one !== null && 'id' in one && typeof one.id === 'string' ? [one.id] : [],
      )
    : [];
