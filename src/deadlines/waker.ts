import { Refused, standingOf, system } from '../engine/index.ts';
import { appOf, type House, openHouses, openTimeAt } from '../organisations/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logging.ts';
import { asOrganisation, type Database, isUnavailable } from '../platform/postgres/index.ts';
import { type Call, perform } from '../tickets/index.ts';
import { nextWake, organisationsToWake, sleepUntil, toWake, wakeLater } from './store.ts';

const BATCH = 200;
/**
 * Milliseconds: the longest sleep, because something due sooner may be written meanwhile, here or by another server;
 * to look costs two probes of an index. And the shortest.
 */
const LONGEST = 2000;
const SHORTEST = 200;
const AGAIN = 3_600_000;

/** Looks at tickets when their deadline comes. Any number of servers may: a ticket is looked at by one, and told of once. */
export interface Deadlines {
  /** Looks now at all that is due. Resolves with how many tickets changed their lateness. */
  look(): Promise<number>;
  stop(): Promise<void>;
}

export const startDeadlines = (deps: {
  readonly db: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  committed(): void;
}): Deadlines => {
  const { db, clock, logger } = deps;
  let stopped = false;
  let wake: (() => void) | null = null;

  /** One that cannot be counted is looked at again in an hour, and holds up no other. */
  const lookUnlessBroken = async (house: House, id: string): Promise<boolean> => {
    try {
      return await lookAt(house, id);
    } catch (error) {
      if (isUnavailable(error)) throw error;
      logger.error(
        { err: error, organisation: house.id, ticket: id },
        'The lateness of a ticket cannot be counted.',
      );
      await asOrganisation(db, house.id, (tx) => wakeLater(tx, house.id, id, new Date(clock.now() + AGAIN)));
      return false;
    }
  };

  /** One ticket: its lateness when it changed, or only the next instant to look. */
  const lookAt = async (house: House, id: string): Promise<boolean> => {
    const call: Call = { db, house, actor: system, now: clock.now(), once: null };
    return asOrganisation(db, house.id, async (tx) => {
      try {
        await perform(tx, call, { id }, () => ({ type: 'wake' }));
        return true;
      } catch (error) {
        if (!(error instanceof Refused) || error.refusal.code !== 'nothing_to_change') throw error;
        await sleepUntil(tx, house.id, id, (state) =>
          standingOf(
            appOf(house, state.app).definition,
            state,
            openTimeAt(house, state.siteId, call.now, state.createdAt),
            call.now,
          ),
        );
        return false;
      }
    });
  };

  const look = async (): Promise<number> => {
    let changed = 0;
    for (const organisationId of await organisationsToWake(db.system, new Date(clock.now()))) {
      // Not what this server remembers of it: that its hours were changed may be why tickets are to be looked at.
      const house = await openHouses(db).byId(organisationId);
      if (!house) continue;
      let ids: string[];
      do {
        ids = await asOrganisation(db, house.id, (tx) => toWake(tx, house.id, new Date(clock.now()), BATCH));
        for (const id of ids) if (await lookUnlessBroken(house, id)) changed += 1;
        if (changed > 0) deps.committed();
      } while (ids.length === BATCH && !stopped);
    }
    return changed;
  };

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async (): Promise<void> => {
    while (!stopped) {
      try {
        await look();
        const next = await nextWake(db.system);
        const wait = next === null ? LONGEST : next - clock.now();
        if (!stopped) await pause(Math.max(SHORTEST, Math.min(LONGEST, wait)));
      } catch (error) {
        if (!stopped) logger.warn({ err: error }, 'Deadlines could not be looked at; trying again.');
        if (!stopped) await pause(LONGEST);
      }
    }
  };
  const running = run();

  return {
    look,
    stop: async () => {
      stopped = true;
      wake?.();
      await running;
    },
  };
};
