/**
 * The records of a zip file, as bytes. Entries are stored as they are; size and CRC-32 stand in the local header,
 * so that no data descriptor is needed and the length of every record is known before any content is.
 *
 * Source: PKWARE APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16, 4.5.3; Info-ZIP extra field 0x5455.
 */

/** What the records say of one entry. */
export interface Listed {
  /** In UTF-8, at most 65,535 bytes. */
  readonly name: Buffer;
  readonly size: number;
  readonly crc32: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** A field that holds this says: look in the Zip64 extra field. */
const IN_ZIP64 = 0xffff_ffff;
const COUNT_IN_ZIP64 = 0xffff;
const UTF8_NAME = 1 << 11;
const STORED = 0;
const VERSION_PLAIN = 20;
const VERSION_ZIP64 = 45;
/** Made as on Unix: the upper half of the attributes is a mode, here a file that its owner may write. */
const MADE_ON_UNIX = 3 << 8;
const ORDINARY_FILE = 0o100644 * 2 ** 16;

const LOCAL_FIXED = 30;
const CENTRAL_FIXED = 46;
const END = 22;
const END_ZIP64 = 56 + 20;

export const localHeader = (entry: Listed): Buffer => {
  const extra = Buffer.concat([
    isLarge(entry.size) ? zip64([entry.size, entry.size]) : Buffer.alloc(0),
    instant(entry),
  ]);
  const record = Buffer.alloc(LOCAL_FIXED);
  record.writeUInt32LE(0x0403_4b50, 0);
  writeCommon(record, 4, entry, isLarge(entry.size));
  record.writeUInt16LE(extra.length, 28);
  return Buffer.concat([record, entry.name, extra]);
};

/** The length in bytes of what `localHeader` gives. */
export const localLength = (entry: Listed): number =>
  LOCAL_FIXED + entry.name.length + (isLarge(entry.size) ? 4 + 16 : 0) + instant(entry).length;

/** @param offset where the entry's local header begins, in bytes from the beginning of the file */
export const centralHeader = (entry: Listed, offset: number): Buffer => {
  const large = largeOf(entry, offset);
  const extra = Buffer.concat([large.length > 0 ? zip64(large) : Buffer.alloc(0), instant(entry)]);
  const record = Buffer.alloc(CENTRAL_FIXED);
  record.writeUInt32LE(0x0201_4b50, 0);
  record.writeUInt16LE(MADE_ON_UNIX | (large.length > 0 ? VERSION_ZIP64 : VERSION_PLAIN), 4);
  writeCommon(record, 6, entry, large.length > 0);
  record.writeUInt16LE(extra.length, 30);
  record.writeUInt32LE(ORDINARY_FILE, 38);
  record.writeUInt32LE(Math.min(offset, IN_ZIP64), 42);
  return Buffer.concat([record, entry.name, extra]);
};

/** The length in bytes of what `centralHeader` gives. */
export const centralLength = (entry: Listed, offset: number): number => {
  const large = largeOf(entry, offset).length;
  return CENTRAL_FIXED + entry.name.length + (large > 0 ? 4 + 8 * large : 0) + instant(entry).length;
};

/** Where the list of entries stands, in bytes, and how many there are. */
export interface Listing {
  readonly count: number;
  readonly offset: number;
  readonly length: number;
}

/** The end of the file, which readers look for first. */
export const endRecords = ({ count, offset, length }: Listing): Buffer => {
  const end = Buffer.alloc(END);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(Math.min(count, COUNT_IN_ZIP64), 8);
  end.writeUInt16LE(Math.min(count, COUNT_IN_ZIP64), 10);
  end.writeUInt32LE(Math.min(length, IN_ZIP64), 12);
  end.writeUInt32LE(Math.min(offset, IN_ZIP64), 16);
  if (count < COUNT_IN_ZIP64 && !isLarge(length) && !isLarge(offset)) return end;
  const large = Buffer.alloc(END_ZIP64);
  large.writeUInt32LE(0x0606_4b50, 0);
  large.writeBigUInt64LE(44n, 4);
  large.writeUInt16LE(MADE_ON_UNIX | VERSION_ZIP64, 12);
  large.writeUInt16LE(VERSION_ZIP64, 14);
  large.writeBigUInt64LE(BigInt(count), 24);
  large.writeBigUInt64LE(BigInt(count), 32);
  large.writeBigUInt64LE(BigInt(length), 40);
  large.writeBigUInt64LE(BigInt(offset), 48);
  large.writeUInt32LE(0x0706_4b50, 56);
  large.writeBigUInt64LE(BigInt(offset + length), 64);
  large.writeUInt32LE(1, 72);
  return Buffer.concat([large, end]);
};

const isLarge = (value: number): boolean => value >= IN_ZIP64;

/** What the central header cannot say in 32 bits, in the order in which the extra field has it. */
const largeOf = (entry: Listed, offset: number): number[] => [
  ...(isLarge(entry.size) ? [entry.size, entry.size] : []),
  ...(isLarge(offset) ? [offset] : []),
];

/** From "version needed" to the length of the name: the same in both headers. */
const writeCommon = (record: Buffer, at: number, entry: Listed, large: boolean): void => {
  const { time, date } = dosTime(entry.modified);
  record.writeUInt16LE(large ? VERSION_ZIP64 : VERSION_PLAIN, at);
  record.writeUInt16LE(UTF8_NAME, at + 2);
  record.writeUInt16LE(STORED, at + 4);
  record.writeUInt16LE(time, at + 6);
  record.writeUInt16LE(date, at + 8);
  record.writeUInt32LE(entry.crc32, at + 10);
  record.writeUInt32LE(Math.min(entry.size, IN_ZIP64), at + 14);
  record.writeUInt32LE(Math.min(entry.size, IN_ZIP64), at + 18);
  record.writeUInt16LE(entry.name.length, at + 22);
};

const zip64 = (values: readonly number[]): Buffer => {
  const field = Buffer.alloc(4 + 8 * values.length);
  field.writeUInt16LE(0x0001, 0);
  field.writeUInt16LE(8 * values.length, 2);
  values.forEach((value, index) => field.writeBigUInt64LE(BigInt(value), 4 + 8 * index));
  return field;
};

/** The instant as such, since the old field has no time zone; where 32 bits can say it (until 2038). */
const instant = ({ modified }: Listed): Buffer => {
  const seconds = Math.floor(modified / 1000);
  if (seconds < 0 || seconds > 0x7fff_ffff) return Buffer.alloc(0);
  const field = Buffer.alloc(9);
  field.writeUInt16LE(0x5455, 0);
  field.writeUInt16LE(5, 2);
  field.writeUInt8(1, 4);
  field.writeInt32LE(seconds, 5);
  return field;
};

/** The time as MS-DOS says it, in UTC: from 1980 to 2107, every two seconds. */
const dosTime = (modified: number): { readonly time: number; readonly date: number } => {
  const earliest = Date.UTC(1980, 0, 1);
  const latest = Date.UTC(2107, 11, 31, 23, 59, 58);
  const at = new Date(Math.min(Math.max(modified, earliest), latest));
  return {
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
    date: ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
  };
};
