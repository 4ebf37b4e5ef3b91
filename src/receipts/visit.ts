import type { House } from '../organisations/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import type { Keys, Vault } from '../vault/index.ts';
import { publicKeyText, readReceipt, type ReceiptFile, signerFrom } from './format/index.ts';
import { visitReceipt } from './read.ts';
import { receiptOf, replaceReceipt } from './store.ts';
import { type HandOver, signerName, writeReceiptFor } from './write.ts';

const saysSame = (one: ReceiptFile, other: ReceiptFile): boolean =>
  one.sha256 === other.sha256 && one.name === other.name;

/**
 * States what somebody took during a visit to a share. A visit has one receipt: what it takes later is added to it, and
 * what it takes again is not. The transaction holds the share, so that two downloads of one visit do not both write.
 */
export const stateVisit = async (
  tx: Tx,
  vault: Vault,
  keys: Keys,
  frame: { readonly url: string },
  house: House,
  visitId: string,
  over: Omit<HandOver, 'kind' | 'direction' | 'from' | 'by'>,
): Promise<void> => {
  const before = await receiptOf(tx, house.id, 'share', visitId);
  const text = before && (await visitReceipt(vault, tx, house.id, visitId));
  const key = publicKeyText(signerFrom(keys.signing, before?.signer ?? signerName(frame, house)));
  const read = text === null ? null : readReceipt(text, [key]);
  const had = read && 'statement' in read ? read.statement.files : [];
  const fresh = over.files.filter((file) => !had.some((one) => saysSame(one, file)));
  if (fresh.length === 0) return;
  // One that an earlier key signed, or that was erased, stays beside the new one.
  if (before && had.length > 0) await replaceReceipt(tx, house.id, before.id);
  await writeReceiptFor(tx, keys, frame, house, {
    ...over,
    files: [...had, ...fresh],
    kind: 'handed-over',
    direction: 'out',
    from: house.name,
    by: { kind: 'share', id: visitId },
  });
};
