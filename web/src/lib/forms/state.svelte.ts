import { createContext } from 'svelte';
import type { Draft, Problem } from '../api/types.ts';
import { placeOf } from './names.ts';

/** What a form knows while it is being filled: what was refused, and what had been typed. */
export class FormState {
  problem: Problem | null = $state(null);
  sending = $state(false);
  readonly #typed: Draft['values'];

  /** @param before what was typed before the script was there */
  constructor(draft: Draft | null, before: Draft['values']) {
    this.problem = draft?.problem ?? null;
    this.#typed = { ...draft?.values, ...before };
  }

  /** What was typed under this name before the page was drawn again. */
  typed(name: string): string | undefined {
    return this.#typed[name];
  }

  /** What is wrong with a field, by its plain name. */
  wrong(name: string): string | undefined {
    const found = this.problem?.errors?.filter(({ path }) => {
      const place = placeOf(path);
      return place === name || place.startsWith(`${name}.`);
    });
    return found?.length ? found.map(({ message }) => message).join(' ') : undefined;
  }
}

export const [getForm, setForm] = createContext<FormState>();
