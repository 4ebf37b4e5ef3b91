import type { Tx } from '../platform/postgres/index.ts';

/** What a challenge was made for: it serves nothing else. */
export type Purpose = 'sign-in' | 'step-up' | 'addition' | 'invitation';

export interface Challenge {
  readonly challenge: Buffer;
  readonly purpose: Purpose;
  readonly memberId: string | null;
  /** The hash of the session or invitation that it belongs to. */
  readonly boundTo: Buffer | null;
}

export const insertChallenge = (
  tx: Tx,
  organisationId: string,
  { challenge, purpose, memberId, boundTo }: Challenge,
  expiresAt: Date,
): Promise<unknown> => tx`
  insert into passkey_challenge (organisation_id, challenge, purpose, member_id, bound_to, expires_at)
  values (${organisationId}, ${challenge}, ${purpose}, ${memberId}, ${boundTo}, ${expiresAt})`;

/** Takes a challenge away: of many who answer it at once, one has it. Says whether it was there and still good. */
export const takeChallenge = async (
  tx: Tx,
  organisationId: string,
  { challenge, purpose, memberId, boundTo }: Challenge,
  at: Date,
): Promise<boolean> => {
  const [row] = await tx<{ good: boolean }[]>`
    delete from passkey_challenge
    where organisation_id = ${organisationId} and challenge = ${challenge} and purpose = ${purpose}
      and member_id is not distinct from ${memberId}::uuid and bound_to is not distinct from ${boundTo}::bytea
    returning expires_at > ${at} as good`;
  return row?.good === true;
};

export const forgetChallenges = (tx: Tx, organisationId: string, before: Date): Promise<unknown> => tx`
  delete from passkey_challenge where organisation_id = ${organisationId} and expires_at < ${before}`;

export interface PasskeyRow {
  readonly id: string;
  readonly memberId: string;
  readonly credentialId: Buffer;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly party: string;
  readonly name: string;
  readonly deviceBound: boolean;
  readonly backedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

const columns = (tx: Tx) => tx`
  p.id, p.member_id as "memberId", p.credential_id as "credentialId", p.public_key as "publicKey",
  p.counter::float8 as counter, p.transports, p.party, p.name, p.device_bound as "deviceBound",
  p.backed_up as "backedUp", p.created_at as "createdAt", p.last_used_at as "lastUsedAt"`;

/** A passkey that may be used by somebody who may come in; locked, so that its counter is compared with the last. */
export const lockPasskey = async (
  tx: Tx,
  organisationId: string,
  credentialId: Buffer,
): Promise<PasskeyRow | undefined> => {
  const [row] = await tx<PasskeyRow[]>`
    select ${columns(tx)} from passkey p
    join member m on m.organisation_id = ${organisationId} and m.id = p.member_id and m.disabled_at is null
    where p.organisation_id = ${organisationId} and p.credential_id = ${credentialId} and p.revoked_at is null
    for update of p`;
  return row;
};

export const passkeysOf = (tx: Tx, organisationId: string, memberId: string): Promise<PasskeyRow[]> => tx<
  PasskeyRow[]
>`
  select ${columns(tx)} from passkey p
  where p.organisation_id = ${organisationId} and p.member_id = ${memberId} and p.revoked_at is null
  order by p.created_at, p.id`;

/** Keeps a new passkey; says no when this credential was ever kept here. */
export const insertPasskey = async (
  tx: Tx,
  organisationId: string,
  passkey: PasskeyRow,
): Promise<boolean> => {
  const rows = await tx`
    insert into passkey (organisation_id, id, member_id, credential_id, public_key, counter, transports, party, name,
      device_bound, backed_up, created_at, last_used_at)
    values (${organisationId}, ${passkey.id}, ${passkey.memberId}, ${passkey.credentialId}, ${passkey.publicKey},
      ${passkey.counter}, ${passkey.transports as string[]}::text[], ${passkey.party}, ${passkey.name},
      ${passkey.deviceBound}, ${passkey.backedUp}, ${passkey.createdAt}, ${passkey.lastUsedAt})
    on conflict (organisation_id, credential_id) do nothing returning 1`;
  return rows.length > 0;
};

/** What its last use said of a passkey. */
export const passkeyUsed = (
  tx: Tx,
  organisationId: string,
  id: string,
  use: {
    readonly counter: number;
    readonly deviceBound: boolean;
    readonly backedUp: boolean;
    readonly at: Date;
  },
): Promise<unknown> => tx`
  update passkey set counter = ${use.counter}, device_bound = ${use.deviceBound}, backed_up = ${use.backedUp},
    last_used_at = ${use.at}
  where organisation_id = ${organisationId} and id = ${id}`;

export const renamePasskey = async (
  tx: Tx,
  organisationId: string,
  memberId: string,
  id: string,
  name: string,
): Promise<boolean> => {
  const rows = await tx`
    update passkey set name = ${name}
    where organisation_id = ${organisationId} and id = ${id}::uuid and member_id = ${memberId} and revoked_at is null
    returning 1`;
  return rows.length > 0;
};

/** Ends a passkey; its name, or nothing when it was not theirs or had ended. */
export const revokePasskey = async (
  tx: Tx,
  organisationId: string,
  memberId: string,
  id: string,
  at: Date,
): Promise<string | undefined> => {
  const [row] = await tx<{ name: string }[]>`
    update passkey set revoked_at = ${at}
    where organisation_id = ${organisationId} and id = ${id}::uuid and member_id = ${memberId} and revoked_at is null
    returning name`;
  return row?.name;
};
