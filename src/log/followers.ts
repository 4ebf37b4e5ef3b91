import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logging.ts';
import { asOrganisation, type Database, isUnavailable, type Tx } from '../platform/postgres/index.ts';
import {
  eventsAfter,
  moveCursors,
  ofTickets,
  type OrderedEvent,
  setAside,
  startCursor,
  takeCursor,
  takeCursors,
  takeSetAside,
} from './store.ts';

const BATCH = 200;
const TRIES = 3;
/** Milliseconds after which we look whether the server that was following still does. */
const ELSEWHERE = 500;

/** Follows the log of every organisation with a cursor of its own. */
export interface Consumer {
  readonly name: string;
  /**
   * Its effect, in the transaction that moves its cursor: once, whatever happens.
   * What it throws sets the event aside, after a few tries.
   */
  follow(tx: Tx, organisationId: string, events: readonly OrderedEvent[]): Promise<void>;
}

export interface Followers {
  /** The log of an organisation has grown. */
  follow(organisationId: string): void;
  /** Tries again an event that was set aside; says whether it was one and what it still refuses. */
  retry(
    organisationId: string,
    consumer: string,
    seq: number,
  ): Promise<'done' | 'unknown' | { readonly error: string }>;
  /** Resolves when all that has been asked is followed. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const say = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 2000);

/** A database that is away, or has run out of something (class 53), says nothing of the event. */
const isOutage = (error: unknown): boolean =>
  isUnavailable(error) || (error instanceof Error && 'code' in error && /^(08|53)/u.test(String(error.code)));

export const startFollowers = (
  db: Database,
  clock: Clock,
  logger: Logger,
  consumers: readonly Consumer[],
): Followers => {
  let stopped = false;
  const busy = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const later = new Map<string, NodeJS.Timeout>();

  const follow = (organisationId: string): void => {
    if (stopped) return;
    if (busy.has(organisationId)) again.add(organisationId);
    else busy.set(organisationId, run(organisationId));
  };

  /** Another server is at it and will go on, unless it dies first. */
  const followLater = (organisationId: string): void => {
    if (stopped || later.has(organisationId)) return;
    const timer = setTimeout(() => {
      later.delete(organisationId);
      follow(organisationId);
    }, ELSEWHERE);
    later.set(organisationId, timer);
  };

  /** One batch; true when there may be more. `begins` hears which event is the first of it. */
  const batch = (
    organisationId: string,
    consumer: Consumer,
    size: number,
    begins?: (seq: number) => void,
  ): Promise<boolean> =>
    asOrganisation(db, organisationId, async (tx) => {
      // Sent together: what is read follows the lock.
      const [seq, events] = await Promise.all([
        takeCursor(tx, organisationId, consumer.name),
        eventsAfter(tx, organisationId, { consumers: [consumer.name] }, size),
      ]);
      if (seq === undefined) {
        await startCursor(tx, organisationId, consumer.name);
        return true;
      }
      if (seq === null) {
        followLater(organisationId);
        return false;
      }
      const last = events.at(-1);
      if (!last) return false;
      begins?.(events[0]?.seq ?? last.seq);
      const tickets = ofTickets(events);
      if (tickets.length > 0) await consumer.follow(tx, organisationId, tickets);
      await moveCursors(tx, organisationId, [consumer.name], last.seq);
      return events.length === size;
    });

  /** Passes over an event, and shows it; unless another server has done so meanwhile. */
  const passOver = (
    organisationId: string,
    consumer: Consumer,
    failing: number,
    error: unknown,
  ): Promise<void> =>
    asOrganisation(db, organisationId, async (tx) => {
      const seq = await takeCursor(tx, organisationId, consumer.name);
      const [event] = seq === undefined || seq === null ? [] : await eventsAfter(tx, organisationId, seq, 1);
      if (event?.seq !== failing) return;
      await setAside(tx, organisationId, consumer.name, event, say(error), new Date(clock.now()));
      await moveCursors(tx, organisationId, [consumer.name], event.seq);
      logger.error(
        { organisation: organisationId, consumer: consumer.name, seq: event.seq },
        'An event was set aside.',
      );
    });

  /** After a batch that failed: one event at a time, so that only the one that fails is set aside. */
  const oneByOne = async (organisationId: string, consumer: Consumer): Promise<void> => {
    let tried = { seq: 0, times: 0 };
    const begins = (seq: number): void => {
      tried = { seq, times: seq === tried.seq ? tried.times + 1 : 1 };
    };
    for (let done = 0; done < BATCH && !stopped; done += 1) {
      try {
        if (!(await batch(organisationId, consumer, 1, begins))) return;
      } catch (error) {
        if (isOutage(error)) throw error;
        if (tried.times >= TRIES) await passOver(organisationId, consumer, tried.seq, error);
      }
    }
  };

  const catchUp = async (organisationId: string, consumer: Consumer): Promise<void> => {
    while (!stopped) {
      try {
        if (!(await batch(organisationId, consumer, BATCH))) return;
      } catch (error) {
        if (isOutage(error)) throw error;
        await oneByOne(organisationId, consumer);
      }
    }
  };

  const names = consumers.map(({ name }) => name);

  /**
   * One batch for all, in one transaction, read once: as long as they stand at the same place, are nobody else's, and
   * none of them refuses anything. `apart` when each must go by itself.
   */
  const batchForAll = (organisationId: string): Promise<'more' | 'done' | 'apart'> =>
    asOrganisation(db, organisationId, async (tx) => {
      const [places, events] = await Promise.all([
        takeCursors(tx, organisationId, names),
        eventsAfter(tx, organisationId, { consumers: names }, BATCH),
      ]);
      if (places.length < names.length || places.some((place) => place !== places[0])) return 'apart';
      const last = events.at(-1);
      if (!last) return 'done';
      const tickets = ofTickets(events);
      if (tickets.length > 0)
        for (const consumer of consumers) await consumer.follow(tx, organisationId, tickets);
      await moveCursors(tx, organisationId, names, last.seq);
      return events.length === BATCH ? 'more' : 'done';
    });

  /** Whether all have followed together as far as the log reaches. */
  const allCatchUp = async (organisationId: string): Promise<boolean> => {
    try {
      while (!stopped) {
        const end = await batchForAll(organisationId);
        if (end !== 'more') return end === 'done';
      }
    } catch {
      // Nothing of it was kept; by itself, each shows whose trouble it is.
    }
    return false;
  };

  const run = async (organisationId: string): Promise<void> => {
    do {
      again.delete(organisationId);
      if (await allCatchUp(organisationId)) continue;
      const ends = await Promise.allSettled(consumers.map((consumer) => catchUp(organisationId, consumer)));
      const failed = ends.find((end) => end.status === 'rejected');
      if (failed && !stopped) {
        logger.warn({ err: failed.reason }, 'Following the log is interrupted; trying again.');
        await new Promise((resolve) => setTimeout(resolve, 1000));
        again.add(organisationId);
      }
    } while (again.has(organisationId) && !stopped);
    busy.delete(organisationId);
  };

  return {
    follow,
    retry: async (organisationId, name, seq) => {
      const consumer = consumers.find((candidate) => candidate.name === name);
      if (!consumer) return 'unknown';
      try {
        return await asOrganisation(db, organisationId, async (tx) => {
          const event = await takeSetAside(tx, organisationId, name, seq);
          if (!event) return 'unknown';
          await consumer.follow(tx, organisationId, ofTickets([event]));
          return 'done';
        });
      } catch (error) {
        return { error: say(error) };
      }
    },
    settled: async () => {
      while (busy.size + later.size > 0) {
        await Promise.all(busy.values());
        if (later.size > 0) await new Promise((resolve) => setTimeout(resolve, ELSEWHERE / 10));
      }
    },
    stop: async () => {
      stopped = true;
      for (const timer of later.values()) clearTimeout(timer);
      later.clear();
      await Promise.all(busy.values());
    },
  };
};
