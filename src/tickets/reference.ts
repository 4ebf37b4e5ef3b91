import { Temporal } from 'temporal-polyfill';

/** At least four digits: references line up, and are read aloud as such. */
const DIGITS = 4;

export const yearIn = (timeZone: string, at: number): string =>
  String(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).year);

/** The series a reference is numbered in: a pattern with a year starts again each year. */
export const seriesOf = (app: string, pattern: string, year: string): string =>
  pattern.includes('{yyyy}') ? `${app} ${year}` : app;

/** `V-{yyyy}-{seq}` → `V-2026-0042`; `{holder}-{nth}` → `A-1182-3`. */
export const writeReference = (
  pattern: string,
  parts: {
    readonly year: string;
    readonly seq: number | null;
    readonly holder: string | null;
    readonly nth: number | null;
  },
): string =>
  pattern
    .replace('{yyyy}', parts.year)
    .replace('{seq}', String(parts.seq ?? '').padStart(DIGITS, '0'))
    .replace('{holder}', parts.holder ?? '')
    .replace('{nth}', String(parts.nth ?? ''));
