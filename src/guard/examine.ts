import { Worker } from 'node:worker_threads';
import {
  LIMITS,
  type Finding,
  type Findings,
  type Limits,
  type Message,
  type Uncovered,
} from './findings.ts';

/** What one content may hold in memory beside its bytes, in megabytes. */
const MEMORY = 768;
const MOST = 200;

/**
 * Looks for what proves health data in a content, and for what makes one ask. Everything that reads what strangers made
 * runs in a thread of its own, with a limit of memory and of time, after which it is ended: what it found until then
 * counts, and the rest is `uncovered`. Reads no more than `limits.bytes` of the content.
 *
 * @param type the media type, from the content; only what is known to hold no words (sound, film) hangs on it
 * @throws what `content` throws; never because of what it holds
 */
export const examine = async (
  content: AsyncIterable<Uint8Array> | Uint8Array,
  type: string,
  limits: Partial<Limits> = {},
): Promise<Findings> => {
  const all = { ...LIMITS, ...limits };
  const { bytes, whole } = await firstOf(content, all.bytes);
  const uncovered = new Set<Uncovered>(whole ? [] : ['too_large']);
  const findings = new Map<string, Finding>();
  if (/^(?:audio|video)\//.test(type)) uncovered.add('unreadable');
  if (bytes.length > 0) await lookApart(bytes, all, findings, uncovered);
  return { findings: [...findings.values()].slice(0, MOST), uncovered: [...uncovered] };
};

/** A copy of the beginning, which the thread takes over. */
const firstOf = async (content: AsyncIterable<Uint8Array> | Uint8Array, most: number) => {
  if (content instanceof Uint8Array)
    return { bytes: Uint8Array.prototype.slice.call(content, 0, most), whole: content.length <= most };
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of content) {
    pieces.push(piece);
    length += piece.length;
    if (length > most) break;
  }
  const bytes = new Uint8Array(Math.min(length, most));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece.subarray(0, most - at), at);
    at += piece.length;
  }
  return { bytes, whole: length <= most };
};

const lookApart = (
  bytes: Uint8Array<ArrayBuffer>,
  limits: Limits,
  findings: Map<string, Finding>,
  uncovered: Set<Uncovered>,
): Promise<void> =>
  new Promise((resolve) => {
    const worker = new Worker(new URL('worker.ts', import.meta.url), {
      workerData: { bytes, limits },
      transferList: [bytes.buffer],
      resourceLimits: { maxOldGenerationSizeMb: MEMORY },
      env: {},
      stdout: true,
      stderr: true,
    });
    let ended = false;
    const end = (why?: Uncovered): void => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      if (why) uncovered.add(why);
      void worker.terminate().finally(resolve);
    };
    const timer = setTimeout(() => end('too_large'), limits.time);
    worker.on('message', ({ found, missed, done }: Message) => {
      if (found) {
        const key = `${found.rule} ${found.strength} ${found.where}`;
        const count = (findings.get(key)?.count ?? 0) + found.count;
        findings.set(key, { ...found, count });
      }
      if (missed) uncovered.add(missed);
      if (done) end();
    });
    worker.on('error', (error) =>
      end('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too_large' : 'unreadable'),
    );
    worker.on('exit', () => end('unreadable'));
  });
