import { Temporal } from 'temporal-polyfill';
import { addOpen, latestStart, type OpenTime } from '../engine/calendar.ts';
import type { DemoTime } from '../engine/demo.ts';

/** A site's clock at the instant a story is told. Instants are epoch milliseconds. */
export interface DemoClock {
  readonly open: OpenTime;
  readonly timeZone: string;
  readonly now: number;
}

const DAY = 86_400_000;

/** The open days before (`-1`, the last of them, first) or after today, as local epoch days. */
const openDay = ({ open, timeZone, now }: DemoClock, nth: number): number => {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const epochDay = Date.UTC(today.year, today.month - 1, today.day) / DAY;
  const days = [...new Set(open.days)];
  const day =
    nth < 0 ? days.filter((one) => one < epochDay).at(nth) : days.filter((one) => one > epochDay)[nth - 1];
  if (day === undefined)
    throw new RangeError(
      `The calendar has no ${Math.abs(nth)} open days ${nth < 0 ? 'before' : 'after'} today.`,
    );
  return day;
};

const wall = (epochDay: number, at: string, timeZone: string): number =>
  Temporal.PlainDate.from(new Date(epochDay * DAY).toISOString().slice(0, 10)).toZonedDateTime({
    timeZone,
    plainTime: at,
  }).epochMilliseconds;

/**
 * When something of a story happened or is promised.
 * @throws RangeError or OutOfCalendar when the site's calendar does not reach so far.
 */
export const demoInstant = (time: DemoTime, clock: DemoClock): number => {
  if ('openAgo' in time) return latestStart(clock.open, clock.now, time.openAgo);
  if ('inOpen' in time) return addOpen(clock.open, clock.now, time.inOpen);
  if ('daysAgo' in time) return wall(openDay(clock, -time.daysAgo), time.at, clock.timeZone);
  return wall(openDay(clock, time.inDays), time.at, clock.timeZone);
};
