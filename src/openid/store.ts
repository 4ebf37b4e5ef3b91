import type { Assurance } from '../people/index.ts';
import type { Tx } from '../platform/postgres/index.ts';

export type Purpose = 'sign-in' | 'link' | 'invitation' | 'step-up';

/** Somebody on their way to a provider and back. */
export interface Attempt {
  readonly provider: string;
  readonly purpose: Purpose;
  readonly next: string;
  readonly needed: Assurance;
  readonly memberId: string | null;
  readonly sessionHash: Buffer | null;
  readonly linkHash: Buffer | null;
  readonly createdAt: Date;
}

const attempt = (tx: Tx) => tx`
  provider, purpose, next, needed, member_id as "memberId", session_hash as "sessionHash", link_hash as "linkHash",
  created_at as "createdAt"`;

export const insertAttempt = (
  tx: Tx,
  organisationId: string,
  secretHash: Buffer,
  made: Attempt,
  expiresAt: Date,
): Promise<unknown> => tx`
  insert into openid_attempt (organisation_id, secret_hash, provider, purpose, next, needed, member_id, session_hash,
    link_hash, created_at, expires_at)
  values (${organisationId}, ${secretHash}, ${made.provider}, ${made.purpose}, ${made.next}, ${made.needed},
    ${made.memberId}, ${made.sessionHash}, ${made.linkHash}, ${made.createdAt}, ${expiresAt})`;

/** An attempt that has not come back yet. */
export const attemptBy = async (
  tx: Tx,
  organisationId: string,
  secretHash: Buffer,
  at: Date,
): Promise<Attempt | undefined> => {
  const [row] = await tx<Attempt[]>`
    select ${attempt(tx)} from openid_attempt
    where organisation_id = ${organisationId} and secret_hash = ${secretHash} and used_at is null and expires_at > ${at}`;
  return row;
};

/** Uses an attempt up: of many who come back at once with it, one goes on. */
export const useAttempt = async (
  tx: Tx,
  organisationId: string,
  secretHash: Buffer,
  at: Date,
): Promise<Attempt | undefined> => {
  const [row] = await tx<Attempt[]>`
    update openid_attempt set used_at = ${at}
    where organisation_id = ${organisationId} and secret_hash = ${secretHash} and used_at is null and expires_at > ${at}
    returning ${attempt(tx)}`;
  return row;
};

export const keepArrival = (tx: Tx, organisationId: string, secretHash: Buffer, arrival: Buffer) => tx`
  update openid_attempt set arrival = ${arrival}
  where organisation_id = ${organisationId} and secret_hash = ${secretHash}`;

export const arrivalBy = async (
  tx: Tx,
  organisationId: string,
  secretHash: Buffer,
  at: Date,
): Promise<{ readonly arrival: Buffer; readonly attempt: Attempt } | undefined> => {
  const [row] = await tx<(Attempt & { arrival: Buffer })[]>`
    select arrival, ${attempt(tx)} from openid_attempt
    where organisation_id = ${organisationId} and secret_hash = ${secretHash} and arrival is not null
      and expires_at > ${at}
    for update`;
  return row && { arrival: row.arrival, attempt: row };
};

export const dropAttempt = (tx: Tx, organisationId: string, secretHash: Buffer): Promise<unknown> => tx`
  delete from openid_attempt where organisation_id = ${organisationId} and secret_hash = ${secretHash}`;

export const forgetAttempts = (tx: Tx, organisationId: string, before: Date): Promise<unknown> => tx`
  delete from openid_attempt where organisation_id = ${organisationId} and expires_at < ${before}`;

interface Identity {
  readonly id: string;
  readonly memberId: string;
}

/** Whose a subject is, when they may come in. */
export const identityBy = async (
  tx: Tx,
  organisationId: string,
  issuer: string,
  subject: string,
): Promise<Identity | undefined> => {
  const [row] = await tx<Identity[]>`
    select i.id, i.member_id as "memberId" from openid_identity i
    join member m on m.organisation_id = ${organisationId} and m.id = i.member_id and m.disabled_at is null
    where i.organisation_id = ${organisationId} and i.issuer = ${issuer} and i.subject = ${subject}`;
  return row;
};

export interface NewIdentity {
  readonly id: string;
  readonly memberId: string;
  readonly provider: string;
  readonly issuer: string;
  readonly subject: string;
  readonly label: string;
}

/** @returns whose the subject is now: that member's, or who had it before */
export const insertIdentity = async (
  tx: Tx,
  organisationId: string,
  identity: NewIdentity,
  at: Date,
): Promise<Identity & { readonly isNew: boolean }> => {
  const [row] = await tx<(Identity & { isNew: boolean })[]>`
    insert into openid_identity (organisation_id, id, member_id, provider, issuer, subject, label, linked_at)
    values (${organisationId}, ${identity.id}, ${identity.memberId}, ${identity.provider}, ${identity.issuer},
      ${identity.subject}, ${identity.label}, ${at})
    on conflict (organisation_id, issuer, subject) do update set label = openid_identity.label
    returning id, member_id as "memberId", xmax = 0 as "isNew"`;
  if (!row) throw new Error('An identity was neither written nor found.');
  return row;
};

export interface ListedIdentity {
  readonly id: string;
  readonly provider: string;
  readonly label: string;
  readonly linkedAt: Date;
  readonly usedAt: Date | null;
}

export const identitiesOf = (tx: Tx, organisationId: string, memberId: string): Promise<ListedIdentity[]> =>
  tx<ListedIdentity[]>`
  select id, provider, label, linked_at as "linkedAt", used_at as "usedAt" from openid_identity
  where organisation_id = ${organisationId} and member_id = ${memberId} order by linked_at, id`;

export const removeIdentity = async (
  tx: Tx,
  organisationId: string,
  memberId: string,
  id: string,
): Promise<string | undefined> => {
  const [row] = await tx<{ provider: string }[]>`
    delete from openid_identity
    where organisation_id = ${organisationId} and member_id = ${memberId} and id = ${id}::uuid returning provider`;
  return row?.provider;
};

/** Ends the sessions that began by an identity, but the one in which it is taken away. */
export const endSessionsBy = (
  tx: Tx,
  organisationId: string,
  identityId: string,
  but: Buffer,
  at: Date,
): Promise<unknown> => tx`
  update session set revoked_at = ${at}
  where organisation_id = ${organisationId} and openid_identity_id = ${identityId}::uuid and secret_hash <> ${but}
    and revoked_at is null`;

/** Says of a session that has just begun by which identity, when the person proved who they are, and the rest. */
export const markSession = async (
  tx: Tx,
  organisationId: string,
  secretHash: Buffer,
  marks: {
    readonly identityId: string;
    readonly authenticatedAt: Date;
    readonly activity: string | null;
    readonly hint: Buffer | null;
    readonly at: Date;
  },
): Promise<void> => {
  await tx`
    update session set openid_identity_id = ${marks.identityId}, authenticated_at = ${marks.authenticatedAt},
      activity = ${marks.activity}, openid_hint = ${marks.hint}
    where organisation_id = ${organisationId} and secret_hash = ${secretHash}`;
  await tx`
    update openid_identity set used_at = ${marks.at}
    where organisation_id = ${organisationId} and id = ${marks.identityId}`;
};

/** How a session began. */
export const sessionMarks = async (
  tx: Tx,
  organisationId: string,
  secretHash: Buffer,
): Promise<
  | { readonly provider: string | null; readonly activity: string | null; readonly hint: Buffer | null }
  | undefined
> => {
  const [row] = await tx<{ provider: string | null; activity: string | null; hint: Buffer | null }[]>`
    select i.provider, s.activity, s.openid_hint as hint from session s
    left join openid_identity i on i.organisation_id = ${organisationId} and i.id = s.openid_identity_id
    where s.organisation_id = ${organisationId} and s.secret_hash = ${secretHash} and s.revoked_at is null`;
  return row;
};

/** Whether an invitation still opens. Looking does not use it up. */
export const isInvitation = async (
  tx: Tx,
  organisationId: string,
  linkHash: Buffer,
  at: Date,
): Promise<boolean> => {
  const rows = await tx`
    select 1 from sign_in_link l
    join member m on m.organisation_id = ${organisationId} and m.id = l.member_id and m.disabled_at is null
    where l.organisation_id = ${organisationId} and l.secret_hash = ${linkHash} and l.purpose = 'invitation'
      and l.used_at is null and l.expires_at > ${at}`;
  return rows.length > 0;
};
