import type { Field } from '../define.ts';
import type { ProblemCode } from '../problem.ts';
import type { Json } from '../values.ts';

export type Parsed =
  | { readonly value: Json }
  | {
      readonly problem: ProblemCode;
      readonly at?: string;
      readonly params?: { readonly [name: string]: string | number };
    };

/** What turns a person's typing into a value needs of the place it was typed in. */
export interface Typing {
  /** The instant of a wall time (`2026-03-29T02:30`) at the site, as ISO with offset. */
  instant(wall: string): string | null;
  /** Choices by their label, in the languages the definition has. */
  readonly locale: 'fr' | 'en';
}

/** All that the engine must know of a type of field. The web has a folder of the same name for each. */
export interface FieldKind {
  /** The value as it is kept, or why it is refused. */
  parse(value: unknown, field: Field): Parsed;
  /** What a person typed, as something to give to `parse`. Never refuses: `parse` does. */
  fromText(text: string, field: Field, typing: Typing): unknown;
  /** One line for a CSV cell, a notice, the search index. */
  toText(value: Json, field: Field): string;
}

export const problem = (
  code: ProblemCode,
  params?: { readonly [name: string]: string | number },
  at?: string,
): Parsed => ({ problem: code, ...(params && { params }), ...(at && { at }) });
