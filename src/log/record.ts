import { type Actor, actorRef, type Json } from '../engine/index.ts';
import { newId } from '../platform/ids.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { insertDeed } from './store.ts';

/**
 * Writes down what somebody did to the organisation itself, in the transaction that does it.
 * @param body ids and settings; no secret and no personal data, for an event is never changed
 */
export const record = (
  tx: Tx,
  organisationId: string,
  type: string,
  actor: Actor,
  body: { readonly [name: string]: Json },
  now: number,
): Promise<unknown> =>
  insertDeed(tx, organisationId, { id: newId(now), type, at: new Date(now), actor: actorRef(actor), body });
