import type { z } from '@hono/zod-openapi';

import type { Permit } from './door.ts';

/** What a route of `door()` says of itself. */
export interface DeclaredDoor {
  readonly permit: Permit;
  readonly summary: string;
  /** What it reads in the body, when it reads one. */
  readonly body: z.ZodType | null;
}

const declared = new WeakMap<object, DeclaredDoor>();

/** Remembers by which door a handler stands: what is added in another way stands by none. */
export const declare = (handlers: readonly object[], said: DeclaredDoor): void => {
  for (const handler of handlers) declared.set(handler, said);
};

/** What the door of a handler says; `undefined` for a handler that was added past `door()`. */
export const doorOf = (handler: object): DeclaredDoor | undefined => declared.get(handler);
