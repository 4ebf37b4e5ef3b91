import exifr from 'exifr';
import type { ImageFacts } from './types.ts';

type Tags = Readonly<Record<string, unknown>>;
export type Told = Pick<ImageFacts, 'takenAt' | 'place' | 'camera'>;

const NOTHING: Told = { takenAt: null, place: null, camera: null };

/**
 * What a camera wrote down (Exif 3.0): of a TIFF structure as all formats carry it. What makes no sense counts as not written; a place at 0, 0 is a camera that did not know where it was.
 */
export const readExif = async (find: () => Buffer | undefined): Promise<Told> => {
  try {
    const bytes = find();
    if (!bytes) return NOTHING;
    const {
      ifd0 = {},
      exif = {},
      gps = {},
    } = ((await exifr.parse(bytes, OPTIONS)) ?? {}) as Record<string, Tags>;
    return { takenAt: takenAt(exif), place: place(gps), camera: camera(ifd0) };
  } catch {
    // Damaged notes make no damaged picture.
    return NOTHING;
  }
};

const OPTIONS = {
  tiff: true,
  ifd0: { pick: ['Make', 'Model'] },
  exif: { pick: ['DateTimeOriginal', 'CreateDate', 'OffsetTimeOriginal', 'OffsetTimeDigitized'] },
  gps: {
    pick: ['GPSLatitudeRef', 'GPSLatitude', 'GPSLongitudeRef', 'GPSLongitude', 'GPSHPositioningError'],
  },
  ...Object.fromEntries(
    ['ifd1', 'interop', 'makerNote', 'userComment', 'xmp', 'icc', 'iptc', 'jfif', 'ihdr'].map((segment) => [
      segment,
      false,
    ]),
  ),
  mergeOutput: false,
  reviveValues: false,
  translateValues: false,
};

const takenAt = (exif: Tags): string | null => {
  const [date, offset] = exif['DateTimeOriginal']
    ? [exif['DateTimeOriginal'], exif['OffsetTimeOriginal']]
    : [exif['CreateDate'], exif['OffsetTimeDigitized']];
  const parts = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)/u.exec(
    typeof date === 'string' ? date : '',
  );
  if (!parts) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const real = new Date(`${local}Z`);
  // A 31st of June would be counted as a 1st of July.
  if (Number.isNaN(real.getTime()) || !real.toISOString().startsWith(local) || Number(year) < 1900)
    return null;
  const known = typeof offset === 'string' && /^[+-](0\d|1[0-4]):[0-5]\d/u.test(offset);
  return known ? `${local}${offset.slice(0, 6)}` : local;
};

const place = (gps: Tags): ImageFacts['place'] => {
  const lat = degrees(gps['GPSLatitude'], gps['GPSLatitudeRef'], 'NS', 90);
  const lng = degrees(gps['GPSLongitude'], gps['GPSLongitudeRef'], 'EW', 180);
  if (lat === undefined || lng === undefined || (lat === 0 && lng === 0)) return null;
  const accuracy = Number(gps['GPSHPositioningError'] ?? NaN);
  return { lat, lng, ...(Number.isFinite(accuracy) && accuracy > 0 && { accuracy }) };
};

/** Degrees, minutes and seconds as a signed number, to a hundredth of a metre; without a hemisphere, nowhere. */
const degrees = (dms: unknown, ref: unknown, refs: string, most: number): number | undefined => {
  const [whole = NaN, minutes = 0, seconds = 0] = (dms ?? []) as ArrayLike<number> & Iterable<number>;
  const side = typeof ref === 'string' ? refs.indexOf(ref.charAt(0).toUpperCase() || '?') : -1;
  const value = whole + minutes / 60 + seconds / 3600;
  if (
    side < 0 ||
    !(whole >= 0 && minutes >= 0 && minutes <= 60 && seconds >= 0 && seconds <= 60 && value <= most)
  )
    return undefined;
  return Math.round((side === 1 ? -value : value) * 1e7) / 1e7;
};

const MOST_CHARACTERS = 100;

const camera = (ifd0: Tags): string | null => {
  const [make, model] = [ifd0['Make'], ifd0['Model']].map((name) =>
    typeof name === 'string' ? name.replaceAll(/[\p{C}\s]+/gu, ' ').trim() : '',
  ) as [string, string];
  const brand = make.split(' ')[0] ?? '';
  const whole = brand && model.toLowerCase().startsWith(brand.toLowerCase()) ? model : `${make} ${model}`;
  return whole.trim().slice(0, MOST_CHARACTERS) || null;
};
