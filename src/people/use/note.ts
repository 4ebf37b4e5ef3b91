import { type Database, inOrganisation } from '../../platform/postgres/index.ts';
import { keepUse } from './store.ts';

/** Who was seen where on which day, by database: so that a day is written once and not at every request. */
const seen = new WeakMap<object, Map<string, string>>();
const MOST = 100_000;

let today = { nth: NaN, day: '' };
const DAY = 86_400_000;
/** The day of an instant, by universal time. */
const dayOf = (now: number): string => {
  const nth = Math.floor(now / DAY);
  if (today.nth !== nth) today = { nth, day: new Date(now).toISOString().slice(0, 10) };
  return today.day;
};

/**
 * Remembers that a member did something in an app today, for the review of rights. Nobody waits for it, and what
 * could not be written is written at their next request.
 */
export const noteUse = (
  db: Pick<Database, 'app'>,
  organisationId: string,
  memberId: string,
  app: string,
  now: number,
): void => {
  const day = dayOf(now);
  const ofDatabase = seen.get(db.app) ?? new Map<string, string>();
  seen.set(db.app, ofDatabase);
  const key = `${organisationId} ${memberId} ${app}`;
  if (ofDatabase.get(key) === day) return;
  if (ofDatabase.size >= MOST) ofDatabase.clear();
  ofDatabase.set(key, day);
  inOrganisation(db, organisationId, (tx) => keepUse(tx, organisationId, { memberId, app, day })).catch(() =>
    ofDatabase.delete(key),
  );
};
