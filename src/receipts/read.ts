import { z } from 'zod';

import { readingOf, Refused, type TicketState } from '../engine/index.ts';
import { appOf, type House } from '../organisations/index.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { type Call, seenByReference } from '../tickets/index.ts';
import { currentKeys, keysWithin, type Vault } from '../vault/index.ts';
import { publicKeyText, signerFrom } from './format/index.ts';
import { receiptOf, type ReceiptRow, receiptsOfTicket, signersOf } from './store.ts';
import { signerName } from './write.ts';

interface Which {
  readonly app: string;
  readonly reference: string;
}

const sealed = z.object({ text: z.string(), from: z.string(), to: z.string() });
type Said = z.output<typeof sealed>;

/** @throws VaultError */
const open = async (
  vault: Vault,
  tx: Tx,
  organisationId: string,
  { id, keyId, text }: ReceiptRow,
): Promise<Said | null> => {
  if (text === null) return null;
  const keys = await keysWithin(vault, tx, organisationId, keyId);
  return sealed.parse(keys.openAbout(id, text));
};

/** A receipt, and what it says: `null` once that was erased. */
interface OpenReceipt {
  readonly row: ReceiptRow;
  readonly said: Said | null;
}

/** The receipts of a ticket, to whoever reads the files that they name; the newest first. @throws Refused `not_found` */
export const ticketReceipts = (
  vault: Vault,
  call: Call,
  which: Which,
): Promise<{ readonly state: TicketState; readonly receipts: readonly OpenReceipt[] }> =>
  asOrganisation(call.db, call.house.id, async (tx) => {
    const state = await seenByReference(tx, call, which);
    if (!state) throw new Refused({ code: 'not_found' });
    const reading = readingOf(appOf(call.house, state.app).definition, call.actor, state);
    const receipts: OpenReceipt[] = [];
    for (const row of await receiptsOfTicket(tx, call.house.id, state.id))
      if (row.fields.every((field) => reading(field) === 'shown'))
        receipts.push({ row, said: await open(vault, tx, call.house.id, row) });
    return { state, receipts };
  });

/** What the receipt of a deposit says, or of a visit; `null` while it has none, or once it was erased. */
const textOf = async (
  vault: Vault,
  tx: Tx,
  organisationId: string,
  kind: 'drop' | 'share',
  id: string,
): Promise<string | null> => {
  const row = await receiptOf(tx, organisationId, kind, id);
  return (row && (await open(vault, tx, organisationId, row)))?.text ?? null;
};

export const depositReceipt = (
  vault: Vault,
  tx: Tx,
  organisationId: string,
  depositId: string,
): Promise<string | null> => textOf(vault, tx, organisationId, 'drop', depositId);

export const visitReceipt = (
  vault: Vault,
  tx: Tx,
  organisationId: string,
  visitId: string,
): Promise<string | null> => textOf(vault, tx, organisationId, 'share', visitId);

/**
 * The public keys by which the receipts of an organisation are verified: of every key and every name under which it ever
 * signed, today's last.
 * @throws VaultError
 */
export const publicKeys = async (
  vault: Vault,
  frame: { readonly url: string },
  house: House,
): Promise<string> => {
  const now = await currentKeys(vault, house.id);
  const today = publicKeyText(signerFrom(now.signing, signerName(frame, house)));
  const texts = await asOrganisation(vault.db, house.id, async (tx) => {
    const before: string[] = [];
    for (const { keyId, signer } of await signersOf(tx, house.id)) {
      const { signing } = await keysWithin(vault, tx, house.id, keyId);
      before.push(publicKeyText(signerFrom(signing, signer)));
    }
    return before;
  });
  return [...texts.filter((text) => text !== today), today].join('');
};
