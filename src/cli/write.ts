import type { Terminal } from './terminal.ts';

/** A value as JSON, for programs. */
export const writeJson = (terminal: Terminal, value: unknown): void =>
  terminal.out(`${JSON.stringify(value, null, 2)}\n`);

/** How wide a text stands in a terminal, letters with accents for one. */
const widthOf = (text: string): number => [...new Intl.Segmenter().segment(text)].length;

/** Rows in columns that line up, under a head if there is one. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const all = head.length > 0 ? [head, ...rows] : rows;
  const columns = Array.from({ length: Math.max(0, ...all.map((row) => row.length)) }, (_, column) => column);
  const widths = columns.map((column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
};
