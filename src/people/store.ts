import type { Tx } from '../platform/postgres/index.ts';
import type { Assurance, Method } from './assurance.ts';

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly locale: 'fr' | 'en';
  readonly administrator: boolean;
}

export interface RoleRow {
  readonly app: string;
  readonly role: string;
  readonly siteId: string | null;
}

export interface MemberRow extends Member {
  readonly disabled: boolean;
  readonly roles: readonly RoleRow[];
}

const roles = (tx: Tx, organisationId: string) => tx`
  coalesce((
    select jsonb_agg(jsonb_build_object('app', r.app, 'role', r.role, 'siteId', r.site_id) order by r.app, r.role)
    from member_role r where r.organisation_id = ${organisationId} and r.member_id = m.id), '[]') as roles`;

/** What is found by the hash of a secret. */
export interface Stamped {
  /** Of its secret, in hexadecimal. */
  readonly hash: string;
  /** The versions of the rows that it was read from: while they are the same, so is all of it. */
  readonly stamp: string;
}

/** Who a session belongs to, with their roles as they are now. */
export interface SessionRow extends MemberRow, Stamped {
  readonly sessionId: string;
  readonly methods: readonly Method[];
  readonly assurance: Assurance;
  readonly authenticatedAt: Date;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly expiresAt: Date;
  /** The station that it unlocked. */
  readonly stationId: string | null;
  readonly movedTicketId: string | null;
  readonly movedAt: Date | null;
  readonly hasPasskey: boolean;
}

/** Hashes of secrets, in hexadecimal, as PostgreSQL compares them. */
const amongHashes = (tx: Tx, hashes: readonly string[]) =>
  tx`any(${hashes.map((hash) => `\\x${hash}`)}::text[]::bytea[])`;

/** Sessions that stand, and whose they are. */
const standingSessions = (tx: Tx, organisationId: string, hashes: readonly string[]) => tx`
  from session s join member m on m.organisation_id = ${organisationId} and m.id = s.member_id
  where s.organisation_id = ${organisationId} and s.secret_hash = ${amongHashes(tx, hashes)} and s.revoked_at is null`;

/** Which sessions stand. The row of a member is written again when their roles or passkeys change: see `standing`. */
export const sessionStamps = (tx: Tx, organisationId: string, hashes: readonly string[]) => tx<Stamped[]>`
  select encode(s.secret_hash, 'hex') as hash, s.xmin::text || ' ' || m.xmin::text as stamp ${standingSessions(tx, organisationId, hashes)}`;

/** Sessions that stand, at most one a hash. */
export const sessionsBy = (tx: Tx, organisationId: string, hashes: readonly string[]) => tx<SessionRow[]>`
  select encode(s.secret_hash, 'hex') as hash, s.xmin::text || ' ' || m.xmin::text as stamp, m.id, m.name, m.email,
    m.locale, m.administrator, m.disabled_at is not null as disabled, ${roles(tx, organisationId)}, s.id as "sessionId",
    s.methods, s.assurance, s.station_id as "stationId", s.moved_ticket_id as "movedTicketId", s.moved_at as "movedAt",
    s.authenticated_at as "authenticatedAt", s.created_at as "createdAt", s.seen_at as "seenAt",
    s.expires_at as "expiresAt", exists (
      select 1 from passkey p
      where p.organisation_id = ${organisationId} and p.member_id = m.id and p.revoked_at is null) as "hasPasskey" ${standingSessions(tx, organisationId, hashes)}`;

export const touchSession = (
  tx: Tx,
  organisationId: string,
  secretHash: Buffer,
  at: Date,
  assurance: Assurance,
) => tx`
  update session set seen_at = ${at}, assurance = ${assurance}
  where organisation_id = ${organisationId} and secret_hash = ${secretHash}`;

export const insertSession = (
  tx: Tx,
  organisationId: string,
  session: {
    readonly id: string;
    readonly secretHash: Buffer;
    readonly memberId: string;
    readonly methods: readonly Method[];
    readonly assurance: Assurance;
    readonly agent: string;
    readonly at: Date;
    readonly expiresAt: Date;
    readonly stationId: string | null;
  },
): Promise<unknown> => tx`
  insert into session (organisation_id, id, secret_hash, member_id, methods, assurance, agent, created_at,
    authenticated_at, seen_at, expires_at, station_id)
  values (${organisationId}, ${session.id}, ${session.secretHash}, ${session.memberId},
    ${session.methods as Method[]}::text[], ${session.assurance}, ${session.agent}, ${session.at}, ${session.at},
    ${session.at}, ${session.expiresAt}, ${session.stationId})`;

/** Has anyone ever come into this organisation? */
export const anyoneEntered = async (tx: Tx, organisationId: string): Promise<boolean> => {
  const rows = await tx`select 1 from session where organisation_id = ${organisationId} limit 1`;
  return rows.length > 0;
};

/** Ends a session; says whether it had not ended before: of many who go on from one, one does. */
export const revokeSession = async (
  tx: Tx,
  organisationId: string,
  secretHash: Buffer,
  at: Date,
): Promise<boolean> => {
  const rows = await tx`
    update session set revoked_at = ${at}
    where organisation_id = ${organisationId} and secret_hash = ${secretHash} and revoked_at is null returning 1`;
  return rows.length > 0;
};

export const revokeSessionsOf = (
  tx: Tx,
  organisationId: string,
  memberId: string,
  at: Date,
): Promise<unknown> => tx`
  update session set revoked_at = ${at}
  where organisation_id = ${organisationId} and member_id = ${memberId} and revoked_at is null`;

/** Whatever was handed to somebody to come in. */
export const deleteLinksOf = (tx: Tx, organisationId: string, memberId: string): Promise<unknown> => tx`
  delete from sign_in_link where organisation_id = ${organisationId} and member_id = ${memberId} and used_at is null`;

/** To come in, or to make oneself a means to come in. */
export type LinkPurpose = 'sign-in' | 'invitation';

export const insertLink = (
  tx: Tx,
  organisationId: string,
  link: {
    readonly secretHash: Buffer;
    readonly memberId: string;
    readonly purpose: LinkPurpose;
    readonly at: Date;
    readonly expiresAt: Date;
    /** The administrator who made it, if one did. */
    readonly by?: string | null;
  },
): Promise<unknown> => tx`
  insert into sign_in_link (organisation_id, secret_hash, member_id, purpose, created_at, expires_at, created_by)
  values (${organisationId}, ${link.secretHash}, ${link.memberId}, ${link.purpose}, ${link.at}, ${link.expiresAt},
    ${link.by ?? null})`;

/** Uses a link up: of many who try at once, one has it. */
export const useLink = async (
  tx: Tx,
  organisationId: string,
  secretHash: Buffer,
  purpose: LinkPurpose,
  at: Date,
): Promise<string | undefined> => {
  const [row] = await tx<{ memberId: string }[]>`
    update sign_in_link l set used_at = ${at}
    from member m
    where l.organisation_id = ${organisationId} and l.secret_hash = ${secretHash} and l.purpose = ${purpose}
      and l.used_at is null and l.expires_at > ${at} and m.organisation_id = ${organisationId} and m.id = l.member_id and m.disabled_at is null
    returning l.member_id as "memberId"`;
  return row?.memberId;
};

/** Whose link it is, while it can be used; looking uses nothing up. */
export const memberByLink = async (
  tx: Tx,
  organisationId: string,
  secretHash: Buffer,
  purpose: LinkPurpose,
  at: Date,
): Promise<Member | undefined> => {
  const [row] = await tx<Member[]>`
    select m.id, m.name, m.email, m.locale, m.administrator
    from sign_in_link l join member m on m.organisation_id = ${organisationId} and m.id = l.member_id and m.disabled_at is null
    where l.organisation_id = ${organisationId} and l.secret_hash = ${secretHash} and l.purpose = ${purpose}
      and l.used_at is null and l.expires_at > ${at}`;
  return row;
};

/** Ends somebody's links of a kind that were not used. */
export const endLinks = (
  tx: Tx,
  organisationId: string,
  memberId: string,
  purpose: LinkPurpose,
  at: Date,
): Promise<unknown> => tx`
  update sign_in_link set expires_at = ${at}
  where organisation_id = ${organisationId} and member_id = ${memberId} and purpose = ${purpose} and used_at is null
    and expires_at > ${at}`;

/** How many links were asked for somebody since an instant. */
export const linksSince = async (
  tx: Tx,
  organisationId: string,
  memberId: string,
  since: Date,
): Promise<number> => {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from sign_in_link
    where organisation_id = ${organisationId} and member_id = ${memberId} and created_at > ${since}`;
  return row?.count ?? 0;
};

export interface KeyRow extends Stamped {
  readonly id: string;
  readonly app: string;
  readonly role: string;
  readonly siteId: string | null;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** A key works as long as whoever made it could make it; the installation's, as long as it stands. */
const ownerStands = (tx: Tx) => tx`(k.owner_id is null or (o.administrator and o.disabled_at is null))`;

/** Keys that work, if they have not expired. */
const standingKeys = (tx: Tx, organisationId: string, hashes: readonly string[]) => tx`
  from api_key k left join member o on o.organisation_id = ${organisationId} and o.id = k.owner_id
  where k.organisation_id = ${organisationId} and k.secret_hash = ${amongHashes(tx, hashes)} and k.revoked_at is null and ${ownerStands(tx)}`;

/** Which keys work, if they have not expired. */
export const keyStamps = (tx: Tx, organisationId: string, hashes: readonly string[]) => tx<Stamped[]>`
  select encode(k.secret_hash, 'hex') as hash, k.xmin::text as stamp ${standingKeys(tx, organisationId, hashes)}`;

/** Keys that work, if they have not expired; at most one a hash. */
export const keysBy = (tx: Tx, organisationId: string, hashes: readonly string[]) => tx<KeyRow[]>`
  select encode(k.secret_hash, 'hex') as hash, k.xmin::text as stamp, k.id, k.app, k.role, k.site_id as "siteId",
    k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt" ${standingKeys(tx, organisationId, hashes)}`;

/** A key that works, if it has not expired. */
export const keyById = async (
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<Pick<KeyRow, 'app' | 'role' | 'siteId' | 'expiresAt'> | undefined> => {
  const [row] = await tx<Pick<KeyRow, 'app' | 'role' | 'siteId' | 'expiresAt'>[]>`
    select k.app, k.role, k.site_id as "siteId", k.expires_at as "expiresAt" from api_key k
    left join member o on o.organisation_id = ${organisationId} and o.id = k.owner_id
    where k.organisation_id = ${organisationId} and k.id = ${id} and k.revoked_at is null and ${ownerStands(tx)}`;
  return row;
};

export const touchKey = (tx: Tx, organisationId: string, id: string, at: Date) => tx`
  update api_key set last_used_at = ${at} where organisation_id = ${organisationId} and id = ${id}`;

export interface NewKey {
  readonly id: string;
  readonly secretHash: Buffer;
  readonly name: string;
  readonly app: string;
  readonly role: string;
  readonly siteId: string | null;
  readonly expiresAt: Date | null;
  /** `null`: the installation's. */
  readonly ownerId: string | null;
}

export const insertKey = (tx: Tx, organisationId: string, key: NewKey, at: Date): Promise<unknown> => tx`
  insert into api_key (organisation_id, id, secret_hash, name, app, role, site_id, created_at, expires_at, owner_id)
  values (${organisationId}, ${key.id}, ${key.secretHash}, ${key.name}, ${key.app}, ${key.role}, ${key.siteId}, ${at},
    ${key.expiresAt}, ${key.ownerId})`;

export interface ListedKey {
  readonly id: string;
  readonly name: string;
  readonly app: string;
  readonly role: string;
  readonly site: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly owner: { readonly id: string; readonly name: string } | null;
  /** Why it does not work, though it has neither expired nor been revoked. */
  readonly demoted: 'owner_disabled' | 'owner_not_administrator' | null;
}

export const keysOf = (tx: Tx, organisationId: string): Promise<ListedKey[]> => tx<ListedKey[]>`
  select k.id, k.name, k.app, k.role, s.slug as site, k.created_at as "createdAt", k.expires_at as "expiresAt",
    k.last_used_at as "lastUsedAt",
    case when o.id is not null then jsonb_build_object('id', o.id, 'name', o.name) end as owner,
    case when ${ownerStands(tx)} then null when o.disabled_at is not null then 'owner_disabled'
      else 'owner_not_administrator' end as demoted
  from api_key k left join site s on s.organisation_id = ${organisationId} and s.id = k.site_id
  left join member o on o.organisation_id = ${organisationId} and o.id = k.owner_id
  where k.organisation_id = ${organisationId} and k.revoked_at is null order by k.created_at desc`;

export const revokeKey = async (tx: Tx, organisationId: string, id: string, at: Date): Promise<boolean> => {
  const rows = await tx`
    update api_key set revoked_at = ${at}
    where organisation_id = ${organisationId} and id = ${id}::uuid and revoked_at is null returning 1`;
  return rows.length > 0;
};

/** Locks them: what is counted of somebody known by address is counted by one at a time. */
export const memberByEmail = async (
  tx: Tx,
  organisationId: string,
  email: string,
): Promise<Member | undefined> => {
  const [row] = await tx<Member[]>`
    select id, name, email, locale, administrator from member
    where organisation_id = ${organisationId} and lower(email) = lower(${email}) and disabled_at is null
    for no key update`;
  return row;
};

export const memberById = async (
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<MemberRow | undefined> => {
  const [row] = await tx<MemberRow[]>`
    select m.id, m.name, m.email, m.locale, m.administrator, m.disabled_at is not null as disabled, ${roles(tx, organisationId)}
    from member m where m.organisation_id = ${organisationId} and m.id = ${id}::uuid`;
  return row;
};

export const membersOf = (tx: Tx, organisationId: string): Promise<MemberRow[]> => tx<MemberRow[]>`
  select m.id, m.name, m.email, m.locale, m.administrator, m.disabled_at is not null as disabled, ${roles(tx, organisationId)}
  from member m where m.organisation_id = ${organisationId} order by lower(m.name), m.id`;

export const membersWithRole = (
  tx: Tx,
  organisationId: string,
  app: string,
  role: string,
  siteId: string | null,
): Promise<Member[]> =>
  tx<Member[]>`
  select distinct m.id, m.name, m.email, m.locale, m.administrator
  from member_role r join member m on m.organisation_id = ${organisationId} and m.id = r.member_id and m.disabled_at is null
  where r.organisation_id = ${organisationId} and r.app = ${app} and r.role = ${role}
    and (r.site_id is null or r.site_id = ${siteId})`;

export const insertMember = (
  tx: Tx,
  organisationId: string,
  member: Member,
  at: Date,
): Promise<unknown> => tx`
  insert into member (organisation_id, id, name, email, locale, administrator, created_at)
  values (${organisationId}, ${member.id}, ${member.name}, ${member.email}, ${member.locale}, ${member.administrator}, ${at})`;

export const updateMember = (
  tx: Tx,
  organisationId: string,
  member: Member & { readonly disabledAt: Date | null },
): Promise<unknown> => tx`
  update member set name = ${member.name}, email = ${member.email}, locale = ${member.locale},
    administrator = ${member.administrator}, disabled_at = ${member.disabledAt}
  where organisation_id = ${organisationId} and id = ${member.id}`;

export const setRoles = (
  tx: Tx,
  organisationId: string,
  memberId: string,
  held: readonly RoleRow[],
): Promise<unknown> => tx`
  with gone as (
    delete from member_role where organisation_id = ${organisationId} and member_id = ${memberId}
      and (app, role, coalesce(site_id::text, '')) not in (
        select r.app, r.role, coalesce(r."siteId"::text, '')
        from jsonb_to_recordset(${JSON.stringify(held)}::text::jsonb) as r(app text, role text, "siteId" uuid))
  )
  insert into member_role (organisation_id, member_id, app, role, site_id)
  select ${organisationId}, ${memberId}, r.app, r.role, r."siteId"
  from jsonb_to_recordset(${JSON.stringify(held)}::text::jsonb) as r(app text, role text, "siteId" uuid)
  on conflict do nothing`;

/** Administrators who can still come in: the last one is never removed. Locks them. */
export const administrators = async (tx: Tx, organisationId: string): Promise<string[]> => {
  const rows = await tx<{ id: string }[]>`
    select id from member where organisation_id = ${organisationId} and administrator and disabled_at is null for update`;
  return rows.map((row) => row.id);
};

/** The names of who acted, to show a history. */
export const actorNames = (
  tx: Tx,
  organisationId: string,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> =>
  tx<{ id: string; name: string }[]>`
  select id, name from member where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[])
  union all
  select id, name from api_key where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[])
  union all
  select id, name from station where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[])`;
