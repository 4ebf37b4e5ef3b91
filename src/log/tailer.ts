import type { Logger } from '../platform/logging.ts';
import type { Database } from '../platform/postgres/index.ts';
import { lead, nothingWaits, orderEvents } from './store.ts';

const BATCH = 2000;
/** Milliseconds between two looks: just after a nudge, at most when idle, and between two tries to become leader. */
const SOON = 50;
/** After so many events at once, when more are coming: what follows them is done for more at a time. */
const MANY = 20;
const BUSY = 100;
const IDLE = 500;
const FOLLOWER = 2000;

/** Gives committed events their order. Any number of servers may run one; one of them leads. */
export interface Tailer {
  /** Something was just committed here: look soon. */
  nudge(): void;
  /** Resolves when nothing waits for its place. */
  drained(): Promise<void>;
  /** Does nothing wait for its place now? */
  idle(): Promise<boolean>;
  stop(): Promise<void>;
}

export const startTailer = (db: Database, logger: Logger): Tailer => {
  let stopped = false;
  let nudged = false;
  let wake: (() => void) | null = null;

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        wake = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      wake = done;
    });

  /** Leads on one connection for as long as it lives: the lock goes with it. */
  const leadWhileAlive = async (): Promise<void> => {
    const connection = await db.system.reserve();
    try {
      if (!(await lead(connection))) {
        await pause(FOLLOWER);
        return;
      }
      let idle = SOON;
      while (!stopped) {
        nudged = false;
        const ordered = await orderEvents(connection, BATCH);
        if (ordered > 0) idle = SOON;
        else {
          if (!nudged) await pause(idle);
          idle = Math.min(idle * 2, IDLE);
        }
        // Commits of one moment are ordered together.
        if (ordered > 0 || nudged)
          await new Promise((resolve) => setTimeout(resolve, ordered < MANY ? SOON : BUSY));
      }
    } finally {
      await connection.release();
    }
  };

  const run = async (): Promise<void> => {
    while (!stopped) {
      try {
        await leadWhileAlive();
      } catch (error) {
        if (stopped) break;
        logger.warn({ err: error }, 'The order of the log is interrupted; trying again.');
        await pause(FOLLOWER);
      }
    }
  };
  const running = run();

  return {
    nudge: () => {
      nudged = true;
      wake?.();
    },
    idle: () => nothingWaits(db.system),
    drained: async () => {
      for (;;) {
        nudged = true;
        wake?.();
        if (await nothingWaits(db.system)) return;
        await new Promise((resolve) => setTimeout(resolve, SOON / 5));
      }
    },
    stop: async () => {
      stopped = true;
      wake?.();
      await running;
    },
  };
};
