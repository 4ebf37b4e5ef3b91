import { isUuid } from '../../platform/ids.ts';
import type { Tx } from '../../platform/postgres/index.ts';

/** A table of tenants, as the catalogue has it. */
export interface Table {
  readonly name: string;
  /** Its columns, in their order, but those that are left out of an export. */
  readonly columns: readonly string[];
  /** What is left out: hashes of secrets and PINs, which are of no use but to whoever would try them. */
  readonly left: readonly string[];
  /** What its rows are ordered by. */
  readonly key: readonly string[];
  /** The other tables whose rows its rows name. */
  readonly names: readonly string[];
}

/** Every table with an organisation_id. The catalogue says which, so that none can be forgotten. */
export const tenantTables = (sql: Tx): Promise<Table[]> => sql<Table[]>`
  select c.relname::text as name,
    array(select a.attname::text from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attname !~ ${SECRETS}
      order by a.attnum) as columns,
    array(select a.attname::text from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attname ~ ${SECRETS}
      order by a.attnum) as left,
    array(select a.attname::text from pg_index i, unnest(i.indkey::int2[]) k
      join pg_attribute a on a.attnum = k where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid) as key,
    array(select distinct f.confrelid::regclass::text from pg_constraint f
      where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as names
  from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
  where c.relkind in ('r', 'p') and not c.relispartition
    and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organisation_id' and not a.attisdropped)
  order by c.relname`;

const SECRETS = '(secret|token|password|salt|pin_|(^|_)pin$)';

/** Sees from here on what was committed now, and nothing later; a slow reader is waited for. */
export const holdStill = async (tx: Tx): Promise<void> => {
  await tx`set transaction isolation level repeatable read, read only`;
  await tx`set local idle_in_transaction_session_timeout = '15min'`;
};

/** The rows of a table, as JSON texts, so many at a time: memory stays flat. */
export async function* rowsOf(
  tx: Tx,
  organisationId: string,
  { name, columns, key }: Table,
  size: number,
): AsyncGenerator<readonly string[]> {
  const picked = columns.flatMap((column, at) => [...(at > 0 ? [tx`,`] : []), tx`${tx(column)}`]);
  const order = key.length === 0 ? tx`` : tx`order by ${tx(key as string[])}`;
  await tx`
    declare whole no scroll cursor for
    select row_to_json(r)::text as line
    from (select ${picked} from ${tx(name)} where organisation_id = ${organisationId} ${order}) r`;
  try {
    for (;;) {
      const rows = await tx<{ line: string }[]>`fetch ${tx.unsafe(String(size))} from whole`;
      if (rows.length === 0) return;
      yield rows.map(({ line }) => line);
    }
  } finally {
    // A transaction that failed has closed it.
    await tx`close whole`.catch(() => {});
  }
}

export const organisationAsJson = async (tx: Tx, id: string): Promise<string> => {
  const [row] = await tx<
    { line: string }[]
  >`select row_to_json(o)::text as line from organisation o where id = ${id}`;
  return row?.line ?? '{}';
};

/** Every definition that this organisation's tickets and events obeyed, or that it has installed. */
export const definitionsOf = (
  tx: Tx,
  organisationId: string,
): Promise<{ readonly hash: string; readonly app: string; readonly body: string }[]> =>
  tx<{ hash: string; app: string; body: string }[]>`
  select hash, app, body::text as body from definition where hash in (
    select definition_hash from installed_app where organisation_id = ${organisationId}
    union select definition_hash from ticket where organisation_id = ${organisationId}
    union select definition_hash from event where organisation_id = ${organisationId})
  order by app, hash`;

/** When it was last exported whole. */
export const exportedAt = async (tx: Tx, organisationId: string): Promise<Date | null> => {
  const [row] = await tx<{ at: Date | null }[]>`
    select max(at) as at from event
    where organisation_id = ${organisationId} and ticket_id is null and type = 'organisation_exported'`;
  return row?.at ?? null;
};

export interface Deletion {
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly deleteAt: Date;
}

export const deletionOf = async (tx: Tx, organisationId: string): Promise<Deletion | undefined> => {
  const [row] = await tx<Deletion[]>`
    select asked_by as "askedBy", asked_at as "askedAt", delete_at as "deleteAt"
    from deletion where organisation_id = ${organisationId}`;
  return row;
};

/** Says whether it was not already asked. */
export const insertDeletion = async (tx: Tx, organisationId: string, asked: Deletion): Promise<boolean> => {
  const rows = await tx`
    insert into deletion (organisation_id, asked_by, asked_at, delete_at)
    values (${organisationId}, ${asked.askedBy}, ${asked.askedAt}, ${asked.deleteAt})
    on conflict do nothing returning 1`;
  return rows.length > 0;
};

/** Says whether there was one to take back. */
export const removeDeletion = async (tx: Tx, organisationId: string): Promise<boolean> => {
  const rows = await tx`delete from deletion where organisation_id = ${organisationId} returning 1`;
  return rows.length > 0;
};

/** Organisations whose deletion was asked for, and whose time has come. */
export const dueDeletions = async (sql: Tx, now: Date): Promise<string[]> => {
  const rows = await sql<{ id: string }[]>`
    select organisation_id as id from deletion where delete_at <= ${now}`;
  return rows.map(({ id }) => id);
};

/** Locks an organisation against every new row that names it; false when there is none. */
export const lockOrganisation = async (owner: Tx, id: string): Promise<boolean> => {
  // One deletion at a time: each changes rights for a moment.
  await owner`select pg_advisory_xact_lock(7241, 2)`;
  const rows = await owner`select 1 from organisation where id = ${id} for update`;
  return rows.length > 0;
};

/**
 * Deletes every row of an organisation, table by table. It is done as vigie_app, so that row-level security holds it to
 * this organisation whatever the statement says; the rights that it lacks (events are never deleted) are given within
 * this transaction alone, and nobody else ever sees them.
 */
export const deleteRows = async (
  owner: Tx,
  id: string,
  tables: readonly Table[],
): Promise<readonly { readonly table: string; readonly rows: number }[]> => {
  if (!isUuid(id)) throw new TypeError('An organisation is named by its UUID.');
  await owner.unsafe(`set local vigie.organisation = '${id}'`);
  const lacking = await owner<{ name: string }[]>`
    select name from unnest(${owner.array(tables.map(({ name }) => name))}::text[]) name
    where not has_table_privilege('vigie_app', quote_ident(name)::regclass, 'delete')`;
  for (const { name } of lacking) await owner`grant delete on ${owner(name)} to vigie_app`;
  await owner`set local role vigie_app`;
  const done: { table: string; rows: number }[] = [];
  for (const { name } of tables) {
    const { count } = await owner`delete from ${owner(name)} where organisation_id = ${id}`;
    done.push({ table: name, rows: count });
  }
  await owner`reset role`;
  for (const { name } of lacking) await owner`revoke delete on ${owner(name)} from vigie_app`;
  return done;
};

export const deleteOrganisation = async (owner: Tx, id: string): Promise<void> => {
  await owner`
    delete from graphile_worker._private_jobs where payload ->> 'organisationId' = ${id}`;
  await owner`delete from organisation where id = ${id}`;
  // Every server forgets it, and ends its streams.
  await owner.notify('vigie_organisation', id);
};

/** Its files still lie on the shelf: noted until they are taken away, whatever is killed meanwhile. */
export const noteShelf = (owner: Tx, id: string): Promise<unknown> =>
  owner`insert into shelf_to_clear (id) values (${id}) on conflict do nothing`;

/** Organisations that are gone, whose files still lie on the shelf. @param owner the database's owner */
export const shelvesToClear = async (owner: Tx): Promise<string[]> =>
  (await owner<{ id: string }[]>`select id from shelf_to_clear order by since`).map(({ id }) => id);

/** Nothing of it lies on the shelf any more. @param owner the database's owner */
export const shelfCleared = (owner: Tx, id: string): Promise<unknown> =>
  owner`delete from shelf_to_clear where id = ${id}`;
