import type { Field, Value } from '../api/types.ts';

/** What every type's `Input.svelte` is given. It writes one control named `name`, as a person would type it. */
export interface InputProps {
  readonly id: string;
  readonly name: string;
  readonly field: Field;
  /** The value as it is kept, if there is one. */
  readonly value: Value | undefined;
  /** What had been typed before a refusal: wins over `value`. */
  readonly typed: string | undefined;
  readonly required: boolean;
  readonly invalid: boolean;
  readonly describedby: string | undefined;
  readonly site: string | null;
}

/** What every type's `Show.svelte` is given. */
export interface ShowProps {
  readonly field: Field;
  readonly value: Value;
  readonly site: string | null;
}
