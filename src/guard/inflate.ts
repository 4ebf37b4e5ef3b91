import { Gunzip, Inflate } from 'fflate';

/** No piece gives more than about 16 MB at once: DEFLATE makes at most 1,032 bytes of one. */
const PIECE = 16 * 1024;

export interface Unpacked {
  readonly bytes: Uint8Array;
  /** All of it is here. `too_large`: it was stopped at the limit. `damaged`: it broke off. */
  readonly state: 'whole' | 'too_large' | 'damaged';
}

/** Unpacks no more than `most` bytes, and keeps what came before the limit or the damage. */
export const inflate = (
  packed: Uint8Array,
  most: number,
  format: 'deflate' | 'gzip' = 'deflate',
): Unpacked => {
  const kept: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  const stream = format === 'gzip' ? new Gunzip() : new Inflate();
  stream.ondata = (bytes, final) => {
    kept.push(bytes);
    length += bytes.length;
    ended = final;
  };
  let state: Unpacked['state'] = 'damaged';
  try {
    for (let at = 0; at < packed.length && length <= most; at += PIECE)
      stream.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    if (ended) state = 'whole';
  } catch {
    // What was unpacked so far is looked at.
  }
  if (length > most) state = 'too_large';
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of kept) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return { bytes: bytes.subarray(0, most), state };
};
