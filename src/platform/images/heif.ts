import { Unfit } from './types.ts';

/** A box of an ISO base media file (ISO/IEC 14496-12): where it starts, where its content starts, where it ends. */
export interface Box {
  readonly type: string;
  readonly start: number;
  readonly body: number;
  readonly end: number;
}

/** The boxes between two places of a file; throws `corrupt` when one is longer than there is room. */
export const boxesOf = (bytes: Buffer, start: number, end: number): Box[] => {
  const boxes: Box[] = [];
  for (let at = start; at + 8 <= end;) {
    const short = bytes.readUInt32BE(at);
    const body = at + (short === 1 ? 16 : 8);
    if (body > end) throw new Unfit('corrupt');
    const size = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? end - at : short;
    if (size < body - at || at + size > end) throw new Unfit('corrupt');
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), start: at, body, end: at + size });
    at += size;
  }
  return boxes;
};

export const boxIn = (boxes: readonly Box[], type: string): Box | undefined =>
  boxes.find((box) => box.type === type);

/** What follows the version and the flags. */
export const FULL = 4;

/** The meta box and what is in it, by kind. */
export const metaOf = (bytes: Buffer): { readonly meta: Box; readonly parts: readonly Box[] } => {
  const meta = boxIn(boxesOf(bytes, 0, bytes.length), 'meta');
  if (!meta) throw new Unfit('corrupt');
  return { meta, parts: boxesOf(bytes, meta.body + FULL, meta.end) };
};

/** A thing of a HEIF file: a picture, a tile of one, a thumbnail, Exif, XMP. */
export interface Item {
  readonly id: number;
  readonly type: string;
  readonly entry: Box;
}

/** The items that a file names (`iinf`); throws `unsupported` on entries older than HEIF. */
export const itemsOf = (bytes: Buffer, iinf: Box): Item[] => {
  const start = iinf.body + FULL + (bytes.readUInt8(iinf.body) === 0 ? 2 : 4);
  return boxesOf(bytes, start, iinf.end).map((entry) => {
    const version = bytes.readUInt8(entry.body);
    if (entry.type !== 'infe' || version < 2) throw new Unfit('unsupported');
    const at = entry.body + FULL;
    const [id, type] = version === 2 ? [bytes.readUInt16BE(at), at + 4] : [bytes.readUInt32BE(at), at + 6];
    return { id, type: bytes.toString('latin1', type, type + 4), entry };
  });
};

/** Where the bytes of an item are (`iloc`), and which bytes of the box say so. */
export interface Place {
  readonly id: number;
  /** Of the file, or of the `idat` box. */
  readonly within: 'file' | 'idat';
  readonly extents: readonly { readonly offset: number; readonly length: number }[];
  readonly start: number;
  readonly end: number;
}

/** Throws `unsupported` when items are made of other items' bytes. */
export const placesOf = (bytes: Buffer, iloc: Box): Place[] => {
  const version = bytes.readUInt8(iloc.body);
  let at = iloc.body + FULL;
  const take = (size: number): number => {
    const value =
      size === 0 ? 0 : size === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, size);
    at += size;
    if (at > iloc.end) throw new Unfit('corrupt');
    return value;
  };
  const sizes = take(2);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version === 0 ? 0 : sizes & 15;
  return Array.from({ length: take(version < 2 ? 2 : 4) }, () => {
    const start = at;
    const id = take(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : take(2) & 15;
    const elsewhere = take(2);
    if (method > 1 || elsewhere !== 0) throw new Unfit('unsupported');
    const base = take(baseSize);
    const extents = Array.from({ length: take(2) }, () => {
      take(indexSize);
      return { offset: base + take(offsetSize), length: take(lengthSize) };
    });
    return { id, within: method === 0 ? 'file' : 'idat', extents, start, end: at };
  });
};

/** The colour profile of the picture, when it has one in the form of ICC. */
export const profileOf = (bytes: Buffer): Buffer | undefined => {
  const iprp = boxIn(metaOf(bytes).parts, 'iprp');
  const ipco = iprp && boxIn(boxesOf(bytes, iprp.body, iprp.end), 'ipco');
  const colr = (ipco ? boxesOf(bytes, ipco.body, ipco.end) : []).find(
    (box) => box.type === 'colr' && /^(prof|rICC)$/u.test(bytes.toString('latin1', box.body, box.body + 4)),
  );
  return colr && bytes.subarray(colr.body + 4, colr.end);
};

/** What the camera wrote: the TIFF structure of the Exif item, when there is one. */
export const exifOf = (bytes: Buffer): Buffer | undefined => {
  const { parts } = metaOf(bytes);
  const [iinf, iloc, idat] = ['iinf', 'iloc', 'idat'].map((type) => boxIn(parts, type));
  const item = iinf && itemsOf(bytes, iinf).find(({ type }) => type === 'Exif');
  const place = item && iloc && placesOf(bytes, iloc).find(({ id }) => id === item.id);
  if (!place) return undefined;
  const from = place.within === 'file' ? 0 : (idat?.body ?? 0);
  const content = Buffer.concat(
    place.extents.map(({ offset, length }) => bytes.subarray(from + offset, from + offset + length)),
  );
  // How much stands before it, often the name that Exif has in a JPEG.
  return content.subarray(4 + content.readUInt32BE(0));
};
