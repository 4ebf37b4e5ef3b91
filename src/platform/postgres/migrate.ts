import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger as WorkerLogger, runMigrations } from 'graphile-worker';
import postgres from 'postgres';
import type { Logger } from '../logging.ts';
import { driverOptions } from './lane.ts';

/** Where our migrations are. */
export const MIGRATIONS_FOLDER = join(import.meta.dirname, '../../../migrations');

/** The database can't be brought to what this code needs; the message says why and what to do. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

interface Migration {
  readonly number: number;
  readonly file: string;
  readonly hash: string;
  readonly text: string;
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly hash: string;
  readonly applied_at: Date;
}

export interface MigrateOptions {
  /** An address whose user may create tables and, the first time, roles. */
  readonly url: string;
  readonly log: Logger;
  readonly folder?: string;
}

const OLDEST = 15;
const ROLES = ['vigie_app', 'vigie_system'];
/** Any number, the same in every Vigie: two servers that start at once migrate one after the other. */
const ADVISORY_LOCK = 7_348_219_001;

/**
 * Brings a database to what this code needs: the roles, the job queue's schema, then our migrations in
 * order, each in a transaction. Returns the files applied now.
 */
export async function migrate({
  url,
  log,
  folder = MIGRATIONS_FOLDER,
}: MigrateOptions): Promise<readonly string[]> {
  const migrations = readMigrations(folder);
  const sql = postgres(driverOptions({ url, name: 'vigie migrations' }));
  try {
    await checkVersion(sql);
    await sql`select pg_advisory_lock(${ADVISORY_LOCK})`;
    await ensureRoles(sql);
    // Its logger would say on standard output what ours says here.
    await runMigrations({ connectionString: url, logger: new WorkerLogger(() => () => {}) });
    await sql`
      create table if not exists migration (
        number int primary key, name text not null, hash text not null, applied_at timestamptz not null default now()
      )`;
    const applied = await sql<
      Applied[]
    >`select number, name, hash, applied_at from migration order by number`;
    const missing = compare(migrations, applied);
    for (const migration of missing) {
      await apply(sql, migration);
      log.info(`Migration ${migration.file} applied`);
    }
    return missing.map(({ file }) => file);
  } finally {
    await sql.end();
  }
}

/** The hash of all migrations, for whoever keeps a database that has them. */
export function migrationsHash(folder: string = MIGRATIONS_FOLDER): string {
  const parts = readMigrations(folder).map(({ file, hash }) => `${file} ${hash}\n`);
  return createHash('sha256').update(parts.join('')).digest('hex');
}

function readMigrations(folder: string): readonly Migration[] {
  const byNumber = new Map<number, Migration>();
  for (const file of readdirSync(folder).toSorted()) {
    if (!file.endsWith('.sql')) continue;
    const number = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(file)?.[1]);
    if (!number)
      throw new MigrationError(`${file} is not a migration's name. Call it like 0007_what_it_brings.sql.`);
    const text = readFileSync(join(folder, file), 'utf8');
    const twin = byNumber.get(number);
    if (twin) {
      throw new MigrationError(
        `Two migrations have the number ${number}: ${twin.file} and ${file}. Give the one that landed later the next free number.`,
      );
    }
    byNumber.set(number, { number, file, text, hash: createHash('sha256').update(text).digest('hex') });
  }
  return [...byNumber.values()];
}

/** Which migrations are still to apply; throws when the database and the files don't tell the same story. */
function compare(migrations: readonly Migration[], applied: readonly Applied[]): readonly Migration[] {
  const files = new Map(migrations.map((migration) => [migration.number, migration]));
  for (const { number, name, hash, applied_at } of applied) {
    const migration = files.get(number);
    if (migration === undefined) {
      throw new MigrationError(
        `This database is newer than this Vigie: it has ${name}, which this Vigie does not know. ` +
          'Start the version that made it, or a newer one, or restore the backup made before that version.',
      );
    }
    if (migration.file !== name || migration.hash !== hash) {
      throw new MigrationError(
        `${migration.file} was edited after this database had applied it${migration.file === name ? '' : ` as ${name}`} ` +
          `on ${applied_at.toISOString().slice(0, 10)}. Bring the file back as it was (git log -- migrations) and write ` +
          'the change as a new migration. If nothing in this database matters, start with an empty data folder.',
      );
    }
  }
  const last = applied.at(-1)?.number ?? 0;
  const done = new Set(applied.map(({ number }) => number));
  const missing = migrations.filter(({ number }) => !done.has(number));
  const late = missing.find(({ number }) => number < last);
  if (late) {
    throw new MigrationError(
      `${late.file} has a lower number than ${files.get(last)?.file}, which this database already applied. Give it the next free number.`,
    );
  }
  return missing;
}

async function apply(sql: postgres.Sql, { number, file, hash, text }: Migration): Promise<void> {
  try {
    await sql.begin(async (tx) => {
      await tx.unsafe(text).simple();
      await tx`insert into migration (number, name, hash) values (${number}, ${file}, ${hash})`;
    });
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) throw error;
    const line = error.position ? text.slice(0, Number(error.position)).split('\n').length : undefined;
    throw new MigrationError(
      `${file} could not be applied${line ? ` (line ${line})` : ''}, and nothing of it was: ${error.message}` +
        [error.detail, error.hint]
          .filter(Boolean)
          .map((more) => ` ${more}`)
          .join(''),
      { cause: error },
    );
  }
}

async function checkVersion(sql: postgres.Sql): Promise<void> {
  const [row] = await sql<{ number: number; name: string }[]>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as name`;
  if (row === undefined || row.number < OLDEST * 10_000) {
    throw new MigrationError(
      `DATABASE_URL leads to PostgreSQL ${row?.name}, and Vigie needs ${OLDEST} or newer. ` +
        'Upgrade that server, or leave DATABASE_URL out to use the embedded PostgreSQL.',
    );
  }
}

/** The two roles belong to the whole server, so another database of it may just now be making them. */
async function ensureRoles(sql: postgres.Sql): Promise<void> {
  const [me] = await sql<{ name: string }[]>`select current_user::text as name`;
  for (const role of ROLES) {
    try {
      await sql.unsafe(`
        do $$ begin
          if not exists (select from pg_roles where rolname = '${role}') then create role ${role} nologin; end if;
        exception when duplicate_object or unique_violation then null;
        end $$`);
      const [right] = await sql<{ member: boolean }[]>`select pg_has_role(${role}, 'member') as member`;
      if (!right?.member) await sql`grant ${sql(role)} to current_user`;
    } catch (error) {
      if (!(error instanceof postgres.PostgresError) || error.code !== '42501') throw error;
      throw new MigrationError(
        `The database's user ${me?.name} may not create or take the role ${role}. Let an administrator run, once: ` +
          `${ROLES.map((name) => `create role ${name} nologin;`).join(' ')} grant ${ROLES.join(', ')} to "${me?.name}";`,
        { cause: error },
      );
    }
  }
}
