/**
 * Open time: how much of it lies between two instants, and when a span of it is over.
 *
 * Instants are whole milliseconds since 1970 (UTC); spans are milliseconds of open time, or open days.
 * Every question is answered in O(log n), by binary search over sums made once.
 */
import type { OpenSpan } from './define.ts';
import { OutOfCalendar } from './errors.ts';

export interface OpenInterval {
  readonly start: number;
  readonly end: number;
  /** The local day the interval belongs to, in days since 1970-01-01: a night belongs to the day it starts. */
  readonly day: number;
}

export interface OpenTime {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly days: Int32Array;
  /** Open time before each interval, in ms. */
  readonly before: Float64Array;
  /** For each interval, which open day it is of: 0 for the first open day of the calendar. */
  readonly openDays: Int32Array;
  /** When each open day closes for good. */
  readonly closes: Float64Array;
  /** What the calendar knows: from local midnight to local midnight. */
  readonly covers: { readonly from: number; readonly to: number };
}

/**
 * Makes a calendar of intervals that ascend, do not overlap (they may touch) and lie within `covers`.
 * @throws RangeError when they do not.
 */
export function openTime(intervals: readonly OpenInterval[], covers: OpenTime['covers']): OpenTime {
  const n = intervals.length;
  const open = {
    starts: new Float64Array(n),
    ends: new Float64Array(n),
    days: new Int32Array(n),
    before: new Float64Array(n),
    openDays: new Int32Array(n),
    covers: { from: covers.from, to: covers.to },
  };
  const closes: number[] = [];
  let previous: OpenInterval = { start: covers.from, end: covers.from, day: -Infinity };
  let total = 0;
  for (const [i, interval] of intervals.entries()) {
    const { start, end, day } = interval;
    if (!(previous.end <= start && start < end && end <= covers.to && previous.day <= day)) {
      throw new RangeError(
        `open interval ${i} (${at(start)} to ${at(end)}) is empty, out of order or uncovered`,
      );
    }
    if (day > previous.day) closes.push(end);
    else closes[closes.length - 1] = end;
    open.starts[i] = start;
    open.ends[i] = end;
    open.days[i] = day;
    open.before[i] = total;
    open.openDays[i] = closes.length - 1;
    total += end - start;
    previous = interval;
  }
  return { ...open, closes: Float64Array.from(closes) };
}

/**
 * The instant at which `span` is over, counted from `from`. Milliseconds, minutes and hours: the earliest
 * instant with that much open time behind it, so a span used up at closing time ends at closing time.
 * Days: the closing time of the n-th open day after the day of `from`, which is the next open day when the
 * site does not open any more that day; `'0d'` is the closing time of that day itself.
 * @throws OutOfCalendar when `from` is not covered, or the span goes past what is.
 */
export function addOpen(open: OpenTime, from: number, span: OpenSpan | number): number {
  mustCover(open, from);
  const length = lengthOf(span);
  if ('days' in length) {
    const day = open.openDays[countUpTo(open.ends, from)];
    const close = day === undefined ? undefined : open.closes[day + length.days];
    return close ?? tooFar(open, from, span);
  }
  if (length.ms === 0) return from;
  const wanted = openUntil(open, from) + length.ms;
  const i = countBelow(open.before, wanted) - 1;
  const end = value(open.starts, i) + wanted - value(open.before, i);
  return i >= 0 && end <= value(open.ends, i) ? end : tooFar(open, from, span);
}

/**
 * The last instant from which `span` is over at `by` or before: `addOpen(open, t, span) <= by` for this
 * `t` and every earlier one, for no later one. -Infinity when the calendar holds no such instant.
 * @throws OutOfCalendar when `by` is not covered.
 */
export function latestStart(open: OpenTime, by: number, span: OpenSpan | number): number {
  mustCover(open, by);
  const length = lengthOf(span);
  if ('days' in length) {
    // One ms later, that day is over and the next one is counted from.
    return (open.closes[countUpTo(open.closes, by) - 1 - length.days] ?? -Infinity) - 1;
  }
  if (length.ms === 0) return by;
  const wanted = openUntil(open, by) - length.ms;
  if (wanted < 0) return -Infinity;
  const i = countUpTo(open.before, wanted) - 1;
  return value(open.starts, i) + wanted - value(open.before, i);
}

/**
 * Milliseconds of open time from `a` to `b`; 0 when `b` is not after `a`.
 * @throws OutOfCalendar when one of them is not covered.
 */
export function openBetween(open: OpenTime, a: number, b: number): number {
  if (b <= a) return 0;
  mustCover(open, a);
  mustCover(open, b);
  return openUntil(open, b) - openUntil(open, a);
}

/**
 * Whether the site is open at `t`. It is at the instant it opens, it is not at the instant it closes.
 * @throws OutOfCalendar when `t` is not covered.
 */
export function isOpen(open: OpenTime, t: number): boolean {
  mustCover(open, t);
  // What comes after the end of the calendar is not known.
  if (t === open.covers.to) throw outside(open, t);
  return t >= value(open.starts, countUpTo(open.ends, t));
}

/**
 * `t` itself when the site is open, or the next instant at which it opens.
 * @throws OutOfCalendar when `t` is not covered, or the site does not open any more before the end.
 */
export function nextOpen(open: OpenTime, t: number): number {
  mustCover(open, t);
  const start = open.starts[countUpTo(open.ends, t)];
  return start === undefined ? tooFar(open, t, 'an opening') : Math.max(t, start);
}

/**
 * What `'90m'`, `'4h'` or `'3d'` says: milliseconds of open time, or open days.
 * @throws RangeError, with a sentence for whoever wrote it, on anything else.
 */
export function parseOpenSpan(text: string): { readonly ms: number } | { readonly days: number } {
  const [, count, unit] = /^(\d+(?:\.\d+)?)([mhd])$/.exec(text) ?? [];
  if (count === undefined) {
    throw new RangeError(
      `"${text}" is not a span of open time: write a number and its unit without a space, like "90m", "4h" or "3d"`,
    );
  }
  if (unit !== 'd') return { ms: Math.round(Number(count) * (unit === 'h' ? 3_600_000 : 60_000)) };
  if (!Number.isInteger(Number(count))) {
    throw new RangeError(
      `"${text}": open days are counted whole, write "${Math.ceil(Number(count))}d" or hours ("h")`,
    );
  }
  return { days: Number(count) };
}

function lengthOf(span: OpenSpan | number): { readonly ms: number } | { readonly days: number } {
  if (typeof span === 'string') return parseOpenSpan(span);
  if (span >= 0) return { ms: span };
  throw new RangeError(`${span} ms is not a span of open time: it must be 0 or more`);
}

/** Open time from the beginning of the calendar to `t`, in ms. */
function openUntil(open: OpenTime, t: number): number {
  const i = countUpTo(open.starts, t) - 1;
  if (i < 0) return 0;
  return value(open.before, i) + Math.min(t, value(open.ends, i)) - value(open.starts, i);
}

/** How many of the ascending `values` are at most `x`: the place of the first one above it. */
function countUpTo(values: Float64Array, x: number): number {
  return countWhile(values, (one) => one <= x);
}

/** How many of the ascending `values` are below `x`. */
function countBelow(values: Float64Array, x: number): number {
  return countWhile(values, (one) => one < x);
}

/** The length of the beginning of `values` that `holds` is true of; of what follows it must be false. */
function countWhile(values: Float64Array, holds: (one: number) => boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(value(values, middle))) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The value at a place; NaN, which compares as false, where there is none. */
function value(values: Float64Array, i: number): number {
  return values[i] ?? NaN;
}

function mustCover(open: OpenTime, t: number): void {
  if (!(t >= open.covers.from && t <= open.covers.to)) throw outside(open, t);
}

function outside({ covers }: OpenTime, t: number): OutOfCalendar {
  return new OutOfCalendar(
    `${at(t)} is outside the calendar, which goes from ${at(covers.from)} to ${at(covers.to)}`,
  );
}

function tooFar(open: OpenTime, from: number, wanted: OpenSpan | number | 'an opening'): never {
  const what = typeof wanted === 'number' ? `${wanted} ms` : wanted;
  const never = open.starts.length === 0 ? ': it has no open time at all, so check the opening hours' : '';
  throw new OutOfCalendar(
    `the calendar ends at ${at(open.covers.to)}, before ${what} from ${at(from)}${never}`,
  );
}

function at(t: number): string {
  return Math.abs(t) <= 8.64e15 ? new Date(t).toISOString() : String(t);
}
