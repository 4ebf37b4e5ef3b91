import sharp, { type Sharp } from 'sharp';
import { Unfit } from './types.ts';

// Nothing is loaded but from memory, by the loaders of the formats we know: no SVG, no PDF, no file.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff', 'Heif'].map((name) => `VipsForeignLoad${name}Buffer`),
});
sharp.cache(false);
sharp.concurrency(1);

/** A picture to be decoded: its first frame or page, the right way up. */
export const openPicture = (bytes: Buffer, pixels: number): Sharp =>
  sharp(bytes, { limitInputPixels: pixels, failOn: 'error', autoOrient: true });

/** Why a decoder gave up, in our words. Its own may hold pieces of the picture. */
export const problemOf = (error: unknown): Unfit => {
  if (error instanceof Unfit) return error;
  const text = error instanceof Error ? error.message : '';
  if (/pixel limit|image dimensions|exceeds? .*limit/iu.test(text)) return new Unfit('too_many_pixels');
  if (/out of memory|\boom\b|alloc|memory limit|enlarge memory/iu.test(text))
    return new Unfit('too_much_memory');
  if (/unsupported (codec|feature)|no decod|not (been )?built|compression .*not supported/iu.test(text))
    return new Unfit('unsupported');
  return new Unfit('corrupt');
};
