import { Unfit } from '../types.ts';
import type { Parts } from './index.ts';

const EXTENSION = 0x21;
const FRAME = 0x2c;
const END = 0x3b;
const CONTROL = 0xf9;
const APPLICATION = 0xff;
const REPEATS = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0']);

/** A GIF (89a) with its frames, their timing and how often it repeats; without comments, texts and applications' own. */
export const strippedGif = (bytes: Buffer): Parts => {
  const kept: Uint8Array[] = [];
  const start = 13 + tableLength(bytes.readUInt8(10));
  let frames = 0;
  for (let at = start; ;) {
    const kind = bytes.readUInt8(at);
    if (kind === END) break;
    if (kind === EXTENSION) {
      const label = bytes.readUInt8(at + 1);
      const end = endOfBlocks(bytes, at + 2);
      const repeats = label === APPLICATION && REPEATS.has(bytes.toString('latin1', at + 3, at + 14));
      if (label === CONTROL || repeats) kept.push(bytes.subarray(at, end));
      at = end;
    } else if (kind === FRAME) {
      const end = endOfBlocks(bytes, at + 11 + tableLength(bytes.readUInt8(at + 9)));
      kept.push(bytes.subarray(at, end));
      frames += 1;
      at = end;
    } else throw new Unfit('corrupt');
  }
  if (frames === 0) throw new Unfit('corrupt');
  return [bytes.subarray(0, start), ...kept, Buffer.from([END])];
};

const tableLength = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));

/** Blocks of a length and so many bytes, until one of none. */
const endOfBlocks = (bytes: Buffer, start: number): number => {
  let at = start;
  for (let length = bytes.readUInt8(at); length > 0; length = bytes.readUInt8(at)) at += length + 1;
  return at + 1;
};
