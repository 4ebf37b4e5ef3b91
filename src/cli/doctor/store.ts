import type { Tx } from '../../platform/postgres/index.ts';

export interface Server {
  readonly version: string;
  readonly number: number;
  readonly now: Date;
  readonly extensions: readonly string[];
}

export const serverOf = async (owner: Tx): Promise<Server> => {
  const [row] = await owner<Server[]>`
    select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
      clock_timestamp() as now, array(select extname::text from pg_extension) as extensions`;
  if (!row) throw new Error('PostgreSQL says nothing of itself.');
  return row;
};

/** The migrations that were applied, by their files; none where there is no table of them. */
export const appliedMigrations = async (owner: Tx): Promise<readonly string[]> => {
  const [found] = await owner<
    { there: boolean }[]
  >`select to_regclass('public.migration') is not null as there`;
  if (!found?.there) return [];
  return (await owner<{ name: string }[]>`select name from migration order by number`).map(
    ({ name }) => name,
  );
};

/** Does a server order the log now? Its lock says so. */
export const hasLeader = async (owner: Tx): Promise<boolean> => {
  const rows = await owner`
    select 1 from pg_locks where locktype = 'advisory' and classid = 7241 and objid = 1 and granted
      and database = (select oid from pg_database where datname = current_database())`;
  return rows.length > 0;
};

export interface Queue {
  readonly waiting: number;
  readonly failed: number;
  readonly error: string | null;
}

/** Jobs that should have run five minutes ago, and those that are no longer tried. */
export const queueOf = async (owner: Tx): Promise<Queue> => {
  const [row] = await owner<Queue[]>`
    select count(*) filter (where attempts < max_attempts and run_at < now() - interval '5 minutes')::int as waiting,
      count(*) filter (where attempts >= max_attempts)::int as failed,
      (array_agg(last_error order by run_at desc) filter (where attempts >= max_attempts))[1] as error
    from graphile_worker.jobs`;
  return row ?? { waiting: 0, failed: 0, error: null };
};

/** Events without their place in the log yet. */
export const unordered = async (system: Tx): Promise<number> => {
  const [row] = await system<{ count: number }[]>`select count(*)::int as count from event_unordered`;
  return row?.count ?? 0;
};

export interface Lag {
  readonly consumer: string;
  readonly events: number;
}

/** How far the consumers are behind the log, the worst organisation of each. */
export const lags = (system: Tx): Promise<Lag[]> => system<Lag[]>`
  select c.consumer, max(h.seq - c.seq)::int as events
  from log_cursor c join log_head h on h.organisation_id = c.organisation_id group by c.consumer order by 1`;

/** Deadlines that came more than five minutes ago and that nobody has looked at. */
export const forgotten = async (system: Tx): Promise<number> => {
  const [row] = await system<{ count: number }[]>`
    select count(*)::int as count from ticket where wake_at < now() - interval '5 minutes'`;
  return row?.count ?? 0;
};
