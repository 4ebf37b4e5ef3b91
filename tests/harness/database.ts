import { randomBytes } from 'node:crypto';
import { after, type TestContext } from 'node:test';
import postgres from 'postgres';
import { createLogger } from '../../src/platform/logging.ts';
import {
  migrate,
  migrationsHash,
  openDatabase,
  withDatabase,
  type Database,
} from '../../src/platform/postgres/index.ts';
import { CLUSTER_VARIABLE, startTestCluster } from './cluster.ts';

export interface TestDatabase extends Database {
  /** The address of this database, as its owner: what DATABASE_URL would hold. */
  readonly url: string;
  /** As the owner, past every wall, to look at what the roles may not see. */
  readonly owner: postgres.Sql;
}

/** Any number: files that run at once make the template one after the other. */
const TEMPLATE_LOCK = 7_348_219_002;

let server: Promise<string> | undefined;
let template: Promise<string> | undefined;

/**
 * A migrated database for one test alone, dropped when the test ends; called outside of a test, for a whole file.
 * TEST_DATABASE_URL runs the same tests on another server.
 */
export async function testDatabase(t?: TestContext): Promise<TestDatabase> {
  const { url, drop } = await freshDatabase((template ??= makeTemplate()));
  const database = openDatabase({ url });
  const owner = postgres(url.replace(/\?.*$/, ''), { ...ownerOptions(url), max: 2 });
  const finish = async (): Promise<void> => {
    await Promise.all([database.close(), owner.end({ timeout: 1 })]);
    await drop();
  };
  if (t) t.after(finish);
  else after(finish);
  return { ...database, url, owner };
}

/** An empty database, not migrated, dropped when the test ends; its address. */
export async function emptyDatabase(t: TestContext): Promise<string> {
  const { url, drop } = await freshDatabase(Promise.resolve('template0'));
  t.after(drop);
  return url;
}

async function freshDatabase(from: Promise<string>): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `vigie_test_${randomBytes(6).toString('hex')}`;
  const source = await from;
  await onServer((sql) => sql`create database ${sql(name)} template ${sql(source)}`);
  return {
    url: withDatabase(await serverUrl(), name),
    drop: () => onServer((sql) => sql`drop database if exists ${sql(name)} with (force)`),
  };
}

/** The database that all others are copied from: migrated once, under a name that the migrations give. */
async function makeTemplate(): Promise<string> {
  const name = `vigie_template_${migrationsHash().slice(0, 16)}`;
  await onServer(async (sql) => {
    await sql`select pg_advisory_lock(${TEMPLATE_LOCK})`;
    const [found] = await sql<
      { ready: boolean }[]
    >`select datistemplate as ready from pg_database where datname = ${name}`;
    if (found?.ready) return;
    // One that is not marked as a template was left half made.
    if (found) await sql`drop database ${sql(name)} with (force)`;
    await sql`create database ${sql(name)} template template0`;
    await migrate({ url: withDatabase(await serverUrl(), name), log: createLogger('warn') });
    await sql`alter database ${sql(name)} is_template true`;
  });
  return name;
}

function serverUrl(): Promise<string> {
  const given = process.env['TEST_DATABASE_URL'] || process.env[CLUSTER_VARIABLE];
  // A file run by hand has a server of its own, which ends with it.
  server ??= given ? Promise.resolve(given) : startTestCluster().then(({ url }) => url);
  return server;
}

async function onServer(work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const url = withDatabase(await serverUrl(), 'postgres');
  const sql = postgres(url.replace(/\?.*$/, ''), { ...ownerOptions(url), max: 1 });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function ownerOptions(url: string): postgres.Options<Record<string, never>> {
  const folder = new URL(url).searchParams.get('host');
  return { ...(folder !== null && { host: folder }), onnotice: () => {} };
}
