import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { testDatabase } from '../../tests/harness/database.ts';
import { newId } from '../platform/ids.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { indexTickets, refreshLexicon, search, type Hit, type Search } from './index.ts';

const db = await testDatabase();

/** A Wednesday. */
const now = Date.parse('2026-03-18T15:00:00Z');
const day = 86_400_000;

interface Written {
  readonly app?: string;
  readonly reference?: string;
  readonly heading?: string;
  readonly fields?: readonly string[];
  readonly comments?: readonly string[];
  readonly at?: number;
  readonly site?: string | null;
}

let nth = 0;

/** An organisation of its own for each test, so that none sees another's words. */
const organisation = async () => {
  const id = newId();
  nth += 1;
  await db.owner`insert into organisation (id, slug, name, created_at) values (${id}, ${`lab-${nth}`}, 'Labo', now())`;
  await db.owner`insert into definition (hash, app, body, created_at) values (${'0'.repeat(64)}, 'travail', '{}', now()) on conflict do nothing`;
  const site = newId();
  await db.owner`insert into site (organisation_id, id, slug, name, opening_hours, time_zone) values (${id}, ${site}, 'lille', 'Lille', '24/7', 'Europe/Paris')`;
  let count = 0;

  const write = async (written: readonly Written[]): Promise<string[]> => {
    const rows = written.map((one) => {
      count += 1;
      const createdAt = new Date(one.at ?? now - 400 * day + count * 60_000);
      return {
        ticketId: newId(createdAt.getTime()),
        app: one.app ?? 'travail',
        reference: one.reference ?? `T-2025-${String(count + 5000)}`,
        heading: one.heading ?? 'Sans titre',
        fields: one.fields ?? [],
        comments: one.comments ?? [],
        site: one.site ?? null,
        createdAt,
      };
    });
    await db.owner`
      insert into ticket (organisation_id, id, app, reference, definition_hash, version, step, fields, sealed, choices,
        site_id, created_at, updated_at, step_at, lateness_at)
      select ${id}, g.id, g.app, g.reference, ${'0'.repeat(64)}, 1, 'open', '{}', '{}', '{}', g.site, g.at, g.at, g.at, g.at
      from unnest(${rows.map((row) => row.ticketId)}::uuid[], ${rows.map((row) => row.app)}::text[],
        ${rows.map((row) => row.reference)}::text[], ${rows.map((row) => row.site)}::uuid[],
        ${rows.map((row) => row.createdAt.toISOString())}::text[]::timestamptz[]) as g (id, app, reference, site, at)`;
    await asOrganisation(db, id, (tx) => indexTickets(tx, id, rows));
    return rows.map((row) => row.ticketId);
  };

  const find = (text: string, more: Partial<Search> = {}): Promise<Hit[]> =>
    asOrganisation(db, id, async (tx) => {
      const { hits } = await search(tx, {
        organisationId: id,
        text,
        limit: 20,
        now,
        timeZone: 'Europe/Paris',
        ...more,
      });
      return hits;
    });
  const found = async (text: string, more: Partial<Search> = {}): Promise<string[]> =>
    (await find(text, more)).map(({ ticketId }) => ticketId);
  return { id, site, write, find, found };
};

describe('search', () => {
  test('finds Wazemmes when one writes wazemes', async () => {
    const { write, find } = await organisation();
    const [there] = await write([{ fields: ['boutique Wazemmes'] }, { fields: ['boutique Wattignies'] }]);
    const hits = await find('wazemes');
    assert.deepEqual(
      hits.map(({ ticketId }) => ticketId),
      [there],
    );
    assert.deepEqual(hits[0]?.why, [{ word: 'wazemes', found: 'wazemmes', how: 'typo' }]);
    assert.deepEqual(hits[0]?.missing, []);
  });

  test('finds what two swapped letters hide, and says it was a typo', async () => {
    const { write, find } = await organisation();
    const [there] = await write([{ heading: 'Lampadaire éteint' }, { heading: 'Nid-de-poule' }]);
    assert.deepEqual(
      (await find('lamapdaire')).map(({ ticketId, why }) => [ticketId, why[0]?.how]),
      [[there, 'typo']],
    );
  });

  test('a half word finds', async () => {
    const { write, find } = await organisation();
    const [there] = await write([{ heading: 'Lampadaire éteint' }, { heading: 'Nid-de-poule' }]);
    assert.deepEqual(
      (await find('lampa')).map(({ ticketId, why }) => [ticketId, why]),
      [[there, [{ word: 'lampa', found: 'lampadaire', how: 'start' }]]],
    );
  });

  test('a word written as it sounds finds, in French and in English', async () => {
    const { write, find } = await organisation();
    const [french, english] = await write([
      { comments: ['Rappeler madame Beauchamp'] },
      { comments: ['Catherine will come on Saturday'] },
    ]);
    assert.deepEqual(
      (await find('bochan')).map(({ ticketId, why }) => [ticketId, why[0]]),
      [[french, { word: 'bochan', found: 'beauchamp', how: 'sound' }]],
    );
    assert.deepEqual(
      (await find('kathryn')).map(({ ticketId, why }) => [ticketId, why[0]]),
      [[english, { word: 'kathryn', found: 'catherine', how: 'sound' }]],
    );
  });

  test('accents, case, ligatures and apostrophes make no difference, on either side', async () => {
    const { write, found } = await organisation();
    const [etang, coeur] = await write([
      { fields: ["rue de l'Étang"] },
      { fields: ['impasse du Sacré-Cœur'] },
    ]);
    for (const text of ['etang', 'ÉTANG', "l'étang", 'l’étang', 'E\u0301tang'])
      assert.deepEqual(await found(text), [etang], text);
    for (const text of ['coeur', 'sacre coeur', 'SACRÉ-CŒUR'])
      assert.deepEqual(await found(text), [coeur], text);
  });

  test('several cues at once find, the day among them', async () => {
    const { write, find } = await organisation();
    const monday = Date.parse('2026-03-09T10:00:00Z');
    const [there] = await write([
      { heading: 'Portra 400 135', fields: ['boutique Wazemmes'], at: monday },
      { heading: 'Portra 400 135', fields: ['boutique Wazemmes'], at: monday + day },
      { heading: 'Portra 160 120', fields: ['boutique Wazemmes'], at: monday },
      { heading: 'Portra 400 135', fields: ['boutique Fives'], at: monday },
    ]);
    const [best, ...others] = await find('portra 400 lundi wazemes');
    assert.equal(best?.ticketId, there);
    assert.deepEqual(best?.why, [
      { word: 'portra', found: 'portra', how: 'exact' },
      { word: '400', found: '400', how: 'exact' },
      { word: 'lundi', found: '2026-03-09', how: 'day' },
      { word: 'wazemes', found: 'wazemmes', how: 'typo' },
    ]);
    for (const other of others) assert.equal(other.missing.length, 1);
  });

  test('with one cue wrong the others still find, and the page says which was left out', async () => {
    const { write, find } = await organisation();
    const [there] = await write([
      { heading: 'Portra 400', fields: ['boutique Wazemmes'] },
      { heading: 'HP5 Plus', fields: ['boutique Fives'] },
      { heading: 'Ektar 100', fields: ['boutique Fives'] },
    ]);
    const hits = await find('portra wazemmes encadrement');
    assert.deepEqual(
      hits.map(({ ticketId, missing }) => [ticketId, missing]),
      [[there, ['encadrement']]],
    );
    const [closest] = await find('portra fives 400');
    assert.deepEqual([closest?.ticketId, closest?.missing], [there, ['fives']]);
  });

  test('words that stand nowhere are left out, however many', async () => {
    const { write, find } = await organisation();
    const [there] = await write([{ heading: 'Portra 400', fields: ['Wazemmes'] }, { heading: 'Ektar 100' }]);
    const hits = await find('portra wazemmes zzyzx qwrtps');
    assert.deepEqual(
      hits.map(({ ticketId, missing }) => [ticketId, missing]),
      [[there, ['zzyzx', 'qwrtps']]],
    );
  });

  test('newest first among equals, and what stands in the heading before what stands in a comment', async () => {
    const { write, found } = await organisation();
    const [old, older, comment, recent] = await write([
      { heading: 'Graffiti', at: now - 20 * day },
      { heading: 'Graffiti', at: now - 30 * day },
      { heading: 'Mur', comments: ['le graffiti est revenu'], at: now - day },
      { heading: 'Graffiti', at: now - 10 * day },
    ]);
    assert.deepEqual(await found('graffiti'), [recent, old, older, comment]);
  });

  test('what is written as typed comes before what only resembles it', async () => {
    const { write, found } = await organisation();
    const [typed, near] = await write([
      { comments: ['Déposé par monsieur Dupont'], at: now - 300 * day },
      { comments: ['Déposé par monsieur Dupond'], at: now - day },
    ]);
    assert.deepEqual(await found('dupont'), [typed, near]);
    assert.deepEqual(await found('dupond'), [near, typed]);
  });

  test('a word typed as others have mistyped it finds the word that was meant', async () => {
    const { id, write, find } = await organisation();
    const right = { fields: ['boutique Wazemmes'] };
    const [wrong] = await write([{ fields: ['boutique Wazemes'] }, right, right, right]);
    await db.owner`update word set frequency = 12 where organisation_id = ${id} and word = 'wazemes'`;
    await db.owner`update word set frequency = 20000 where organisation_id = ${id} and word = 'wazemmes'`;
    await db.owner`update lexicon set tickets = 100000 where organisation_id = ${id}`;
    const hits = await find('wazemes');
    assert.deepEqual(
      hits.map(({ why }) => why[0]?.found),
      ['wazemmes', 'wazemmes', 'wazemmes', 'wazemes'],
    );
    // A name that few have is no mistake.
    await db.owner`update word set frequency = 3 where organisation_id = ${id} and word = 'wazemes'`;
    assert.equal((await find('wazemes'))[0]?.ticketId, wrong);
  });

  test('a reference finds whole, by its number with zeros or without, and by its letter and number', async () => {
    const { write, found, find } = await organisation();
    const [there] = await write([
      { reference: 'V-2026-0042', app: 'voirie' },
      { reference: 'V-2026-0142', app: 'voirie' },
      { reference: 'T-2026-0043' },
    ]);
    for (const text of [
      'V-2026-0042',
      'v-2026-0042',
      'v20260042',
      'V 2026 0042',
      'v2026-42',
      '0042',
      '42',
      'v 42',
      'V-0042',
    ]) {
      assert.equal((await found(text))[0], there, text);
    }
    assert.deepEqual((await find('V-2026-0042'))[0]?.why, [
      { word: 'V-2026-0042', found: 'v20260042', how: 'exact' },
    ]);
  });

  test('a reference comes before a street number', async () => {
    const { write, found } = await organisation();
    const [reference, street] = await write([
      { reference: 'V-2026-0042', at: now - 90 * day },
      { fields: ['42 rue du Moulin'], at: now - day },
    ]);
    assert.deepEqual(await found('42'), [reference, street]);
  });

  test('codes find with or without their hyphen or space', async () => {
    const { write, found } = await organisation();
    const [colour, tri, size] = await write([
      { fields: ['C-41'] },
      { heading: 'Tri-X 400' },
      { fields: ['négatif 35 mm'] },
    ]);
    for (const text of ['c41', 'C-41', 'c 41']) assert.deepEqual(await found(text), [colour], text);
    for (const text of ['trix', 'tri-x', 'tri x', 'Tri-X400'])
      assert.deepEqual((await found(text))[0], tri, text);
    for (const text of ['35mm', '35 mm']) assert.deepEqual(await found(text), [size], text);
  });

  test('days are said as people say them, in the time zone of the shop', async () => {
    const { write, found } = await organisation();
    const at = (text: string): number => Date.parse(text);
    const [yesterday, midnight, monday, march, lastYear] = await write([
      { at: at('2026-03-17T09:00:00+01:00') },
      { at: at('2026-03-17T00:10:00+01:00') },
      { at: at('2026-03-16T23:50:00+01:00') },
      { at: at('2026-03-01T00:05:00+01:00') },
      { at: at('2025-03-12T12:00:00+01:00') },
    ]);
    assert.deepEqual(await found('hier'), [yesterday, midnight]);
    assert.deepEqual(await found('yesterday'), [yesterday, midnight]);
    assert.deepEqual(await found('lundi'), [monday]);
    assert.deepEqual(await found('avant-hier'), [monday]);
    assert.deepEqual(await found('lundi dernier'), [monday]);
    assert.deepEqual(await found('mars'), [yesterday, midnight, monday, march]);
    assert.deepEqual(await found('mars 2025'), [lastYear]);
    assert.deepEqual(await found('12 mars 2025'), [lastYear]);
    assert.deepEqual(await found('12/03/2025'), [lastYear]);
    assert.deepEqual(await found('2025-03-12'), [lastYear]);
    assert.deepEqual(await found('cette semaine'), [yesterday, midnight, monday]);
  });

  test('a month may also be the name of a street', async () => {
    const { write, find } = await organisation();
    const [there] = await write([{ fields: ['square du Champ de Mars'], at: now - 200 * day }]);
    assert.deepEqual(
      (await find('champ de mars')).map(({ ticketId, why }) => [ticketId, why]),
      [
        [
          there,
          [
            { word: 'champ', found: 'champ', how: 'exact' },
            { word: 'mars', found: 'mars', how: 'exact' },
          ],
        ],
      ],
    );
  });

  test('only the apps asked for are searched', async () => {
    const { write, found } = await organisation();
    const [work, street] = await write([
      { heading: 'Portra' },
      { app: 'voirie', heading: 'Rue du Portrait' },
    ]);
    assert.deepEqual(await found('portra', { apps: ['travail'] }), [work]);
    assert.deepEqual(await found('portra', { apps: ['voirie'] }), [street]);
    assert.deepEqual(await found('portra', { apps: [] }), []);
  });

  test("another organisation's words are never suggested, nor its tickets found", async () => {
    const mine = await organisation();
    const theirs = await organisation();
    await theirs.write([{ heading: 'Wazemmes' }]);
    await mine.write([{ heading: 'Wattignies' }]);
    for (const text of ['wazemmes', 'wazemes', 'wazem', 'vasem'])
      assert.deepEqual(await mine.find(text), [], text);
    // Nor where only row-level security and the views stand between them.
    const seen = await asOrganisation(db, mine.id, async (tx) => [
      await tx`select from own_ticket_words`,
      await tx`select from ticket_words`,
      await tx`select from own_word where word % 'wazemes'`,
      await tx`select from word where word = 'wazemmes'`,
    ]);
    assert.deepEqual(
      seen.map((rows) => rows.length),
      [1, 1, 0, 0],
    );
  });

  test('a search made under another organisation than the one it names finds nothing', async () => {
    const mine = await organisation();
    const theirs = await organisation();
    await theirs.write([{ heading: 'Wazemmes' }]);
    assert.deepEqual(await mine.find('wazemmes', { organisationId: theirs.id }), []);
  });

  test('a hidden ticket is never found, takes no place, and leaves no trace in the reasons', async () => {
    const { id, site, write, find } = await organisation();
    const [visible] = await write([
      { heading: 'Portra', fields: ['Wazemmes'], site, at: now - 300 * day },
      ...Array.from({ length: 300 }, () => ({ heading: 'Portra 400', fields: ['secret Wazemmes'] })),
    ]);
    const hits = await asOrganisation(db, id, async (tx) => {
      const asked = {
        organisationId: id,
        limit: 20,
        now,
        timeZone: 'Europe/Paris',
        visible: tx`t.site_id = ${site}`,
      };
      return [
        await search(tx, { ...asked, text: 'portra wazemes' }),
        await search(tx, { ...asked, text: 'secret' }),
      ];
    });
    assert.deepEqual(
      hits[0]?.hits.map(({ ticketId }) => ticketId),
      [visible],
    );
    assert.deepEqual(hits[1]?.hits, []);
    assert.equal((await find('secret')).length, 20);
  });

  test('a new word is found at once, before any refresh, even mistyped', async () => {
    const { write, found } = await organisation();
    const [there] = await write([{ comments: ['Rappeler madame Quenneville'] }]);
    for (const text of ['quenneville', 'quenn', 'quenevile'])
      assert.deepEqual(await found(text), [there], text);
  });

  test('a ticket written again is found by its new text alone', async () => {
    const { id, write, found } = await organisation();
    const [ticketId = ''] = await write([{ heading: 'Lampadaire' }]);
    const again = {
      ticketId,
      app: 'travail',
      reference: 'T-1',
      heading: 'Banc',
      fields: [],
      comments: [],
      createdAt: new Date(now),
    };
    await asOrganisation(db, id, (tx) => indexTickets(tx, id, [again, again]));
    assert.deepEqual(await found('lampadaire'), []);
    assert.deepEqual(await found('banc'), [ticketId]);
  });

  test('what a ticket said when it was opened, told late, takes nothing of what it says since', async () => {
    const { id, write, found } = await organisation();
    const [ticketId = ''] = await write([{ heading: 'Banc' }]);
    const opened = {
      ticketId,
      app: 'travail',
      reference: 'T-1',
      heading: 'Lampadaire',
      fields: [],
      comments: [],
      createdAt: new Date(now),
    };
    await asOrganisation(db, id, (tx) => indexTickets(tx, id, [], [opened]));
    assert.deepEqual(await found('lampadaire'), []);
    assert.deepEqual(await found('banc'), [ticketId]);
  });

  test('refreshing the lexicon counts its words, forgets those of no ticket, and finds the same', async () => {
    const { id, write, found } = await organisation();
    const ids = await write(
      Array.from({ length: 150 }, (_, at) => ({ heading: at < 30 ? 'Ektar 400' : 'Portra 400' })),
    );
    await write([{ heading: 'Polaroid' }]);
    await db.owner`delete from ticket where organisation_id = ${id} and id = (select max(ticket_id::text)::uuid from ticket_words where organisation_id = ${id})`;
    await db.owner`update word set frequency = 1 where organisation_id = ${id}`;
    await db.owner`delete from word where organisation_id = ${id} and word = 'ektar'`;
    await asOrganisation(db, id, (tx) => refreshLexicon(tx, id));
    const words =
      await db.owner`select word, frequency, sound_fr is not null as sounds from word where organisation_id = ${id} order by frequency, word`;
    assert.deepEqual(
      words.map(({ word, frequency, sounds }) => [word, frequency, sounds]),
      [
        ['ektar', 30, true],
        ['portra', 120, true],
        ['2025', 150, false],
        ['400', 150, false],
        ['t', 150, false],
      ],
    );
    assert.deepEqual((await found('ektra')).length, 20);
    assert.ok(ids.includes((await found('ektra'))[0] ?? ''));
    // Nothing was written since: a second time nothing is counted.
    await db.owner`update word set frequency = 7 where organisation_id = ${id} and word = 'portra'`;
    await asOrganisation(db, id, (tx) => refreshLexicon(tx, id));
    const [portra] =
      await db.owner`select frequency from word where organisation_id = ${id} and word = 'portra'`;
    assert.equal(portra?.['frequency'], 7);
  });

  // asvs 1.2.4
  test('an empty or hostile query gives an empty answer, not an error', async () => {
    const { write, found } = await organisation();
    await write([{ heading: 'Portra 400' }]);
    const hostile = [
      '',
      '   ',
      "'",
      "''",
      '"',
      '\\',
      '&',
      '|',
      '!',
      '()',
      '<->',
      ':*',
      "a' | 'b':*",
      "'; drop table ticket; --",
      '\0',
      '\u{10FFFF}',
      '\uD800',
      '🎞️',
      '🎞️'.repeat(3000),
      '%',
      '_',
      '$1',
      '-',
      '---',
      '….',
      '﷽',
      'ﷺ'.repeat(2000),
      'é'.repeat(10_000),
      'z'.repeat(10_000),
      "l'",
      "d'd'd'",
      '00/00/0000',
      '99/99',
      '31/02',
      '2026-13-45',
      '9'.repeat(400),
      '٣٤',
      '漢字',
      'Ω',
      '@0',
      '#',
      '=travail',
      "x'y:1A",
      'le',
      'de la',
      'est ce que',
    ];
    for (const text of hostile) assert.deepEqual(await found(text), [], JSON.stringify(text.slice(0, 40)));
    assert.deepEqual(await found("portra' & 'zz", { limit: 0 }), []);
    assert.equal((await found("portra' | !()")).length, 1);
  });

  test('a ticket of any script and any length can be indexed and found', async () => {
    const { write, found } = await organisation();
    const long = Array.from(
      { length: 20_000 },
      (_, at) => `mot${String.fromCharCode(97 + (at % 26))}${at}`,
    ).join(' ');
    const [greek, page] = await write([
      { heading: 'Ωμέγα 漢字 \0 \uD800 ' },
      { heading: 'Longue page', comments: [long, '𐐀'.repeat(100)] },
    ]);
    assert.deepEqual(await found('ωμεγα'), [greek]);
    assert.deepEqual(await found('longue page'), [page]);
  });
});
