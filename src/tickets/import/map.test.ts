import assert from 'node:assert/strict';
import { test } from 'node:test';
import map311 from '../../../apps/voirie/311-map.json' with { type: 'json' };
import voirie from '../../../apps/voirie/app.ts';
import { checkColumns, type ImportMap, readImportMap } from './map.ts';
import { readRow } from './row.ts';

const HEADER = ['srnumber', 'created_date', 'closed_date', 'type_id', 'address', 'latitude', 'longitude'];
const ROW = {
  srnumber: '1-1523590121',
  created_date: '2020-01-01 00:05:00',
  closed_date: '2020-01-02 08:43:00',
  type_id: '7',
  address: '16815 W VANOWEN ST, 91406',
  latitude: '34.19402846',
  longitude: '-118.4994716',
};

const mapOf = (value: unknown): ImportMap => {
  const read = readImportMap(value, voirie);
  assert.ok(read.ok, read.ok ? '' : JSON.stringify(read.errors));
  return read.map;
};

const errorsOf = (change: object): readonly string[] => {
  const read = readImportMap({ ...map311, ...change }, voirie);
  return read.ok ? [] : read.errors.map(({ path, message }) => `${path}: ${message}`);
};

test('every type of the Los Angeles requests becomes a kind of voirie', () => {
  const { kind } = mapOf(map311).fields;
  assert.ok(kind && 'column' in kind);
  assert.deepEqual(
    Object.keys(kind.values ?? {}).map(Number),
    Array.from({ length: 12 }, (_, index) => index + 1),
  );
});

test('a row becomes a ticket with its place, its times and where it comes from', () => {
  assert.deepEqual(readRow(mapOf(map311), ROW), {
    ticket: {
      source: 'los-angeles-311:1-1523590121',
      openedAt: Date.UTC(2020, 0, 1, 8, 5),
      closedAt: Date.UTC(2020, 0, 2, 16, 43),
      fields: {
        kind: 'bulky',
        place: { lat: 34.19402846, lng: -118.4994716, address: '16815 W VANOWEN ST, 91406' },
        note: 'Metal/Appliances (MyLA311 1-1523590121)',
      },
    },
  });
});

test('a request that was not closed is still open', () => {
  const read = readRow(mapOf(map311), { ...ROW, closed_date: '' });
  assert.ok('ticket' in read && read.ticket.closedAt === null);
});

test('a wrong row says everything that is wrong with it', () => {
  assert.deepEqual(
    readRow(mapOf(map311), {
      ...ROW,
      srnumber: '',
      created_date: '31/01/2020',
      latitude: 'north',
      type_id: '99',
    }),
    {
      wrong: [
        'srnumber is empty',
        'created_date "31/01/2020" is not a date and time',
        'type_id "99" is not in the table of the map',
        'latitude "north" is not a number',
      ],
    },
  );
  assert.deepEqual(readRow(mapOf(map311), { ...ROW, closed_date: '2019-12-31 08:43:00' }), {
    wrong: ['closed_date is before created_date'],
  });
});

test('what the table does not have can be something else, when the map says what', () => {
  const map = mapOf({
    ...map311,
    fields: { ...map311.fields, kind: { ...map311.fields.kind, otherwise: 'other' }, note: { always: 'x' } },
  });
  const read = readRow(map, { ...ROW, type_id: '99' });
  assert.ok('ticket' in read && read.ticket.fields['kind'] === 'other');
});

test('times that say their offset keep it, and clock changes are followed', () => {
  const map = mapOf(map311);
  const opened = (created_date: string): number | null => {
    const read = readRow(map, { ...ROW, created_date, closed_date: '' });
    return 'ticket' in read ? read.ticket.openedAt : null;
  };
  assert.equal(opened('2020-01-01T00:05:00+01:00'), Date.UTC(2019, 11, 31, 23, 5));
  assert.equal(opened('2020-07-01 00:05:00'), Date.UTC(2020, 6, 1, 7, 5));
});

test('a map that names what is not there is told what to write', () => {
  assert.match(errorsOf({ app: 'voiries' })[0] ?? '', /^app: The map is for `voiries`/u);
  assert.match(errorsOf({ timeZone: 'Los Angeles' })[0] ?? '', /^timeZone: .*name of a time zone/u);
  assert.match(errorsOf({ closd: {} })[0] ?? '', /did you mean `closed`/u);
  assert.match(
    errorsOf({ closed: { column: 'x', step: 'close' } })[0] ?? '',
    /no step `close`: did you mean `closed`/u,
  );
  assert.match(errorsOf({ closed: { column: 'x', step: 'done' } })[0] ?? '', /does not end a ticket/u);
  assert.deepEqual(
    errorsOf({
      fields: {
        ...map311.fields,
        kind: { column: 'type_id', values: { 1: 'grafiti' } },
        not: { always: 'x' },
      },
    }),
    [
      'fields.kind.values.1: There is no choice of `kind` `grafiti`: did you mean `graffiti`?',
      'fields.not: There is no field `not`: did you mean `note`?',
    ],
  );
  assert.match(errorsOf({ fields: {} }).join('\n'), /`kind` is required[^]*`place` is required/u);
  assert.match(
    errorsOf({ fields: { ...map311.fields, place: { column: 'address' } } })[0] ?? '',
    /is a place: write/u,
  );
});

test('a file without the columns of the map is refused before any row is read', () => {
  assert.deepEqual(checkColumns(mapOf(map311), HEADER), []);
  const [error] = checkColumns(
    mapOf(map311),
    HEADER.map((name) => (name === 'address' ? 'adress' : name)),
  );
  assert.equal(error?.message, 'There is no column `address`: did you mean `adress`?');
});
