import type { House } from '../../organisations/index.ts';
import { localeOf } from '../../platform/http/locale.ts';
import { inOrganisation, type Database } from '../../platform/postgres/index.ts';
import type { Caller } from '../caller.ts';
import { hashSecret } from '../secret.ts';
import { countVisit, guestBy } from './store.ts';

/** How long a link without a date of its own still works once its ticket has ended, in milliseconds. */
export const AFTER_END = 90 * 86_400_000;
/** Requests of one minute are one visit. */
const VISIT = 60_000;

/** Whoever holds a link: one ticket, one role. `null` alike for a link that never was, was revoked, or is over. */
export const byGuest = async (
  db: Database,
  house: House,
  secret: string,
  acceptLanguage: string | undefined,
  now: number,
): Promise<Caller | null> => {
  const hash = hashSecret(secret);
  const [found] = await inOrganisation(db, house.id, (tx) =>
    guestBy(tx, house.id, hash, new Date(now), new Date(now - AFTER_END)),
  );
  // Where there is health data a link is not enough, also when the app has become so since.
  if (!found || house.apps.get(found.app)?.definition.classification === 'health') return null;
  if (found.lastUsedAt === null || now - found.lastUsedAt.getTime() > VISIT)
    await inOrganisation(db, house.id, (tx) =>
      countVisit(tx, house.id, found.id, new Date(now), new Date(now - VISIT)),
    );
  return {
    house,
    actor: {
      kind: 'guest',
      id: found.id,
      grants: [{ app: found.app, role: found.role, siteId: null }],
      administrator: false,
      within: { app: found.app, ticketId: found.ticketId },
    },
    member: null,
    locale: localeOf(acceptLanguage),
    session: null,
    withheld: new Set(),
    confined: 'guest',
  };
};
