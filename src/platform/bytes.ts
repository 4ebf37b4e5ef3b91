/**
 * Gives the memory of bytes back at once, where nothing else lies in it; from then on they are empty. What is allocated
 * outside the heap has V8 look through all of the heap every so many MiB: where large files pass, that costs more than
 * all that is done with them. Only for bytes that are ours, and that nobody is still reading or sending.
 */
export const letGo = (bytes: Uint8Array): void => {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) buffer.transfer(0);
};

/** Everything of a source whose pieces are good until the next is asked for, as one copy. */
export const gathered = async (source: AsyncIterable<Uint8Array>): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(source, (piece) => Buffer.from(piece)));

/** Puts parts together to pieces of one size. */
export interface Gatherer {
  /**
   * Takes the bytes [from, to) of a buffer that is handed over, and whose other bytes nobody wants.
   * @returns the pieces that are full by it, each its reader's own
   */
  push(bytes: Buffer, from: number, to: number): Iterable<Buffer>;
}

/** For parts that come to `length` bytes, in pieces of `size`: the last may be shorter. */
export const gatherer = (length: number, size: number): Gatherer => {
  let left = length;
  let piece: Buffer | undefined;
  let filled = 0;
  return {
    *push(bytes, from, to) {
      const part = bytes.subarray(from, to);
      // What is a piece already is given as it is.
      if (!piece && part.length === bytes.length && part.length === Math.min(size, left)) {
        left -= part.length;
        yield bytes;
        return;
      }
      for (let at = 0; at < part.length;) {
        piece ??= Buffer.allocUnsafeSlow(Math.min(size, left));
        const taken = part.subarray(at, at + piece.length - filled);
        piece.set(taken, filled);
        filled += taken.length;
        at += taken.length;
        if (filled < piece.length) continue;
        const full = piece;
        left -= filled;
        filled = 0;
        piece = undefined;
        yield full;
      }
      letGo(bytes);
    },
  };
};
