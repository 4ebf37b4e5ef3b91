import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, inflateRawSync, inflateSync } from 'node:zlib';

/** A file in which words stand that must stand nowhere in clear, and in which form. */
export interface Sighting {
  readonly where: string;
  readonly form: string;
}

/** What base64 makes of a word whatever stands before it: its middle, in each of three alignments. */
const inBase64 = (word: string): readonly string[] =>
  [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), Buffer.from(word)]).toString('base64');
    // The ends depend on what stands beside the word.
    return text.slice(before === 0 ? 0 : 4, Math.floor(text.replaceAll('=', '').length / 4) * 4 - 4);
  });

/** The forms in which a word might lie about. */
const formsOf = (word: string): readonly (readonly [string, Buffer])[] => [
  ['as it is', Buffer.from(word)],
  ['in capitals', Buffer.from(word.toUpperCase())],
  ['in small letters', Buffer.from(word.toLowerCase())],
  ['UTF-16, little end', Buffer.from(word, 'utf16le')],
  ['UTF-16, big end', Buffer.from(word, 'utf16le').swap16()],
  ['hexadecimal', Buffer.from(Buffer.from(word).toString('hex'))],
  ['hexadecimal capitals', Buffer.from(Buffer.from(word).toString('hex').toUpperCase())],
  ...inBase64(word).map((text, at) => [`base64, ${at}`, Buffer.from(text)] as const),
];

const MOST = 8 * 1024 * 1024;
/** The end may be missing: what was there before it counts. */
const OPTIONS = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST };

const starts = function* (bytes: Buffer, magic: Buffer): Generator<number> {
  for (let at = bytes.indexOf(magic); at !== -1; at = bytes.indexOf(magic, at + 1)) yield at;
};

const tried = (inflate: () => Buffer): Buffer | null => {
  try {
    return inflate();
  } catch {
    return null;
  }
};

/** What unpacks of gzip, zlib and zip, wherever it begins. */
function* unpacked(bytes: Buffer): Generator<readonly [string, Buffer]> {
  for (const at of starts(bytes, Buffer.from([0x1f, 0x8b, 0x08]))) {
    // Behind its head of ten bytes, and a name where it has one: what comes after it is no matter.
    const from = ((bytes[at + 3] ?? 0) & 8) === 0 ? at + 10 : bytes.indexOf(0, at + 10) + 1;
    const inner = tried(() => inflateRawSync(bytes.subarray(from, from + MOST), OPTIONS));
    if (inner) yield ['gzip', inner];
  }
  for (const second of [0x01, 0x5e, 0x9c, 0xda])
    for (const at of starts(bytes, Buffer.from([0x78, second]))) {
      const inner = tried(() => inflateSync(bytes.subarray(at, at + MOST), OPTIONS));
      if (inner) yield ['zlib', inner];
    }
  for (const at of starts(bytes, Buffer.from('PK\x03\x04', 'latin1'))) {
    if (at + 30 > bytes.length || bytes.readUInt16LE(at + 8) !== 8) continue;
    const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const inner = tried(() => inflateRawSync(bytes.subarray(from, from + MOST), OPTIONS));
    if (inner) yield ['zip', inner];
  }
}

/** The forms in which a word stands in these bytes, packed or not. */
export const formsIn = (bytes: Buffer, word: string): readonly string[] => {
  const forms = formsOf(word);
  const plain = forms.flatMap(([form, needle]) => (bytes.includes(needle) ? [form] : []));
  const packed = [...unpacked(bytes)].flatMap(([how, inner]) =>
    forms.flatMap(([form, needle]) => (inner.includes(needle) ? [`${how}: ${form}`] : [])),
  );
  return [...new Set([...plain, ...packed])];
};

/** Every file below a folder, links left alone; what goes meanwhile is gone. */
export function* filesBelow(folder: string): Generator<string> {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

/** Where a word stands in the files below these folders, and in their names. */
export const sightingsBelow = (folders: readonly string[], word: string): readonly Sighting[] =>
  folders.flatMap((folder) =>
    [...filesBelow(folder)].flatMap((path) => {
      const named = formsIn(Buffer.from(path), word).map((form) => ({ where: path, form: `name: ${form}` }));
      let bytes: Buffer;
      try {
        if (lstatSync(path).size > 512 * 1024 * 1024) return named;
        bytes = readFileSync(path);
      } catch {
        return named;
      }
      return [...named, ...formsIn(bytes, word).map((form) => ({ where: path, form }))];
    }),
  );
