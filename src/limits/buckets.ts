import { createHash } from 'node:crypto';

import type { Database } from '../platform/postgres/index.ts';
import type { Limit } from './kinds.ts';
import { saltOf, take } from './store.ts';

/** What a bucket gave. */
export interface Given {
  readonly granted: number;
  /** Milliseconds until there is one again, when there was none. */
  readonly wait: number;
}

/** Takes from the buckets that all servers share; `subject` is never written as it is. */
export type Buckets = (subject: string, count: number, limit: Limit, now: number) => Promise<Given>;

export const openBuckets = (db: Pick<Database, 'app'>): Buckets => {
  let salt: Promise<Buffer> | null = null;
  const salted = (): Promise<Buffer> => {
    salt ??= saltOf(db.app).catch((error: unknown) => {
      salt = null;
      throw error;
    });
    return salt;
  };
  return async (subject, count, limit, now) => {
    const key = createHash('sha256')
      .update(await salted())
      .update(subject)
      .digest()
      .subarray(0, 16);
    const { granted, fullAt } = await take(db.app, key, count, limit, now);
    return { granted, wait: granted > 0 ? 0 : Math.max(1, fullAt - now - (limit.burst - 1) * limit.every) };
  };
};
