import type { House } from '../../organisations/index.ts';
import { localeOf } from '../../platform/http/locale.ts';
import { inOrganisation, type Database } from '../../platform/postgres/index.ts';
import type { Caller } from '../caller.ts';
import { hashSecret } from '../secret.ts';
import { dropBy } from './store.ts';

/**
 * Whoever holds a link to put files: no role, nothing to see, one field of one ticket to add to. `null` alike for a link
 * that never was, was revoked, is over, or whose ticket has ended. Whether its maker still may is asked by its routes.
 */
export const byDrop = async (
  db: Database,
  house: House,
  secret: string,
  acceptLanguage: string | undefined,
  now: number,
): Promise<Caller | null> => {
  const [found] = await inOrganisation(db, house.id, (tx) =>
    dropBy(tx, house.id, hashSecret(secret), new Date(now)),
  );
  if (!found) return null;
  const { id, app, ticketId, field } = found;
  return {
    house,
    actor: { kind: 'drop', id, grants: [], administrator: false, within: { app, ticketId, field } },
    member: null,
    locale: localeOf(acceptLanguage),
    session: null,
    withheld: new Set(),
    confined: 'drop',
  };
};
