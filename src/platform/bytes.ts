/**
 * Gives the memory of bytes back at once, where nothing else lies in it; from then on they are empty. What is allocated
 * outside the heap has V8 look through all of the heap every 64 MiB or so: where large files pass, that costs more than
 * all that is done with them. Only for bytes that are ours, and that nobody is still reading or sending.
 */
export const letGo = (bytes: Uint8Array): void => {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) buffer.transfer(0);
};

/** Everything of a source whose pieces are good until the next is asked for, as one copy. */
export const gathered = async (source: AsyncIterable<Uint8Array>): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(source, (piece) => Buffer.from(piece)));

/** The `length` bytes of a source in pieces of `size`, each its reader's own; those of the source are let go. */
export async function* inPieces(
  source: AsyncIterable<Uint8Array>,
  length: number,
  size: number,
): AsyncGenerator<Buffer> {
  let left = length;
  let piece = Buffer.allocUnsafeSlow(Math.min(size, left));
  let filled = 0;
  for await (const bytes of source) {
    for (let at = 0; at < bytes.length && left > 0;) {
      const taken = bytes.subarray(at, at + piece.length - filled);
      piece.set(taken, filled);
      filled += taken.length;
      at += taken.length;
      if (filled < piece.length) continue;
      left -= filled;
      yield piece;
      piece = Buffer.allocUnsafeSlow(Math.min(size, left));
      filled = 0;
    }
    letGo(bytes);
  }
}
