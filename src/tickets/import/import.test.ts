import assert from 'node:assert/strict';
import { createReadStream, existsSync } from 'node:fs';
import { test, type TestContext } from 'node:test';

import map311 from '../../../apps/voirie/311-map.json' with { type: 'json' };
import { setStage } from '../../../tests/harness/cast.ts';
import { testDatabase, type TestDatabase } from '../../../tests/harness/database.ts';
import { replay, system, type TicketState } from '../../engine/index.ts';
import { appOf, openHouses } from '../../organisations/index.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import { openTicket } from '../open.ts';
import { eventsOf, findByReference } from '../store.ts';
import {
  type CsvFile,
  type Counts,
  importTickets,
  openCsv,
  readImportMap,
  type Rejected,
  type Target,
} from './index.ts';

const NOW = Date.parse('2026-03-02T09:00:00Z');
const FIXTURE = new URL('../../../tests/fixtures/requests.csv', import.meta.url);
const LOS_ANGELES = new URL('../../../../shared/data/requests-311/los-angeles-2020.csv', import.meta.url);

interface Stage {
  readonly db: TestDatabase;
  readonly target: Target;
  readonly ticket: (reference: string) => Promise<TicketState>;
  readonly run: (
    file: CsvFile,
  ) => Promise<{ readonly counts: Counts; readonly rejected: readonly Rejected[] }>;
}

const stage = async (t: TestContext): Promise<Stage> => {
  const db = await testDatabase(t);
  await setStage(db, NOW);
  const house = await openHouses(db).bySlug('kerlann');
  assert.ok(house);
  const installed = appOf(house, 'voirie');
  const read = readImportMap(map311, installed.definition);
  assert.ok(read.ok);
  const siteId = house.sites[0]?.id ?? null;
  const target: Target = {
    house,
    installed,
    siteId,
    closedStep: read.map.closed?.step,
    now: NOW,
    locale: 'en',
  };
  return {
    db,
    target,
    ticket: async (reference) => {
      const state = await asOrganisation(db, house.id, (tx) =>
        findByReference(tx, house.id, 'voirie', reference),
      );
      assert.ok(state, `${reference} is not there`);
      return state;
    },
    run: async (file) => {
      const rejected: Rejected[] = [];
      const counts = await importTickets(db, target, read.map, file, (_, wrong) => {
        rejected.push(...wrong);
      });
      return { counts, rejected };
    },
  };
};

const fixture = (): Promise<CsvFile> => openCsv(createReadStream(FIXTURE));

async function* bytesOf(text: string | Uint8Array): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  // In pieces, so that a letter of two bytes is cut somewhere.
  for (let at = 0; at < bytes.length; at += 7) yield bytes.slice(at, at + 7);
}

test('requests are imported with their place and the times they had, numbered in the year they were opened', async (t) => {
  const { run, ticket } = await stage(t);
  assert.deepEqual((await run(await fixture())).counts, { imported: 4, known: 0, rejected: 6 });
  const first = await ticket('V-2020-0001');
  assert.equal(first.source, 'los-angeles-311:A-1');
  assert.equal(new Date(first.createdAt).toISOString(), '2020-01-01T08:05:00.000Z');
  assert.equal(new Date(first.closedAt ?? 0).toISOString(), '2020-01-02T16:43:00.000Z');
  assert.deepEqual(
    [first.step, first.fields['kind'], first.standing.lateness],
    ['closed', 'dumping', 'on time'],
  );
  assert.deepEqual(first.fields['place'], {
    lat: 34.1940285,
    lng: -118.4994716,
    address: '16815 W VANOWEN ST, 91406',
  });
  assert.equal((await ticket('V-2021-0001')).source, 'los-angeles-311:A-9');
});

test('what is still open is late at once, since when it was due, and nobody has to look at it again', async (t) => {
  const { run, ticket } = await stage(t);
  await run(await fixture());
  const open = await ticket('V-2020-0002');
  assert.equal(open.step, 'received');
  assert.equal(open.standing.lateness, 'late');
  assert.equal(
    new Date(open.standing.dueAt ?? 0).toISOString(),
    '2020-01-06T16:30:00.000Z',
    'the second day after New Year, and a weekend',
  );
  assert.equal(open.standing.wakeAt, null);
  assert.deepEqual(open.fields['place'], {
    lat: 34.0724398,
    lng: -118.2877979,
    address: 'Rue de l’Île-aux-Moines, angle "Le Vieux Port"',
  });
});

test('every wrong row is told with its line and all that is wrong with it', async (t) => {
  const { run } = await stage(t);
  const { rejected } = await run(await fixture());
  assert.deepEqual(
    rejected.map(({ line, reasons }) => `${line}: ${reasons.join('; ')}`),
    [
      '4: place.lat: Latitude goes from −90 to 90.',
      '5: type_id "99" is not in the table of the map',
      '6: same srnumber as line 2',
      '7: 13 columns expected, 14 found',
      '8: closed_date is before created_date',
      '9: created_date "yesterday" is not a date and time; latitude is empty',
    ],
  );
  assert.equal(rejected[3]?.record.length, 14);
});

test('the same file again imports nothing, and takes no number', async (t) => {
  const { run, db, target } = await stage(t);
  await run(await fixture());
  assert.deepEqual((await run(await fixture())).counts, { imported: 0, known: 4, rejected: 6 });
  const call = {
    db,
    house: target.house,
    actor: system,
    now: Date.parse('2020-05-05T10:00:00Z'),
    once: null,
  };
  await assert.rejects(openTicket(call, { app: 'voirie', fields: {} }));
  const [row] = await db.owner`select value from reference_counter where name = 'voirie 2020'`;
  assert.equal(Number(row?.['value']), 3);
});

test('two imports of one file at once import each row once', async (t) => {
  const { run, db } = await stage(t);
  const both = await Promise.all([run(await fixture()), run(await fixture())]);
  assert.equal(both[0].counts.imported + both[1].counts.imported, 4);
  const [row] =
    await db.owner`select count(*)::int as tickets, count(distinct reference)::int as names from ticket`;
  assert.deepEqual({ ...row }, { tickets: 4, names: 4 });
});

test('an import that was killed in the middle goes on where it was', async (t) => {
  const { run, target } = await stage(t);
  const lines = Array.from(
    { length: 1200 },
    (_, n) => `${n},K-${n},2020-01-01 00:05:00,,6,2,8,44,3,here,34.1,-118.4,6`,
  );
  const header =
    'request_id,srnumber,created_date,closed_date,type_id,agency_id,source_id,council_id,region_id,address,latitude,longitude,city_id';
  const whole = await openCsv(bytesOf([header, ...lines].join('\n')));
  async function* breaking(): AsyncGenerator<{ line: number; record: readonly string[] }> {
    for await (const one of whole.lines) {
      if (one.line === 800) throw new Error('the lights went out');
      yield one;
    }
  }
  await assert.rejects(run({ header: whole.header, lines: breaking() }), /lights went out/u);
  const again = await run(await openCsv(bytesOf([header, ...lines].join('\n'))));
  assert.deepEqual(again.counts, { imported: 700, known: 500, rejected: 0 });
  assert.equal(target.installed.app, 'voirie');
});

test('the events of an imported ticket give its row, and wait for their place in the log', async (t) => {
  const { run, ticket, db, target } = await stage(t);
  await run(await fixture());
  for (const reference of ['V-2020-0001', 'V-2020-0002', 'V-2021-0001']) {
    const state = await ticket(reference);
    const events = await asOrganisation(db, target.house.id, (tx) => eventsOf(tx, target.house.id, state.id));
    assert.deepEqual(replay(state.id, events), state);
    assert.ok(events.every(({ actor }) => actor.kind === 'import'));
  }
  const [row] =
    await db.owner`select (select count(*) from event)::int as all, (select count(*) from event_unordered)::int as waiting`;
  assert.deepEqual({ ...row }, { all: 8, waiting: 8 });
});

test('a file of a French spreadsheet is read: semicolons, its own encoding, empty lines', async () => {
  const latin = Buffer.from('ref;où\r\n\r\n1;"Chemin; l\u00e0-bas"\r\n2;Ici\r\n', 'latin1');
  const { header, lines } = await openCsv(bytesOf(latin), 'windows-1252');
  assert.deepEqual(header, ['ref', 'où']);
  assert.deepEqual(await Array.fromAsync(lines), [
    { line: 3, record: ['1', 'Chemin; là-bas'] },
    { line: 4, record: ['2', 'Ici'] },
  ]);
  await assert.rejects(openCsv(bytesOf(latin)), /--encoding windows-1252/u);
});

test('a value of several lines does not shift the lines that are told', async () => {
  const { lines } = await openCsv(bytesOf('a,b\n1,"x\ny\nz"\n2,w\n'));
  assert.deepEqual(
    (await Array.fromAsync(lines)).map(({ line }) => line),
    [2, 5],
  );
});

test('a file that is empty, or whose quotation mark never closes, says so', async () => {
  await assert.rejects(openCsv(bytesOf('')), /empty/u);
  const reading = openCsv(bytesOf('a,b\n1,"x\n2,y\n')).then(({ lines }) => Array.fromAsync(lines));
  await assert.rejects(reading, /opened near line 2 is never closed/u);
});

test('ten thousand real requests are imported in well under a minute, and none is lost', async (t) => {
  // The file is not ours to keep here: without it, the fixture stands for it.
  const real = existsSync(LOS_ANGELES);
  const { run, db } = await stage(t);
  const started = performance.now();
  const { counts } = await run(await openCsv(createReadStream(real ? LOS_ANGELES : FIXTURE)));
  assert.deepEqual(
    counts,
    real ? { imported: 9989, known: 0, rejected: 0 } : { imported: 4, known: 0, rejected: 6 },
  );
  assert.ok(performance.now() - started < 60_000);
  const [row] = await db.owner`
    select count(*)::int as open, count(*) filter (where lateness = 'late')::int as late from ticket where closed_at is null`;
  assert.deepEqual({ ...row }, real ? { open: 43, late: 43 } : { open: 1, late: 1 });
});
