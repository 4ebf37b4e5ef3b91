/**
 * Time as words: each ticket carries the stretches of time in which it was opened, of 8, 64, 512 and 4,096
 * hours. A day, a month or "the last six weeks" is then a few words among the others, met in the same index.
 */

const hour = 3_600_000;
const sizes = [8 * hour, 64 * hour, 512 * hour, 4096 * hour] as const;

/** From (included) to (excluded), ms since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const word = (level: number, index: number): string => `@${level}${index.toString(36)}`;

/** The stretches a moment falls in, one of each size. */
export const stretchesOf = (at: Date): string[] =>
  sizes.map((size, level) => word(level, Math.floor(at.getTime() / size)));

const cover = ({ from, to }: Span, level: number, into: Set<string>): void => {
  const size = sizes[level];
  if (size === undefined || from >= to) return;
  if (level === 0) {
    for (let index = Math.floor(from / size); index * size < to; index += 1) into.add(word(0, index));
    return;
  }
  const first = Math.ceil(from / size);
  const last = Math.floor(to / size);
  if (first >= last) return cover({ from, to }, level - 1, into);
  for (let index = first; index < last; index += 1) into.add(word(level, index));
  cover({ from, to: first * size }, level - 1, into);
  cover({ from: last * size, to }, level - 1, into);
};

/** The fewest stretches that cover all the spans; at either end up to eight hours more than asked. */
export const stretchesBetween = (spans: readonly Span[]): string[] => {
  const into = new Set<string>();
  for (const span of spans) cover(span, sizes.length - 1, into);
  return [...into];
};

/** The part of some spans, given newest first, that is newest: at least that share of them. */
export const newestOf = (spans: readonly Span[], share: number): Span[] => {
  let left = share * spans.reduce((sum, { from, to }) => sum + to - from, 0);
  const kept: Span[] = [];
  for (const { from, to } of spans) {
    if (left <= 0) break;
    kept.push({ from: Math.max(from, to - left), to });
    left -= to - from;
  }
  return kept;
};

/** From the newest back: about four days, four weeks, eight months. */
export const recentStretches = (
  now: number,
): { readonly words: readonly string[]; readonly from: number }[] =>
  sizes.slice(1).map((size, above) => {
    const index = Math.floor(now / size);
    // One ahead: a ticket may come from a machine whose clock is fast.
    return {
      words: [index - 1, index, index + 1].map((at) => word(above + 1, at)),
      from: (index - 1) * size,
    };
  });
