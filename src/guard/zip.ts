import type { Look } from './findings.ts';
import { inflate } from './inflate.ts';

/** One file of a zip, from its central directory, or from its own header where the end of the zip is missing. */
export interface Entry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly packed: Uint8Array;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const UNKNOWN = 0xff_ff_ff_ff;

/** The files of a zip (APPNOTE 6.3), in the order of its directory. What points outside is left out, and said. */
export const entriesOf = (bytes: Uint8Array, look: Look): Entry[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  const entries = end === undefined ? localEntries(bytes, view) : centralEntries(bytes, view, end);
  if (end === undefined || entries.length < view.getUint16(end + 10, true)) look.miss('unreadable');
  if (entries.length > look.left.entries) look.miss('too_large');
  const kept = entries.slice(0, look.left.entries);
  look.left.entries -= kept.length;
  return kept;
};

const endOf = (view: DataView): number | undefined => {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at -= 1)
    if (view.getUint32(at, true) === END) return at;
  return undefined;
};

const centralEntries = (bytes: Uint8Array, view: DataView, end: number): Entry[] => {
  const size = view.getUint32(end + 12, true);
  const said = view.getUint32(end + 16, true);
  // What stands before the zip, as in an archive that unpacks itself, moves everything.
  const moved = size <= end && said !== UNKNOWN ? Math.max(0, end - size - said) : 0;
  const entries: Entry[] = [];
  for (let at = said === UNKNOWN ? firstCentral(view) : said + moved; at + 46 <= view.byteLength;) {
    if (view.getUint32(at, true) !== CENTRAL) break;
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const extra = wide(view, at, at + 46 + nameLength, extraLength);
    const local = extra.offset + moved;
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (local + 30 > view.byteLength || view.getUint32(local, true) !== LOCAL) continue;
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    entries.push({
      name,
      method: view.getUint16(local + 8, true),
      encrypted: (view.getUint16(local + 6, true) & 1) === 1,
      packed: bytes.subarray(from, from + extra.packed),
    });
  }
  return entries;
};

/** Sizes and offset, which zip64 keeps in an extra field, those that do not fit and in this order. */
const wide = (view: DataView, at: number, extraAt: number, extraLength: number) => {
  const short = { size: at + 24, packed: at + 20, offset: at + 42 };
  let wideAt = 0;
  for (let next = extraAt; next + 4 <= Math.min(extraAt + extraLength, view.byteLength);) {
    if (view.getUint16(next, true) === 1) wideAt = next + 4;
    next += 4 + view.getUint16(next + 2, true);
  }
  const read = (field: number): number => {
    const value = view.getUint32(field, true);
    if (value !== UNKNOWN || wideAt === 0 || wideAt + 8 > view.byteLength) return value;
    wideAt += 8;
    return Number(view.getBigUint64(wideAt - 8, true));
  };
  read(short.size);
  return { packed: read(short.packed), offset: read(short.offset) };
};

const firstCentral = (view: DataView): number => {
  for (let at = 0; at + 4 <= view.byteLength; at += 1) if (view.getUint32(at, true) === CENTRAL) return at;
  return view.byteLength;
};

/** A zip without its end: each file's own header, one after the other; of unknown length: up to the next, or the end. */
const localEntries = (bytes: Uint8Array, view: DataView): Entry[] => {
  const entries: Entry[] = [];
  for (let at = nextLocal(view, 0); at + 30 <= view.byteLength;) {
    const nameLength = view.getUint16(at + 26, true);
    const from = at + 30 + nameLength + view.getUint16(at + 28, true);
    const size = view.getUint32(at + 18, true);
    const next = nextLocal(view, size === 0 || size === UNKNOWN ? from : from + size);
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 30, at + 30 + nameLength)),
      method: view.getUint16(at + 8, true),
      encrypted: (view.getUint16(at + 6, true) & 1) === 1,
      packed: bytes.subarray(from, size === 0 || size === UNKNOWN ? next : from + size),
    });
    at = next;
  }
  return entries;
};

const nextLocal = (view: DataView, from: number): number => {
  for (let at = from; at + 4 <= view.byteLength; at += 1)
    if (view.getUint8(at) === 0x50 && view.getUint32(at, true) === LOCAL) return at;
  return view.byteLength;
};

/** What a file of a zip holds, within what is left to unpack; undefined, and said why, when it cannot be had. */
export const contentOf = (entry: Entry, look: Look): Uint8Array | undefined => {
  if (entry.encrypted) {
    look.miss('encrypted');
    return undefined;
  }
  if (entry.method !== 0 && entry.method !== 8) {
    look.miss('unreadable');
    return undefined;
  }
  const { bytes, state } =
    entry.method === 0
      ? { bytes: entry.packed, state: 'whole' as const }
      : inflate(entry.packed, Math.max(0, look.left.bytes));
  look.left.bytes -= bytes.length;
  if (state === 'too_large') look.miss('too_large');
  if (state === 'damaged') look.miss('unreadable');
  return bytes;
};
