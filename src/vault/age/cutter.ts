/** Cuts what arrives in pieces of any length into parts of one size. */
export interface Cutter {
  /** The parts that are full and not the last. A part lives until the next is asked for; nothing else of `bytes` is kept. */
  push(bytes: Uint8Array): Iterable<Uint8Array>;
  /** What is left, of 0 to `size` bytes: the last part. It is full when the whole is a multiple of the size. */
  rest(): Uint8Array;
  readonly held: number;
}

/**
 * A full part waits for one more byte, since only then is it known not to be the last. Parts that lie whole within a
 * piece are not copied.
 */
export const cutter = (size: number): Cutter => {
  let kept = Buffer.alloc(0);
  let held = 0;
  return {
    *push(bytes) {
      let from = 0;
      while (from < bytes.length) {
        if (held === size) {
          held = 0;
          yield kept;
        }
        if (held === 0 && bytes.length - from > size) {
          yield bytes.subarray(from, from + size);
          from += size;
        } else {
          if (kept.length === 0) kept = Buffer.allocUnsafeSlow(size);
          const taken = bytes.subarray(from, from + size - held);
          kept.set(taken, held);
          held += taken.length;
          from += taken.length;
        }
      }
    },
    rest: () => kept.subarray(0, held),
    get held() {
      return held;
    },
  };
};
