/** Ratios and the table that shows them. */
import type { Outcome } from './load.ts';

/** A line of the table: what was measured of us and of what we are compared with, and what it should be. */
export interface Line {
  readonly what: string;
  readonly ours: string;
  readonly floor: string;
  readonly ratio: number;
  /** Absent: shown, not promised. */
  readonly target?: { readonly least: number } | { readonly most: number };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** What rounds came to: the median of each figure; what failed, in all of them. */
export const medianOf = (rounds: readonly Outcome[]): Outcome => ({
  perSecond: median(rounds.map((round) => round.perSecond)),
  answered: rounds.reduce((sum, round) => sum + round.answered, 0),
  failed: rounds.reduce((sum, round) => sum + round.failed, 0),
  p50: median(rounds.map((round) => round.p50)),
  p95: median(rounds.map((round) => round.p95)),
});

const met = ({ ratio, target }: Line): string => {
  if (!target) return '';
  return ('least' in target ? ratio >= target.least : ratio <= target.most) ? 'ok' : 'short';
};

const said = ({ target }: Line): string =>
  !target ? '' : 'least' in target ? `≥ ${target.least}` : `≤ ${target.most}`;

/** The table as text. */
export const table = (lines: readonly Line[]): string => {
  const rows = [
    ['what', 'ours', 'floor', 'ratio', 'target', ''],
    ...lines.map((line) => [line.what, line.ours, line.floor, line.ratio.toFixed(2), said(line), met(line)]),
  ];
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
};
