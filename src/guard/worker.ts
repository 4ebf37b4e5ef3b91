import { parentPort, workerData } from 'node:worker_threads';
import type { Limits, Look, Message } from './findings.ts';
import { lookAt } from './look.ts';

/** Runs apart, where it may be ended at any time: what was found until then has been said. */
const { bytes, limits } = workerData as { readonly bytes: Uint8Array; readonly limits: Limits };

const say = (message: Message): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
  parentPort?.postMessage(message);
};

const look: Look = {
  limits,
  where: '',
  depth: 0,
  left: { bytes: limits.unpacked, entries: limits.entries },
  find: (found) => say({ found }),
  miss: (missed) => say({ missed }),
  open: lookAt,
};

try {
  await lookAt(bytes, look);
} catch {
  look.miss('unreadable');
}
say({ done: true });
