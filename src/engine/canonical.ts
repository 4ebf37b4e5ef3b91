import type { Json } from './values.ts';

/**
 * The one text of a JSON value: keys sorted by UTF-16 code units, no spaces, numbers as ECMAScript writes them.
 * Source: RFC 8785 (JSON Canonicalization Scheme).
 * @throws TypeError on what JSON cannot say: `undefined`, functions, NaN, infinities, dates, lone surrogates.
 */
export const canonicalJson = (value: unknown): string => {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string' && value.isWellFormed()) return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
  if (
    typeof value === 'object' &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)
  )
    return `{${Object.keys(value)
      .toSorted()
      .map(
        (key) => `${canonicalJson(key)}:${canonicalJson((value as { readonly [key: string]: Json })[key])}`,
      )
      .join(',')}}`;
  throw new TypeError(`JSON cannot say a ${typeof value}.`);
};
