import type { Sql, Tx } from '../../platform/postgres/index.ts';

/** Removes the definitions that only throwaway organisations used. */
export const removeDefinitions = (owner: Sql, apps: readonly string[]): Promise<unknown> => owner`
  delete from definition d where d.app = any(${apps as string[]}::text[])
    and not exists (select 1 from installed_app i where i.definition_hash = d.hash)`;

/** Throwaway organisations that an earlier run left behind when it was killed. */
export const leftBehind = async (owner: Sql, prefix: string): Promise<readonly string[]> =>
  (
    await owner<{ id: string }[]>`
      select id from organisation
      where starts_with(slug, ${prefix}) and created_at < now() - interval '6 hours'`
  ).map(({ id }) => id);

/** Every table that holds rows of organisations. */
export const tenantTables = async (owner: Sql): Promise<readonly string[]> =>
  (
    await owner<{ name: string }[]>`
      select c.relname as name from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation_id' and not a.attisdropped
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`
  ).map(({ name }) => name);

/** The newest row of an organisation in a table that has ids; `null` where there is none. */
export const newestId = async (tx: Tx, table: string, organisationId: string): Promise<string | null> => {
  const [has] = await tx`
    select 1 from information_schema.columns
    where table_schema = 'public' and table_name = ${table} and column_name = 'id'`;
  if (!has) return null;
  const [row] = await tx<{ id: string }[]>`
    select id::text as id from ${tx(table)}
    where organisation_id = ${organisationId} order by id desc limit 1`;
  return row?.id ?? null;
};

/** The newest session of somebody. */
export const sessionOf = async (tx: Tx, organisationId: string, memberId: string): Promise<string> => {
  const [row] = await tx<{ id: string }[]>`
    select id::text as id from session
    where organisation_id = ${organisationId} and member_id = ${memberId} order by created_at desc limit 1`;
  return row?.id ?? '';
};

/** What stands in an organisation's rows of a table, without what changes by merely coming by. */
export const fingerprint = async (tx: Tx, table: string, organisationId: string): Promise<string> => {
  const [row] = await tx<{ hash: string }[]>`
    select count(*) || ' ' || md5(coalesce(string_agg(kept::text, '|' order by kept::text), '')) as hash
    from (
      select to_jsonb(t) - array['seen_at', 'last_used_at', 'assurance'] as kept
      from ${tx(table)} t where organisation_id = ${organisationId}
    ) rows`;
  return row?.hash ?? '';
};

/** A notice that went out long ago, to an address that nobody has. */
export const insertNotice = (
  tx: Tx,
  organisationId: string,
  notice: { readonly id: string; readonly eventId: string; readonly address: string; readonly text: string },
  at: Date,
): Promise<unknown> => tx`
  insert into notice (organisation_id, id, event_id, recipient, rule, locale, address, subject, body, created_at, sent_at)
  values (${organisationId}, ${notice.id}, ${notice.eventId}, 'doors', 0, 'fr', ${notice.address}, ${notice.text},
    ${notice.text}, ${at}, ${at})`;

/** The last event, as if something that follows the log had failed on it. */
export const setLastAside = async (tx: Tx, organisationId: string, error: string): Promise<void> => {
  await tx`
    insert into log_set_aside (organisation_id, consumer, seq, event_id, error, at)
    select organisation_id, 'words', seq, event_id, ${error}, now() from event_order
    where organisation_id = ${organisationId} order by seq desc limit 1`;
};

/** Where the log of an organisation ends. */
export const lastSeq = async (tx: Tx, organisationId: string): Promise<number> => {
  const [row] = await tx<{ seq: number }[]>`
    select coalesce(max(seq), 0)::int as seq from event_order where organisation_id = ${organisationId}`;
  return row?.seq ?? 0;
};
