import type { Tx } from '../../platform/postgres/index.ts';

/** How many tickets of an app stand on each step, ended ones included. */
export const stepCounts = (
  tx: Tx,
  organisationId: string,
  app: string,
): Promise<{ name: string; count: number }[]> =>
  tx<{ name: string; count: number }[]>`
  select step as name, count(*)::int as count from ticket
  where organisation_id = ${organisationId} and app = ${app} group by step`;

/** How many tickets have a value in each field. */
export const fieldCounts = (
  tx: Tx,
  organisationId: string,
  app: string,
): Promise<{ name: string; count: number }[]> =>
  tx<{ name: string; count: number }[]>`
  select k.name, count(*)::int as count
  from ticket t cross join lateral jsonb_object_keys(t.fields || t.sealed) as k(name)
  where t.organisation_id = ${organisationId} and t.app = ${app} group by k.name`;

/** How many tickets have each value of these fields. */
export const choiceCounts = (
  tx: Tx,
  organisationId: string,
  app: string,
  fields: readonly string[],
): Promise<{ field: string; name: string; count: number }[]> =>
  tx<{ field: string; name: string; count: number }[]>`
  select f.field, (t.fields || t.sealed) ->> f.field as name, count(*)::int as count
  from ticket t cross join unnest(${fields as string[]}::text[]) as f(field)
  where t.organisation_id = ${organisationId} and t.app = ${app} and (t.fields || t.sealed) ? f.field
  group by f.field, name`;

/** How many members and keys have each role. */
export const roleCounts = (
  tx: Tx,
  organisationId: string,
  app: string,
): Promise<{ name: string; count: number }[]> =>
  tx<{ name: string; count: number }[]>`
  select role as name, count(*)::int as count from (
    select role from member_role where organisation_id = ${organisationId} and app = ${app}
    union all
    select role from api_key where organisation_id = ${organisationId} and app = ${app} and revoked_at is null
  ) held group by role`;

/** What is installed, kept as it is until this transaction ends; nothing when the app is not. */
export const lockInstalled = async (
  tx: Tx,
  organisationId: string,
  app: string,
): Promise<{ hash: string; body: unknown } | undefined> => {
  const [row] = await tx<{ hash: string; body: unknown }[]>`
    select i.definition_hash as hash, d.body from installed_app i join definition d on d.hash = i.definition_hash
    where i.organisation_id = ${organisationId} and i.app = ${app} for update of i`;
  return row;
};

/** Whoever had a role has it under its new name. */
export const renameRole = async (
  tx: Tx,
  organisationId: string,
  app: string,
  former: string,
  name: string,
): Promise<void> => {
  await tx`
    insert into member_role (organisation_id, member_id, app, role, site_id)
    select organisation_id, member_id, app, ${name}, site_id from member_role
    where organisation_id = ${organisationId} and app = ${app} and role = ${former}
    on conflict do nothing`;
  await tx`delete from member_role where organisation_id = ${organisationId} and app = ${app} and role = ${former}`;
  await tx`update api_key set role = ${name} where organisation_id = ${organisationId} and app = ${app} and role = ${former}`;
  await tx`update guest_link set role = ${name} where organisation_id = ${organisationId} and app = ${app} and role = ${former}`;
};

/** Stations where a step's work is done keep it under its new name. */
export const renameStationStep = (
  tx: Tx,
  organisationId: string,
  app: string,
  former: string,
  name: string,
): Promise<unknown> => tx`
  update station set steps = array_replace(steps, ${former}, ${name})
  where organisation_id = ${organisationId} and app = ${app} and ${former} = any(steps)`;

/** Every open ticket of the app is looked at again: its deadlines may have changed. */
export const wakeApp = (tx: Tx, organisationId: string, app: string, at: Date): Promise<unknown> => tx`
  update ticket set wake_at = ${at} where organisation_id = ${organisationId} and app = ${app} and closed_at is null`;

/** Every ticket of an app, ended ones included. */
export const idsOf = async (tx: Tx, organisationId: string, app: string): Promise<string[]> => {
  const rows = await tx<{ id: string }[]>`
    select id from ticket where organisation_id = ${organisationId} and app = ${app} order by id`;
  return rows.map(({ id }) => id);
};
