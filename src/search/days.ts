/**
 * Days as one says them, in French or English: "lundi", "hier", "mars", "12 mars 2025", "12/03", "2025",
 * "la semaine dernière". Read in the order day, month; always in the past or today.
 */
import { Temporal } from 'temporal-polyfill';
import { type Chunk, flatten } from './plain.ts';
import type { Span } from './time.ts';

/** How far back "lundi" goes: one remembers the day better than the week. */
const weeksRemembered = 6;

const index = (...names: string[]): Map<string, number> =>
  new Map(names.flatMap((line) => line.split(' ').map((name, at): [string, number] => [name, at + 1])));

const weekdays = index(
  'lundi mardi mercredi jeudi vendredi samedi dimanche',
  'monday tuesday wednesday thursday friday saturday sunday',
);
const months = index(
  'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre',
  'january february march april may june july august september october november december',
  'janv fevr mar avr mai juin juil aout sept oct nov dec',
);
const last = new Set(['dernier', 'derniere', 'passe', 'passee']);
const week = new Set(['semaine', 'week']);
const month = new Set(['mois', 'month']);

export interface DayCue {
  /** How many chunks it is said in. */
  readonly length: number;
  readonly spans: readonly Span[];
}

const spanOf = (from: Temporal.PlainDate, days: number, timeZone: string): Span => ({
  from: from.toZonedDateTime(timeZone).epochMilliseconds,
  to: from.add({ days }).toZonedDateTime(timeZone).epochMilliseconds,
});

const dateOf = (year: number, monthNumber: number, day: number): Temporal.PlainDate | undefined => {
  try {
    return Temporal.PlainDate.from({ year, month: monthNumber, day }, { overflow: 'reject' });
  } catch {
    return undefined;
  }
};

/** The latest such day that is not after today. */
const latest = (
  monthNumber: number,
  day: number,
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined => {
  // Four years back there is a 29 February, even around a century.
  for (let year = today.year; year > today.year - 9; year -= 1) {
    const date = dateOf(year, monthNumber, day);
    if (date && Temporal.PlainDate.compare(date, today) <= 0) return date;
  }
  return undefined;
};

const isYear = (text: string | undefined): text is string =>
  text !== undefined && /^(?:19|20)\d\d$/.test(text);

/** 2026-03-12, 12/03/2026, 12.03.26, 12/03. */
const writtenDate = (text: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined => {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const local = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d\d))?$/.exec(text);
  if (!local) return undefined;
  const [day, monthNumber] = [Number(local[1]), Number(local[2])];
  if (local[3] === undefined) return latest(monthNumber, day, today);
  return dateOf(Number(local[3].length === 2 ? `20${local[3]}` : local[3]), monthNumber, day);
};

const wholeMonth = (date: Temporal.PlainDate, timeZone: string): Span =>
  spanOf(date.with({ day: 1 }), date.daysInMonth, timeZone);

/**
 * Whether a day is said from the chunk at `at` on.
 * @param now ms since 1970
 * @param timeZone in which days begin and end
 */
export const dayAt = (
  chunks: readonly Chunk[],
  at: number,
  now: number,
  timeZone: string,
): DayCue | undefined => {
  const word = (ahead: number): string | undefined => {
    const said = chunks[at + ahead];
    return said && flatten(said.text);
  };
  const first = word(0);
  if (first === undefined) return undefined;
  const [second, third] = [word(1), word(2)];
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const one = (date: Temporal.PlainDate | undefined, length: number): DayCue | undefined =>
    date && { length, spans: [spanOf(date, 1, timeZone)] };

  if (first === 'today') return one(today, 1);
  if (first === 'aujourd' && second === 'hui') return one(today, 2);
  if (first === 'hier' || first === 'yesterday') return one(today.subtract({ days: 1 }), 1);
  if (first === 'avant-hier') return one(today.subtract({ days: 2 }), 1);
  if (first === 'avant' && second === 'hier') return one(today.subtract({ days: 2 }), 2);

  const weekday = weekdays.get(first);
  if (weekday !== undefined) {
    const newest = today.subtract({ days: (today.dayOfWeek - weekday + 7) % 7 });
    if (second !== undefined && last.has(second)) {
      return one(newest.equals(today) ? newest.subtract({ days: 7 }) : newest, 2);
    }
    const spans = Array.from({ length: weeksRemembered }, (_, weeks) =>
      spanOf(newest.subtract({ weeks }), 1, timeZone),
    );
    return { length: 1, spans };
  }

  const period = week.has(first) || month.has(first) ? first : undefined;
  const asked = period
    ? second
    : second !== undefined && (week.has(second) || month.has(second))
      ? second
      : undefined;
  const before = period ? last.has(second ?? '') : first === 'last';
  const current = !period && ['cette', 'ce', 'this'].includes(first);
  if ((period && before) || (!period && asked && (before || current))) {
    const unit = period ?? asked ?? '';
    if (week.has(unit)) {
      const monday = today.subtract({ days: today.dayOfWeek - 1 });
      return { length: 2, spans: [spanOf(before ? monday.subtract({ weeks: 1 }) : monday, 7, timeZone)] };
    }
    return { length: 2, spans: [wholeMonth(before ? today.subtract({ months: 1 }) : today, timeZone)] };
  }

  const named = months.get(first);
  if (named !== undefined) {
    const date = isYear(second) ? dateOf(Number(second), named, 1) : latest(named, 1, today);
    return date && { length: isYear(second) ? 2 : 1, spans: [wholeMonth(date, timeZone)] };
  }
  const inMonth = second === undefined ? undefined : months.get(second);
  if (inMonth !== undefined && /^(?:1er|\d{1,2})$/.test(first)) {
    const day = Number.parseInt(first, 10);
    return isYear(third) ? one(dateOf(Number(third), inMonth, day), 3) : one(latest(inMonth, day, today), 2);
  }
  if (isYear(first) && Number(first) <= today.year) {
    const newYear = Temporal.PlainDate.from({ year: Number(first), month: 1, day: 1 });
    return { length: 1, spans: [spanOf(newYear, newYear.daysInYear, timeZone)] };
  }
  return one(writtenDate(first, today), 1);
};

/** The day of a moment where people live: `2026-03-12`. */
export const localDay = (at: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();
