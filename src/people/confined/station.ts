import { type Actor, UNDO, type Within } from '../../engine/index.ts';
import { inOrganisation, type Database } from '../../platform/postgres/index.ts';
import type { Caller } from '../caller.ts';
import { keepMoved, type UnlockedRow } from './store.ts';

/** The last ticket moved on at a station, and when. */
export interface LastMoved {
  readonly ticketId: string | null;
  readonly at: Date | null;
}

/** To what a station confines whoever unlocked it. */
export const withinStation = (station: UnlockedRow, moved: LastMoved, now: number): Within => ({
  app: station.app,
  steps: station.steps,
  ...(station.siteId !== null && { siteId: station.siteId }),
  ...(station.opens && { opens: true }),
  ...(moved.ticketId !== null &&
    moved.at !== null &&
    now - moved.at.getTime() <= UNDO && { justMoved: moved.ticketId }),
});

/**
 * Whoever moves a ticket on at a station moves it out of their sight; for as long as a move can be taken back they
 * still see it. Elsewhere this changes nothing.
 * @param at when the ticket was moved, epoch milliseconds: an old command sent again opens nothing
 */
export const stayWith = async (
  db: Database,
  { house, actor, session, confined }: Caller,
  ticket: { readonly id: string; readonly updatedAt: number },
  now: number,
): Promise<Actor> => {
  if (confined !== 'station' || session === null || !actor.within || now - ticket.updatedAt > UNDO)
    return actor;
  const at = new Date(ticket.updatedAt);
  await inOrganisation(db, house.id, (tx) => keepMoved(tx, house.id, session.id, ticket.id, at));
  return { ...actor, within: { ...actor.within, justMoved: ticket.id } };
};
