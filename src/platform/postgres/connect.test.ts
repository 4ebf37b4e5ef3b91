import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import { testDatabase, type TestDatabase } from '../../../tests/harness/database.ts';
import { newId } from '../ids.ts';
import {
  asOrganisation,
  FOREVER,
  inOrganisation,
  isUnavailable,
  openDatabase,
  type Tx,
  unlessDeadlocked,
} from './index.ts';

interface Two {
  readonly db: TestDatabase;
  readonly kerlann: string;
  readonly argentique: string;
}

async function twoOrganisations(t: TestContext): Promise<Two> {
  const db = await testDatabase(t);
  const [kerlann, argentique] = [newId(), newId()];
  await db.owner`insert into organisation (id, slug, name, created_at) values
    (${kerlann}, 'kerlann', 'Kerlann', now()), (${argentique}, 'argentique', 'Argentique', now())`;
  return { db, kerlann, argentique };
}

async function addContact(tx: Tx, organisation: string, name: string): Promise<void> {
  await tx`insert into contact (organisation_id, id, name, created_at) values (${organisation}, ${newId()}, ${name}, now())`;
}

async function names(tx: Tx): Promise<string[]> {
  const rows = await tx<{ name: string }[]>`select name from contact order by name`;
  return rows.map(({ name }) => name);
}

// asvs 8.4.1
test('an organisation sees and writes what is its own, even when a query forgets to ask for it', async (t) => {
  const { db, kerlann, argentique } = await twoOrganisations(t);
  await asOrganisation(db, kerlann, (tx) => addContact(tx, kerlann, 'Maïwenn'));
  await asOrganisation(db, argentique, (tx) => addContact(tx, argentique, 'Odile'));

  assert.deepEqual(await asOrganisation(db, kerlann, names), ['Maïwenn']);
  const found = await inOrganisation(
    db,
    argentique,
    (tx) => tx<{ name: string }[]>`select name from contact`,
  );
  assert.deepEqual([...found], [{ name: 'Odile' }]);
  const changed = await inOrganisation(
    db,
    argentique,
    (tx) => tx`update contact set name = 'X' where organisation_id = ${kerlann}`,
  );
  assert.equal(changed.count, 0);
  await assert.rejects(
    asOrganisation(db, argentique, (tx) => addContact(tx, kerlann, 'Intruder')),
    /row-level security/,
  );
});

test('without an organisation nothing is seen: the question itself is refused', async (t) => {
  const { db, kerlann } = await twoOrganisations(t);
  await assert.rejects(async () => await db.app`select * from contact`, /vigie\.organisation|uuid/);
  await asOrganisation(db, kerlann, names);
  // The same connections, which have served an organisation before.
  for (let i = 0; i < 20; i += 1)
    await assert.rejects(async () => await db.app`select * from contact`, /vigie\.organisation|uuid/);
});

// asvs 1.2.4
test('an organisation is named by a UUID and nothing else', async (t) => {
  const { db } = await twoOrganisations(t);
  await assert.rejects(asOrganisation(db, "x'; drop table contact; --", names), /UUID/);
});

// asvs 2.3.3
test('when the work throws, nothing of it is kept, and the connection serves the next', async (t) => {
  const { db, kerlann } = await twoOrganisations(t);
  await assert.rejects(
    asOrganisation(db, kerlann, async (tx) => {
      await addContact(tx, kerlann, 'Nobody');
      throw new Error('changed my mind');
    }),
    /changed my mind/,
  );
  assert.deepEqual(await asOrganisation(db, kerlann, names), []);
});

// asvs 16.5.3
test('a statement that fails is not hidden by the work that goes on after it', async (t) => {
  const { db, kerlann } = await twoOrganisations(t);
  const work = asOrganisation(db, kerlann, async (tx) => {
    await addContact(tx, kerlann, 'Nobody');
    await tx`select 1 / 0`.catch(() => {});
  });
  await assert.rejects(work, /Nothing was written/);
  await assert.rejects(
    asOrganisation(db, kerlann, async (tx) => {
      await tx`select 1 / 0`.catch(() => {});
      await tx`select 1`;
    }),
    /division by zero/,
  );
  await assert.rejects(
    inOrganisation(db, kerlann, (tx) => tx`select 1 / 0`),
    /division by zero/,
  );
  assert.deepEqual(await asOrganisation(db, kerlann, names), []);
});

test('a single statement that breaks a rule at the commit is refused', async (t) => {
  const { db, kerlann } = await twoOrganisations(t);
  await db.owner`create table late (id int unique deferrable initially deferred)`;
  await db.owner`grant insert, select on late to vigie_app`;
  await assert.rejects(
    inOrganisation(db, kerlann, (tx) => tx`insert into late values (1), (1)`),
    /duplicate key/,
  );
  assert.equal((await db.app`select * from late`).length, 0);
});

test('a statement that comes after its transaction is refused, never run for whoever has the connection now', async (t) => {
  const { db, kerlann, argentique } = await twoOrganisations(t);
  let kept: Tx | undefined;
  await asOrganisation(db, kerlann, async (tx) => {
    kept = tx;
    await names(tx);
  });
  await asOrganisation(db, argentique, async (tx) => {
    await names(tx);
    await assert.rejects(async () => await (kept as Tx)`select * from contact`, /transaction is over/);
  });
});

// asvs 1.4.3 15.2.2
test('more requests than connections wait for their turn', async (t) => {
  const { db, kerlann } = await twoOrganisations(t);
  const done = await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      i % 2
        ? inOrganisation(db, kerlann, (tx) => tx`select ${i}::int as i`)
        : asOrganisation(db, kerlann, async (tx) => await tx`select ${i}::int as i`),
    ),
  );
  assert.deepEqual(
    done.map(([row]) => row?.['i']),
    Array.from({ length: 100 }, (_, i) => i),
  );
});

test('connections that are cut in the middle reject what they carried, and the next request has a new one', async (t) => {
  const { db, kerlann } = await twoOrganisations(t);
  let stop = false;
  let done = 0;
  const errors: unknown[] = [];
  const workers = Array.from({ length: 24 }, async (_, i) => {
    while (!stop) {
      try {
        await (i % 3 === 0
          ? inOrganisation(db, kerlann, (tx) => tx`select ${i}::int`)
          : asOrganisation(db, kerlann, async (tx) => {
              await tx`select ${i}::int`;
              await tx`select pg_sleep(0.001)`;
            }));
        done += 1;
      } catch (error) {
        errors.push(error);
        await sleep(i % 2);
      }
    }
  });
  for (let round = 0; round < 10; round += 1) {
    await sleep(50);
    await db.owner`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'vigie app' and datname = current_database()`;
  }
  const before = done;
  await sleep(300);
  stop = true;
  await Promise.all(workers);
  assert.ok(errors.length > 0);
  for (const error of errors) assert.ok(isUnavailable(error), String(error));
  assert.ok(done - before > 24, `only ${done - before} done after the last cut`);
});

test('what is listened to is heard again after the connection was cut', async (t) => {
  const { db } = await twoOrganisations(t);
  const heard: string[] = [];
  let hearings = 0;
  const { unlisten } = await db.system.listen(
    'vigie_log',
    (payload) => heard.push(payload),
    () => (hearings += 1),
  );
  await db.app.notify('vigie_log', 'one');
  while (heard.length < 1) await sleep(20);
  await db.owner`select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen vigie_log' and datname = current_database()`;
  while (hearings < 2) await sleep(20);
  await db.app.notify('vigie_log', 'two');
  while (heard.length < 2) await sleep(20);
  assert.deepEqual(heard, ['one', 'two']);
  await unlisten();
});

test('a reserved session keeps its lock until it is released', async (t) => {
  const { db } = await twoOrganisations(t);
  const leader = await db.system.reserve();
  const lock = async (tx: Tx): Promise<unknown> =>
    (await tx`select pg_try_advisory_lock(42) as got`)[0]?.['got'];
  assert.equal(await lock(leader), true);
  assert.equal(await lock(db.system), false);
  await leader.release();
  assert.equal(await lock(await db.system.reserve()), true);
});

test('values come back as they are meant: days as text, bigints as numbers, for ever as a date', async (t) => {
  const { db } = await twoOrganisations(t);
  const [row] =
    await db.app`select '2026-03-29'::date as day, 12::bigint as count, 9007199254740993::bigint as big, 'infinity'::timestamptz as due,
    array['a', 'b"c', null, 'd,{e}\\']::text[] as texts, '{}'::uuid[] as none, array[[1,2],[3,4]] as nested, ${db.app.json({ a: [1, null] })}::jsonb as body,
    ${['x', 'y"\\,']}::text[] as given, ${db.app.array(['z'])} as typed, ${FOREVER}::timestamptz = 'infinity' as forever`;
  assert.deepEqual(row, {
    day: '2026-03-29',
    count: 12,
    big: 9007199254740993n,
    due: FOREVER,
    texts: ['a', 'b"c', null, 'd,{e}\\'],
    none: [],
    nested: [
      [1, 2],
      [3, 4],
    ],
    body: { a: [1, null] },
    given: ['x', 'y"\\,'],
    typed: ['z'],
    forever: true,
  });
});

test('a server that is not there is said to be away', async () => {
  const db = openDatabase({ url: 'postgresql://vigie@localhost/vigie?host=/nowhere' });
  await assert.rejects(asOrganisation(db, newId(), names), (error) => isUnavailable(error));
  await db.close();
});

test('two who wait for each other both get what they asked for: whom PostgreSQL ends begins anew', async (t) => {
  const { db, kerlann } = await twoOrganisations(t);
  await asOrganisation(db, kerlann, async (tx) => {
    for (const name of ['Maïwenn', 'Odile']) await addContact(tx, kerlann, name);
  });
  const begun: string[] = [];
  const hasFirst = Promise.withResolvers<void>();
  /** Takes one and then the other, once somebody else has the other. */
  const takes = (first: string, second: string): Promise<void> =>
    unlessDeadlocked(() =>
      asOrganisation(db, kerlann, async (tx) => {
        await tx`update contact set phone = ${first} where name = ${first}`;
        begun.push(first);
        if (begun.length === 2) hasFirst.resolve();
        await hasFirst.promise;
        await tx`update contact set email = ${first} where name = ${second}`;
      }),
    );
  await Promise.all([takes('Maïwenn', 'Odile'), takes('Odile', 'Maïwenn')]);
  assert.equal(begun.length, 3, 'one of the two was ended, and began again');
  const written = await asOrganisation(
    db,
    kerlann,
    (tx) => tx<{ email: string; phone: string }[]>`select email, phone from contact order by name`,
  );
  assert.deepEqual(
    [...written],
    [
      { email: 'Odile', phone: 'Maïwenn' },
      { email: 'Maïwenn', phone: 'Odile' },
    ],
  );
});
