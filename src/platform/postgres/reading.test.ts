import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { testDatabase, type TestDatabase } from '../../../tests/harness/database.ts';
import { newId } from '../ids.ts';
import { asOrganisation, reading } from './index.ts';

interface Asked {
  readonly db: TestDatabase;
  readonly kerlann: string;
  readonly argentique: string;
}

const stage = async (t: TestContext): Promise<Asked> => {
  const db = await testDatabase(t);
  const [kerlann, argentique] = [newId(), newId()];
  await db.owner`insert into organisation (id, slug, name, created_at) values
    (${kerlann}, 'kerlann', 'Kerlann', now()), (${argentique}, 'argentique', 'Argentique', now())`;
  for (const [organisation, name] of [
    [kerlann, 'Maïwenn'],
    [argentique, 'Odile'],
  ] as const)
    await db.owner`insert into contact (organisation_id, id, name, created_at)
      values (${organisation}, ${newId()}, ${name}, now())`;
  return { db, kerlann, argentique };
};

interface Named {
  readonly name: string;
  readonly xact: string;
}

/** The contacts that have a name, and the transaction they were read in; which organisation is left to the walls. */
const contactOf = () =>
  reading(
    (tx, _organisation, names: readonly string[]) => tx<Named[]>`
      select name, pg_current_xact_id()::text as xact from contact where name = any(${names as string[]}::text[])`,
    (names, rows) => names.map((name) => rows.find((row) => row.name === name)),
  );

/** Divides a hundred: PostgreSQL refuses nought. */
const hundredth = () =>
  reading(
    (tx, _organisation, by: readonly number[]) => tx<{ by: number; share: number; xact: string }[]>`
      select by, 100 / by as share, pg_current_xact_id()::text as xact from unnest(${by as number[]}::int[]) given (by)`,
    (by, rows) => by.map((one) => rows.find((row) => row.by === one)),
  );

test('what is asked at one moment is read in one transaction, whatever is asked, and each gets their own answer', async (t) => {
  const { db, kerlann } = await stage(t);
  const [contact, share] = [contactOf(), hundredth()];
  const [maïwenn, nobody, ten, twenty] = await Promise.all([
    contact(db, kerlann, 'Maïwenn'),
    contact(db, kerlann, 'Nobody'),
    share(db, kerlann, 10),
    share(db, kerlann, 20),
  ]);
  assert.deepEqual([maïwenn?.name, nobody, ten?.share, twenty?.share], ['Maïwenn', undefined, 10, 5]);
  assert.equal(new Set([maïwenn?.xact, ten?.xact, twenty?.xact]).size, 1);
});

// asvs 8.4.1
test('organisations that ask at the same moment each read their own', async (t) => {
  const { db, kerlann, argentique } = await stage(t);
  const contact = contactOf();
  const found = await Promise.all(
    [kerlann, argentique].flatMap((organisation) =>
      ['Maïwenn', 'Odile'].map((name) => contact(db, organisation, name)),
    ),
  );
  assert.deepEqual(
    found.map((one) => one?.name),
    ['Maïwenn', undefined, undefined, 'Odile'],
  );
});

test('a question that PostgreSQL refuses spoils no other, neither of its kind nor of another', async (t) => {
  const { db, kerlann } = await stage(t);
  const [contact, share] = [contactOf(), hundredth()];
  const ends = await Promise.allSettled([
    share(db, kerlann, 0),
    share(db, kerlann, 4),
    contact(db, kerlann, 'Maïwenn'),
  ]);
  assert.deepEqual(
    ends.map(({ status }) => status),
    ['rejected', 'fulfilled', 'fulfilled'],
  );
  assert.equal((await share(db, kerlann, 5))?.share, 20);
});

test('an answer is never older than its question, also when others are being answered', async (t) => {
  const { db, kerlann } = await stage(t);
  const contact = contactOf();
  for (let turn = 0; turn < 20; turn += 1) {
    const others = contact(db, kerlann, 'Maïwenn');
    await new Promise((resolve) => setImmediate(resolve));
    const name = `Erwan ${turn}`;
    await asOrganisation(
      db,
      kerlann,
      (tx) =>
        tx`insert into contact (organisation_id, id, name, created_at) values (${kerlann}, ${newId()}, ${name}, now())`,
    );
    assert.equal((await contact(db, kerlann, name))?.name, name);
    await others;
  }
});

test('when PostgreSQL is away all are told so, and who asks later is answered again', async (t) => {
  const { db, kerlann } = await stage(t);
  const contact = contactOf();
  await contact(db, kerlann, 'Maïwenn');
  await db.owner`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'vigie app' and datname = current_database()`;
  await Promise.allSettled(['Maïwenn', 'Odile'].map((name) => contact(db, kerlann, name)));
  // Another connection may have been ended that nobody has used since.
  let again: { readonly name: string } | null | undefined;
  for (let tries = 0; again === undefined && tries < 20; tries += 1) {
    again = await contact(db, kerlann, 'Maïwenn').catch(() => undefined);
    if (again === undefined) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.equal(again?.name, 'Maïwenn');
});

test('an answer may have to be asked further; what cannot be made of the rows is the trouble of those alone who asked for it', async (t) => {
  const { db, kerlann } = await stage(t);
  const contact = contactOf();
  const twice = reading(
    (tx, _organisation, names: readonly string[]) => tx<{ name: string }[]>`
      select name from unnest(${names as string[]}::text[]) given (name)`,
    (names, _rows, same, organisation) => names.map((name) => contact(same, organisation, name)),
  );
  const broken = reading(
    (tx, _organisation, names: readonly string[]) => tx<{ name: string }[]>`
      select name from unnest(${names as string[]}::text[]) given (name)`,
    (): readonly string[] => {
      throw new Error('These rows say nothing.');
    },
  );
  const [further, first, second, beside] = await Promise.allSettled([
    twice(db, kerlann, 'Maïwenn'),
    broken(db, kerlann, 'Maïwenn'),
    broken(db, kerlann, 'Odile'),
    contact(db, kerlann, 'Maïwenn'),
  ]);
  assert.equal(further.status === 'fulfilled' && further.value?.name, 'Maïwenn');
  assert.equal(beside.status === 'fulfilled' && beside.value?.name, 'Maïwenn');
  for (const one of [first, second])
    assert.match(String(one.status === 'rejected' && one.reason), /say nothing/u);
  assert.equal((await contact(db, kerlann, 'Maïwenn'))?.name, 'Maïwenn', 'and the next are answered');
});
