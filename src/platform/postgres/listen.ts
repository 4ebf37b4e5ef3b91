import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';
import { openLane, type Lane, type LaneOptions } from './lane.ts';
import { openScope } from './scope.ts';

export interface Listening {
  unlisten(): Promise<void>;
}

const FIRST_RETRY = 100;
const LAST_RETRY = 5_000;

/**
 * Listens on a channel with a connection of its own. When that breaks, it is made again with growing
 * pauses; `listening` is called each time it hears again, because what was said meanwhile is lost.
 */
export async function listen(
  options: LaneOptions,
  factory: postgres.Sql,
  channel: string,
  heard: (payload: string) => void,
  listening?: () => void,
): Promise<Listening> {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(channel)) throw new Error(`Not a channel's name: ${channel}`);
  const stop = new AbortController();
  let lane: Lane | undefined;

  async function open(): Promise<void> {
    lane = await openLane({
      ...options,
      onLost: () => void again(),
      onNotice: (_, payload) => heard(payload),
    });
    await openScope(factory, lane).send(`listen ${channel}`);
    listening?.();
  }

  async function again(): Promise<void> {
    for (let pause = FIRST_RETRY; !stop.signal.aborted; pause = Math.min(pause * 2, LAST_RETRY)) {
      try {
        await sleep(pause, undefined, { signal: stop.signal });
        return await open();
      } catch {
        // Not back yet, or told to stop.
      }
    }
  }

  await open();
  return {
    unlisten: async () => {
      stop.abort();
      await lane?.close();
    },
  };
}
