import type { Tx } from '../platform/postgres/index.ts';
import type { Limit } from './kinds.ts';

interface Taken {
  readonly granted: number;
  readonly fullAt: number;
}

/**
 * Takes up to `count` from a bucket, and says how many there were; one statement, so that no two servers are given the
 * same. A bucket that is not there is full.
 * @param count at most the bucket's burst
 */
export const take = async (
  sql: Tx,
  key: Buffer,
  count: number,
  { burst, every }: Limit,
  now: number,
): Promise<Taken> => {
  const left = sql`
    least(${count}::float8, greatest(0, floor(${burst}::float8 - greatest(0, b.full_at - ${now}::float8) / ${every}::float8)))`;
  const [row] = await sql<Taken[]>`
    insert into limit_bucket as b (key, full_at, granted)
    values (${key}, ${now}::float8 + ${count}::float8 * ${every}::float8, ${count}::int)
    on conflict (key) do update set granted = ${left}, full_at = greatest(b.full_at, ${now}::float8) + ${left} * ${every}::float8
    returning granted, full_at as "fullAt"`;
  if (!row) throw new Error('A bucket could not be read.');
  return row;
};

export const saltOf = async (sql: Tx): Promise<Buffer> => {
  const [row] = await sql<{ salt: Buffer }[]>`select salt from limit_salt`;
  if (!row) throw new Error('There is no salt for the limits.');
  return row.salt;
};

/** A bucket that is full is as one that never was. */
export const forgetFull = (sql: Tx, now: number): Promise<unknown> => sql`
  delete from limit_bucket where full_at <= ${now}::float8`;
