import assert from 'node:assert/strict';
import { it } from 'node:test';
import { addOpen, isOpen } from '../engine/calendar.ts';
import { calendarOf } from './calendars.ts';

const at = (text: string): number => Date.parse(text);
const shop = {
  openingHours: 'Tu-Sa 10:00-12:30,14:00-19:00; PH off',
  timeZone: 'Europe/Paris',
  holidays: 'FR',
};
const now = at('2026-05-06T11:00+02:00');

it('a site has its calendar from a year back to three years ahead, made once a year', () => {
  const calendar = calendarOf(shop, now);
  assert.deepEqual(calendar.covers, { from: at('2025-01-01T00:00+01:00'), to: at('2030-01-01T00:00+01:00') });
  assert.equal(calendarOf({ ...shop }, at('2026-12-31T20:00+01:00')), calendar);
  assert.equal(calendarOf(shop, at('2027-01-02T00:00+01:00')).covers.to, at('2031-01-01T00:00+01:00'));
  assert.notEqual(calendarOf({ ...shop, holidays: 'FR-68' }, now), calendar);
});

it('an order is promised in three open days, over a bank holiday', () => {
  assert.equal(addOpen(calendarOf(shop, now), now, '3d'), at('2026-05-12T19:00+02:00'));
});

it('an imported ticket has the calendar of its time', () => {
  const old = at('2020-01-02T10:30+01:00');
  const calendar = calendarOf(shop, now, old);
  assert.equal(isOpen(calendar, old), true);
  assert.equal(calendarOf(shop, now), calendar);
  assert.equal(
    calendarOf({ ...shop, openingHours: 'off' }, now, 0).covers.from,
    at('2006-01-01T00:00+01:00'),
  );
  const west = { ...shop, timeZone: 'America/New_York' };
  const newYearInUtc = at('2020-01-01T01:00Z');
  assert.ok(calendarOf(west, now, newYearInUtc).covers.from <= newYearInUtc);
});

it('calendars that nobody asks for are forgotten, those in use are kept', () => {
  const used = calendarOf(shop, now);
  for (let n = 1; n <= 250; n++) {
    calendarOf({ ...shop, openingHours: `off "${n}"` }, now);
    assert.equal(calendarOf(shop, now), used);
  }
});
