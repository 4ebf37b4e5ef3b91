import { addOpen, type OpenTime } from './calendar.ts';
import type { AppDefinition } from './define.ts';
import { OutOfCalendar } from './errors.ts';
import type { Fields } from './values.ts';

const DAY = 86_400_000;

/**
 * Closing time of a local day, or of the last open day before it; `null` when the calendar does not reach that day.
 * Binary search: O(log n).
 */
const closeOfDay = (open: OpenTime, epochDay: number): number | null => {
  if (epochDay * DAY > open.covers.to) return null;
  let low = 0;
  let high = open.days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((open.days[middle] ?? 0) <= epochDay) low = middle + 1;
    else high = middle;
  }
  return open.ends[low - 1] ?? null;
};

/** What the calendar does not reach is not promised. */
const within = (count: () => number): number | null => {
  try {
    return count();
  } catch (error) {
    if (error instanceof OutOfCalendar) return null;
    throw error;
  }
};

/**
 * The instant promised for a ticket, in epoch milliseconds. A date is promised for the close of that day.
 * A ticket whose app promises nothing inherits its holder's promise.
 */
export const promiseOf = (
  definition: AppDefinition,
  fields: Fields,
  createdAt: number,
  open: OpenTime,
  holderPromise: number | null,
): number | null => {
  const promise = definition.promise;
  if (!promise) return holderPromise;
  if ('after' in promise) return within(() => addOpen(open, createdAt, promise.after));
  const value = fields[promise.field];
  if (typeof value !== 'string') return holderPromise;
  const at = Date.parse(value);
  return definition.fields[promise.field]?.is === 'date' ? closeOfDay(open, at / DAY) : at;
};
