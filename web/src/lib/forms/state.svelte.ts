import { createContext } from 'svelte';
import type { Draft, Problem } from '../api/types.ts';
import { placeOf } from './names.ts';

/** What a form knows while it is being filled: what was refused, and what had been typed. */
export class FormState {
  problem: Problem | null = $state(null);
  sending = $state(false);
  /** How many times it was sent and taken: what it held is used then. */
  taken = $state(0);
  readonly #awaited = new Set<() => Promise<string | null>>();
  readonly #typed: Draft['values'];

  /** @param before what was typed before the script was there */
  constructor(draft: Draft | null, before: Draft['values']) {
    this.problem = draft?.problem ?? null;
    this.#typed = { ...draft?.values, ...before };
  }

  /** What has to be over before the form is sent; it says what went wrong. The answer takes that back. */
  awaiting(over: () => Promise<string | null>): () => void {
    this.#awaited.add(over);
    return () => this.#awaited.delete(over);
  }

  /** Waits for all of it. @returns why the form may not go; `null` when it may */
  async held(): Promise<string | null> {
    for (const over of this.#awaited) {
      const wrong = await over();
      if (wrong !== null) return wrong;
    }
    return null;
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
