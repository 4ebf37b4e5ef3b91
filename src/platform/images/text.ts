import sharp from 'sharp';
import { dotted } from './dots.ts';

/** How strongly each pixel is covered by letters, 0 to 255, line by line. */
export interface Mask {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * One line of text, its letters about `size` pixels high, at most `most` wide (smaller letters if need be). By the
 * fonts of the system, or, where there are none, as on most servers, by a small one of our own.
 */
export const maskOf = async (text: string, size: number, most: number): Promise<Mask> => {
  const line = text.replaceAll(/[\p{C}\s]+/gu, ' ').trim();
  if (line === '') return { data: new Uint8Array(1), width: 1, height: 1 };
  // A font may have nothing to draw for what is asked.
  const mask = (await hasFonts())
    ? await drawn(line, size).catch(() => dotted(line, size))
    : dotted(line, size);
  if (mask.width <= most) return mask;
  const { width, height } = mask;
  const { data, info } = await sharp(mask.data, { raw: { width, height, channels: 1 } })
    .resize({ width: most })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
};

const drawn = async (line: string, size: number): Promise<Mask> => {
  // What is drawn is markup: a name may hold any character.
  const text = line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const { data, info } = await sharp({ text: { text, font: `sans ${size}`, dpi: 72 } })
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
};

let fonts: Promise<boolean> | undefined;

/** Without fonts every letter is the same empty box. */
const hasFonts = (): Promise<boolean> =>
  (fonts ??= Promise.all([drawn('i', 20), drawn('W', 20)]).then(
    ([narrow, wide]) => narrow.width < wide.width,
    () => false,
  ));

/** The start and the end of a long text: numbers and endings stand last. */
export const shortened = (text: string, most: number): string => {
  const letters = Array.from(text);
  const half = Math.floor(most / 2);
  return letters.length <= most
    ? text
    : `${letters.slice(0, half).join('')}…${letters.slice(1 - half).join('')}`;
};

const OPACITY = 0.5;
const SHADOW = 0.35;

/** Light letters with a dark shadow, to be seen on any picture, with some room after and below; RGBA. */
export const painted = (
  mask: Mask,
  room: { readonly right: number; readonly below: number },
  most: number,
): { data: Buffer; width: number; height: number } => {
  const width = Math.min(mask.width + room.right, most);
  const height = Math.min(mask.height + room.below, most);
  const data = Buffer.alloc(width * height * 4);
  const covered = (x: number, y: number): number =>
    x >= 0 && y >= 0 && x < mask.width && y < mask.height ? (mask.data[y * mask.width + x] ?? 0) / 255 : 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const light = covered(x, y) * OPACITY;
      const dark = covered(x - 1, y - 1) * SHADOW * (1 - light);
      const alpha = light + dark;
      data.fill(
        alpha > 0 ? Math.round((255 * light) / alpha) : 0,
        (y * width + x) * 4,
        (y * width + x) * 4 + 3,
      );
      data[(y * width + x) * 4 + 3] = Math.round(alpha * 255);
    }
  }
  return { data, width, height };
};
