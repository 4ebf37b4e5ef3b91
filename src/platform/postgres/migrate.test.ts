import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import postgres from 'postgres';
import { startDebianPostgres } from '../../../tests/harness/debian.ts';
import { emptyDatabase } from '../../../tests/harness/database.ts';
import { createLogger } from '../logging.ts';
import { driverOptions } from './lane.ts';
import { migrate, MigrationError, openDatabase } from './index.ts';

const log = createLogger('silent');

function migrations(t: TestContext, files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-migrations-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function query<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(driverOptions({ url }));
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

const refused = (pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof MigrationError, String(error));
  assert.match(error.message, pattern);
  return true;
};

test('an empty database gets the job queue and every migration, once', async (t) => {
  const url = await emptyDatabase(t);
  const first = await migrate({ url, log });
  assert.equal(first[0], '0001_ground.sql');
  assert.deepEqual(await migrate({ url, log }), []);
  const jobs = await query(url, (sql) => sql`select count(*) from graphile_worker.jobs`);
  assert.equal(jobs[0]?.['count'], 0);
});

test('two servers that start at once on an empty database both find it ready', async (t) => {
  const url = await emptyDatabase(t);
  const applied = await Promise.all([migrate({ url, log }), migrate({ url, log }), migrate({ url, log })]);
  assert.equal(applied.filter((files) => files.length > 0).length, 1);
});

test('a migration that was edited after it landed is refused', async (t) => {
  const url = await emptyDatabase(t);
  const folder = migrations(t, { '0001_one.sql': 'create table one (id int)' });
  await migrate({ url, log, folder });
  writeFileSync(join(folder, '0001_one.sql'), 'create table one (id bigint)');
  await assert.rejects(
    migrate({ url, log, folder }),
    refused(/0001_one\.sql was edited .* write the change as a new migration/),
  );
});

test('two migrations with the same number are refused before anything is applied', async (t) => {
  const url = await emptyDatabase(t);
  const folder = migrations(t, {
    '0001_one.sql': 'create table one ()',
    '0002_two.sql': 'create table two ()',
    '0002_too.sql': 'create table too ()',
  });
  await assert.rejects(migrate({ url, log, folder }), refused(/number 2: 0002_too\.sql and 0002_two\.sql/));
  await assert.rejects(query(url, (sql) => sql`select * from one`));
});

test('a database newer than the code is refused', async (t) => {
  const url = await emptyDatabase(t);
  const folder = migrations(t, {
    '0001_one.sql': 'create table one ()',
    '0002_two.sql': 'create table two ()',
  });
  await migrate({ url, log, folder });
  rmSync(join(folder, '0002_two.sql'));
  await assert.rejects(migrate({ url, log, folder }), refused(/newer than this Vigie: it has 0002_two\.sql/));
});

test('a migration that slips in below one already applied is refused', async (t) => {
  const url = await emptyDatabase(t);
  const folder = migrations(t, {
    '0001_one.sql': 'create table one ()',
    '0003_three.sql': 'create table three ()',
  });
  await migrate({ url, log, folder });
  writeFileSync(join(folder, '0002_two.sql'), 'create table two ()');
  await assert.rejects(
    migrate({ url, log, folder }),
    refused(/0002_two\.sql has a lower number than 0003_three\.sql/),
  );
});

test('a migration that fails leaves nothing behind and says its line', async (t) => {
  const url = await emptyDatabase(t);
  const folder = migrations(t, {
    '0001_one.sql': 'create table one ();\n\ncreate table two (id nonsense);\n',
  });
  await assert.rejects(
    migrate({ url, log, folder }),
    refused(/0001_one\.sql could not be applied \(line 3\).*nonsense/),
  );
  await assert.rejects(query(url, (sql) => sql`select * from one`));
  writeFileSync(join(folder, '0001_one.sql'), 'create table one ()');
  assert.deepEqual(await migrate({ url, log, folder }), ['0001_one.sql']);
});

test('a file that is not named like a migration is refused', async (t) => {
  const url = await emptyDatabase(t);
  await assert.rejects(
    migrate({ url, log, folder: migrations(t, { '1-one.sql': '' }) }),
    refused(/1-one\.sql is not a migration's name/),
  );
});

const debian = ['15', '16', '17']
  .map((version) => `/usr/lib/postgresql/${version}/bin`)
  .find((folder) => existsSync(folder));

test(
  'the migrations apply on the PostgreSQL of Debian, owned by a user who is no superuser',
  { skip: debian ? false : 'no PostgreSQL of Debian here (apt-get install postgresql-15)' },
  async (t) => {
    const server = await startDebianPostgres(debian ?? '');
    t.after(server.stop);
    await query(server.url, async (sql) => {
      await sql.unsafe('create role mayor login createrole');
      await sql.unsafe('create database town owner mayor');
    });
    const url = server.url.replace('vigie@', 'mayor@').replace('/postgres?', '/town?');
    assert.notEqual((await migrate({ url, log })).length, 0);
    assert.deepEqual(await migrate({ url, log }), []);
    const database = openDatabase({ url });
    assert.deepEqual([...(await database.app`select current_user::text as me`)], [{ me: 'vigie_app' }]);
    assert.deepEqual([...(await database.system`select current_user::text as me`)], [{ me: 'vigie_system' }]);
    await database.close();
    // The next database of the same server finds the roles made, and its owner not yet a member.
    await query(server.url, async (sql) => {
      await sql.unsafe('create role stranger login');
      await sql.unsafe('create database elsewhere owner stranger');
    });
    const other = server.url.replace('vigie@', 'stranger@').replace('/postgres?', '/elsewhere?');
    await assert.rejects(
      migrate({ url: other, log }),
      refused(/administrator run, once: .*grant vigie_app, vigie_system to "stranger"/),
    );
  },
);
