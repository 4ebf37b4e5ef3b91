const SAMPLE = 64 * 1024;

/** The text of these bytes, in UTF-8, UTF-16 or Latin-1 (as Windows writes it); undefined when they are not text. */
export const decode = (bytes: Uint8Array): string | undefined => {
  const wide = wideOf(bytes);
  if (wide) return new TextDecoder(wide).decode(bytes);
  const sample = bytes.subarray(0, SAMPLE);
  let odd = 0;
  for (const byte of sample) {
    if (byte === 0) return undefined;
    if (isControl(byte)) odd += 1;
  }
  if (odd > sample.length / 50) return undefined;
  try {
    // What was cut may end in the middle of a character.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};

/** Words that stand in a binary, as an old document of an office keeps them: in one byte a character, or in two. */
export const wordsWithin = (bytes: Uint8Array): string => {
  const narrow = new TextDecoder('windows-1252').decode(bytes);
  const wide = new TextDecoder('utf-16le').decode(bytes);
  return `${runs(narrow, /[\t\r\n\u0020-\u007e\u00a0-\u024f]{4,}/g)}\n${runs(wide, /[\t\r\n\u0020-\u007e\u00a0-\u024f\u2010-\u2027\u202f]{4,}/g)}`;
};

const runs = (text: string, kept: RegExp): string => (text.match(kept) ?? []).join('\n');

/** All but what texts use: tabs, lines, pages, escapes, and the frames of messages (0x0b, 0x1c). */
const isControl = (byte: number): boolean =>
  (byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && !(byte >= 0x1a && byte <= 0x1e)) || byte === 0x7f;

const wideOf = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, SAMPLE);
  if (sample.length < 8) return undefined;
  let even = 0;
  let odd = 0;
  for (let at = 0; at + 1 < sample.length; at += 2) {
    if (sample[at] === 0) even += 1;
    if (sample[at + 1] === 0) odd += 1;
  }
  const pairs = sample.length / 2;
  // A table of bytes is not a text of two-byte characters: both halves would hold zeros.
  if (odd > pairs * 0.7 && even === 0) return 'utf-16le';
  return even > pairs * 0.7 && odd === 0 ? 'utf-16be' : undefined;
};
