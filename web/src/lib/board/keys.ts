/** Cards, column by column, as they are in the page now. */
const grid = (board: HTMLElement): HTMLElement[][] =>
  [...board.querySelectorAll<HTMLElement>('[data-column]')]
    .filter((column) => column.offsetParent !== null)
    .map((column) => [...column.querySelectorAll<HTMLElement>('[data-card]')]);

const STEPS: Readonly<Record<string, readonly [column: number, row: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The card an arrow, Home or End leads to; empty columns are stepped over. */
export const neighbour = (board: HTMLElement, from: HTMLElement, key: string): HTMLElement | null => {
  const columns = grid(board).filter((cards) => cards.length > 0);
  const at = columns.findIndex((cards) => cards.includes(from));
  const row = columns[at]?.indexOf(from) ?? -1;
  if (at < 0) return null;
  if (key === 'Home') return columns[at]?.[0] ?? null;
  if (key === 'End') return columns[at]?.at(-1) ?? null;
  const step = STEPS[key];
  if (!step) return null;
  const column = columns[at + step[0]];
  return column?.[Math.min(row + step[1], column.length - 1)] ?? null;
};
