import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import HolidayCalendar from 'date-holidays';
import { addOpen, nextOpen, openBetween, type OpenTime, openTime } from '../engine/calendar.ts';
import { checkOpeningHours, openIntervals, type SiteHours } from './hours.ts';

const at = (text: string): number => Date.parse(text);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const paris = (openingHours: string, holidays = 'FR'): SiteHours => ({
  openingHours,
  timeZone: 'Europe/Paris',
  holidays,
});
const SHOP = paris('Tu-Sa 10:00-12:30,14:00-19:00; PH off');

const calendar = (site: SiteHours, from: string, to: string): OpenTime => {
  const covers = { from: at(from), to: at(to) };
  return openTime(openIntervals(site, covers.from, covers.to), covers);
};
const year = (site: SiteHours): OpenTime =>
  calendar(site, '2025-10-01T00:00+02:00', '2027-01-01T00:00+01:00');

const written = (site: SiteHours, from: string, to: string): string[] =>
  openIntervals(site, at(from), at(to)).map(({ start, end, day }) =>
    [start, end, day * DAY].map((t, i) => new Date(t).toISOString().slice(0, i === 2 ? 10 : 16)).join(' '),
  );

describe('three open days', () => {
  const shop = year(SHOP);
  const daily = year(paris('Mo-Su 09:00-17:00; PH off'));
  for (const [what, open, from, due] of [
    // Wednesday; Thursday 7, Friday 8 is a holiday, Saturday 9, Tuesday 12.
    ['over 8 May', shop, '2026-05-06T11:00+02:00', '2026-05-12T19:00+02:00'],
    // Tuesday; Wednesday 13, Thursday 14 is a holiday, Friday 15, Saturday 16.
    ['over Ascension', shop, '2026-05-12T16:00+02:00', '2026-05-16T19:00+02:00'],
    // Saturday; Tuesday 14 is a holiday, Wednesday 15, Thursday 16, Friday 17.
    ['over 14 July', shop, '2026-07-11T10:30+02:00', '2026-07-17T19:00+02:00'],
    // Friday; Saturday 31, Sunday 1 November is a holiday, Monday 2, Tuesday 3.
    ['over 1 November', daily, '2026-10-30T10:00+01:00', '2026-11-03T17:00+01:00'],
    // Thursday; Friday 31 October, Saturday 1 November is a holiday, Tuesday 4, Wednesday 5.
    ['over 1 November, a Saturday', shop, '2025-10-30T11:00+01:00', '2025-11-05T19:00+01:00'],
    // Friday; Saturday 28, clocks go forward on Sunday 29, Tuesday 31, Wednesday 1 April.
    ['over the last Sunday of March', shop, '2026-03-27T10:00+01:00', '2026-04-01T19:00+02:00'],
    // Friday; Saturday 24, clocks go back on Sunday 25, Tuesday 27, Wednesday 28.
    ['over the last Sunday of October', shop, '2026-10-23T18:00+02:00', '2026-10-28T19:00+01:00'],
    // Saturday 4, Easter Monday is a holiday, Tuesday 7, Wednesday 8, Thursday 9.
    ['over Easter, from the lunch break', shop, '2026-04-04T13:00+02:00', '2026-04-09T19:00+02:00'],
    ['from before opening', shop, '2026-06-10T08:00+02:00', '2026-06-13T19:00+02:00'],
    // After closing on Wednesday, Thursday is the day counted from.
    ['from after closing', shop, '2026-06-10T19:00+02:00', '2026-06-16T19:00+02:00'],
    // On Monday, closed, Tuesday is the day counted from.
    ['from a closed day', shop, '2026-06-15T11:00+02:00', '2026-06-19T19:00+02:00'],
  ] as const) {
    it(what, () =>
      assert.equal(new Date(addOpen(open, at(from), '3d')).toISOString(), new Date(at(due)).toISOString()),
    );
  }
});

describe('hours of open time', () => {
  it('leave out lunch, the night, Sunday and Monday', () => {
    const shop = year(SHOP);
    assert.equal(addOpen(shop, at('2026-06-13T12:00+02:00'), '6h'), at('2026-06-16T10:30+02:00'));
    assert.equal(nextOpen(shop, at('2026-06-13T12:45+02:00')), at('2026-06-13T14:00+02:00'));
    assert.equal(nextOpen(shop, at('2026-05-07T19:00+02:00')), at('2026-05-09T10:00+02:00'));
  });

  it('are as many on the days the clocks change', () => {
    const daily = year(paris('Mo-Su 09:00-17:00'));
    assert.equal(addOpen(daily, at('2026-03-28T16:00+01:00'), '24h'), at('2026-03-31T16:00+02:00'));
    assert.equal(addOpen(daily, at('2026-10-24T16:00+02:00'), '24h'), at('2026-10-27T16:00+01:00'));
  });

  it('are real hours when a night is shorter or longer', () => {
    const night = year(paris('Sa 22:00-06:00'));
    assert.equal(openBetween(night, at('2026-03-28T12:00+01:00'), at('2026-03-29T12:00+02:00')), 7 * HOUR);
    assert.equal(openBetween(night, at('2026-10-24T12:00+02:00'), at('2026-10-25T12:00+01:00')), 9 * HOUR);
    const always = year(paris('24/7'));
    assert.equal(addOpen(always, at('2026-03-28T12:00+01:00'), '24h'), at('2026-03-29T13:00+02:00'));
    assert.equal(addOpen(always, at('2026-10-24T12:00+02:00'), '24h'), at('2026-10-25T11:00+01:00'));
  });
});

describe('open intervals', () => {
  it('of a night belong to the day it starts, also when asked about from midnight', () => {
    const bar = paris('Fr 22:00-02:00');
    const friday = '2026-05-15T20:00 2026-05-16T00:00 2026-05-15';
    assert.deepEqual(written(bar, '2026-05-15T00:00+02:00', '2026-05-17T00:00+02:00'), [friday]);
    assert.deepEqual(written(bar, '2026-05-16T00:00+02:00', '2026-05-17T00:00+02:00'), [
      '2026-05-15T22:00 2026-05-16T00:00 2026-05-15',
    ]);
    assert.deepEqual(written(bar, '2026-05-16T02:00+02:00', '2026-05-17T00:00+02:00'), []);
    assert.equal(addOpen(year(bar), at('2026-05-16T01:00+02:00'), '0d'), at('2026-05-16T02:00+02:00'));
  });

  it('of a place that never closes are days, of 23 and 25 hours when the clocks change', () => {
    assert.deepEqual(written(paris('24/7'), '2026-03-28T00:00+01:00', '2026-03-31T00:00+02:00'), [
      '2026-03-27T23:00 2026-03-28T23:00 2026-03-28',
      '2026-03-28T23:00 2026-03-29T22:00 2026-03-29',
      '2026-03-29T22:00 2026-03-30T22:00 2026-03-30',
    ]);
    assert.equal(
      addOpen(year(paris('24/7')), at('2026-10-24T12:00+02:00'), '1d'),
      at('2026-10-26T00:00+01:00'),
    );
  });

  it('longer than a day are cut at midnight, touching ones are one', () => {
    assert.deepEqual(
      written(
        paris('Fr 18:00-24:00; Sa 00:00-24:00; Su 00:00-12:00'),
        '2026-05-11T00:00Z',
        '2026-05-18T00:00Z',
      ),
      [
        '2026-05-15T16:00 2026-05-15T22:00 2026-05-15',
        '2026-05-15T22:00 2026-05-16T22:00 2026-05-16',
        '2026-05-16T22:00 2026-05-17T10:00 2026-05-17',
      ],
    );
    assert.deepEqual(
      written(
        paris('Fr 18:00-22:00 open "bar", Fr 22:00-26:00 open "disco"'),
        '2026-05-11T00:00Z',
        '2026-05-18T00:00Z',
      ),
      ['2026-05-15T16:00 2026-05-16T00:00 2026-05-15'],
    );
  });

  it('open and close at the change when the clock skips the hour, the first time when it shows it twice', () => {
    const day = (openingHours: string, date: string) =>
      written(paris(openingHours), `${date}T00:00Z`, `${date}T12:00Z`);
    assert.deepEqual(day('Su 02:30-05:00', '2026-03-29'), ['2026-03-29T01:00 2026-03-29T03:00 2026-03-29']);
    assert.deepEqual(day('Su 01:30-02:30', '2026-03-29'), ['2026-03-29T00:30 2026-03-29T01:00 2026-03-29']);
    assert.deepEqual(day('Su 02:10-02:50', '2026-03-29'), []);
    assert.deepEqual(day('Su 02:30-05:00', '2026-10-25'), ['2026-10-25T00:30 2026-10-25T04:00 2026-10-25']);
    assert.deepEqual(day('Su 01:30-02:30', '2026-10-25'), ['2026-10-25T00:00 2026-10-25T00:30 2026-10-25']);
  });

  it('of uncertain hours are none, and of a site that never opens neither', () => {
    assert.deepEqual(openIntervals(paris('Mo 10:00+'), at('2026-05-01T00:00Z'), at('2026-06-01T00:00Z')), []);
    const never = year(paris('off'));
    assert.throws(() => addOpen(never, at('2026-05-01T00:00Z'), '1h'), {
      name: 'OutOfCalendar',
      message: /opening hours/,
    });
    assert.deepEqual(openIntervals(SHOP, 5, 5), []);
  });

  it('follow the zone of the site, however far', () => {
    const far = { ...SHOP, openingHours: 'Mo-Su 09:00-17:00', timeZone: 'Pacific/Noumea', holidays: 'FR-NC' };
    assert.deepEqual(written(far, '2026-05-14T13:00Z', '2026-05-15T13:00Z'), [
      '2026-05-14T22:00 2026-05-15T06:00 2026-05-15',
    ]);
    assert.throws(() => openIntervals({ ...SHOP, timeZone: 'Europe/Lille' }, 0, 1), RangeError);
  });
});

/** The days of a year on which a site that closes on public holidays is closed. */
const closedDays = (holidays: string, of: number): string[] => {
  const site = { openingHours: 'Mo-Su 12:00-13:00; PH off', timeZone: 'UTC', holidays };
  const open = new Set(openIntervals(site, Date.UTC(of, 0), Date.UTC(of + 1, 0)).map(({ day }) => day));
  const closed: string[] = [];
  for (let day = Date.UTC(of, 0); day < Date.UTC(of + 1, 0); day += DAY) {
    if (!open.has(day / DAY)) closed.push(new Date(day).toISOString().slice(0, 10));
  }
  return closed;
};

describe('public holidays', () => {
  it('are the eleven of France, as another library counts them', () => {
    assert.deepEqual(
      closedDays('FR', 2026).map((day) => day.slice(5)),
      ['01-01', '04-06', '05-01', '05-08', '05-14', '05-25', '07-14', '08-15', '11-01', '11-11', '12-25'],
    );
    for (const [region, state] of [
      ['FR', undefined],
      ['FR-BRE', undefined],
      ['FR-67', '67'],
      ['FR-57', '57'],
    ] as const) {
      const other = new HolidayCalendar('FR', state ?? '', { types: ['public'] });
      for (let of = 2025; of < 2032; of++) {
        const days = other.getHolidays(of).map(({ date }) => date.slice(0, 10));
        assert.deepEqual(closedDays(region, of), [...new Set(days)], `${region} ${of}`);
      }
    }
  });

  it('are two more in Alsace and Moselle, another one in each overseas department', () => {
    const common = closedDays('FR', 2026);
    const more = (region: string) => closedDays(region, 2026).filter((day) => !common.includes(day));
    assert.deepEqual(more('FR-6AE'), ['2026-04-03', '2026-12-26']);
    assert.deepEqual(more('FR-57'), ['2026-04-03', '2026-12-26']);
    // Code du travail, article L3422-2.
    for (const [region, day] of [
      ['FR-971', '2026-05-27'],
      ['FR-972', '2026-05-22'],
      ['FR-973', '2026-06-10'],
      ['FR-974', '2026-12-20'],
      ['FR-976', '2026-04-27'],
      ['FR-BL', '2026-10-09'],
      ['FR-MF', '2026-05-27'],
    ] as const) {
      assert.ok(more(region).includes(day), region);
    }
    assert.deepEqual(more('FR-56'), []);
  });

  it('of elsewhere are refused', () => {
    for (const holidays of ['', 'DE', 'fr', 'FR-', 'FR-XX', 'FRANCE', 'FR-BRE ']) {
      assert.throws(() => openIntervals(paris('24/7', holidays), 0, DAY), {
        name: 'InvalidHours',
        reason: 'holidays',
      });
    }
  });
});

describe('whatever the time zone of the process', () => {
  it('the hours are those of the site, also where the process has no such hour', () => {
    const sites = [
      SHOP,
      paris('24/7'),
      // Clocks skip these hours in New York on 8 March, in Paris on 29 March; Apia skipped 30 December 2011.
      paris('Mo-Su 02:15-02:45,03:10-03:20; PH off'),
      {
        openingHours: 'Sa 22:00-06:00; Dec 20-Jan 05 off; PH off',
        timeZone: 'America/New_York',
        holidays: 'FR-PM',
      },
      {
        openingHours: 'Mo[1],Th 00:00-03:00; PH 10:00-12:00; easter -2 days off',
        timeZone: 'Pacific/Apia',
        holidays: 'FR',
      },
    ];
    const code = `
      const { openIntervals } = await import(${JSON.stringify(new URL('hours.ts', import.meta.url).href)});
      const hours = [];
      for (const site of ${JSON.stringify(sites)}) {
        hours.push(openIntervals(site, ${at('2026-01-01T00:00Z')}, ${at('2027-01-01T00:00Z')}));
        hours.push(openIntervals(site, ${at('2011-12-01T00:00Z')}, ${at('2012-02-01T00:00Z')}));
      }
      console.log(JSON.stringify({ zone: new Date(2026, 6, 1).getTimezoneOffset(), hours }));`;
    const run = (zone: string): { zone: number; hours: unknown[][] } =>
      JSON.parse(
        execFileSync(process.execPath, ['--input-type=module', '-e', code], {
          env: { ...process.env, TZ: zone },
          encoding: 'utf8',
        }),
      ) as { zone: number; hours: unknown[][] };
    const utc = run('UTC');
    assert.equal(utc.zone, 0);
    assert.ok(utc.hours.every(({ length }) => length > 0));
    for (const [zone, offset] of [
      ['Europe/Paris', -120],
      ['America/New_York', 240],
      ['Pacific/Apia', -780],
    ] as const) {
      const other = run(zone);
      assert.equal(other.zone, offset);
      assert.deepEqual(other.hours, utc.hours, zone);
    }
  });

  it('the dates of the process are its own again, also after hours that cannot be read', () => {
    const own = Date;
    assert.throws(() => openIntervals(paris('foo'), 0, DAY), { name: 'InvalidHours', reason: 'syntax' });
    openIntervals(SHOP, 0, DAY);
    assert.equal(Date, own);
  });
});

describe('somebody who types opening hours', () => {
  const now = at('2026-05-01T00:00Z');
  const check = (text: string, locale: 'fr' | 'en' = 'en', holidays = 'FR') =>
    checkOpeningHours(text, { holidays, locale, now });

  it('is told nothing about hours that are fine', () => {
    for (const fine of [
      SHOP.openingHours,
      '24/7',
      'Mo-Fr 08:30-12:00,13:30-17:30; Sa 09:00-12:00; PH off',
      'Mo-Sa,PH 10:00-19:00',
    ]) {
      assert.deepEqual(check(fine), { ok: true, warnings: [] }, fine);
    }
  });

  it('may write as people write in French', () => {
    assert.deepEqual(check('mardi-samedi 10h-19h; jours fériés fermé', 'fr'), {
      ok: true,
      warnings: ['Lu comme : Tu-Sa 10:00-19:00; PH off'],
      suggestion: 'Tu-Sa 10:00-19:00; PH off',
    });
    for (const [text, suggestion] of [
      ['Mo-Fr 09h00-18h00', 'Mo-Fr 09:00-18:00'],
      ['Mar-Sam 9:00-12:00; PH off', 'Tu-Sa 09:00-12:00; PH off'],
      [
        'du lundi au vendredi de 9h à 12h30 et de 14h à 18h. Jours fériés fermé',
        'Mo-Fr 09:00-12:30,14:00-18:00; PH off',
      ],
    ] as const) {
      const answer = check(text, 'fr');
      assert.equal(answer.ok, false);
      assert.equal(answer.suggestion, suggestion);
    }
  });

  it('is told what cannot be read, and where', () => {
    assert.deepEqual(check('Mo-Fr 08:00-25:70', 'fr'), {
      ok: false,
      message:
        'Ces horaires ne se lisent pas, près de « Mo-Fr 08:00-25:70 ». Écrivez par exemple : Tu-Sa 10:00-12:30,14:00-19:00; PH off',
    });
    const messageOf = (text: string, holidays?: string) => {
      const answer = check(text, 'en', holidays);
      return answer.ok ? undefined : answer.message;
    };
    assert.match(messageOf('foo') ?? '', /cannot be read\. Write for instance/);
    assert.match(messageOf(' ; ') ?? '', /are missing/);
    assert.match(messageOf('Mo 10:00-12:00; '.repeat(20)) ?? '', /255/);
    assert.match(messageOf('Mo-Fr 10:00-12:00; SH off') ?? '', /School holidays/);
    assert.match(messageOf('sunrise-sunset') ?? '', /write hours/);
    assert.match(messageOf('24/7', 'DE') ?? '', /FR-68/);
    assert.match(messageOf(`${' '.repeat(200)}x`) ?? '', /cannot be read/);
  });

  it('is warned of what may not be meant', () => {
    const warnings = (text: string) => {
      const answer = check(text);
      return answer.ok ? answer.warnings.join(' ') : undefined;
    };
    assert.match(warnings('Mo-Fr 08:00-12:00') ?? '', /^Nothing is said of public holidays.*PH off”\.$/);
    assert.match(warnings('Mo-Fr; PH off') ?? '', /^A day without hours/);
    assert.match(warnings('Tu-Sa 10:00-19:00 PH off') ?? '', /does not open once/);
    assert.match(warnings('Mo-Fr 08:00-12:00, Sa 10:00+; PH off') ?? '', /^Uncertain hours/);
    assert.match(warnings('2025 Mo-Fr 08:00-12:00; PH off') ?? '', /A year in these hours is past/);
    assert.match(
      warnings('Mo-Fr 08:00-12:00; PH off; 2026 Mar 01-2026 Mar 09 off') ?? '',
      /A period in these hours is past/,
    );
    assert.match(warnings('Fr 22:00-02:00; PH off') ?? '', /from midnight to midnight/);
    assert.match(warnings('Mo-Sa 10:00-19:00; PH off; 2026 Jul 04-2026 Aug 31 off') ?? 'x', /^$/);
  });
});
