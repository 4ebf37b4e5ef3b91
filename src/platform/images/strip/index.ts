import { openHeic } from '../heic.ts';
import { openPicture } from '../open.ts';
import { formatOf } from '../recognise.ts';
import { type Format, Unfit } from '../types.ts';
import { strippedGif } from './gif.ts';
import { strippedHeif } from './heif.ts';
import { strippedJpeg } from './jpeg.ts';
import { strippedPng } from './png.ts';
import { strippedTiff } from './tiff.ts';
import { strippedWebp } from './webp.ts';

/** Pieces that follow each other, most of them of the original itself: a large picture is not kept twice. */
export type Parts = readonly Uint8Array[];

const WRITERS: Readonly<Record<Format, (bytes: Buffer) => Parts>> = {
  jpeg: strippedJpeg,
  png: strippedPng,
  webp: strippedWebp,
  gif: strippedGif,
  tiff: strippedTiff,
  heic: strippedHeif,
  avif: strippedHeif,
};

const QUALITY = 92;

/** A picture without what it tells; see the face. */
export const stripped = async (
  bytes: Buffer,
  pixels: number,
): Promise<{ readonly type: string; readonly parts: Parts }> => {
  const format = formatOf(bytes);
  try {
    return { type: `image/${format}`, parts: WRITERS[format](bytes) };
  } catch (error) {
    const unusual = error instanceof Unfit && error.problem === 'unsupported';
    if (!unusual || WRITERS[format] !== strippedHeif) throw error;
    // A container that we do not know how to write again: the picture is drawn anew.
    const picture = format === 'heic' ? await openHeic(bytes, pixels) : openPicture(bytes, pixels);
    const jpeg = picture.flatten({ background: '#fff' }).toColourspace('srgb').jpeg({ quality: QUALITY });
    return { type: 'image/jpeg', parts: [await jpeg.toBuffer()] };
  }
};
