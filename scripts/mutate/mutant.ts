/** A guard taken away, and the tests that should notice, cheapest first. */
export interface Mutant {
  readonly kind: Kind;
  /** From the root of the project. */
  readonly file: string;
  readonly line: number;
  /** What was changed, in a line. */
  readonly what: string;
  readonly change: Change;
  readonly killers: readonly Killer[];
  /** What the first of its killers calls open when this guard is gone, so that it can be told from others. */
  readonly shows?: readonly string[];
}

export const KINDS = ['permits', 'engine', 'policies', 'checks'] as const;
export type Kind = (typeof KINDS)[number];

/** A test file, or those of its tests whose titles match. */
export interface Killer {
  readonly file: string;
  readonly titles?: string;
}

/** One change in a file's text, from a position to another. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly with: string;
}

/** A text with changes that do not overlap. */
export const changed = (text: string, changes: readonly Change[]): string =>
  changes
    .toSorted((a, b) => b.start - a.start)
    .reduce((rest, { start, end, with: put }) => rest.slice(0, start) + put + rest.slice(end), text);

export const lineOf = (text: string, position: number): number => text.slice(0, position).split('\n').length;

/** A piece of a program as it fits in a line. */
export const short = (text: string): string => {
  const flat = text.replaceAll(/\s+/gu, ' ').trim();
  return flat.length > 90 ? `${flat.slice(0, 87)}…` : flat;
};
