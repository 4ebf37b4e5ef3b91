import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openShelf, type ShelfSettings } from '../../src/vault/shelf/index.ts';
import { openSegment } from '../../src/vault/shelf/staging.ts';

/** What somebody does with a shelf, in a process that may be killed at any moment. */
export type Deed =
  | { readonly put: string; readonly bytes: number; readonly slowly?: true }
  | { readonly segment: string; readonly bytes: number }
  | { readonly take: string; readonly from: string }
  | { readonly read: string };

export interface Job {
  readonly settings: ShelfSettings;
  readonly data: string;
  readonly deeds: readonly Deed[];
}

/** What it says once that is so: a line each. */
export type Word =
  | { readonly done: Deed }
  | { readonly failed: string }
  | { readonly kept: string; readonly bytes: number }
  | { readonly streamed: number }
  | { readonly peak: number };

const PIECE = 1_048_573;

/** The bytes that stand for `length` bytes under a name, which whoever reads makes again. */
export function* bytesFor(name: string, length: number): Generator<Uint8Array> {
  const seed = createHash('sha512').update(name).digest();
  const piece = new Uint8Array(PIECE);
  for (let at = 0; at < PIECE; at += seed.length) piece.set(seed.subarray(0, PIECE - at), at);
  for (let at = 0; at < length; at += PIECE) yield piece.subarray(0, Math.min(PIECE, length - at));
}

// Synchronously: what was said has been said, whatever happens next.
const say = (word: Word): void => void writeSync(1, `${JSON.stringify(word)}\n`);

async function* streamed(name: string, length: number, slowly = false): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for (const piece of bytesFor(name, length)) {
    yield piece;
    sent += piece.length;
    if (slowly) say({ streamed: sent });
  }
}

const work = async ({ settings, data, deeds }: Job): Promise<void> => {
  const shelf = await openShelf(settings, data);
  const carryOut = async (deed: Deed): Promise<void> => {
    if ('put' in deed) await shelf.put(deed.put, streamed(deed.put, deed.bytes, deed.slowly));
    else if ('take' in deed) await shelf.take(deed.take, deed.from);
    else if ('read' in deed) for await (const _ of shelf.read(deed.read, 0, Number.MAX_SAFE_INTEGER));
    else {
      const segment = await openSegment(deed.segment);
      for (const piece of bytesFor(deed.segment, deed.bytes)) {
        await segment.write([piece]);
        await segment.sync();
        say({ kept: deed.segment, bytes: segment.size });
      }
      await segment.close();
    }
  };
  for (const deed of deeds)
    try {
      await carryOut(deed);
      say({ done: deed });
    } catch (error) {
      say({ failed: error instanceof Error ? error.name : String(error) });
    }
  say({ peak: process.resourceUsage().maxRSS * 1024 });
};

if (import.meta.main) await work(JSON.parse(process.argv[2] ?? '') as Job);
