/** Pictures that tests make: four quarters of known colours, in any format and orientation, with what cameras write. */
import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import type { Outcome } from '../../src/platform/images/index.ts';

export const WIDTH = 64;
export const HEIGHT = 48;
const COLOURS = {
  red: [200, 30, 30],
  green: [30, 160, 60],
  blue: [40, 60, 200],
  yellow: [230, 210, 40],
} as const;
type Colour = keyof typeof COLOURS;

/** What was made; fails when there was a problem. */
export const made = <T>(outcome: Outcome<T>): T => {
  assert.ok('ok' in outcome, 'problem' in outcome ? outcome.problem : '');
  return outcome.ok;
};

/** As it is looked at: red, green; blue, yellow. */
export const LOOKED_AT: readonly Colour[] = ['red', 'green', 'blue', 'yellow'];

/** Where what is kept at x, y is looked at, by the definitions of Exif 3.0, 4.6.5.1. */
const SEEN: Readonly<Record<number, (x: number, y: number) => readonly [number, number]>> = {
  1: (x, y) => [x, y],
  2: (x, y) => [WIDTH - 1 - x, y],
  3: (x, y) => [WIDTH - 1 - x, HEIGHT - 1 - y],
  4: (x, y) => [x, HEIGHT - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y) => [WIDTH - 1 - y, x],
  7: (x, y) => [WIDTH - 1 - y, HEIGHT - 1 - x],
  8: (x, y) => [y, HEIGHT - 1 - x],
};
export const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** The four quarters as a camera keeps them that was held in this way; not yet in any format. */
export const quarters = (orientation = 1): Sharp => {
  const [width, height] = orientation > 4 ? [HEIGHT, WIDTH] : [WIDTH, HEIGHT];
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [seenX, seenY] = SEEN[orientation]?.(x, y) ?? [0, 0];
      const colour = LOOKED_AT[(seenY < HEIGHT / 2 ? 0 : 2) + (seenX < WIDTH / 2 ? 0 : 1)] ?? 'red';
      data.set(COLOURS[colour], (y * width + x) * 3);
    }
  }
  const picture = sharp(data, { raw: { width, height, channels: 3 } });
  return orientation === 1 ? picture : picture.withMetadata({ orientation });
};

/** The colours of the four quarters of a picture that needs no turning any more. */
export const coloursOf = async (bytes: Buffer): Promise<Colour[]> => {
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75],
  ].map(([x = 0, y = 0]) => {
    const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 3;
    const away = (colour: Colour): number =>
      Math.hypot(...COLOURS[colour].map((value, nth) => value - (data[at + nth] ?? 0)));
    return LOOKED_AT.toSorted((one, other) => away(one) - away(other))[0] ?? 'red';
  });
};

/** What a phone writes: who made it, when, where, to five metres. */
export const PHONE = {
  IFD0: { Make: 'Phonemaker', Model: 'Phone 12', Artist: 'Anne Secret' },
  IFD2: { DateTimeOriginal: '2026:07:14 21:05:00', OffsetTimeOriginal: '+02:00', UserComment: 'Secret' },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '47/1 44/1 2100/100',
    GPSLongitudeRef: 'W',
    GPSLongitude: '3/1 7/1 1800/100',
    GPSHPositioningError: '5/1',
  },
};

/** A PNG that says it is very large, in a few bytes. */
export const bomb = (width: number, height: number, interlaced = false): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, interlaced ? 1 : 0], 8);
  const nothing = Buffer.from('789c030000000001', 'hex');
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', nothing),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
};

export const pngChunk = (type: string, content: Buffer): Buffer => {
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};
