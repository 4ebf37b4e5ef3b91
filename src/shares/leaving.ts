import { type Actor, may } from '../engine/index.ts';
import { record } from '../log/index.ts';
import type { House } from '../organisations/index.ts';
import { actorNow } from '../people/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { endSharesOf, giveShares } from './store.ts';

/**
 * What somebody who leaves has shared goes to whoever takes over their tickets of the app, and stands as long as they may
 * share it themselves; what nobody takes over ends.
 * @param heirs by app, a member
 */
export const handShares = async (
  tx: Tx,
  house: House,
  from: string,
  heirs: { readonly [app: string]: string | null | undefined },
  by: Actor,
  now: number,
): Promise<void> => {
  for (const [app, to] of Object.entries(heirs)) {
    const definition = house.apps.get(app)?.definition;
    const heir = to ? await actorNow(tx, house.id, { kind: 'member', id: to }, now) : null;
    if (!to || !heir || !definition || !may(definition, heir, 'comments')) continue;
    for (const share of await giveShares(tx, house.id, { app, from, to }))
      await record(tx, house.id, 'share_given', by, { share, member: to }, now);
  }
  for (const share of await endSharesOf(tx, house.id, from, new Date(now)))
    await record(tx, house.id, 'share_ended', by, { share }, now);
};
