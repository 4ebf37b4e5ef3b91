import { readExif } from './exif.ts';
import { heicSize } from './heic.ts';
import { exifOf } from './heif.ts';
import { openPicture } from './open.ts';
import { formatOf } from './recognise.ts';
import { withoutName } from './strip/orientation.ts';
import { type ImageFacts, Unfit } from './types.ts';

/** Reads what a picture says of itself, without decoding it. */
export const factsOf = async (bytes: Buffer, pixels: number): Promise<ImageFacts> => {
  const format = formatOf(bytes);
  if (format === 'heic')
    return {
      format,
      ...(await heicSize(bytes, pixels)),
      ...(await readExif(() => exifOf(bytes))),
      orientation: 1,
    };
  const seen = await openPicture(bytes, pixels).metadata();
  if (seen.width * seen.height > pixels) throw new Unfit('too_many_pixels');
  return {
    format,
    width: seen.autoOrient.width,
    height: seen.autoOrient.height,
    ...(await readExif(() => (format === 'tiff' ? bytes : seen.exif && withoutName(seen.exif)))),
    orientation: seen.orientation !== undefined && seen.orientation <= 8 ? Math.max(seen.orientation, 1) : 1,
  };
};
