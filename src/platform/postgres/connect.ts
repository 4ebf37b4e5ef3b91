import type postgres from 'postgres';
import { isUuid } from '../ids.ts';
import { ConnectionLost } from './lane.ts';
import { openPool, type Pool, type Sql } from './pool.ts';
import type { Tx } from './scope.ts';

/** The database, as the two roles see it. */
export interface Database {
  /** As vigie_app: the work of one organisation at a time, and the reference tables. */
  readonly app: Sql;
  /** As vigie_system: the order of the log and the waking of deadlines, across organisations. */
  readonly system: Sql;
  close(): Promise<void>;
}

const APP_CONNECTIONS = 16;
const SYSTEM_CONNECTIONS = 4;

/** A statement of a request runs at most a minute, and a transaction waits for its author at most a minute. */
const APP_PARAMETERS = {
  statement_timeout: 60_000,
  idle_in_transaction_session_timeout: 60_000,
  // Our statements are short and each has one good way, along an index that begins with the organisation: planning them
  // anew takes longer than following it, and statistics from before a load lead to reading whole tables.
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
};

const pools = new WeakMap<Sql, Pool>();

/** Opens the pools. Connections are made when first needed, and made again after the server was away. */
export function openDatabase(address: { readonly url: string }): Database {
  const app = openPool(
    { url: address.url, role: 'vigie_app', name: 'vigie app', parameters: APP_PARAMETERS },
    APP_CONNECTIONS,
  );
  const system = openPool(
    { url: address.url, role: 'vigie_system', name: 'vigie system' },
    SYSTEM_CONNECTIONS,
  );
  pools.set(app.sql, app);
  return {
    app: app.sql,
    system: system.sql,
    close: async () => {
      await Promise.all([app.sql.end(), system.sql.end()]);
    },
  };
}

/**
 * Runs `work` in a transaction that sees and writes one organisation only: row-level security holds it there.
 * Opening it travels with the first statement, so that it costs one round trip, the commit's.
 */
export async function asOrganisation<T>(
  database: Pick<Database, 'app'>,
  organisationId: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const opening = openingFor(organisationId);
  return await poolOf(database).withScope((scope) => scope.transaction(opening, work));
}

/** Runs a single statement as an organisation, its transaction included in the same round trip. */
export async function inOrganisation<T extends readonly (object | undefined)[]>(
  database: Pick<Database, 'app'>,
  organisationId: string,
  statement: (tx: Tx) => postgres.PendingQuery<T>,
): Promise<postgres.RowList<T>> {
  const [result] = await allInOrganisation(database, organisationId, (tx) => [statement(tx)]);
  return result as postgres.RowList<T>;
}

/** Runs statements that do not wait for each other as an organisation: one transaction, in one round trip. */
export async function allInOrganisation<T extends readonly (object | undefined)[]>(
  database: Pick<Database, 'app'>,
  organisationId: string,
  statements: (tx: Tx) => readonly postgres.PendingQuery<T>[],
): Promise<postgres.RowList<T>[]> {
  const opening = openingFor(organisationId);
  return await poolOf(database).withTurn(async (scope) => {
    const opened = scope.send(opening);
    let sent: readonly postgres.PendingQuery<T>[];
    try {
      sent = statements(scope.tx).map((statement) => statement.execute());
    } catch (error) {
      await scope.send('rollback');
      throw error;
    }
    // After a statement that failed, PostgreSQL answers this commit with a rollback.
    const outcomes = await Promise.allSettled([...sent, opened, scope.send('commit')]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    return await Promise.all(sent);
  });
}

/** Whether an error says that PostgreSQL is away or shutting down, and the same thing may work again soon. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof ConnectionLost) return true;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && AWAY.has(code);
}

/** The driver's codes, the system's, and PostgreSQL's for a shutdown, a start and too many connections. */
const AWAY = new Set(
  (
    'CONNECTION_CLOSED CONNECTION_ENDED CONNECTION_DESTROYED CONNECT_TIMEOUT ' +
    'ECONNREFUSED ECONNRESET ENOENT EPIPE ETIMEDOUT EHOSTUNREACH 57P01 57P02 57P03 53300'
  ).split(' '),
);

function openingFor(organisationId: string): string {
  // `set` takes no parameters, so what stands in the text must be nothing but a UUID.
  if (!isUuid(organisationId)) throw new TypeError('An organisation is named by its UUID.');
  return `begin; set local vigie.organisation = '${organisationId}'`;
}

function poolOf({ app }: Pick<Database, 'app'>): Pool {
  const pool = pools.get(app);
  if (pool === undefined) throw new TypeError('This database was not opened by openDatabase().');
  return pool;
}
