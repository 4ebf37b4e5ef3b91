const ORIENTATION = 0x0112;
const SHORT = 3;

/** The orientation (1 to 8) that a TIFF structure, as Exif is one, gives its picture; 1 when it says none that we know. */
export const orientationIn = (tiff: Buffer): number => {
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const at = (offset: number, size: 2 | 4): number =>
    offset + size > tiff.length ? 0 : little ? tiff.readUIntLE(offset, size) : tiff.readUIntBE(offset, size);
  const ifd = at(4, 4);
  for (let entry = ifd + 2, left = at(ifd, 2); left > 0; entry += 12, left -= 1) {
    if (at(entry, 2) !== ORIENTATION) continue;
    const value = at(entry + 2, 2) === SHORT ? at(entry + 8, 2) : 1;
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
};

/** Exif that says an orientation, and nothing else; nothing at all where pixels need no turning. */
export const orientationAlone = (orientation: number): Buffer | undefined => {
  if (orientation === 1) return undefined;
  const exif = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  exif.writeUInt16BE(orientation, 18);
  return exif;
};

/** Some programs put the name that Exif has in a JPEG before it in other containers too. */
export const withoutName = (exif: Buffer): Buffer =>
  exif.toString('latin1', 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif;
