import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../tests/harness/database.ts';
import { newId } from '../platform/ids.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { indexTickets, refreshLexicon, search } from './index.ts';

const now = Date.parse('2026-03-18T15:00:00Z');
const minute = 60_000;

const db = await testDatabase();

const organisation = async (slug: string): Promise<string> => {
  const id = newId();
  await db.owner`insert into organisation (id, slug, name, created_at) values (${id}, ${slug}, ${slug}, now())`;
  await db.owner`insert into definition (hash, app, body, created_at) values (${'0'.repeat(64)}, 'travail', '{}', now()) on conflict do nothing`;
  return id;
};

/** A name that no other number has, made of syllables. */
const nameOf = (nth: number): string =>
  [...nth.toString(20)]
    .map(
      (digit) =>
        'ba ce di fo gu la me ni po ru sa te vi xo zu bra cre dri flo gru'.split(' ')[
          Number.parseInt(digit, 20)
        ],
    )
    .join('') + 'eau';

/** Every ticket says "boutique", a third says "wazemmes", a hundredth "fives", and each has a name of its own. */
const load = async (organisationId: string, count: number): Promise<void> => {
  for (let start = 0; start < count; start += 2000) {
    const rows = Array.from({ length: Math.min(2000, count - start) }, (_, at) => {
      const nth = start + at;
      const createdAt = new Date(now - (count - nth) * 20 * minute);
      const fields = [`boutique ${nth % 3 === 0 ? 'wazemmes' : 'lomme'}`, nth % 100 === 7 ? 'fives' : ''];
      return {
        ticketId: newId(createdAt.getTime()),
        app: 'travail',
        reference: `T-2026-${nth}`,
        heading: nameOf(nth),
        fields,
        comments: [],
        createdAt,
      };
    });
    await db.owner`
      insert into ticket (organisation_id, id, app, reference, definition_hash, version, step, fields, sealed, choices,
        created_at, updated_at, step_at, lateness_at)
      select ${organisationId}, g.id, 'travail', g.id::text, ${'0'.repeat(64)}, 1, 'open', '{}', '{}', '{}', g.at, g.at, g.at, g.at
      from unnest(${rows.map((row) => row.ticketId)}::uuid[],
        ${rows.map((row) => row.createdAt.toISOString())}::text[]::timestamptz[]) as g (id, at)`;
    await asOrganisation(db, organisationId, (tx) => indexTickets(tx, organisationId, rows));
  }
};

const queries = [
  ['a word of one ticket', nameOf(1234)],
  ['a mistyped word of one ticket', nameOf(1234).replace('fo', 'of')],
  ['half a word', 'wazem'],
  ['a word of every ticket', 'boutique'],
  ['a word of a third of the tickets', 'wazemmes'],
  ['a word of a hundredth of the tickets', 'fives'],
  ['frequent words together', 'boutique wazemmes'],
  ['a frequent and a rare word', `boutique ${nameOf(1234)}`],
  ['words that never meet', 'wazemmes lomme'],
  ['a frequent word on a day', 'boutique lundi'],
  ['a frequent word in an old month', 'boutique juillet 2025'],
] as const;

const size = 20_000;

interface Counts {
  readonly read: number;
  readonly scans: number;
}

/** What this session read and has not yet reported; so far, of this and a few former transactions. */
const countsOf = async (tx: Tx): Promise<Counts> => {
  const [counts] = await tx<Counts[]>`
    select sum(t.seq_tup_read + t.idx_tup_fetch + i.entries)::int as read, sum(t.seq_scan)::int as scans
    from pg_stat_xact_user_tables t
    cross join lateral (
      select sum(pg_stat_get_xact_tuples_returned(indexrelid)) as entries from pg_index where indrelid = t.relid
    ) i
    where t.relname in ('ticket_words', 'word', 'ticket')`;
  return counts ?? { read: 0, scans: 0 };
};

/** Searches, and says how many rows and entries of indexes PostgreSQL read for it. */
const readBy = (organisationId: string, text: string): Promise<Counts & { hits: number }> =>
  asOrganisation(db, organisationId, async (tx) => {
    const before = await countsOf(tx);
    const { hits } = await search(tx, {
      organisationId,
      text,
      visible: tx`t.version > 0`,
      limit: 20,
      now,
      timeZone: 'Europe/Paris',
    });
    const after = await countsOf(tx);
    return { hits: hits.length, read: after.read - before.read, scans: after.scans - before.scans };
  });

/** How much each query read. */
const readsLittle = async (organisationId: string): Promise<number[]> => {
  const reads: number[] = [];
  for (const [what, text] of queries) {
    const { hits, read, scans } = await readBy(organisationId, text);
    assert.equal(scans, 0, `${what}: a whole table was read`);
    assert.ok(hits > 0, `${what}: nothing found`);
    assert.ok(read < size / 4, `${what}: ${read} rows and entries were read`);
    reads.push(read);
  }
  return reads;
};

test('a search reads a few rows of many, whatever the planner believes', async (t) => {
  const before = await organisation('before');
  const house = await organisation('house');
  await load(before, 3000);
  await db.owner`analyze`;
  // From here on statistics say that there are three thousand tickets, all of another organisation.
  await load(house, size);

  await t.test('right after a bulk load, before any ANALYZE', async () => {
    await readsLittle(house);
  });
  let counted: number[] = [];
  await t.test('with the words counted, and still no ANALYZE', async () => {
    await asOrganisation(db, house, (tx) => refreshLexicon(tx, house));
    counted = await readsLittle(house);
  });
  await t.test('after ANALYZE, exactly the same', async () => {
    await db.owner`analyze`;
    assert.deepEqual(await readsLittle(house), counted);
  });
  await t.test('with no statistics at all, exactly the same', async () => {
    await db.owner`delete from pg_statistic where starelid in ('ticket_words'::regclass, 'word'::regclass, 'ticket'::regclass)`;
    await db.owner`update pg_class set reltuples = -1, relpages = 0 where relname in ('ticket_words', 'word', 'ticket')`;
    assert.deepEqual(await readsLittle(house), counted);
  });
});
