import { type Box, boxesOf, boxIn, FULL, itemsOf, metaOf, type Place, placesOf } from '../heif.ts';
import { Unfit } from '../types.ts';
import type { Parts } from './index.ts';

/** Items that tell of a picture and are none: Exif, XMP, and what names itself by an address. */
const TELLING = new Set(['Exif', 'mime', 'uri ']);
const KEPT = new Set(['hdlr', 'pitm', 'dinf', 'grpl']);
/** Properties of a picture in words, or in nobody knows what. */
const WORDS = new Set(['udes', 'uuid']);

/**
 * A HEIC or AVIF (ISO/IEC 23008-12) whose pictures stay at their places, and everything else is zero: Exif, XMP and
 * thumbnails are no longer listed, and their bytes are gone. Orientation is a property of the picture here, and stays.
 * Throws `unsupported` when the container is built in ways that this does not follow.
 */
export const strippedHeif = (bytes: Buffer): Parts => {
  const top = boxesOf(bytes, 0, bytes.length);
  const { meta, parts } = metaOf(bytes);
  const [iinf, iloc] = [boxIn(parts, 'iinf'), boxIn(parts, 'iloc')];
  if (!iinf || !iloc || boxIn(top, 'moov')) throw new Unfit('unsupported');
  const iref = boxIn(parts, 'iref');
  const references = iref ? referencesOf(bytes, iref) : [];
  const thumbnails = new Set(references.filter(({ box }) => box.type === 'thmb').map(({ ids }) => ids[0]));
  const items = itemsOf(bytes, iinf).filter(({ type, id }) => !TELLING.has(type) && !thumbnails.has(id));
  const left = new Set(items.map(({ id }) => id));
  const places = placesOf(bytes, iloc).filter(({ id }) => left.has(id));

  const kept = Buffer.alloc(bytes.length);
  for (const box of top) {
    if (box === meta || box.type === meta.type) continue;
    bytes.copy(kept, box.start, box.start, box.type === 'ftyp' ? box.end : box.body);
    if (box.type !== 'ftyp' && box.type !== 'mdat') kept.write('free', box.start + 4, 'latin1');
  }
  const data = top.filter(({ type }) => type === 'mdat');
  for (const { offset, length } of extentsIn(places, 'file')) {
    if (length === 0 || !data.some(({ body, end }) => offset >= body && offset + length <= end))
      throw new Unfit('unsupported');
    bytes.copy(kept, offset, offset, offset + length);
  }

  const copy = ({ start, end }: { readonly start: number; readonly end: number }): Buffer =>
    bytes.subarray(start, end);
  const rewritten = parts.flatMap((box): Buffer[] => {
    const version = bytes.readUInt8(box.body);
    const full = bytes.subarray(box.body, box.body + FULL);
    switch (box.type) {
      case 'iinf':
        return [
          boxed(
            box,
            full,
            counted(items.length, version === 0 ? 2 : 4),
            ...items.map((one) => copy(one.entry)),
          ),
        ];
      case 'iloc': {
        const sizes = bytes.subarray(box.body + FULL, box.body + FULL + 2);
        return [boxed(box, full, sizes, counted(places.length, version < 2 ? 2 : 4), ...places.map(copy))];
      }
      case 'iref':
        return [
          boxed(
            box,
            full,
            ...references.filter(({ ids }) => ids.every((id) => left.has(id))).map((one) => copy(one.box)),
          ),
        ];
      case 'iprp':
        return [
          boxed(box, ...boxesOf(bytes, box.body, box.end).map((one) => propertiesOf(bytes, one, left))),
        ];
      case 'idat': {
        const inside = Buffer.alloc(box.end - box.body);
        for (const { offset, length } of extentsIn(places, 'idat'))
          bytes.copy(inside, offset, box.body + offset, Math.min(box.body + offset + length, box.end));
        return [boxed(box, inside)];
      }
      default:
        return KEPT.has(box.type) ? [copy(box)] : [];
    }
  });
  const anew = boxed(meta, bytes.subarray(meta.body, meta.body + FULL), ...rewritten);
  const spare = meta.end - meta.start - anew.length;
  if (spare < 0 || (spare > 0 && spare < 8)) throw new Unfit('unsupported');
  anew.copy(kept, meta.start);
  if (spare > 0) {
    kept.writeUInt32BE(spare, meta.start + anew.length);
    kept.write('free', meta.start + anew.length + 4, 'latin1');
  }
  return [kept];
};

const extentsIn = (places: readonly Place[], within: Place['within']): Place['extents'] =>
  places.filter((place) => place.within === within).flatMap(({ extents }) => extents);

const boxed = ({ type }: Box, ...content: readonly Buffer[]): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.reduce((sum, part) => sum + part.length, 0));
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, ...content]);
};

const counted = (count: number, size: number): Buffer => {
  const number = Buffer.alloc(size);
  number.writeUIntBE(count, 0, size);
  return number;
};

interface Reference {
  readonly box: Box;
  /** From which item, then to which. */
  readonly ids: readonly number[];
}

const referencesOf = (bytes: Buffer, iref: Box): Reference[] => {
  const size = bytes.readUInt8(iref.body) === 0 ? 2 : 4;
  return boxesOf(bytes, iref.body + FULL, iref.end).map((box) => {
    const count = bytes.readUInt16BE(box.body + size);
    const to = Array.from({ length: count }, (_, nth) =>
      bytes.readUIntBE(box.body + size + 2 + nth * size, size),
    );
    return { box, ids: [bytes.readUIntBE(box.body, size), ...to] };
  });
};

/** Properties keep their numbers, so that what says which item has which still holds. */
const propertiesOf = (bytes: Buffer, box: Box, left: ReadonlySet<number>): Buffer => {
  if (box.type === 'ipma') return associationsOf(bytes, box, left);
  if (box.type !== 'ipco') return boxed({ ...box, type: 'free' }, Buffer.alloc(box.end - box.body));
  const properties = boxesOf(bytes, box.body, box.end).map((one) =>
    WORDS.has(one.type)
      ? boxed({ ...one, type: 'free' }, Buffer.alloc(one.end - one.body))
      : bytes.subarray(one.start, one.end),
  );
  return boxed(box, ...properties);
};

const associationsOf = (bytes: Buffer, box: Box, left: ReadonlySet<number>): Buffer => {
  const idSize = bytes.readUInt8(box.body) === 0 ? 2 : 4;
  const oneSize = (bytes.readUInt8(box.body + 3) & 1) === 0 ? 1 : 2;
  const entries: Buffer[] = [];
  let at = box.body + FULL + 4;
  for (let count = bytes.readUInt32BE(box.body + FULL); count > 0; count -= 1) {
    const end = at + idSize + 1 + bytes.readUInt8(at + idSize) * oneSize;
    if (end > box.end) throw new Unfit('corrupt');
    if (left.has(bytes.readUIntBE(at, idSize))) entries.push(bytes.subarray(at, end));
    at = end;
  }
  return boxed(box, bytes.subarray(box.body, box.body + FULL), counted(entries.length, 4), ...entries);
};
