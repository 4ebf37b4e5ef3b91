import type { House } from '../organisations/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import type { Vault } from '../vault/index.ts';
import { endDeposit } from './deposit.ts';
import { leftOpen } from './store.ts';

/** How long whoever brings may be away before what came is stated without them, in milliseconds. */
const AWAY = 3_600_000;

/** Ends the deposits that their bringers left: the organisation has its receipt, and so have they when they come back. */
export const endLeftDeposits = async (
  vault: Vault,
  frame: { readonly url: string },
  house: House,
): Promise<void> => {
  const before = new Date(vault.clock.now() - AWAY);
  const left = await asOrganisation(vault.db, house.id, (tx) => leftOpen(tx, house.id, before));
  for (const { id, dropId } of left) await endDeposit(vault, frame, house, dropId, id);
};
