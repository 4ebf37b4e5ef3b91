import type { Tx } from '../platform/postgres/index.ts';

/** A link to put files, as its row has it; what its maker wrote is sealed. */
export interface DropRow {
  readonly id: string;
  readonly ticketId: string;
  readonly app: string;
  readonly field: string;
  /** `null` once it was erased. */
  readonly about: Buffer | null;
  readonly keyId: string;
  /** Must whoever brings say who they are; may they leave a message? */
  readonly names: boolean;
  readonly messages: boolean;
  readonly mostFiles: number;
  readonly mostBytes: number;
  /** What came by it so far. */
  readonly files: number;
  readonly bytes: number;
  readonly createdAt: Date;
  readonly createdKind: 'member' | 'key';
  readonly createdBy: string;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  /** Only what is sealed in the browser of whoever brings it is taken. */
  readonly sealed: boolean;
}

const columns = (tx: Tx) => tx`
  id, ticket_id as "ticketId", app, field, about, key_id as "keyId", names, messages, most_files as "mostFiles",
  most_bytes::float8 as "mostBytes", files, bytes::float8 as bytes, created_at as "createdAt",
  created_kind as "createdKind", created_by as "createdBy", expires_at as "expiresAt", revoked_at as "revokedAt", sealed`;

export const insertDrop = (
  tx: Tx,
  organisationId: string,
  secretHash: Buffer,
  drop: Omit<DropRow, 'files' | 'bytes' | 'revokedAt' | 'sealed'>,
): Promise<unknown> => tx`
  insert into drop_link (organisation_id, id, secret_hash, ticket_id, app, field, about, key_id, names, messages,
    most_files, most_bytes, created_at, created_kind, created_by, expires_at)
  values (${organisationId}, ${drop.id}, ${secretHash}, ${drop.ticketId}, ${drop.app}, ${drop.field}, ${drop.about},
    ${drop.keyId}, ${drop.names}, ${drop.messages}, ${drop.mostFiles}, ${drop.mostBytes}, ${drop.createdAt},
    ${drop.createdKind}, ${drop.createdBy}, ${drop.expiresAt})`;

export const dropById = async (tx: Tx, organisationId: string, id: string): Promise<DropRow | null> => {
  const [row] = await tx<DropRow[]>`
    select ${columns(tx)} from drop_link where organisation_id = ${organisationId} and id = ${id}`;
  return row ?? null;
};

/** The same, held until the end of the transaction: what comes by it is counted by one at a time. */
export const lockDrop = async (tx: Tx, organisationId: string, id: string): Promise<DropRow | null> => {
  const [row] = await tx<DropRow[]>`
    select ${columns(tx)} from drop_link where organisation_id = ${organisationId} and id = ${id} for update`;
  return row ?? null;
};

/** The newest first, those that have ended too. */
export const dropsOfTicket = (tx: Tx, organisationId: string, ticketId: string): Promise<DropRow[]> => tx<
  DropRow[]
>`
  select ${columns(tx)} from drop_link where organisation_id = ${organisationId} and ticket_id = ${ticketId}
  order by created_at desc, id desc`;

/** @returns whether it had not ended before */
export const revokeDrop = async (tx: Tx, organisationId: string, id: string, at: Date): Promise<boolean> => {
  const rows = await tx`
    update drop_link set revoked_at = ${at}
    where organisation_id = ${organisationId} and id = ${id} and revoked_at is null returning 1`;
  return rows.length > 0;
};

/** One file more has come by it. */
export const countFile = (tx: Tx, organisationId: string, id: string, bytes: number): Promise<unknown> => tx`
  update drop_link set files = files + 1, bytes = bytes + ${bytes}
  where organisation_id = ${organisationId} and id = ${id}`;

/** What was announced by a drop and has not come yet. */
export const announced = async (
  tx: Tx,
  organisationId: string,
  id: string,
  now: Date,
): Promise<{ readonly files: number; readonly bytes: number }> => {
  const [row] = await tx<{ files: number; bytes: number }[]>`
    select count(*)::int as files, coalesce(sum(u.length), 0)::float8 as bytes
    from deposit d join upload u on u.organisation_id = ${organisationId} and u.created_by = d.id
      and u.created_kind = 'drop' and u.file_id is null and u.expires_at > ${now}
    where d.organisation_id = ${organisationId} and d.drop_id = ${id}`;
  return row ?? { files: 0, bytes: 0 };
};

/** What one person brings at one time. */
export interface DepositRow {
  readonly id: string;
  readonly dropId: string;
  /** `null` once it was erased. */
  readonly about: Buffer | null;
  readonly keyId: string;
  readonly createdAt: Date;
  readonly closedAt: Date | null;
}

const depositColumns = (tx: Tx) => tx`
  id, drop_id as "dropId", about, key_id as "keyId", created_at as "createdAt", closed_at as "closedAt"`;

export const insertDeposit = (
  tx: Tx,
  organisationId: string,
  deposit: Omit<DepositRow, 'closedAt'>,
): Promise<unknown> => tx`
  insert into deposit (organisation_id, id, drop_id, about, key_id, created_at)
  values (${organisationId}, ${deposit.id}, ${deposit.dropId}, ${deposit.about}, ${deposit.keyId}, ${deposit.createdAt})`;

export const depositById = async (
  tx: Tx,
  organisationId: string,
  dropId: string,
  id: string,
): Promise<DepositRow | null> => {
  const [row] = await tx<DepositRow[]>`
    select ${depositColumns(tx)} from deposit
    where organisation_id = ${organisationId} and drop_id = ${dropId} and id = ${id}`;
  return row ?? null;
};

/** The same, held until the end of the transaction. */
export const lockDeposit = async (
  tx: Tx,
  organisationId: string,
  dropId: string,
  id: string,
): Promise<DepositRow | null> => {
  const [row] = await tx<DepositRow[]>`
    select ${depositColumns(tx)} from deposit
    where organisation_id = ${organisationId} and drop_id = ${dropId} and id = ${id} for update`;
  return row ?? null;
};

export const closeDeposit = (tx: Tx, organisationId: string, id: string, at: Date): Promise<unknown> => tx`
  update deposit set closed_at = ${at} where organisation_id = ${organisationId} and id = ${id}`;

/** Those of a drop that brought anything or said who they are, the first first. */
export const depositsOfDrop = (tx: Tx, organisationId: string, dropId: string): Promise<DepositRow[]> => tx<
  DepositRow[]
>`
  select ${depositColumns(tx)} from deposit d
  where organisation_id = ${organisationId} and drop_id = ${dropId}
    and exists (select from file f
      where f.organisation_id = ${organisationId} and f.created_kind = 'drop' and f.created_by = d.id)
  order by created_at, id`;

/** What came with deposits, in the order in which it came, whatever became of it since. */
export const filesOfDeposits = (
  tx: Tx,
  organisationId: string,
  depositIds: readonly string[],
): Promise<{ readonly id: string; readonly deposit: string }[]> => tx<{ id: string; deposit: string }[]>`
  select id, created_by as deposit from file
  where organisation_id = ${organisationId} and created_kind = 'drop'
    and created_by = any(${depositIds as string[]}::uuid[])
  order by id`;

/** Deposits whose bringer went away before they had their receipt, and how long ago. */
export const leftOpen = (
  tx: Tx,
  organisationId: string,
  before: Date,
): Promise<{ readonly id: string; readonly dropId: string }[]> => tx<{ id: string; dropId: string }[]>`
  select d.id, d.drop_id as "dropId" from deposit d
  where d.organisation_id = ${organisationId} and d.closed_at is null and d.created_at < ${before}
    and exists (select from file f
      where f.organisation_id = ${organisationId} and f.created_kind = 'drop' and f.created_by = d.id)
    and not exists (select from upload u
      where u.organisation_id = ${organisationId} and u.created_kind = 'drop' and u.created_by = d.id
        and u.file_id is null)`;

/** Who brought what by it, and what was written for them, is gone; that something came stays. */
export const eraseDrops = async (
  tx: Tx,
  organisationId: string,
  app: string,
  closedBefore: Date,
): Promise<void> => {
  await tx`
    update deposit d set about = null from drop_link l, ticket t
    where d.organisation_id = ${organisationId} and l.organisation_id = ${organisationId} and l.id = d.drop_id
      and t.organisation_id = ${organisationId} and t.id = l.ticket_id
      and t.app = ${app} and t.closed_at < ${closedBefore} and d.about is not null`;
  await tx`
    update drop_link l set about = null from ticket t
    where l.organisation_id = ${organisationId} and t.organisation_id = ${organisationId} and t.id = l.ticket_id
      and t.app = ${app} and t.closed_at < ${closedBefore} and l.about is not null`;
};
