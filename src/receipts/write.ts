import type { Actor, TicketState } from '../engine/index.ts';
import { type House, urlOf } from '../organisations/index.ts';
import { newId } from '../platform/ids.ts';
import type { Tx } from '../platform/postgres/index.ts';
import type { Keys } from '../vault/index.ts';
import { type ReceiptFile, signerFrom, writeReceipt } from './format/index.ts';
import { insertReceipt } from './store.ts';

/** What was handed over, from whom to whom. */
export interface HandOver {
  readonly ticket: Pick<TicketState, 'id' | 'reference'>;
  /** The fields that the files are in: whoever reads all of them reads the receipt. */
  readonly fields: readonly string[];
  /** `handed-over`: they left `from`; `received`: they are with `to`. */
  readonly kind: 'handed-over' | 'received';
  /** Into the organisation, or out of it. */
  readonly direction: 'in' | 'out';
  /** As people are called; not empty. */
  readonly from: string;
  readonly to: string;
  readonly files: readonly ReceiptFile[];
  /** Epoch milliseconds. */
  readonly at: number;
  /** Whose act it states. */
  readonly by: Pick<Actor, 'kind' | 'id'>;
}

/** Under which name an organisation signs: where people reach it, without `https://`. */
export const signerName = (frame: { readonly url: string }, house: House): string =>
  `${urlOf(frame, house).replace(/^https?:\/\//u, '')}/${house.slug}`;

/**
 * Writes down what was handed over, signed by the organisation, in the transaction that hands it over. The text is for
 * the other side too; here it is kept sealed, for it names people and files.
 * @param frame where people reach this server
 */
export const writeReceiptFor = async (
  tx: Tx,
  keys: Keys,
  frame: { readonly url: string },
  house: House,
  over: HandOver,
): Promise<{ readonly id: string; readonly text: string }> => {
  const signer = signerFrom(keys.signing, signerName(frame, house));
  const { ticket, kind, direction, from, to, files } = over;
  const text = writeReceipt(
    {
      version: 1,
      kind,
      organisation: { name: house.name, id: house.id },
      ticket: ticket.reference,
      direction,
      from,
      to,
      at: new Date(over.at).toISOString(),
      files,
    },
    signer,
  );
  const id = newId(over.at);
  await insertReceipt(tx, house.id, {
    id,
    ticketId: ticket.id,
    fields: over.fields,
    text: keys.sealAbout(id, { text, from, to }),
    keyId: keys.id,
    signer: signer.name,
    kind,
    direction,
    files: files.length,
    at: new Date(over.at),
    createdKind: over.by.kind,
    createdBy: over.by.id,
  });
  return { id, text };
};
