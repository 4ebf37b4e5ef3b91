import type { Mask } from './text.ts';

/** Letters of 5 by 8 dots, from space to tilde, as the first displays had them: a byte a column, its lowest bit on top. */
const LETTERS = Buffer.from(
  'AAAAAAAAAF8AAAAHAAcAFH8UfxQkKn8qEiMTCGRiNklWIFAACAcDAAAcIkEAAEEiHAAqHH8cKggIPggIAIBwMAAICAgICAAA' +
    'YGAAIBAIBAI+UUlFPgBCf0AAcklJSUYhQUlNMxgUEn8QJ0VFRTk8SklJMUEhEQkHNklJSTZGSUkpHgAAFAAAAEA0AAAACBQi' +
    'QRQUFBQUAEEiFAgCAVkJBj5BXVlOfBIREnx/SUlJNj5BQUEif0FBQT5/SUlJQX8JCQkBPkFBUXN/CAgIfwBBf0EAIEBBPwF/' +
    'CBQiQX9AQEBAfwIcAn9/BAgQfz5BQUE+fwkJCQY+QVEhXn8JGSlGJklJSTIDAX8BAz9AQEA/HyBAIB8/QDhAP2MUCBRjAwR4' +
    'BANhWUlNQwB/QUFBAgQIECAAQUFBfwQCAQIEQEBAQEAAAwcIACBUVHhAfyhERDg4REREKDhERCh/OFRUVBgACH4JAhikpJx4' +
    'fwgEBHgARH1AACBAQD0AfxAoRAAAQX9AAHwEeAR4fAgEBHg4REREOPwYJCQYGCQkGPx8CAQECEhUVFQkBAQ/RCQ8QEAgfBwg' +
    'QCAcPEAwQDxEKBAoREyQkJB8RGRUTEQACDZBAAAAdwAAAEE2CAACAQIEAg==',
  'base64',
);
const COLUMNS = 5;
const ROWS = 8;
/** Above and below letters there is room for accents. */
const ABOVE = 3;
const BELOW = 2;

/** Dots of accents, by row then column; a capital's stand higher. */
const ACCENTS: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  '\u0300': [
    [0, 1],
    [1, 2],
  ],
  '\u0301': [
    [0, 3],
    [1, 2],
  ],
  '\u0302': [
    [0, 2],
    [1, 1],
    [1, 3],
  ],
  '\u0303': [
    [0, 1],
    [0, 2],
    [1, 3],
    [0, 4],
    [1, 0],
  ],
  '\u0308': [
    [1, 1],
    [1, 3],
  ],
  '\u030a': [
    [0, 2],
    [1, 1],
    [1, 3],
  ],
  '\u0327': [
    [ROWS + 1, 2],
    [ROWS + 2, 1],
  ],
};
const WRITTEN: Readonly<Record<string, string>> = {
  œ: 'oe',
  Œ: 'OE',
  æ: 'ae',
  Æ: 'AE',
  ß: 'ss',
  '’': "'",
  '‘': "'",
  '–': '-',
  '—': '-',
  '…': '...',
  '«': '"',
  '»': '"',
  '“': '"',
  '”': '"',
  '°': 'o',
  '·': '.',
  '€': 'EUR',
};

/** A line in letters of dots, about `size` pixels high; what has no letter here is a question mark. */
export const dotted = (line: string, size: number): Mask => {
  const scale = Math.max(1, Math.round(size / ROWS));
  const plain = Array.from(line, (letter) => WRITTEN[letter] ?? letter).join('');
  const letters = plain.normalize('NFD').match(/\P{M}\p{M}*/gu) ?? [];
  const width = Math.max(1, letters.length * (COLUMNS + 1)) * scale;
  const height = (ABOVE + ROWS + BELOW) * scale;
  const data = new Uint8Array(width * height);
  const dot = (row: number, column: number): void => {
    for (let y = row * scale; y < (row + 1) * scale; y += 1)
      data.fill(255, y * width + column * scale, y * width + (column + 1) * scale);
  };
  for (const [nth, letter] of letters.entries()) {
    const [base = '?', ...marks] = letter;
    const code = base.charCodeAt(0) - 32;
    const glyph = code >= 0 && code < 95 ? code : 31;
    for (let column = 0; column < COLUMNS; column += 1)
      for (let row = 0; row < ROWS; row += 1)
        if ((((LETTERS[glyph * COLUMNS + column] ?? 0) >> row) & 1) === 1)
          dot(ABOVE + row, nth * (COLUMNS + 1) + column);
    const lower = /\p{Ll}/u.test(base) ? 2 : 0;
    for (const [row, column] of marks.flatMap((mark) => ACCENTS[mark] ?? []))
      dot(row < ROWS ? row + lower : row + ABOVE - 1, nth * (COLUMNS + 1) + column);
  }
  return { data, width, height };
};
