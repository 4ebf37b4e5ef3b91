import { Unfit } from '../types.ts';
import { orientationAlone, orientationIn, withoutName } from './orientation.ts';
import type { Parts } from './index.ts';

const HEADER = 12;
const FRAME_HEADER = 16;
const PIXELS = new Set(['VP8 ', 'VP8L', 'ALPH']);
const KEPT = new Set([...PIXELS, 'VP8X', 'ANIM', 'ANMF', 'ICCP']);
const HAS_EXIF = 0x08;
const HAS_XMP = 0x04;

interface Chunk {
  readonly type: string;
  readonly content: Buffer;
}

/** A WebP (RFC 9649) with its pixels, its movement and its colour profile. */
export const strippedWebp = (bytes: Buffer): Parts => {
  const end = Math.min(8 + bytes.readUInt32LE(4), bytes.length);
  const chunks = chunksOf(bytes.subarray(HEADER, end));
  if (!chunks.some(({ type }) => PIXELS.has(type) || type === 'ANMF')) throw new Unfit('corrupt');
  const told = chunks.find(({ type }) => type === 'EXIF');
  const exif = told && orientationAlone(orientationIn(withoutName(told.content)));
  const kept = chunks.filter(({ type }) => KEPT.has(type)).map((one) => cleaned(one, exif !== undefined));
  const parts = [...kept, ...(exif ? [{ type: 'EXIF', content: exif }] : [])].flatMap(written);
  const header = Buffer.from(bytes.subarray(0, HEADER));
  header.writeUInt32LE(4 + parts.reduce((sum, part) => sum + part.length, 0), 4);
  return [header, ...parts];
};

const chunksOf = (bytes: Buffer): Chunk[] => {
  const chunks: Chunk[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32LE(at + 4);
    if (at + 8 + length > bytes.length) throw new Unfit('corrupt');
    chunks.push({
      type: bytes.toString('latin1', at, at + 4),
      content: bytes.subarray(at + 8, at + 8 + length),
    });
    at += 8 + length + (length % 2);
  }
  return chunks;
};

/** What a chunk says of others, or holds of them, follows what was taken away. */
const cleaned = ({ type, content }: Chunk, hasExif: boolean): Chunk => {
  if (type === 'VP8X') {
    const flags = Buffer.from(content);
    flags[0] = ((flags[0] ?? 0) & ~(HAS_EXIF | HAS_XMP)) | (hasExif ? HAS_EXIF : 0);
    return { type, content: flags };
  }
  if (type !== 'ANMF') return { type, content };
  const pixels = chunksOf(content.subarray(FRAME_HEADER)).filter((one) => PIXELS.has(one.type));
  return { type, content: Buffer.concat([content.subarray(0, FRAME_HEADER), ...pixels.flatMap(written)]) };
};

const written = ({ type, content }: Chunk): Uint8Array[] => {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return [head, content, Buffer.alloc(content.length % 2)];
};
