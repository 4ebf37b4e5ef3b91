import type { Clock } from '../platform/clock.ts';
import { networkOf } from '../platform/http/proxies.ts';
import type { Logger } from '../platform/logging.ts';
import type { Database } from '../platform/postgres/index.ts';
import { openBuckets } from './buckets.ts';
import { type General, GENERAL, type Limit, STRICT, type Strict, times } from './kinds.ts';
import { openLeases } from './leases.ts';
import { tooMany, uncounted } from './refuse.ts';

/** How much anyone may ask. */
export interface Limits {
  /**
   * Counts one knock at a door for strangers, exactly, for its address and its organisation.
   * @param organisation its short name, whether or not there is one
   * @throws HttpProblem 429 with Retry-After; 503 when it cannot be counted: unknown means refuse
   */
  strictly(kind: Strict, address: string, organisation: string): Promise<void>;
  /**
   * Counts one of what happens often; answers at once nearly always.
   * @param subject an address for `visit` and `stranger`, an id for the others
   * @throws HttpProblem 429 with Retry-After
   */
  generally(kind: General, subject: string): Promise<void> | undefined;
}

/** Nobody is ever refused. */
const NONE: Limits = { strictly: () => Promise.resolve(), generally: () => undefined };

/** Beyond so many, who was refused is asked about again. */
const MOST = 20_000;

/** @param factor how many times the usual limits; 0 is none */
export const openLimits = (
  db: Pick<Database, 'app'>,
  clock: Clock,
  logger: Logger,
  factor: number,
): Limits => {
  if (factor === 0) return NONE;
  const buckets = openBuckets(db);
  const lease = openLeases(buckets, () => clock.now(), logger);
  /** Who was refused until when: telling them again costs nothing. */
  const denied = new Map<string, number>();
  const general = new Map(Object.entries(GENERAL).map(([kind, limit]) => [kind, times(limit, factor)]));

  const one = async (subject: string, limit: Limit): Promise<void> => {
    const now = clock.now();
    const until = denied.get(subject) ?? 0;
    if (until > now) throw tooMany(until - now);
    const { granted, wait } = await buckets(subject, 1, limit, now).catch((error: unknown) => {
      logger.warn({ err: error }, 'The limits cannot be counted; doors for strangers are closed.');
      throw uncounted();
    });
    if (granted > 0) {
      denied.delete(subject);
      return;
    }
    if (denied.size >= MOST) denied.clear();
    denied.set(subject, now + wait);
    throw tooMany(wait);
  };

  return {
    strictly: async (kind, address, organisation) => {
      const limit = STRICT[kind];
      await one(`${kind} address ${networkOf(address)}`, times(limit.address, factor));
      await one(`${kind} organisation ${organisation}`, times(limit.organisation, factor));
    },
    generally: (kind, subject) => {
      const of = kind === 'visit' || kind === 'stranger' ? networkOf(subject) : subject;
      return lease(kind, of, general.get(kind) ?? GENERAL[kind]);
    },
  };
};
