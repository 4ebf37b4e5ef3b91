import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayAt } from './days.ts';
import { chunks } from './plain.ts';

/** Wednesday 18 March 2026, a quarter past midnight in Paris; still the 17th in London. */
const now = Date.parse('2026-03-17T23:15:00Z');
const paris = 'Europe/Paris';

const said = (text: string, timeZone = paris): string[] | undefined =>
  dayAt(chunks(text), 0, now, timeZone)?.spans.map(
    ({ from, to }) => `${new Date(from).toISOString()}/${(to - from) / 3_600_000}`,
  );

test('days are counted from today, where one is', () => {
  assert.deepEqual(said("aujourd'hui"), ['2026-03-17T23:00:00.000Z/24']);
  assert.deepEqual(said('aujourd’hui', 'Europe/London'), ['2026-03-17T00:00:00.000Z/24']);
  assert.deepEqual(said('hier'), ['2026-03-16T23:00:00.000Z/24']);
  assert.deepEqual(said('avant-hier'), ['2026-03-15T23:00:00.000Z/24']);
  assert.deepEqual(said('avant hier'), said('avant-hier'));
});

test('a day of the week is one of the last weeks, the newest first', () => {
  const mondays = said('lundi');
  assert.equal(mondays?.length, 6);
  assert.deepEqual(mondays?.slice(0, 2), ['2026-03-15T23:00:00.000Z/24', '2026-03-08T23:00:00.000Z/24']);
  assert.equal(said('mercredi')?.[0], '2026-03-17T23:00:00.000Z/24');
  assert.deepEqual(said('mercredi dernier'), ['2026-03-10T23:00:00.000Z/24']);
  assert.deepEqual(said('Monday'), mondays);
});

test('the day on which the clocks change has 23 or 25 hours', () => {
  assert.deepEqual(said('29 mars 2025'), ['2025-03-28T23:00:00.000Z/24']);
  assert.deepEqual(said('30/03/2025'), ['2025-03-29T23:00:00.000Z/23']);
  assert.deepEqual(said('26 octobre 2025'), ['2025-10-25T22:00:00.000Z/25']);
});

test('a month is the latest that has begun, or that of the year one says', () => {
  assert.deepEqual(said('mars'), ['2026-02-28T23:00:00.000Z/743']);
  assert.deepEqual(said('avril'), ['2025-03-31T22:00:00.000Z/720']);
  assert.deepEqual(said('décembre 2023'), ['2023-11-30T23:00:00.000Z/744']);
});

test('a year that has begun is all its days', () => {
  assert.deepEqual(said('2024'), ['2023-12-31T23:00:00.000Z/8784']);
  assert.equal(said('2027'), undefined);
});

test('a date without a year is the latest that is not to come', () => {
  assert.deepEqual(said('18/03'), ['2026-03-17T23:00:00.000Z/24']);
  assert.deepEqual(said('19/03'), ['2025-03-18T23:00:00.000Z/24']);
  assert.deepEqual(said('29 février'), ['2024-02-28T23:00:00.000Z/24']);
  assert.deepEqual(said('1er mars'), ['2026-02-28T23:00:00.000Z/24']);
});

test('weeks and months are said in both languages', () => {
  assert.deepEqual(said('semaine dernière'), ['2026-03-08T23:00:00.000Z/168']);
  assert.deepEqual(said('last week'), said('semaine passée'));
  assert.deepEqual(said('this month'), said('ce mois'));
  assert.deepEqual(said('mois dernier'), ['2026-01-31T23:00:00.000Z/672']);
});

test('what is no day is none', () => {
  for (const text of [
    '31/02',
    '99/99',
    '24/36',
    '2026-13-45',
    '0/0',
    'semaine',
    'dernier',
    'week',
    'portra',
    '12',
    '1er',
    '',
  ]) {
    assert.equal(said(text), undefined, text);
  }
});
