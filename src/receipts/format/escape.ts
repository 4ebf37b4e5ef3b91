/**
 * What does not show, moves what shows, or ends a line; and spaces at the edges, which get lost on the way. A list of
 * its own, since what Unicode says of a character may change and what was signed may not: control characters, soft
 * hyphen, marks and overrides of direction, joiners, separators of lines, tags, halves of characters.
 */
const HIDDEN =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class -- these are what it is for
  /^ | $|[\\\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

const SHORT: { readonly [character: string]: string } = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A text on one line, in which everything shows: a line break as `\n`, others as `\u{202e}`, `\` as `\\`. */
export const inOneLine = (text: string): string =>
  text.replace(
    HIDDEN,
    (character) => SHORT[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );

const LONG: { readonly [written: string]: string } = { '\\': '\\', n: '\n', r: '\r', t: '\t' };

/** What `inOneLine` was given. What it never writes is left as it is. */
export const fromOneLine = (line: string): string =>
  line.replace(
    /\\(?:([\\nrt])|u\{(0|[1-9a-f][0-9a-f]{0,4}|10[0-9a-f]{4})\})/g,
    (_, short: string | undefined, hex: string | undefined) =>
      short ? (LONG[short] ?? short) : String.fromCodePoint(Number.parseInt(hex ?? '', 16)),
  );
