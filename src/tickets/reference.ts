import { Temporal } from 'temporal-polyfill';

/** At least four digits: references line up, and are read aloud as such. */
const DIGITS = 4;

/** Years begin with a quarter of an hour, in every time zone. */
const QUARTER = 15 * 60_000;
/** The year last asked for in a time zone, and of which quarter of an hour. */
const years = new Map<string, { readonly quarter: number; readonly year: string }>();

export const yearIn = (timeZone: string, at: number): string => {
  const quarter = Math.floor(at / QUARTER);
  const last = years.get(timeZone);
  if (last?.quarter === quarter) return last.year;
  const year = String(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).year);
  years.set(timeZone, { quarter, year });
  return year;
};

/** The series a reference is numbered in: a pattern with a year starts again each year. */
export const seriesOf = (app: string, pattern: string, year: string): string =>
  pattern.includes('{yyyy}') ? `${app} ${year}` : app;

interface Parts {
  readonly year: string;
  readonly holder: string | null;
  readonly nth: number | null;
}

const unnumbered = (pattern: string, parts: Parts): string =>
  pattern
    .replace('{yyyy}', parts.year)
    .replace('{holder}', parts.holder ?? '')
    .replace('{nth}', String(parts.nth ?? ''));

/** A reference that wants a number: what stands before and after it, and at least how many digits it has. */
export interface Numbering {
  readonly series: string;
  readonly before: string;
  readonly after: string;
  readonly digits: number;
}

/** What a pattern wants of a ticket that is about to be written: a number of a series, or nothing more (the reference itself). */
export const numberingOf = (app: string, pattern: string, parts: Parts): Numbering | string => {
  const [before = '', after] = unnumbered(pattern, parts).split('{seq}');
  return after === undefined
    ? before
    : { series: seriesOf(app, pattern, parts.year), before, after, digits: DIGITS };
};

/** `V-{yyyy}-{seq}` → `V-2026-0042`. */
export const writeReference = (pattern: string, year: string, seq: number | null): string =>
  unnumbered(pattern, { year, holder: null, nth: null }).replace(
    '{seq}',
    String(seq ?? '').padStart(DIGITS, '0'),
  );
