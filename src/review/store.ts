import type { Tx } from '../platform/postgres/index.ts';

export type Answer = 'keep' | 'remove';

export interface ReviewRow {
  readonly id: string;
  readonly startedBy: string | null;
  readonly startedAt: Date;
  readonly finishedBy: string | null;
  readonly finishedAt: Date | null;
  readonly lines: number;
  readonly kept: number;
  readonly removed: number;
}

export interface LineRow {
  readonly id: string;
  readonly kind: 'role' | 'administrator' | 'key';
  readonly memberId: string | null;
  readonly member: string | null;
  readonly keyId: string | null;
  readonly key: string | null;
  readonly app: string | null;
  readonly role: string | null;
  readonly siteId: string | null;
  readonly givenBy: string | null;
  readonly givenAt: Date | null;
  readonly lastUsed: Date | null;
  readonly answer: Answer | null;
}

export const insertReview = (
  tx: Tx,
  organisationId: string,
  review: { readonly id: string; readonly startedBy: string | null; readonly startedAt: Date },
): Promise<unknown> => tx`
  insert into review (organisation_id, id, started_by, started_at)
  values (${organisationId}, ${review.id}, ${review.startedBy}, ${review.startedAt})`;

/**
 * A line for every right that is held now: who gave it, where a deed says so, and when it was last used: a role, the
 * last day in its app; what administrators are, their last session.
 */
export const insertLines = (tx: Tx, organisationId: string, reviewId: string): Promise<unknown> => tx`
  insert into review_line (organisation_id, review_id, id, kind, member_id, key_id, app, role, site_id, given_by, given_at,
    last_used)
  select ${organisationId}::uuid, ${reviewId}::uuid, gen_random_uuid(), 'role', m.id, null::uuid, r.app, r.role, r.site_id, g.by, g.at, u.day::timestamptz
  from member_role r
  join member m on m.organisation_id = ${organisationId} and m.id = r.member_id and m.disabled_at is null
  left join app_use u on u.organisation_id = ${organisationId} and u.member_id = m.id and u.app = r.app
  left join lateral (
    select (e.actor ->> 'id')::uuid as by, e.at from event e
    where e.organisation_id = ${organisationId} and e.ticket_id is null and e.type in ('member_added', 'roles_changed')
      and e.body ->> 'member' = m.id::text
      and e.body -> 'given' @> jsonb_build_array(jsonb_build_object('app', r.app, 'role', r.role, 'site', r.site_id))
    order by e.id desc limit 1) g on true
  where r.organisation_id = ${organisationId}
  union all
  select ${organisationId}::uuid, ${reviewId}::uuid, gen_random_uuid(), 'administrator', m.id, null::uuid, null, null, null::uuid, g.by, g.at, (
    select max(s.seen_at) from session s where s.organisation_id = ${organisationId} and s.member_id = m.id)
  from member m
  left join lateral (
    select (e.actor ->> 'id')::uuid as by, e.at from event e
    where e.organisation_id = ${organisationId} and e.ticket_id is null and e.body ->> 'member' = m.id::text
      and (e.type = 'administrator_given' or (e.type = 'member_added' and e.body -> 'administrator' = 'true'))
    order by e.id desc limit 1) g on true
  where m.organisation_id = ${organisationId} and m.administrator and m.disabled_at is null
  union all
  select ${organisationId}::uuid, ${reviewId}::uuid, gen_random_uuid(), 'key', k.owner_id, k.id, k.app, k.role, k.site_id, k.owner_id,
    k.created_at, k.last_used_at
  from api_key k where k.organisation_id = ${organisationId} and k.revoked_at is null`;

const reviews = (tx: Tx, organisationId: string) => tx`
  select v.id, v.started_by as "startedBy", v.started_at as "startedAt", v.finished_by as "finishedBy",
    v.finished_at as "finishedAt", count(l.id)::int as lines, count(*) filter (where l.answer = 'keep')::int as kept,
    count(*) filter (where l.answer = 'remove')::int as removed
  from review v left join review_line l on l.organisation_id = ${organisationId} and l.review_id = v.id
  where v.organisation_id = ${organisationId}`;

/** Every review, the newest first. */
export const reviewsOf = (tx: Tx, organisationId: string): Promise<ReviewRow[]> => tx<ReviewRow[]>`
  ${reviews(tx, organisationId)} group by v.organisation_id, v.id order by v.id desc limit 100`;

export const reviewById = async (
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<ReviewRow | undefined> => {
  const [row] = await tx<ReviewRow[]>`
    ${reviews(tx, organisationId)} and v.id = ${id} group by v.organisation_id, v.id`;
  return row;
};

/** Takes a review that is not finished for this transaction. */
export const lockReview = async (tx: Tx, organisationId: string, id: string): Promise<boolean> => {
  const rows = await tx`
    select 1 from review where organisation_id = ${organisationId} and id = ${id} and finished_at is null for update`;
  return rows.length > 0;
};

/** The lines of a review with the names of today, person by person. */
export const linesOf = (tx: Tx, organisationId: string, reviewId: string): Promise<LineRow[]> => tx<
  LineRow[]
>`
  select l.id, l.kind, l.member_id as "memberId", m.name as member, l.key_id as "keyId", k.name as key, l.app, l.role,
    l.site_id as "siteId", g.name as "givenBy", l.given_at as "givenAt", l.last_used as "lastUsed", l.answer
  from review_line l
  left join member m on m.organisation_id = ${organisationId} and m.id = l.member_id
  left join member g on g.organisation_id = ${organisationId} and g.id = l.given_by
  left join api_key k on k.organisation_id = ${organisationId} and k.id = l.key_id
  where l.organisation_id = ${organisationId} and l.review_id = ${reviewId}
  order by lower(m.name) nulls last, l.member_id, l.kind, l.app, l.role, l.id`;

export const answerLines = (
  tx: Tx,
  organisationId: string,
  reviewId: string,
  lines: readonly string[],
  given: { readonly answer: Answer | null; readonly by: string | null; readonly at: Date },
): Promise<unknown> => tx`
  update review_line set answer = ${given.answer}, answered_by = ${given.by}, answered_at = ${given.at}
  where organisation_id = ${organisationId} and review_id = ${reviewId} and id = any(${lines as string[]}::uuid[])`;

export const finishReview = (
  tx: Tx,
  organisationId: string,
  id: string,
  by: string | null,
  at: Date,
): Promise<unknown> => tx`
  update review set finished_by = ${by}, finished_at = ${at} where organisation_id = ${organisationId} and id = ${id}`;

/** Takes a role from somebody; false when they have it no more. */
export const takeRole = async (
  tx: Tx,
  organisationId: string,
  memberId: string,
  role: { readonly app: string; readonly role: string; readonly siteId: string | null },
): Promise<boolean> => {
  const rows = await tx`
    delete from member_role where organisation_id = ${organisationId} and member_id = ${memberId}
      and app = ${role.app} and role = ${role.role} and site_id is not distinct from ${role.siteId} returning 1`;
  return rows.length > 0;
};

export const takeAdministration = async (
  tx: Tx,
  organisationId: string,
  memberId: string,
): Promise<boolean> => {
  const rows = await tx`
    update member set administrator = false
    where organisation_id = ${organisationId} and id = ${memberId} and administrator returning 1`;
  return rows.length > 0;
};

/** When rights were last reviewed or, never having been, since when there are some. */
export const lastReviewed = async (
  tx: Tx,
  organisationId: string,
): Promise<{ at: Date; remindedAt: Date | null; open: boolean } | undefined> => {
  const [row] = await tx<{ at: Date; remindedAt: Date | null; open: boolean }[]>`
    select coalesce(
        (select max(finished_at) from review where organisation_id = ${organisationId}), o.created_at) as at,
      (select max(at) from event where organisation_id = ${organisationId} and ticket_id is null
        and type = 'review_due') as "remindedAt",
      exists (select 1 from review where organisation_id = ${organisationId} and finished_at is null) as open
    from organisation o where o.id = ${organisationId}`;
  return row;
};
