import { Temporal } from 'temporal-polyfill';
import { type OpenTime, openTime } from '../engine/calendar.ts';
import { openIntervals, type SiteHours } from './hours.ts';

/** A calendar of five years is about 80 KB, and takes about 0.1 s to make. */
const KEPT = 200;
const YEARS_BACK = 1;
const YEARS_AHEAD = 3;
/** Old tickets are imported with the times they had; what is older than this counts from here. */
const OLDEST = 20;
const DAY = 86_400_000;

/** The calendars used last, the most recent at the end. */
const calendars = new Map<string, { readonly first: number; readonly calendar: OpenTime }>();

/**
 * The open time of a site: from a year before the year of `now` to three years after it, or from the year of
 * `since` where that is earlier (at most 20 years back). Made at first use, kept while it is used.
 *
 * Instants are epoch ms.
 * @throws InvalidHours, or RangeError for an unknown time zone.
 */
export function calendarOf(site: SiteHours, now: number, since = now): OpenTime {
  const year = yearOf(now);
  // A day more: the site's year may not have changed yet where it has in UTC.
  const first = Math.max(year - OLDEST, Math.min(year - YEARS_BACK, yearOf(since - DAY)));
  const key = JSON.stringify([site.openingHours, site.timeZone, site.holidays, year]);
  const kept = calendars.get(key);
  const entry =
    kept && kept.first <= first ? kept : { first, calendar: build(site, first, year + YEARS_AHEAD + 1) };
  calendars.delete(key);
  calendars.set(key, entry);
  for (const leastUsed of calendars.keys()) {
    if (calendars.size <= KEPT) break;
    calendars.delete(leastUsed);
  }
  return entry.calendar;
}

/** From one New Year of the site to another. */
function build(site: SiteHours, first: number, end: number): OpenTime {
  const covers = { from: newYear(first, site.timeZone), to: newYear(end, site.timeZone) };
  return openTime(openIntervals(site, covers.from, covers.to), covers);
}

const yearOf = (t: number): number => new Date(t).getUTCFullYear();

const newYear = (year: number, timeZone: string): number =>
  Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
