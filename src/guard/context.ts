/** Without accents, in small letters: how words are compared. */
export const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[’‘]/g, "'").toLowerCase();

/** What stands around a place of a text, plain: so many characters before and after. */
export const around = (text: string, from: number, to: number, before: number, after: number): string =>
  `${plain(text.slice(Math.max(0, from - before), from))} ${plain(text.slice(to, to + after))}`;

/** What stands before a place, on its line. */
export const leading = (text: string, from: number, length: number): string => {
  const before = text.slice(Math.max(0, from - length), from);
  return plain(before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1));
};

const DELIMITER = /[\t;,|]/;
const LONGEST = 4000;

/**
 * Names the columns of the table that a place stands in: the first of the lines above it that are all divided by tabs,
 * semicolons, commas or bars. Asked for places in ascending order, it reads each line once.
 */
export const columns = (text: string): ((at: number) => string) => {
  let known = { from: 0, to: -1, header: '' };
  return (at) => {
    const own = startOf(text, at);
    if (at > known.to || at < known.from) {
      let from = own;
      let header: string | undefined;
      let first = '';
      for (let start = own; start >= 0; start = start === 0 ? -1 : startOf(text, start - 1)) {
        if (start >= known.from && start <= known.to) {
          ({ from, header } = known);
          break;
        }
        const line = text.slice(start, Math.min(endOf(text, start), start + LONGEST));
        if (!DELIMITER.test(line)) break;
        from = start;
        first = line;
      }
      known = { from, to: endOf(text, at), header: header ?? plain(first) };
    }
    return known.from === own ? '' : known.header;
  };
};

const startOf = (text: string, at: number): number => (at <= 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1);

const endOf = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
};

/** The line of a place, from 1. */
export const lineOf = (text: string, at: number): number => {
  let line = 1;
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line += 1;
  return line;
};
