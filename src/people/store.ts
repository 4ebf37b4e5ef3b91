import type { Tx } from '../platform/postgres/index.ts';

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

interface MemberRow extends Member {
  readonly disabled: boolean;
  readonly roles: readonly RoleRow[];
}

const roles = (tx: Tx, organisationId: string) => tx`
  coalesce((
    select jsonb_agg(jsonb_build_object('app', r.app, 'role', r.role, 'siteId', r.site_id) order by r.app, r.role)
    from member_role r where r.organisation_id = ${organisationId} and r.member_id = m.id), '[]') as roles`;

/** Who a session belongs to, with their roles as they are now. */
export interface SessionRow extends MemberRow {
  /** Of its secret, in hexadecimal. */
  readonly hash: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly expiresAt: Date;
}

/** Hashes of secrets, in hexadecimal, as PostgreSQL keeps them. */
const asKept = (tx: Tx, secretHashes: readonly string[]) => tx`
  (select hash, decode(hash, 'hex') as bytes from unnest(${secretHashes as string[]}::text[]) given (hash)) asked`;

/** At most one row a hash, which must each be given once. */
export const sessionsBy = (tx: Tx, organisationId: string, secretHashes: readonly string[]) => tx<
  SessionRow[]
>`
    select asked.hash, m.id, m.name, m.email, m.locale, m.administrator, m.disabled_at is not null as disabled,
      ${roles(tx, organisationId)}, s.created_at as "createdAt", s.seen_at as "seenAt", s.expires_at as "expiresAt"
    from ${asKept(tx, secretHashes)}
    join session s on s.organisation_id = ${organisationId} and s.secret_hash = asked.bytes and s.revoked_at is null
    join member m on m.organisation_id = ${organisationId} and m.id = s.member_id`;

export const touchSession = (tx: Tx, organisationId: string, secretHash: Buffer, at: Date) => tx`
  update session set seen_at = ${at} where organisation_id = ${organisationId} and secret_hash = ${secretHash}`;

export const insertSession = (
  tx: Tx,
  organisationId: string,
  session: {
    readonly secretHash: Buffer;
    readonly memberId: string;
    readonly method: string;
    readonly at: Date;
    readonly expiresAt: Date;
  },
): Promise<unknown> => tx`
  insert into session (organisation_id, secret_hash, member_id, method, created_at, seen_at, expires_at)
  values (${organisationId}, ${session.secretHash}, ${session.memberId}, ${session.method}, ${session.at}, ${session.at},
    ${session.expiresAt})`;

/** Has anyone ever come into this organisation? */
export const anyoneEntered = async (tx: Tx, organisationId: string): Promise<boolean> => {
  const rows = await tx`select 1 from session where organisation_id = ${organisationId} limit 1`;
  return rows.length > 0;
};

export const revokeSession = (
  tx: Tx,
  organisationId: string,
  secretHash: Buffer,
  at: Date,
): Promise<unknown> => tx`
  update session set revoked_at = ${at}
  where organisation_id = ${organisationId} and secret_hash = ${secretHash} and revoked_at is null`;

export const revokeSessionsOf = (
  tx: Tx,
  organisationId: string,
  memberId: string,
  at: Date,
): Promise<unknown> => tx`
  update session set revoked_at = ${at}
  where organisation_id = ${organisationId} and member_id = ${memberId} and revoked_at is null`;

export const insertLink = (
  tx: Tx,
  organisationId: string,
  link: {
    readonly secretHash: Buffer;
    readonly memberId: string;
    readonly at: Date;
    readonly expiresAt: Date;
  },
): Promise<unknown> => tx`
  insert into sign_in_link (organisation_id, secret_hash, member_id, created_at, expires_at)
  values (${organisationId}, ${link.secretHash}, ${link.memberId}, ${link.at}, ${link.expiresAt})`;

/** Uses a link up: of many who try at once, one has it. */
export const useLink = async (
  tx: Tx,
  organisationId: string,
  secretHash: Buffer,
  at: Date,
): Promise<string | undefined> => {
  const [row] = await tx<{ memberId: string }[]>`
    update sign_in_link l set used_at = ${at}
    from member m
    where l.organisation_id = ${organisationId} and l.secret_hash = ${secretHash} and l.used_at is null
      and l.expires_at > ${at} and m.organisation_id = ${organisationId} and m.id = l.member_id and m.disabled_at is null
    returning l.member_id as "memberId"`;
  return row?.memberId;
};

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

export interface KeyRow {
  /** Of its secret, in hexadecimal. */
  readonly hash: string;
  readonly id: string;
  readonly app: string;
  readonly role: string;
  readonly siteId: string | null;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** At most one row a hash, which must each be given once. */
export const keysBy = (tx: Tx, organisationId: string, secretHashes: readonly string[]) => tx<KeyRow[]>`
    select asked.hash, k.id, k.app, k.role, k.site_id as "siteId", k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt"
    from ${asKept(tx, secretHashes)}
    join api_key k on k.organisation_id = ${organisationId} and k.secret_hash = asked.bytes and k.revoked_at is null`;

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
}

export const insertKey = (tx: Tx, organisationId: string, key: NewKey, at: Date): Promise<unknown> => tx`
  insert into api_key (organisation_id, id, secret_hash, name, app, role, site_id, created_at, expires_at)
  values (${organisationId}, ${key.id}, ${key.secretHash}, ${key.name}, ${key.app}, ${key.role}, ${key.siteId}, ${at},
    ${key.expiresAt})`;

export interface ListedKey {
  readonly id: string;
  readonly name: string;
  readonly app: string;
  readonly role: string;
  readonly site: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}

export const keysOf = (tx: Tx, organisationId: string): Promise<ListedKey[]> => tx<ListedKey[]>`
  select k.id, k.name, k.app, k.role, s.slug as site, k.created_at as "createdAt", k.expires_at as "expiresAt",
    k.last_used_at as "lastUsedAt"
  from api_key k left join site s on s.organisation_id = ${organisationId} and s.id = k.site_id
  where k.organisation_id = ${organisationId} and k.revoked_at is null order by k.created_at desc`;

export const revokeKey = async (tx: Tx, organisationId: string, id: string, at: Date): Promise<boolean> => {
  const rows = await tx`
    update api_key set revoked_at = ${at}
    where organisation_id = ${organisationId} and id = ${id}::uuid and revoked_at is null returning 1`;
  return rows.length > 0;
};

export const memberByEmail = async (
  tx: Tx,
  organisationId: string,
  email: string,
): Promise<Member | undefined> => {
  const [row] = await tx<Member[]>`
    select id, name, email, locale, administrator from member
    where organisation_id = ${organisationId} and lower(email) = lower(${email}) and disabled_at is null`;
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
  select id, name from api_key where organisation_id = ${organisationId} and id = any(${ids as string[]}::uuid[])`;
