import type { Tx } from '../platform/postgres/index.ts';

/** A receipt as its row has it: what it says is sealed. */
export interface ReceiptRow {
  readonly id: string;
  readonly ticketId: string;
  readonly fields: readonly string[];
  /** `null` once it was erased. */
  readonly text: Buffer | null;
  readonly keyId: string;
  readonly signer: string;
  readonly kind: 'handed-over' | 'received';
  readonly direction: 'in' | 'out';
  readonly files: number;
  readonly at: Date;
  readonly createdKind: string;
  readonly createdBy: string | null;
}

const columns = (tx: Tx) => tx`
  id, ticket_id as "ticketId", fields, text, key_id as "keyId", signer, kind, direction, files, at,
  created_kind as "createdKind", created_by as "createdBy"`;

export const insertReceipt = (tx: Tx, organisationId: string, row: ReceiptRow): Promise<unknown> => tx`
  insert into receipt (organisation_id, id, ticket_id, fields, text, key_id, signer, kind, direction, files, at,
    created_kind, created_by)
  values (${organisationId}, ${row.id}, ${row.ticketId}, ${row.fields as string[]}, ${row.text}, ${row.keyId},
    ${row.signer}, ${row.kind}, ${row.direction}, ${row.files}, ${row.at}, ${row.createdKind}, ${row.createdBy})`;

/** The newest first. */
export const receiptsOfTicket = (tx: Tx, organisationId: string, ticketId: string): Promise<ReceiptRow[]> =>
  tx<ReceiptRow[]>`
  select ${columns(tx)} from receipt where organisation_id = ${organisationId} and ticket_id = ${ticketId}
  order by at desc, id desc`;

/** The one of what somebody brought, or took, at one time: by their deposit, or by their visit to a share. */
export const receiptOf = async (
  tx: Tx,
  organisationId: string,
  kind: 'drop' | 'share',
  id: string,
): Promise<ReceiptRow | null> => {
  const [row] = await tx<ReceiptRow[]>`
    select ${columns(tx)} from receipt
    where organisation_id = ${organisationId} and created_kind = ${kind} and created_by = ${id}
    order by at desc, id desc limit 1`;
  return row ?? null;
};

/** Another says all that it said, and more. */
export const replaceReceipt = (tx: Tx, organisationId: string, id: string): Promise<unknown> => tx`
  delete from receipt where organisation_id = ${organisationId} and id = ${id}`;

/** With which keys receipts were signed, under which names, the first first. */
export const signersOf = (
  tx: Tx,
  organisationId: string,
): Promise<{ readonly keyId: string; readonly signer: string }[]> => tx<{ keyId: string; signer: string }[]>`
  select key_id as "keyId", signer from receipt where organisation_id = ${organisationId}
  group by key_id, signer order by min(at)`;

/** What they say is gone; that they were made, when and of how many files, stays. */
export const eraseReceipts = (
  tx: Tx,
  organisationId: string,
  app: string,
  closedBefore: Date,
): Promise<unknown> => tx`
  update receipt r set text = null from ticket t
  where r.organisation_id = ${organisationId} and t.organisation_id = ${organisationId} and t.id = r.ticket_id
    and t.app = ${app} and t.closed_at < ${closedBefore} and r.text is not null`;
