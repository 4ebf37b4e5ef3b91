import type { Tx } from '../platform/postgres/index.ts';

/** How many open tickets of each app somebody holds. */
export const ticketsHeld = (
  tx: Tx,
  organisationId: string,
  memberId: string,
): Promise<{ app: string; count: number }[]> => tx<{ app: string; count: number }[]>`
  select app, count(*)::int as count from ticket
  where organisation_id = ${organisationId} and assignee_id = ${memberId} and closed_at is null
  group by app order by app`;

/** Of these apps, the open tickets that somebody still holds, a few at a time. */
export const nextHeld = (
  tx: Tx,
  organisationId: string,
  memberId: string,
  after: string,
  limit: number,
): Promise<{ id: string; app: string }[]> => tx<{ id: string; app: string }[]>`
  select id, app from ticket
  where organisation_id = ${organisationId} and assignee_id = ${memberId} and closed_at is null and id > ${after}::uuid
  order by id limit ${limit}`;

/** Who besides them has a role, for every role they have. */
export const othersWith = (
  tx: Tx,
  organisationId: string,
  memberId: string,
): Promise<{ app: string; role: string; others: number }[]> => tx<
  { app: string; role: string; others: number }[]
>`
  select r.app, r.role, (
    select count(distinct o.member_id)::int from member_role o
    join member m on m.organisation_id = ${organisationId} and m.id = o.member_id and m.disabled_at is null
    where o.organisation_id = ${organisationId} and o.app = r.app and o.role = r.role and o.member_id <> ${memberId}
  ) as others
  from member_role r where r.organisation_id = ${organisationId} and r.member_id = ${memberId}
  group by r.app, r.role`;

/** What lets them in now: sessions that go on. */
export const sessionsHeld = async (
  tx: Tx,
  organisationId: string,
  memberId: string,
  now: Date,
): Promise<number> => {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from session
    where organisation_id = ${organisationId} and member_id = ${memberId} and revoked_at is null and expires_at > ${now}`;
  return row?.count ?? 0;
};

export const giveKey = async (
  tx: Tx,
  organisationId: string,
  key: { readonly id: string; readonly from: string; readonly to: string },
): Promise<boolean> => {
  const rows = await tx`
    update api_key set owner_id = ${key.to}
    where organisation_id = ${organisationId} and id = ${key.id} and owner_id = ${key.from} and revoked_at is null
    returning 1`;
  return rows.length > 0;
};

/** Keys that somebody answers for, and that were not ended. */
export const keysOwned = (
  tx: Tx,
  organisationId: string,
  memberId: string,
): Promise<{ id: string; name: string; app: string; role: string }[]> => tx<
  { id: string; name: string; app: string; role: string }[]
>`
  select id, name, app, role from api_key
  where organisation_id = ${organisationId} and owner_id = ${memberId} and revoked_at is null order by name, id`;

/** Gives a role to somebody who may have it already. */
export const addRole = (
  tx: Tx,
  organisationId: string,
  memberId: string,
  role: { readonly app: string; readonly role: string; readonly siteId: string | null },
): Promise<unknown> => tx`
  insert into member_role (organisation_id, member_id, app, role, site_id)
  values (${organisationId}, ${memberId}, ${role.app}, ${role.role}, ${role.siteId}) on conflict do nothing`;

export const disable = (tx: Tx, organisationId: string, memberId: string, at: Date): Promise<unknown> => tx`
  update member set disabled_at = ${at} where organisation_id = ${organisationId} and id = ${memberId}`;

/** Somebody's leaving, and how far what they held was handed over. */
export interface Leaving {
  readonly id: string;
  readonly memberId: string;
  readonly startedBy: string | null;
  readonly startedAt: Date;
  readonly heirs: { readonly [app: string]: string | null };
  readonly total: number;
  readonly finishedAt: Date | null;
  /** Tickets that could not be handed over. */
  readonly leftOver: number | null;
}

const columns = (tx: Tx) => tx`
  id, member_id as "memberId", started_by as "startedBy", started_at as "startedAt", heirs, total,
  finished_at as "finishedAt", left_over as "leftOver"`;

export const insertLeaving = (
  tx: Tx,
  organisationId: string,
  leaving: Pick<Leaving, 'id' | 'memberId' | 'startedBy' | 'startedAt' | 'heirs' | 'total' | 'finishedAt'>,
): Promise<unknown> => tx`
  insert into leaving (organisation_id, id, member_id, started_by, started_at, heirs, total, finished_at)
  values (${organisationId}, ${leaving.id}, ${leaving.memberId}, ${leaving.startedBy}, ${leaving.startedAt},
    ${JSON.stringify(leaving.heirs)}::text::jsonb, ${leaving.total}, ${leaving.finishedAt})`;

export const leavingById = async (
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<Leaving | undefined> => {
  const [row] = await tx<Leaving[]>`
    select ${columns(tx)} from leaving where organisation_id = ${organisationId} and id = ${id}`;
  return row;
};

/** The last time somebody left. */
export const lastLeaving = async (
  tx: Tx,
  organisationId: string,
  memberId: string,
): Promise<Leaving | undefined> => {
  const [row] = await tx<Leaving[]>`
    select ${columns(tx)} from leaving where organisation_id = ${organisationId} and member_id = ${memberId}
    order by id desc limit 1`;
  return row;
};

export const finishLeaving = (
  tx: Tx,
  organisationId: string,
  id: string,
  leftOver: number,
  at: Date,
): Promise<unknown> => tx`
  update leaving set finished_at = ${at}, left_over = ${leftOver}
  where organisation_id = ${organisationId} and id = ${id} and finished_at is null`;

/** Hands over in the background, and again when a server is killed meanwhile. */
export const queueLeaving = (tx: Tx, id: string): Promise<unknown> =>
  tx`select vigie_add_jobs('leaving', ${JSON.stringify([{ leaving: id }])}::text::jsonb)`;
