import { deflateSync } from 'node:zlib';
import type { HeifImage, Libheif } from 'libheif-js/wasm-bundle.js';
import sharp, { type Sharp } from 'sharp';
import { profileOf } from './heif.ts';
import { problemOf } from './open.ts';
import { chunk } from './strip/png.ts';
import { Unfit } from './types.ts';

/** Opens the picture that a HEIC shows first, hands it to `use`, and gives its memory back. */
const withPrimary = async <T>(
  bytes: Buffer,
  pixels: number,
  use: (image: HeifImage, libheif: Libheif) => T | Promise<T>,
): Promise<T> => {
  // Loaded by the first HEIC: most children never see one.
  const { default: libheif } = await import('libheif-js/wasm-bundle.js');
  const decoder = new libheif.HeifDecoder();
  try {
    const images = decoder.decode(bytes);
    const image = images.find((one) => one.is_primary()) ?? images[0];
    if (!image) throw new Unfit('corrupt');
    if (image.get_width() * image.get_height() > pixels) throw new Unfit('too_many_pixels');
    const result = await use(image, libheif);
    for (const one of images) one.free();
    if (decoder.decoder) libheif.heif_context_free(decoder.decoder);
    return result;
  } catch (error) {
    // What it held is not given back, and it may have stopped in the middle of anything.
    throw new Unfit(problemOf(error).problem, true);
  }
};

/** Pixels, as the container turns and crops it. */
export const heicSize = (bytes: Buffer, pixels: number): Promise<{ width: number; height: number }> =>
  withPrimary(bytes, pixels, (image) => ({ width: image.get_width(), height: image.get_height() }));

/** A HEIC as sharp takes pictures, at most `edge` pixels a side when given, in sRGB. */
export const openHeic = (bytes: Buffer, pixels: number, edge?: number): Promise<Sharp> =>
  withPrimary(bytes, pixels, async (image, libheif) => {
    const decoded = await libheif.heif_js_decode_image2(
      image.handle,
      libheif.heif_colorspace.heif_colorspace_RGB,
      libheif.heif_chroma.heif_chroma_interleaved_RGBA,
    );
    const plane = decoded.channels?.find((one) => one.id === libheif.heif_channel.heif_channel_interleaved);
    if (decoded.channels === undefined || !plane)
      throw new Unfit(
        decoded.code === libheif.heif_error_code.heif_error_Memory_allocation_error
          ? 'too_much_memory'
          : 'corrupt',
      );
    const width = plane.stride / 4;
    const raw = sharp(plane.data, {
      limitInputPixels: false,
      raw: { width, height: plane.height, channels: 4 },
    }).extract({ left: 0, top: 0, width: plane.width, height: plane.height });
    if (edge !== undefined)
      raw.resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true });
    const png = await raw.png({ compressionLevel: 0 }).toBuffer();
    libheif.heif_image_release(decoded.image);
    return sharp(withProfile(png, profileOf(bytes)), { limitInputPixels: pixels });
  });

/** Raw pixels carry no colour profile: it goes into the PNG, from which sharp converts. Phones take wider colours than sRGB. */
const withProfile = (png: Buffer, profile: Buffer | undefined): Buffer => {
  const AFTER_HEADER = 33;
  if (!profile) return png;
  return Buffer.concat([png.subarray(0, AFTER_HEADER), profileChunk(profile), png.subarray(AFTER_HEADER)]);
};

const profileChunk = (profile: Buffer): Buffer =>
  chunk('iCCP', Buffer.concat([Buffer.from('icc\0\0', 'latin1'), deflateSync(profile)]));
