import { createHash } from 'node:crypto';

import sharp from 'sharp';

const WIDTH = 1200;
const HEIGHT = 800;

type Colour = readonly [red: number, green: number, blue: number];

const mix = (a: Colour, b: Colour, part: number): Colour => [
  a[0] + (b[0] - a[0]) * part,
  a[1] + (b[1] - a[1]) * part,
  a[2] + (b[2] - a[2]) * part,
];

/** Skies, seas and grounds that may be of one evening. */
type Light = readonly [high: Colour, low: Colour, sea: Colour, land: Colour];
const DUSK: Light = [
  [58, 66, 104],
  [238, 168, 120],
  [84, 74, 96],
  [44, 40, 44],
];
const LIGHTS: readonly Light[] = [
  DUSK,
  [
    [96, 141, 184],
    [226, 214, 196],
    [72, 104, 122],
    [66, 74, 58],
  ],
  [
    [58, 66, 104],
    [238, 168, 120],
    [84, 74, 96],
    [44, 40, 44],
  ],
  [
    [150, 160, 166],
    [206, 206, 200],
    [112, 126, 130],
    [84, 86, 74],
  ],
  [
    [120, 176, 206],
    [240, 236, 214],
    [60, 124, 132],
    [96, 104, 62],
  ],
];

/** Degrees, minutes and hundredths of seconds, as EXIF writes them. */
const degrees = (value: number): string => {
  const whole = Math.floor(Math.abs(value));
  const minutes = Math.floor((Math.abs(value) - whole) * 60);
  const seconds = Math.round(((Math.abs(value) - whole) * 60 - minutes) * 6000);
  return `${whole}/1 ${minutes}/1 ${seconds}/100`;
};

/**
 * A photograph of nothing that ever was: a coast in the light that its title calls for, always the same for the same title.
 * @returns a JPEG whose EXIF says when, and where if it was somewhere
 */
export const photograph = async (
  about: string,
  at: number,
  place: { readonly lat: number; readonly lng: number } | undefined,
): Promise<Buffer> => {
  const seed = createHash('sha256').update(about).digest();
  const byte = (nth: number): number => (seed[nth] ?? 0) / 255;
  const [high, low, sea, land] = LIGHTS[(seed[0] ?? 0) % LIGHTS.length] ?? DUSK;
  const horizon = HEIGHT * (0.42 + byte(1) * 0.2);
  const shore = (x: number): number =>
    HEIGHT * (0.7 + byte(2) * 0.12) +
    40 * Math.sin(x / (90 + byte(3) * 160) + byte(4) * 6) +
    14 * Math.sin(x / 31 + byte(5) * 6);
  const [sunX, sunY] = [WIDTH * (0.15 + byte(6) * 0.7), horizon * (0.25 + byte(7) * 0.5)];
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3);
  let grain = seed.readUInt32LE(8);
  for (let y = 0; y < HEIGHT; y += 1)
    for (let x = 0; x < WIDTH; x += 1) {
      grain = (Math.imul(grain, 1_664_525) + 1_013_904_223) >>> 0;
      const noise = ((grain >>> 16) % 17) - 8;
      const glow = Math.max(0, 1 - Math.hypot(x - sunX, y - sunY) / 260) ** 2;
      const sky = mix(mix(high, low, Math.min(1, y / horizon)), [255, 246, 220], glow);
      const water = mix(
        sea,
        low,
        0.35 * Math.max(0, Math.sin(y * 0.9 + x * 0.02)) * (1 - (y - horizon) / HEIGHT),
      );
      const colour =
        y > shore(x) ? mix(land, [20, 20, 18], (y - shore(x)) / HEIGHT) : y > horizon ? water : sky;
      for (const channel of [0, 1, 2] as const)
        pixels[(y * WIDTH + x) * 3 + channel] = Math.max(0, Math.min(255, colour[channel] + noise));
    }
  const taken = new Date(at).toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ');
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .withExif({
      IFD0: { ImageDescription: about.normalize('NFD').replaceAll(/[^\x20-\x7e]/gu, '') },
      IFD2: { DateTimeOriginal: taken },
      ...(place && {
        IFD3: {
          GPSLatitudeRef: place.lat < 0 ? 'S' : 'N',
          GPSLatitude: degrees(place.lat),
          GPSLongitudeRef: place.lng < 0 ? 'W' : 'E',
          GPSLongitude: degrees(place.lng),
        },
      }),
    })
    .jpeg({ quality: 82 })
    .toBuffer();
};
