import { gathered } from '../../platform/bytes.ts';
import { AgeError } from './error.ts';
import type { Opener } from './head.ts';
import type { Read } from './open.ts';
import { CHUNK, SEALED, TAG } from './sizes.ts';

/** What is good of a file that a power failure may have cut. */
export interface GoodPart {
  /** Plain bytes. */
  readonly plain: number;
  /** Stored bytes, head included: what comes after them is to be cut off. */
  readonly stored: number;
  /** The last chunk is there: it is a whole age file. */
  readonly ended: boolean;
}

/**
 * How much of `stored` bytes is good: the whole chunks, and a tail that authenticates as the last one. It reads and
 * authenticates the last two chunks; where the end was never written (a file system may have made it longer first), it
 * goes back until one opens. What lies before was not read: it is authenticated when it is.
 */
export const goodPart = async (opener: Opener, read: Read, stored: number): Promise<GoodPart> => {
  const { headSize } = opener;
  const startOf = (index: number): number => headSize + index * SEALED;
  const whole = Math.max(0, Math.floor((stored - headSize) / SEALED));
  const opens = async (index: number): Promise<'last' | 'more' | undefined> => {
    const chunk = await gathered(read(startOf(index), Math.min(stored, startOf(index + 1))));
    if (authenticates(opener, chunk, index, true)) return 'last';
    return authenticates(opener, chunk, index, false) ? 'more' : undefined;
  };
  const tail = stored - startOf(whole);
  const tailEnds = tail >= TAG && (await opens(whole)) === 'last';
  if (tailEnds && (whole === 0 || (await opens(whole - 1)) === 'more'))
    return { plain: whole * CHUNK + tail - TAG, stored, ended: true };
  for (let chunks = whole; chunks > 0; chunks--) {
    const found = await opens(chunks - 1);
    if (found) return { plain: chunks * CHUNK, stored: startOf(chunks), ended: found === 'last' };
  }
  return { plain: 0, stored: headSize, ended: false };
};

const authenticates = (opener: Opener, chunk: Buffer, index: number, last: boolean): boolean => {
  try {
    opener.open(chunk, index, last);
    return true;
  } catch (error) {
    if (error instanceof AgeError) return false;
    throw error;
  }
};
