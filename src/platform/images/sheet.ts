import sharp from 'sharp';
import { maskOf, shortened } from './text.ts';
import { CELL, Unfit } from './types.ts';

/** What is around a picture, in pixels. */
const MARGIN = 16;
const LABEL = 28;
const LETTERS = 13;
const MOST_CHARACTERS = 34;
/** A JPEG counts its sides in 16 bits. */
const LONGEST = 65_500;
const QUALITY = 85;

/**
 * A contact sheet: thumbnails of at most CELL pixels a side in `columns`, each with its name below, as a JPEG. What has
 * no bytes is a picture that could not be read: its frame stays empty.
 */
export const sheetOf = async (
  thumbnails: readonly Buffer[],
  names: readonly string[],
  columns: number,
  pixels: number,
): Promise<Buffer> => {
  const rows = Math.max(1, Math.ceil(thumbnails.length / columns));
  const width = columns * (CELL + MARGIN) + MARGIN;
  const height = rows * (CELL + LABEL + MARGIN) + MARGIN;
  if (width * height > pixels || width > LONGEST || height > LONGEST) throw new Unfit('too_many_pixels');
  const canvas = Buffer.alloc(width * height * 3, 0xff);
  for (const [nth, thumbnail] of thumbnails.entries()) {
    const left = MARGIN + (nth % columns) * (CELL + MARGIN);
    const top = MARGIN + Math.floor(nth / columns) * (CELL + LABEL + MARGIN);
    if (thumbnail.length === 0) {
      for (let y = 0; y < CELL; y += 1)
        canvas.fill(0xe4, ((top + y) * width + left) * 3, ((top + y) * width + left + CELL) * 3);
    } else {
      const { data, info } = await sharp(thumbnail)
        .flatten({ background: '#fff' })
        .toColourspace('srgb')
        .raw()
        .toBuffer({ resolveWithObject: true });
      const x = left + Math.floor((CELL - info.width) / 2);
      const y = top + Math.floor((CELL - info.height) / 2);
      for (let row = 0; row < info.height; row += 1)
        data.copy(canvas, ((y + row) * width + x) * 3, row * info.width * 3, (row + 1) * info.width * 3);
    }
    const label = await maskOf(shortened(names[nth] ?? '', MOST_CHARACTERS), LETTERS, CELL);
    const start = left + Math.floor((CELL - label.width) / 2);
    for (let row = 0; row < Math.min(label.height, LABEL); row += 1) {
      for (let column = 0; column < label.width; column += 1) {
        const grey = 255 - (label.data[row * label.width + column] ?? 0);
        const at = ((top + CELL + 6 + row) * width + start + column) * 3;
        canvas.fill(grey, at, at + 3);
      }
    }
  }
  return sharp(canvas, { limitInputPixels: pixels, raw: { width, height, channels: 3 } })
    .jpeg({ quality: QUALITY })
    .toBuffer();
};
