import { z } from 'zod';

import { type Actor, Refused } from '../engine/index.ts';
import type { House, Houses } from '../organisations/index.ts';
import { memberById } from '../people/index.ts';
import type { Clock } from '../platform/clock.ts';
import { asOrganisation, type Database } from '../platform/postgres/index.ts';
import { assignTicket, type Call } from '../tickets/index.ts';
import { finishLeaving, type Leaving, leavingById, nextHeld } from './store.ts';

const payload = z.object({ organisationId: z.uuid(), leaving: z.uuid() });
const BATCH = 50;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** A role that no definition can name: it gives tickets to others, whatever the roles of whoever runs the organisation. */
const GIVES = '$leaving';

const withGiving = (house: House): House => ({
  ...house,
  apps: new Map(
    [...house.apps].map(([app, installed]) => [
      app,
      {
        ...installed,
        definition: {
          ...installed.definition,
          roles: { ...installed.definition.roles, [GIVES]: { label: GIVES, sees: 'all', assigns: true } },
        },
      },
    ]),
  ),
});

/** Gives a ticket to who takes over; what was given or ended meanwhile needs nothing. */
const hand = async (call: Call, id: string, to: string | null): Promise<void> => {
  try {
    await assignTicket(call, { id }, to);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // Whoever was to take over has left as well: it is nobody's.
    if (error.refusal.code === 'unknown_member') await hand(call, id, null);
  }
};

/** Hands over, one transaction a ticket; how many could not be. */
const handAll = async (call: Call, leaving: Leaving): Promise<number> => {
  const { db, house } = call;
  let after = FIRST;
  for (;;) {
    const [member, page] = await asOrganisation(db, house.id, (tx) =>
      Promise.all([
        memberById(tx, house.id, leaving.memberId),
        nextHeld(tx, house.id, leaving.memberId, after, BATCH),
      ]),
    );
    // They have come back: what was handed over stays where it is, and so does the rest.
    if (page.length === 0 || member?.disabled !== true) break;
    for (const { id, app } of page) await hand(call, id, leaving.heirs[app] ?? null);
    after = page.at(-1)?.id ?? after;
  }
  const rest = await asOrganisation(db, house.id, (tx) =>
    nextHeld(tx, house.id, leaving.memberId, FIRST, 10_000),
  );
  return rest.length;
};

/**
 * The job that hands over the tickets of somebody who left, as the administrator who confirmed it. Killed anywhere, it
 * goes on with those that are still held.
 */
export const handOver =
  (deps: { readonly db: Database; readonly houses: Houses; readonly clock: Clock; committed(): void }) =>
  async (given: unknown): Promise<void> => {
    const { db, houses, clock } = deps;
    const { organisationId, leaving: id } = payload.parse(given);
    const found = await houses.byId(organisationId);
    const leaving = await asOrganisation(db, organisationId, (tx) => leavingById(tx, organisationId, id));
    if (!found || !leaving || leaving.finishedAt !== null) return;
    const house = withGiving(found);
    const actor: Actor = {
      kind: 'member',
      id: leaving.startedBy,
      grants: [...house.apps.keys()].map((app) => ({ app, role: GIVES, siteId: null })),
      administrator: true,
    };
    const leftOver = await handAll({ db, house, actor, now: clock.now(), once: null }, leaving);
    await asOrganisation(db, organisationId, (tx) =>
      finishLeaving(tx, organisationId, id, leftOver, new Date(clock.now())),
    );
    deps.committed();
  };
