import type { House } from '../../organisations/index.ts';
import type { Frame, Visit } from '../../people/index.ts';
import type { Gift } from '../../platform/http/give.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import { type ReceiptFile, stateVisit, visitReceipt } from '../../receipts/index.ts';
import { currentKeys, type Vault } from '../../vault/index.ts';
import { addressOf } from '../standing.ts';
import type { Found } from './found.ts';
import { lockShare } from './store.ts';

type Held = Found & { readonly visit: Visit };

/** What a receipt calls whoever is named by nothing but the link. */
const UNNAMED = 'Qui a le lien / Whoever has the link';

/** What somebody took of a share, signed; `null` while they have taken nothing whole. */
export const receiptOfVisit = (vault: Vault, house: House, { visit }: Held): Promise<string | null> =>
  asOrganisation(vault.db, house.id, (tx) => visitReceipt(vault, tx, house.id, visit.id));

const state = async (
  vault: Vault,
  frame: Pick<Frame, 'url' | 'clock'>,
  house: House,
  { share, visit, named, standing }: Held,
  files: readonly ReceiptFile[],
): Promise<void> => {
  const keys = await currentKeys(vault, house.id);
  const { id, reference } = standing.state;
  await asOrganisation(vault.db, house.id, async (tx) => {
    await lockShare(tx, house.id, share.id);
    await stateVisit(tx, vault, keys, frame, house, visit.id, {
      ticket: { id, reference },
      fields: share.fields,
      to: named ? addressOf(named) : UNNAMED,
      files,
      at: frame.clock.now(),
    });
  });
};

/**
 * States the hand-over before its last bytes leave: nobody has all of it without both sides having a receipt. Whoever
 * asks for the end by `Range` says that they have what comes before.
 * @param files as they leave
 */
export const withReceipt = (
  vault: Vault,
  frame: Pick<Frame, 'url' | 'clock'>,
  house: House,
  held: Held,
  gift: Gift,
  files: readonly ReceiptFile[],
): Gift => ({
  ...gift,
  read: async function* (from, to) {
    let at = from;
    for await (const part of gift.read(from, to)) {
      at += part.length;
      if (at >= gift.size) await state(vault, frame, house, held, files);
      yield part;
    }
  },
});
