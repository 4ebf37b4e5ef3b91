import { Refused, replay, type TicketState } from '../engine/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import type { Call } from './call.ts';
import { answered, eventsOf } from './store.ts';

/** The same key was used with another request. */
export class KeyReused extends Error {
  constructor() {
    super('This idempotency key was already used with another request.');
    this.name = 'KeyReused';
  }
}

/**
 * What a key gave the first time: the ticket as it was then, from its events.
 * Nothing personal is kept beside the key for this.
 * @throws KeyReused when the request is another one
 */
export const firstAnswer = async (call: Call): Promise<TicketState | undefined> => {
  const { once, house } = call;
  if (once === null) return undefined;
  return asOrganisation(call.db, house.id, async (tx) => {
    const found = await answered(tx, house.id, once.key);
    if (!found) return undefined;
    if (found.requestHash !== once.requestHash) throw new KeyReused();
    const { ticket, version } = found.result as { readonly ticket: string; readonly version: number };
    const state = replay(ticket, await eventsOf(tx, house.id, ticket, version));
    if (!state) throw new Refused({ code: 'not_found' });
    return state;
  });
};
