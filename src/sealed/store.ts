import type { Tx } from '../platform/postgres/index.ts';

export interface KeyRow {
  readonly id: string;
  readonly memberId: string;
  readonly recipient: string;
  readonly escrowId: string | null;
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
}

const columns = (tx: Tx) => tx`
  k.id, k.member_id as "memberId", k.recipient, k.escrow_id as "escrowId", k.created_at as "createdAt",
  k.retired_at as "retiredAt"`;

/** Keeps a key; says no when this very one was ever kept here. */
export const insertKey = async (
  tx: Tx,
  organisationId: string,
  key: KeyRow & { readonly fingerprint: Buffer; readonly escrowed: Buffer | null },
): Promise<boolean> => {
  const rows = await tx`
    insert into sealed_key (organisation_id, id, member_id, recipient, fingerprint, escrow_id, escrowed, created_at)
    values (${organisationId}, ${key.id}, ${key.memberId}, ${key.recipient}, ${key.fingerprint}, ${key.escrowId},
      ${key.escrowed}, ${key.createdAt})
    on conflict (organisation_id, recipient) do nothing returning 1`;
  return rows.length > 0;
};

/** Nothing new is sealed to it from now on. @returns which it was, when somebody had one */
export const retireKeyOf = async (
  tx: Tx,
  organisationId: string,
  memberId: string,
  at: Date,
): Promise<string | undefined> => {
  const [row] = await tx<{ id: string }[]>`
    update sealed_key set retired_at = ${at}
    where organisation_id = ${organisationId} and member_id = ${memberId} and retired_at is null returning id`;
  return row?.id;
};

export const keysOf = (tx: Tx, organisationId: string, memberId: string): Promise<KeyRow[]> => tx<KeyRow[]>`
  select ${columns(tx)} from sealed_key k
  where k.organisation_id = ${organisationId} and k.member_id = ${memberId} order by k.created_at desc, k.id desc`;

export type Known = KeyRow & { readonly name: string };

/** Keys in use, of people who still work here, and their names. */
export const currentKeys = (tx: Tx, organisationId: string): Promise<Known[]> => tx<Known[]>`
  select ${columns(tx)}, m.name from sealed_key k
  join member m on m.organisation_id = ${organisationId} and m.id = k.member_id and m.disabled_at is null
  where k.organisation_id = ${organisationId} and k.retired_at is null order by m.name, k.id`;

export interface LockRow {
  readonly id: string;
  readonly keyId: string;
  readonly how: 'passkey' | 'passphrase';
  readonly passkeyId: string | null;
  readonly wrapped: Buffer;
  readonly createdAt: Date;
}

export const insertLock = (tx: Tx, organisationId: string, lock: LockRow): Promise<unknown> => tx`
  insert into sealed_lock (organisation_id, id, key_id, how, passkey_id, wrapped, created_at)
  values (${organisationId}, ${lock.id}, ${lock.keyId}, ${lock.how}, ${lock.passkeyId}, ${lock.wrapped}, ${lock.createdAt})`;

/** The locks of somebody's keys; a passkey that was removed is named no more. */
export const locksOf = (tx: Tx, organisationId: string, memberId: string): Promise<LockRow[]> => tx<
  LockRow[]
>`
  select l.id, l.key_id as "keyId", l.how, p.id as "passkeyId", l.wrapped, l.created_at as "createdAt"
  from sealed_lock l
  join sealed_key k on k.organisation_id = ${organisationId} and k.id = l.key_id and k.member_id = ${memberId}
  left join passkey p on p.organisation_id = ${organisationId} and p.id = l.passkey_id and p.revoked_at is null
  where l.organisation_id = ${organisationId} order by l.created_at, l.id`;

export const deleteLock = (tx: Tx, organisationId: string, id: string): Promise<unknown> => tx`
  delete from sealed_lock where organisation_id = ${organisationId} and id = ${id}`;

export interface EscrowRow {
  readonly id: string;
  readonly recipient: string;
  readonly createdAt: Date;
}

export const currentEscrow = async (tx: Tx, organisationId: string): Promise<EscrowRow | null> => {
  const [row] = await tx<EscrowRow[]>`
    select id, recipient, created_at as "createdAt" from sealed_escrow
    where organisation_id = ${organisationId} and retired_at is null`;
  return row ?? null;
};

/** From now on this one; the former opens what was sealed to it. */
export const replaceEscrow = async (
  tx: Tx,
  organisationId: string,
  escrow: EscrowRow & { readonly fingerprint: Buffer; readonly createdBy: string },
): Promise<void> => {
  await tx`
    update sealed_escrow set retired_at = ${escrow.createdAt}
    where organisation_id = ${organisationId} and retired_at is null`;
  await tx`
    insert into sealed_escrow (organisation_id, id, recipient, fingerprint, created_at, created_by)
    values (${organisationId}, ${escrow.id}, ${escrow.recipient}, ${escrow.fingerprint}, ${escrow.createdAt},
      ${escrow.createdBy})`;
};

/** What somebody has come to know, by whose it is: a member's id, or `escrow`. */
export const pinsOf = async (
  tx: Tx,
  organisationId: string,
  memberId: string,
): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (
      await tx<{ whose: string; fingerprint: Buffer }[]>`
        select whose, fingerprint from sealed_pin
        where organisation_id = ${organisationId} and member_id = ${memberId}`
    ).map(({ whose, fingerprint }) => [whose, fingerprint.toString('hex')]),
  );

export const pin = (
  tx: Tx,
  organisationId: string,
  memberId: string,
  whose: string,
  fingerprint: Buffer,
  at: Date,
): Promise<unknown> => tx`
  insert into sealed_pin (organisation_id, member_id, whose, fingerprint, pinned_at)
  values (${organisationId}, ${memberId}, ${whose}, ${fingerprint}, ${at})
  on conflict (organisation_id, member_id, whose)
    do update set fingerprint = excluded.fingerprint, pinned_at = excluded.pinned_at`;

/** From now on this drop takes what is sealed to these, and nothing else. */
export const insertSealedDrop = async (
  tx: Tx,
  organisationId: string,
  dropId: string,
  keyIds: readonly string[],
  escrowId: string | null,
): Promise<void> => {
  await tx`update drop_link set sealed = true where organisation_id = ${organisationId} and id = ${dropId}`;
  await tx`
    insert into sealed_drop (organisation_id, drop_id, key_ids, escrow_id)
    values (${organisationId}, ${dropId}, ${keyIds as string[]}::uuid[], ${escrowId})`;
};

/** To whom a drop is sealed; `keys`: how many there were when it was made. */
export const sealedDropOf = async (
  tx: Tx,
  organisationId: string,
  dropId: string,
): Promise<{
  readonly keys: number;
  readonly people: readonly {
    readonly name: string;
    readonly recipient: string;
    readonly retired: boolean;
  }[];
  readonly escrow: string | null;
} | null> => {
  const [drop] = await tx<{ keyIds: string[]; escrow: string | null }[]>`
    select d.key_ids as "keyIds", e.recipient as escrow from sealed_drop d
    left join sealed_escrow e on e.organisation_id = ${organisationId} and e.id = d.escrow_id
    where d.organisation_id = ${organisationId} and d.drop_id = ${dropId}`;
  if (!drop) return null;
  const people = await tx<{ name: string; recipient: string; retired: boolean }[]>`
    select m.name, k.recipient, (k.retired_at is not null or m.disabled_at is not null) as retired
    from sealed_key k join member m on m.organisation_id = ${organisationId} and m.id = k.member_id
    where k.organisation_id = ${organisationId} and k.id = any(${drop.keyIds}::uuid[]) order by m.name, k.id`;
  return { keys: drop.keyIds.length, people, escrow: drop.escrow };
};
