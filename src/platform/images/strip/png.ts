import { crc32 } from 'node:zlib';
import { Unfit } from '../types.ts';
import { orientationAlone, orientationIn, withoutName } from './orientation.ts';
import type { Parts } from './index.ts';

const SIGNATURE = 8;
/** What says how the picture looks (PNG, third edition), moving or not. All else may tell of its maker. */
const KEPT = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT'.split(' '),
);

export const strippedPng = (bytes: Buffer): Parts => {
  const kept: Uint8Array[] = [];
  let orientation = 1;
  let pixels = -1;
  for (let at = SIGNATURE; ;) {
    const end = at + bytes.readUInt32BE(at) + 12;
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (end > bytes.length) throw new Unfit('corrupt');
    if (type === 'IDAT' && pixels < 0) pixels = kept.length;
    if (type === 'eXIf') orientation = orientationIn(withoutName(bytes.subarray(at + 8, end - 4)));
    if (KEPT.has(type)) kept.push(bytes.subarray(at, end));
    // A chunk that must be understood, and is not.
    else if (/^[A-Z]/u.test(type)) throw new Unfit('unsupported');
    at = end;
    if (type === 'IEND') break;
  }
  if (pixels < 0) throw new Unfit('corrupt');
  const exif = orientationAlone(orientation);
  return [
    bytes.subarray(0, SIGNATURE),
    ...kept.slice(0, pixels),
    ...(exif ? [chunk('eXIf', exif)] : []),
    ...kept.slice(pixels),
  ];
};

/** A chunk of a PNG: length, type, content, checksum. */
export const chunk = (type: string, content: Buffer): Buffer => {
  const whole = Buffer.alloc(content.length + 12);
  whole.writeUInt32BE(content.length);
  whole.write(type, 4, 'latin1');
  content.copy(whole, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, -4)), whole.length - 4);
  return whole;
};
