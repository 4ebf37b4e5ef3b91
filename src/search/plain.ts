/**
 * Plain words: what is left of a text when accents, case, ligatures, apostrophes and punctuation are put
 * aside. What is written in a ticket and what is typed in the search box pass through the same functions,
 * and the database only ever sees the result: no text-search configuration can make the two sides differ.
 */

/** Letters that no Unicode decomposition brings back to plain ones. */
const ligatures: { readonly [letter: string]: string } = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Words that every text has: they tell no ticket from another. */
const empty = new Set(
  (
    'le la les de du des un une et ou a au aux en dans par pour sur avec est ce que qui ne se ' +
    'the of and to in is it for at'
  ).split(' '),
);

const apostrophe = /['’ʼ`]/u;
const elision = /(?<![\p{L}\p{N}])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’ʼ`](?=\p{L})/giu;
const contraction = /['’ʼ`](?:s|t|d|m|ll|re|ve)(?![\p{L}\p{N}])/giu;
const chunk = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[-_./][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu;
const piece = /\p{L}+|\p{N}+/gu;
const number = /^\p{N}/u;

/** Longer words are cut, on both sides. */
const longestWord = 40;

/** The text in plain lower-case letters; still a text, with its spaces and punctuation. */
export const flatten = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[œæßøłđðþı]/gu, (letter) => ligatures[letter] ?? letter);

/** `0042` and `42` are the same number. */
const plainPiece = (raw: string): string => {
  const short = raw.length > longestWord ? Array.from(raw).slice(0, longestWord).join('') : raw;
  return number.test(short) ? short.replace(/^0+(?=.)/, '') : short;
};

/** One thing written without a space: its pieces, and what it is when written in one go. */
export interface Chunk {
  /** As it was written. */
  readonly text: string;
  readonly pieces: readonly string[];
  /** `c41` for C-41, C41 and c.41; `v20260042` for V-2026-0042. Absent from ordinary words. */
  readonly code?: string;
}

/** Codes mix short letters with figures (C-41, 35mm, HP5) or with a single letter (Tri-X). */
const codeOf = (raw: readonly string[]): string | undefined => {
  const letters = raw.filter((part) => !number.test(part));
  if (raw.length < 2 || raw.length > 6 || letters.length === 0) return undefined;
  if (letters.some((part) => part.length > 3)) return undefined;
  if (letters.length === raw.length && !letters.some((part) => part.length === 1)) return undefined;
  return raw.join('').slice(0, longestWord);
};

const readChunk = (written: string): Chunk | null => {
  const raw = flatten(written).match(piece) ?? [];
  const code = codeOf(raw);
  const pieces = raw.map(plainPiece);
  if (pieces.length === 0) return null;
  return code === undefined ? { text: written, pieces } : { text: written, pieces, code };
};

/** Chunks read before: people write the same words all day. */
const readBefore = new Map<string, Chunk | null>();
const mostRead = 5_000;

const chunkOf = (written: string): Chunk | null => {
  const found = readBefore.get(written);
  if (found !== undefined) return found;
  const read = readChunk(written);
  if (written.length > longestWord) return read;
  if (readBefore.size >= mostRead) readBefore.clear();
  readBefore.set(written, read);
  return read;
};

/** Cuts a text into chunks, in order; `l'étang` is one chunk, whose piece is `etang`. */
export const chunks = (text: string): Chunk[] => {
  const composed = text.normalize('NFC');
  const plain = apostrophe.test(composed)
    ? composed.replace(elision, ' ').replace(contraction, ' ')
    : composed;
  const read: Chunk[] = [];
  for (const written of plain.match(chunk) ?? []) {
    const found = chunkOf(written);
    if (found) read.push(found);
  }
  return read;
};

export const isEmptyWord = (word: string): boolean => empty.has(word);

export const isNumber = (word: string): boolean => number.test(word);

/** The words by which a text is found: pieces and codes, without empty words, each once. */
export const wordsOf = (text: string): Set<string> => {
  const words = new Set<string>();
  for (const { pieces, code } of chunks(text)) {
    for (const word of pieces) if (!empty.has(word)) words.add(word);
    if (code !== undefined) words.add(code);
  }
  return words;
};

/** A reference as one word: `v20260042`, however it is spaced or hyphenated. */
export const wholeReference = (reference: string): string =>
  (flatten(reference).match(piece) ?? []).join('').slice(0, longestWord);
