import { type Format, Unfit } from './types.ts';

/** What a picture is by its first bytes, whatever its name says: what stands where. */
const SIGNATURES: readonly (readonly [Format | 'unsupported', ...(readonly [number, string])[]])[] = [
  ['jpeg', [0, '\xff\xd8\xff']],
  ['png', [0, '\x89PNG\r\n\x1a\n']],
  ['gif', [0, 'GIF87a']],
  ['gif', [0, 'GIF89a']],
  ['webp', [0, 'RIFF'], [8, 'WEBP']],
  ['tiff', [0, 'II*\0']],
  ['tiff', [0, 'MM\0*']],
  ['tiff', [0, 'II+\0\b\0']],
  ['tiff', [0, 'MM\0+\0\b']],
  // Pictures, but none that we treat: BMP, icons, Photoshop, JPEG XL, JPEG 2000.
  ['unsupported', [0, 'BM'], [6, '\0\0\0\0']],
  ['unsupported', [0, '\0\0\x01\0']],
  ['unsupported', [0, '8BPS']],
  ['unsupported', [0, '\xff\n']],
  ['unsupported', [0, '\0\0\0\fJXL ']],
  ['unsupported', [0, '\0\0\0\fjP  ']],
];
/** A program that draws: never run. */
const SVG = /^[^<]{0,8}(<\?xml[^<]*|<!--[^]*?-->\s*|<!DOCTYPE svg[^<]*)*<([a-z]+:)?svg[\s>]/iu;

/** The format of a picture; throws `not_an_image` or `unsupported`. */
export const formatOf = (bytes: Buffer): Format => {
  const start = bytes.toString('latin1', 0, 1024);
  const found = SIGNATURES.find(([, ...places]) => places.every(([at, text]) => start.startsWith(text, at)));
  const format = start.startsWith('ftyp', 4) ? heifFormat(bytes) : found?.[0];
  if (format === 'unsupported' || (format === undefined && SVG.test(start))) throw new Unfit('unsupported');
  if (format === undefined) throw new Unfit('not_an_image');
  return format;
};

/** HEIF (ISO/IEC 23008-12) says in its brands how its pictures are coded; films have the same container. */
const heifFormat = (bytes: Buffer): Format | undefined => {
  const brands = bytes.toString('latin1', 8, Math.min(bytes.readUInt32BE(0), 512)).match(/[^]{4}/gu) ?? [];
  if (brands.some((brand) => /^avi[fs]$/u.test(brand))) return 'avif';
  return brands.some((brand) => /^(he[iv][cxms]|mif1|msf1)$/u.test(brand)) ? 'heic' : undefined;
};
