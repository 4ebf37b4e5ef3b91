import sharp, { type Sharp } from 'sharp';
import { openHeic } from './heic.ts';
import { openPicture } from './open.ts';
import { formatOf } from './recognise.ts';
import { maskOf, painted, shortened } from './text.ts';

const QUALITY = 80;
const MIDDLING_EFFORT = 2;

/** A WebP of at most `edge` pixels a side, the right way up, in sRGB, with nothing but the picture in it. */
export const thumbnailOf = async (
  bytes: Buffer,
  pixels: number,
  { edge, watermark }: { readonly edge: number; readonly watermark?: string },
): Promise<Buffer> => {
  const heic = formatOf(bytes) === 'heic';
  const picture = (heic ? await openHeic(bytes, pixels, edge) : openPicture(bytes, pixels))
    .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb');
  return (watermark?.trim() ? await marked(picture, watermark) : picture)
    .webp({ quality: QUALITY, effort: MIDDLING_EFFORT })
    .toBuffer();
};

const SLOPE = -30;
/** More could not be read. */
const MOST_CHARACTERS = 60;

/** Draws a text across a picture, again and again, so that no part that is cut out goes without it. */
const marked = async (picture: Sharp, text: string): Promise<Sharp> => {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const side = Math.ceil(Math.hypot(width, height));
  const letters = Math.max(10, Math.round(Math.max(width, height) / 16));
  const mask = await maskOf(shortened(text, MOST_CHARACTERS), letters, side);
  const line = painted(mask, { right: letters * 2, below: letters * 2 }, side);
  const lines = await sharp({
    create: { width: side, height: side, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  })
    .composite([
      { input: line.data, raw: { width: line.width, height: line.height, channels: 4 }, tile: true },
    ])
    .png({ compressionLevel: 0 })
    .toBuffer();
  const turned = await sharp(lines)
    .rotate(SLOPE, { background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .png({ compressionLevel: 0 })
    .toBuffer({ resolveWithObject: true });
  const input = await sharp(turned.data)
    .extract({
      left: Math.floor((turned.info.width - width) / 2),
      top: Math.floor((turned.info.height - height) / 2),
      width,
      height,
    })
    .png({ compressionLevel: 0 })
    .toBuffer();
  return sharp(data, { raw: { width, height, channels } }).toColourspace('srgb').composite([{ input }]);
};
