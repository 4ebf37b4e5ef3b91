import type { Actor } from '../engine/index.ts';
import type { House } from '../organisations/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import type { Way } from '../traces/index.ts';
import type { Once } from './store.ts';

/** Who asks for what, where and when: every operation on tickets gets one. */
export interface Call {
  readonly db: Database;
  readonly house: House;
  readonly actor: Actor;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The idempotency key of this command, if it has one: the same key again has the same answer and no second effect. */
  readonly once: Once | null;
  /** By which way what is read leaves, for its trace. */
  readonly way?: Way | (() => Way);
}
