import { Unfit } from '../types.ts';
import { orientationAlone, orientationIn } from './orientation.ts';
import type { Parts } from './index.ts';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const COMMENT = 0xfe;
/** Markers without a length: TEM, and those between which a scan may begin anew. */
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
const isApplication = (marker: number): boolean => marker >= 0xe0 && marker <= 0xef;

/**
 * A JPEG (ITU-T T.81) with the segments that decoding needs: tables, frames, scans, the colour profile, what Adobe says of
 * the colours. Orientation is written anew. What stands behind the end of the picture is not of the picture.
 */
export const strippedJpeg = (bytes: Buffer): Parts => {
  const kept: Uint8Array[] = [];
  let orientation = 1;
  let jfif: Buffer | undefined;
  for (let at = 2; ;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) throw new Unfit('corrupt');
    while (bytes[at + 1] === 0xff) at += 1;
    const marker = bytes[at + 1];
    if (marker === undefined) throw new Unfit('corrupt');
    if (marker === EOI) break;
    if (isAlone(marker) || marker === 0 || marker === SOI) {
      at += 2;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    const end = marker === SOS ? endOfScan(bytes, at + 2 + length) : at + 2 + length;
    if (length < 2 || end > bytes.length) throw new Unfit('corrupt');
    const name = bytes.toString('latin1', at + 4, Math.min(at + 16, end));
    if (marker === 0xe1 && name.startsWith('Exif\0\0'))
      orientation = orientationIn(bytes.subarray(at + 10, end));
    else if (marker === 0xe0 && name.startsWith('JFIF\0') && length >= 16)
      jfif ??= bytes.subarray(at, at + 16);
    else if (isKept(marker, name)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  const start = Buffer.from([0xff, SOI]);
  return [start, ...withoutThumbnail(jfif), ...exifSegment(orientation), ...kept, Buffer.from([0xff, EOI])];
};

const isKept = (marker: number, name: string): boolean =>
  marker === 0xe2
    ? name.startsWith('ICC_PROFILE\0')
    : marker === 0xee
      ? name.startsWith('Adobe')
      : !isApplication(marker) && marker !== COMMENT;

/** Coded pixels go on until a marker that is neither an escaped 0xff nor a restart. */
const endOfScan = (bytes: Buffer, start: number): number => {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1];
    if (marker !== undefined && marker !== 0 && marker !== 0xff && !isAlone(marker)) return at;
  }
  throw new Unfit('corrupt');
};

/** JFIF's own segment may end with a thumbnail, 0 by 0 pixels from now on. */
const withoutThumbnail = (jfif: Buffer | undefined): Buffer[] => {
  if (!jfif) return [];
  const segment = Buffer.concat([jfif, Buffer.alloc(2)]);
  segment.writeUInt16BE(16, 2);
  return [segment];
};

const exifSegment = (orientation: number): Buffer[] => {
  const exif = orientationAlone(orientation);
  if (!exif) return [];
  const length = Buffer.alloc(2);
  length.writeUInt16BE(exif.length + 8);
  return [Buffer.from([0xff, 0xe1]), length, Buffer.from('Exif\0\0', 'latin1'), exif];
};
