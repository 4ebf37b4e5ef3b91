import type { House } from '../organisations/index.ts';
import { inOrganisation, type Database } from '../platform/postgres/index.ts';
import { localeOf } from '../platform/http/locale.ts';
import { type Assurance, DEMANDS } from './assurance.ts';
import type { Caller } from './caller.ts';
import { withKey, withSession } from './callers.ts';
import { byDrop } from './confined/drop.ts';
import { byGuest } from './confined/guest.ts';
import { byShare } from './confined/share.ts';
import { keyOf, sessionOf, stationOf } from './known.ts';
import { readKey } from './secret.ts';
import { type SessionRow, touchKey, touchSession } from './store.ts';

/** How often the last use of a session or key is written down, in milliseconds. */
const TOUCH = 60_000;

interface Presented {
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
  readonly acceptLanguage: string | undefined;
  /** A page that only stays open is no sign of life of its person. */
  readonly idling?: boolean;
  /** The link of a share that the path names. */
  readonly link?: string | undefined;
  /** The cookie of whoever opened a share by this link. */
  visitOf?(linkId: string): string | undefined;
}

/**
 * Who is calling, in this organisation; `null` when nobody we know.
 * @param meanwhile called when it has just been asked, in the same turn of the loop, whose key or session this is: what
 * is asked there travels along
 */
export const authenticate = (
  db: Database,
  house: House,
  presented: Presented,
  now: number,
  meanwhile?: () => void,
): Promise<Caller | null> => {
  const { authorization, cookie, link } = presented;
  // Whoever presents a key is that key, even in a browser that is also signed in.
  if (authorization === undefined && link === undefined)
    return cookie === undefined
      ? Promise.resolve(null)
      : bySession(db, house, cookie, presented, now, meanwhile);
  const guest = /^Guest +([\w-]{20,200})$/iu.exec(authorization ?? '')?.[1];
  if (guest !== undefined) return byGuest(db, house, guest, presented.acceptLanguage, now);
  const drop = /^Drop +([\w-]{20,200})$/iu.exec(authorization ?? '')?.[1];
  if (drop !== undefined) return byDrop(db, house, drop, presented.acceptLanguage, now);
  const share = /^Share +([\w-]{20,200})$/iu.exec(authorization ?? '')?.[1];
  if (share !== undefined || authorization === undefined)
    return byShareOrSession(db, house, share, presented, now);
  return byKey(db, house, presented, now, meanwhile);
};

/** Who presents nothing of a share, where the path names its link, may still be whoever their session says. */
const byShareOrSession = async (
  db: Database,
  house: House,
  share: string | undefined,
  presented: Presented,
  now: number,
): Promise<Caller | null> => {
  const session = () =>
    authenticate(db, house, { ...presented, authorization: undefined, link: undefined }, now);
  const sharer = await byShare(db, house, share, presented, session, now);
  return sharer || share !== undefined ? sharer : session();
};

const byKey = async (
  db: Database,
  house: House,
  presented: Presented,
  now: number,
  meanwhile?: () => void,
): Promise<Caller | null> => {
  const bearer = /^Bearer +(\S+)$/iu.exec(presented.authorization ?? '')?.[1];
  const read = bearer === undefined ? null : readKey(bearer);
  if (read?.organisationId !== house.id) return null;
  const asked = keyOf(db, house.id, read.secret);
  meanwhile?.();
  const key = await asked;
  if (!key || (key.expiresAt !== null && key.expiresAt.getTime() <= now)) return null;
  if (key.lastUsedAt === null || now - key.lastUsedAt.getTime() > TOUCH)
    await inOrganisation(db, house.id, (tx) => touchKey(tx, house.id, key.id, new Date(now)));
  return withKey(house, key, localeOf(presented.acceptLanguage));
};

/** Whether a session that was idle so long still is as sure as it was: where there is health data, not for long. */
const assuranceNow = (house: House, found: SessionRow, now: number): Assurance => {
  const lapsed = (app: string): boolean => {
    const demands = DEMANDS[house.apps.get(app)?.definition.classification ?? 'health'];
    return (
      now - found.seenAt.getTime() > demands.idle || now - found.authenticatedAt.getTime() > demands.total
    );
  };
  return found.roles.some(({ app }) => lapsed(app)) ? 'low' : found.assurance;
};

const bySession = async (
  db: Database,
  house: House,
  secret: string,
  presented: Presented,
  now: number,
  meanwhile?: () => void,
): Promise<Caller | null> => {
  const asked = sessionOf(db, house.id, secret);
  meanwhile?.();
  const found = await asked;
  if (!found || found.disabled) return null;
  const station = found.stationId === null ? null : await stationOf(db, house.id, found.stationId);
  // It was revoked, and what was unlocked with it.
  if (station === undefined) return null;
  const idle = now - found.seenAt.getTime();
  const { settings } = house;
  const most = Math.min(
    station ? station.idleSeconds * 1000 : DEMANDS.internal.idle,
    settings.idle ?? Infinity,
  );
  if (found.expiresAt.getTime() <= now || idle > most) return null;
  if (settings.total !== null && now - found.createdAt.getTime() >= settings.total) return null;
  const assurance = assuranceNow(house, found, now);
  const caller = withSession(house, found, station, { assurance, now });
  if ((idle > Math.min(TOUCH, most / 8) && presented.idling !== true) || assurance !== found.assurance) {
    const hash = Buffer.from(found.hash, 'hex');
    await inOrganisation(db, house.id, (tx) =>
      touchSession(tx, house.id, hash, presented.idling === true ? found.seenAt : new Date(now), assurance),
    );
  }
  return caller;
};
