import type { Logger } from '../platform/logging.ts';
import type { Buckets } from './buckets.ts';
import type { Limit } from './kinds.ts';
import { tooMany } from './refuse.ts';

interface Lease {
  left: number;
  deniedUntil: number;
  asking: Promise<void> | null;
}

/** A hundredth of the bucket at a time: what a server takes and does not use is little. */
const batchOf = ({ burst }: Limit): number => Math.max(1, Math.floor(burst / 100));
/** The first requests of somebody new to this server do not wait for the first batch. */
const creditOf = (limit: Limit): number => Math.min(20, batchOf(limit));
/** Beyond so many of a kind, those who may go on are forgotten: they begin again with a credit. */
const MOST = 20_000;

/**
 * Counts what happens often: a server takes a batch from the shared bucket before it needs it, and counts in memory.
 * When the buckets cannot be asked, it goes on: an outage of the counting is no reason to stop the work.
 */
export const openLeases = (
  buckets: Buckets,
  now: () => number,
  logger: Logger,
): ((kind: string, subject: string, limit: Limit) => Promise<void> | undefined) => {
  const kinds = new Map<string, Map<string, Lease>>();

  const ask = async (lease: Lease, bucket: string, limit: Limit): Promise<void> => {
    try {
      const { granted, wait } = await buckets(bucket, batchOf(limit), limit, now());
      lease.left += granted;
      if (granted === 0) lease.deniedUntil = now() + wait;
    } catch (error) {
      logger.warn({ err: error }, 'The limits cannot be counted; work goes on without.');
      lease.left += batchOf(limit);
    }
    lease.asking = null;
  };

  const leaseOf = (kind: string, subject: string, limit: Limit): Lease => {
    let leases = kinds.get(kind);
    if (!leases) kinds.set(kind, (leases = new Map()));
    const found = leases.get(subject);
    if (found) return found;
    if (leases.size >= MOST)
      for (const [key, one] of leases) if (one.deniedUntil <= now()) leases.delete(key);
    const lease: Lease = { left: creditOf(limit), deniedUntil: 0, asking: null };
    leases.set(subject, lease);
    return lease;
  };

  const spend = (kind: string, subject: string, limit: Limit): Promise<void> | undefined => {
    const lease = leaseOf(kind, subject, limit);
    if (lease.left <= 0) {
      const wait = lease.deniedUntil - now();
      if (wait > 0) throw tooMany(wait);
      lease.asking ??= ask(lease, `${kind} ${subject}`, limit);
      return lease.asking.then(() => spend(kind, subject, limit));
    }
    lease.left -= 1;
    if (lease.left < batchOf(limit) / 4 && lease.deniedUntil <= now())
      lease.asking ??= ask(lease, `${kind} ${subject}`, limit);
    return undefined;
  };
  return spend;
};
