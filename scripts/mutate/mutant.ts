/** A guard taken away, and the tests that should notice, cheapest first. */
export interface Mutant {
  readonly kind: Kind;
  /** From the root of the project. */
  readonly file: string;
  readonly line: number;
  /** What was changed, in a line. */
  readonly what: string;
  /** The whole file with the change. */
  readonly text: string;
  readonly killers: readonly Killer[];
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

export const changed = (text: string, { start, end, with: put }: Change): string =>
  text.slice(0, start) + put + text.slice(end);

export const lineOf = (text: string, position: number): number => text.slice(0, position).split('\n').length;

/** A piece of a program as it fits in a line. */
export const short = (text: string): string => {
  const flat = text.replaceAll(/\s+/gu, ' ').trim();
  return flat.length > 90 ? `${flat.slice(0, 87)}…` : flat;
};
