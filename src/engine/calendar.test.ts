import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addOpen, isOpen, latestStart, nextOpen, openBetween, openTime, parseOpenSpan } from './calendar.ts';
import type { OpenInterval, OpenTime } from './calendar.ts';
import type { OpenSpan } from './define.ts';
import { OutOfCalendar } from './errors.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Intervals written in hours of the days of a calendar that begins on day 0. */
const week = (
  days: number,
  ...hours: readonly (readonly [day: number, from: number, to: number])[]
): OpenTime =>
  openTime(
    hours.map(([day, from, to]) => ({ start: day * DAY + from * HOUR, end: day * DAY + to * HOUR, day })),
    { from: 0, to: days * DAY },
  );
const h = (day: number, hour: number): number => day * DAY + hour * HOUR;

/** Monday is day 0: 10-12 and 14-19 from Tuesday to Saturday, but Friday is a holiday. */
const shop = week(9, ...[1, 2, 3, 5, 8].flatMap((day) => [[day, 10, 12] as const, [day, 14, 19] as const]));

describe('a shop with a lunch break and a holiday', () => {
  it('is open from the instant it opens to the one before it closes', () => {
    assert.deepEqual(
      [h(1, 9.5), h(1, 10), h(1, 12) - 1, h(1, 12), h(1, 14), h(1, 19), h(4, 11)].map((t) => isOpen(shop, t)),
      [false, true, true, false, true, false, false],
    );
  });

  it('opens next after lunch, the next morning, or after the holiday', () => {
    assert.equal(nextOpen(shop, h(1, 11)), h(1, 11));
    assert.equal(nextOpen(shop, h(1, 12)), h(1, 14));
    assert.equal(nextOpen(shop, h(1, 19)), h(2, 10));
    assert.equal(nextOpen(shop, h(4, 11)), h(5, 10));
  });

  it('counts hours over lunch and over the night', () => {
    assert.equal(addOpen(shop, h(1, 11), '90m'), h(1, 14.5));
    assert.equal(addOpen(shop, h(1, 18), '4h'), h(2, 15));
    assert.equal(addOpen(shop, h(3, 18), '2h'), h(5, 11));
    assert.equal(openBetween(shop, h(1, 11), h(2, 15)), 9 * HOUR);
  });

  it('ends what fills the day at closing time, not the next morning', () => {
    assert.equal(addOpen(shop, h(1, 0), '7h'), h(1, 19));
    assert.equal(addOpen(shop, h(1, 18), '1h'), h(1, 19));
  });

  it('starts counting hours when it opens', () => {
    assert.equal(addOpen(shop, h(1, 8), '1h'), h(1, 11));
    assert.equal(addOpen(shop, h(1, 12.5), '1h'), h(1, 15));
    assert.equal(addOpen(shop, h(0, 15), '1h'), h(1, 11));
  });

  it('counts days from a day that is still open, to the close of an open day', () => {
    assert.equal(addOpen(shop, h(1, 11), '0d'), h(1, 19));
    assert.equal(addOpen(shop, h(1, 8), '1d'), h(2, 19));
    assert.equal(addOpen(shop, h(1, 12.5), '1d'), h(2, 19));
    assert.equal(addOpen(shop, h(2, 11), '2d'), h(5, 19));
  });

  it('counts days from the next open day after closing time and on a closed day', () => {
    assert.equal(addOpen(shop, h(1, 19), '1d'), h(3, 19));
    assert.equal(addOpen(shop, h(0, 11), '1d'), h(2, 19));
    assert.equal(addOpen(shop, h(4, 11), '0d'), h(5, 19));
  });

  it('knows when work must start at the latest', () => {
    assert.equal(latestStart(shop, h(2, 15), '4h'), h(1, 18));
    assert.equal(latestStart(shop, h(2, 19), '7h'), h(2, 10));
    assert.equal(latestStart(shop, h(3, 12), '2h'), h(3, 10));
    assert.equal(latestStart(shop, h(5, 19), '2d'), h(2, 19) - 1);
    assert.equal(latestStart(shop, h(5, 18), '2d'), h(1, 19) - 1);
    assert.equal(latestStart(shop, h(1, 11), '2h'), -Infinity);
    assert.equal(latestStart(shop, h(1, 11), '0d'), -Infinity);
  });
});

describe('a bar open at night', () => {
  const bar = week(9, [4, 22, 26], [5, 22, 26]);

  it('is of the day on which the night starts', () => {
    assert.equal(addOpen(bar, h(5, 1), '0d'), h(5, 2));
    assert.equal(addOpen(bar, h(5, 1), '1d'), h(6, 2));
    assert.equal(addOpen(bar, h(4, 23), '4h'), h(5, 23));
  });
});

describe('a calendar', () => {
  it('says that it does not reach, forwards, backwards, or to the end of a span', () => {
    for (const ask of [
      () => addOpen(shop, -1, '1h'),
      () => addOpen(shop, h(9, 0) + 1, '1h'),
      () => addOpen(shop, h(8, 18), '2h'),
      () => addOpen(shop, h(8, 11), '1d'),
      () => addOpen(shop, NaN, 1),
      () => openBetween(shop, -1, h(1, 0)),
      () => openBetween(shop, 0, h(9, 0) + 1),
      () => isOpen(shop, h(9, 0)),
      () => nextOpen(shop, h(8, 19)),
      () => latestStart(shop, h(9, 0) + 1, '1h'),
    ]) {
      assert.throws(ask, OutOfCalendar);
    }
    assert.throws(() => addOpen(shop, h(8, 18), '2h'), /ends at 1970-01-10.*before 2h from 1970-01-09T18:00/);
    assert.equal(openBetween(shop, h(12, 0), h(10, 0)), 0);
  });

  it('that never opens says to check the opening hours', () => {
    const never = week(9);
    assert.throws(() => addOpen(never, h(1, 0), '1h'), {
      name: 'OutOfCalendar',
      message: /check the opening hours/,
    });
    assert.throws(() => addOpen(never, h(1, 0), '3d'), /check the opening hours/);
    assert.throws(() => nextOpen(never, h(1, 0)), /check the opening hours/);
    assert.equal(openBetween(never, h(1, 0), h(8, 0)), 0);
    assert.equal(latestStart(never, h(1, 0), 1), -Infinity);
  });

  it('refuses intervals out of order, empty, overlapping or uncovered', () => {
    const of = (...pairs: readonly (readonly [number, number, number?])[]) =>
      openTime(
        pairs.map(([start, end, day]) => ({ start, end, day: day ?? 0 })),
        { from: 0, to: 100 },
      );
    assert.throws(() => of([10, 10]), RangeError);
    assert.throws(() => of([20, 30], [10, 15]), RangeError);
    assert.throws(() => of([10, 30], [20, 40]), RangeError);
    assert.throws(() => of([-1, 30]), RangeError);
    assert.throws(() => of([90, 101]), RangeError);
    assert.throws(() => of([10, 20, 1], [30, 40, 0]), RangeError);
    assert.equal(of([10, 20], [20, 40]).closes[0], 40);
  });
});

describe('a span of open time', () => {
  it('is read as it is written', () => {
    assert.deepEqual(parseOpenSpan('90m'), { ms: 90 * MINUTE });
    assert.deepEqual(parseOpenSpan('1.5h'), { ms: 90 * MINUTE });
    assert.deepEqual(parseOpenSpan('3d'), { days: 3 });
  });

  it('says what to write instead', () => {
    for (const wrong of ['', '3', 'h', '3 d', '3j', '-1h', '1e3m', '3d ', '1h30m', 'Infinityh', '٣d']) {
      assert.throws(() => parseOpenSpan(wrong), { name: 'RangeError', message: /like "90m", "4h" or "3d"/ });
    }
    assert.throws(() => parseOpenSpan('1.5d'), /write "2d" or hours/);
    assert.throws(() => addOpen(shop, 0, -1), RangeError);
    assert.throws(() => addOpen(shop, 0, NaN), RangeError);
  });
});

/** Small calendars in minutes: gaps and lengths of a few minutes, several intervals a day, closed days. */
const MINUTES_A_DAY = 40;
const small = fc
  .array(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 9 })), { maxLength: 3 }),
    {
      maxLength: 8,
    },
  )
  .map((days) => {
    const intervals: OpenInterval[] = [];
    let end = 0;
    for (const [day, hours] of days.entries()) {
      end = Math.max(end, day * MINUTES_A_DAY);
      for (const [gap, length] of hours) {
        const start = end + gap;
        end = start + length;
        intervals.push({ start: start * MINUTE, end: end * MINUTE, day });
      }
    }
    const to = Math.max(end, days.length * MINUTES_A_DAY);
    return { open: openTime(intervals, { from: 0, to: to * MINUTE }), intervals, minutes: to };
  });

const smallAndInstants = (count: number) =>
  small.chain((calendar) =>
    fc.record({
      calendar: fc.constant(calendar),
      at: fc.array(fc.integer({ min: 0, max: calendar.minutes }), { minLength: count, maxLength: count }),
    }),
  );

/** The span's end, or undefined when the calendar does not reach. */
const tryAdd = (open: OpenTime, from: number, span: OpenSpan | number): number | undefined => {
  try {
    return addOpen(open, from, span);
  } catch (error) {
    assert.ok(error instanceof OutOfCalendar);
    return undefined;
  }
};

/** Open time by walking minute by minute: what the calendar must agree with. */
const walk = ({ intervals, minutes }: { intervals: OpenInterval[]; minutes: number }) => {
  const openAt = (minute: number) =>
    intervals.find((i) => i.start <= minute * MINUTE && minute * MINUTE < i.end);
  const between = (a: number, b: number) => {
    let sum = 0;
    for (let minute = a; minute < b; minute++) if (openAt(minute)) sum++;
    return sum;
  };
  const add = (from: number, count: number) => {
    let left = count;
    for (let minute = from; minute <= minutes; minute++) {
      if (left === 0) return minute;
      if (openAt(minute)) left--;
    }
    return undefined;
  };
  const addDays = (from: number, count: number) => {
    const left: number[] = [];
    for (let minute = from; minute < minutes; minute++) {
      const day = openAt(minute)?.day;
      if (day !== undefined && left.at(-1) !== day) left.push(day);
    }
    const day = left[count];
    const close = intervals.findLast((i) => i.day === day)?.end;
    return close === undefined ? undefined : close / MINUTE;
  };
  return { openAt, between, add, addDays };
};

describe('open time, whatever the hours', () => {
  it('is what walking minute by minute finds', () => {
    fc.assert(
      fc.property(smallAndInstants(2), fc.nat(60), ({ calendar, at: [a = 0, b = 0] }, n) => {
        const { open } = calendar;
        const naive = walk(calendar);
        assert.equal(openBetween(open, a * MINUTE, b * MINUTE), naive.between(a, b) * MINUTE);
        const minutes = naive.add(a, n);
        assert.equal(tryAdd(open, a * MINUTE, `${n}m`), minutes === undefined ? undefined : minutes * MINUTE);
        const days = naive.addDays(a, n % 5);
        assert.equal(tryAdd(open, a * MINUTE, `${n % 5}d`), days === undefined ? undefined : days * MINUTE);
        if (a < calendar.minutes) assert.equal(isOpen(open, a * MINUTE), naive.openAt(a) !== undefined);
      }),
      { numRuns: 1000 },
    );
  });

  it('put after an instant lies between it and the end, to the millisecond', () => {
    fc.assert(
      fc.property(smallAndInstants(1), fc.nat(40 * MINUTE), ({ calendar: { open }, at: [a = 0] }, ms) => {
        const end = tryAdd(open, a * MINUTE, ms);
        if (end !== undefined) assert.equal(openBetween(open, a * MINUTE, end), ms);
      }),
      { numRuns: 1000 },
    );
  });

  it('grows with the instant and with the span', () => {
    fc.assert(
      fc.property(
        smallAndInstants(2),
        fc.nat(40),
        fc.nat(40),
        fc.constantFrom('m', 'd'),
        ({ calendar, at }, m, n, unit) => {
          const [early = 0, late = 0] = at.map((minute) => minute * MINUTE).toSorted((x, y) => x - y);
          const scale = unit === 'd' ? 8 : 1;
          const less: OpenSpan = `${Math.floor(Math.min(m, n) / scale)}${unit}`;
          const more: OpenSpan = `${Math.floor(Math.max(m, n) / scale)}${unit}`;
          const end = tryAdd(calendar.open, early, less) ?? Infinity;
          assert.ok(end <= (tryAdd(calendar.open, late, less) ?? Infinity));
          assert.ok(end <= (tryAdd(calendar.open, early, more) ?? Infinity));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('adds up: one span after another is both at once', () => {
    fc.assert(
      fc.property(smallAndInstants(3), fc.nat(30), fc.nat(30), ({ calendar: { open }, at }, m, n) => {
        const [a = 0, b = 0, c = 0] = at.map((minute) => minute * MINUTE).toSorted((x, y) => x - y);
        assert.equal(openBetween(open, a, b) + openBetween(open, b, c), openBetween(open, a, c));
        const first = tryAdd(open, a, m * MINUTE);
        const both = first === undefined ? undefined : tryAdd(open, first, n * MINUTE);
        assert.equal(both, tryAdd(open, a, (m + n) * MINUTE));
      }),
      { numRuns: 1000 },
    );
  });

  it('that must be over by an instant can start no later than said, and not a millisecond after', () => {
    fc.assert(
      fc.property(
        smallAndInstants(1),
        fc.nat(40),
        fc.constantFrom('m', 'd'),
        ({ calendar: { open }, at }, n, unit) => {
          const by = (at[0] ?? 0) * MINUTE;
          const span: OpenSpan = `${unit === 'd' ? n % 4 : n}${unit}`;
          const start = latestStart(open, by, span);
          if (start !== -Infinity) assert.ok((tryAdd(open, start, span) ?? Infinity) <= by);
          const after = Math.max(start + 1, 0);
          if (after <= open.covers.to) assert.ok((tryAdd(open, after, span) ?? Infinity) > by);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
