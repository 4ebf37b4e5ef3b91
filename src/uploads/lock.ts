import { setTimeout as sleep } from 'node:timers/promises';

import type { Locker as TusLocker } from '@tus/utils';

import { ProtocolError } from './protocol-error.ts';

export type Locker = TusLocker;

/** Milliseconds to wait for whoever writes: a large file is read through before it is said to be there. */
const PATIENCE = 25_000;

const BEING_WRITTEN = { status_code: 423, body: 'being_written' };

interface Held {
  readonly over: Promise<void>;
  readonly end: () => void;
  readonly askToEnd: () => Promise<void> | void;
}

/**
 * One request at a time for an upload, in this process; whoever comes asks the one before, whose line may be dead, to
 * end. Other processes are kept apart by what they write: nothing is ever written over, and an upload becomes a file once.
 */
export const newLocker = (patience = PATIENCE): Locker => {
  const held = new Map<string, Held>();
  return {
    newLock: (id) => ({
      lock: async (signal, askToEnd) => {
        const until = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
        for (let before = held.get(id); before; before = held.get(id)) {
          await before.askToEnd();
          const waited = sleep(patience, undefined, { signal: until, ref: false }).catch(() => {});
          await Promise.race([before.over, waited]);
          if (until.aborted) throw new ProtocolError(BEING_WRITTEN);
        }
        let end = (): void => {};
        const over = new Promise<void>((resolve) => (end = resolve));
        held.set(id, { over, end, askToEnd });
      },
      unlock: async () => {
        held.get(id)?.end();
        held.delete(id);
      },
    }),
  };
};
