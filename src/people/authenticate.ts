import type { House } from '../organisations/index.ts';
import { inOrganisation, reading, type Database } from '../platform/postgres/index.ts';
import { localeOf } from '../platform/http/locale.ts';
import { type Assurance, atLeast, DEMANDS } from './assurance.ts';
import type { Caller } from './caller.ts';
import { byDrop } from './confined/drop.ts';
import { byGuest } from './confined/guest.ts';
import { byShare } from './confined/share.ts';
import { withinStation } from './confined/station.ts';
import { hexOf, readKey } from './secret.ts';
import { keysBy, type RoleRow, type SessionRow, sessionsBy, touchKey, touchSession } from './store.ts';

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

/** The key of a secret's hash. A program asks hundreds of things at once: one look serves them all. */
const keyOf = reading(
  (tx, organisationId, hashes: readonly string[]) => keysBy(tx, organisationId, [...new Set(hashes)]),
  (hashes, rows) => hashes.map((hash) => rows.find((key) => key.hash === hash)),
);

/** The session of a secret's hash, and whose it is. */
const sessionOf = reading(
  (tx, organisationId, hashes: readonly string[]) => sessionsBy(tx, organisationId, [...new Set(hashes)]),
  (hashes, rows) => hashes.map((hash) => rows.find((session) => session.hash === hash)),
);

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
  // Whoever presents a key is that key, even in a browser that is also signed in.
  const guest = /^Guest +([\w-]{20,200})$/iu.exec(presented.authorization ?? '')?.[1];
  if (guest !== undefined) return byGuest(db, house, guest, presented.acceptLanguage, now);
  const drop = /^Drop +([\w-]{20,200})$/iu.exec(presented.authorization ?? '')?.[1];
  if (drop !== undefined) return byDrop(db, house, drop, presented.acceptLanguage, now);
  const share = /^Share +([\w-]{20,200})$/iu.exec(presented.authorization ?? '')?.[1];
  if (share !== undefined || (presented.authorization === undefined && presented.link !== undefined))
    return byShareOrSession(db, house, share, presented, now);
  if (presented.authorization !== undefined) return byKey(db, house, presented, now, meanwhile);
  return presented.cookie === undefined
    ? Promise.resolve(null)
    : bySession(db, house, presented.cookie, presented, now, meanwhile);
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
  const asked = keyOf(db, house.id, hexOf(read.secret));
  meanwhile?.();
  const key = await asked;
  if (!key || (key.expiresAt !== null && key.expiresAt.getTime() <= now)) return null;
  if (key.lastUsedAt === null || now - key.lastUsedAt.getTime() > TOUCH)
    await inOrganisation(db, house.id, (tx) => touchKey(tx, house.id, key.id, new Date(now)));
  return {
    house,
    actor: {
      kind: 'key',
      id: key.id,
      grants: [{ app: key.app, role: key.role, siteId: key.siteId }],
      administrator: false,
    },
    member: null,
    locale: localeOf(presented.acceptLanguage),
    session: null,
    withheld: NOTHING,
    confined: null,
  };
};

const NOTHING: ReadonlySet<string> = new Set();

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

/** Roles in apps that ask for more than this session gives are as if not held, until the person steps up. */
const withhold = (
  house: House,
  roles: readonly RoleRow[],
  assurance: Assurance,
): { readonly grants: readonly RoleRow[]; readonly withheld: ReadonlySet<string> } => {
  const enough = ({ app }: RoleRow): boolean =>
    atLeast(assurance, DEMANDS[house.apps.get(app)?.definition.classification ?? 'health'].assurance);
  const grants = roles.filter(enough);
  return grants.length === roles.length
    ? { grants, withheld: NOTHING }
    : { grants, withheld: new Set(roles.filter((role) => !enough(role)).map(({ app }) => app)) };
};

const bySession = async (
  db: Database,
  house: House,
  secret: string,
  presented: Presented,
  now: number,
  meanwhile?: () => void,
): Promise<Caller | null> => {
  const hex = hexOf(secret);
  const asked = sessionOf(db, house.id, hex);
  meanwhile?.();
  const found = await asked;
  if (!found || found.disabled) return null;
  const hash = Buffer.from(hex, 'hex');
  const { station } = found;
  // The station was revoked, and what was unlocked with it.
  if (found.stationId !== null && station === null) return null;
  const idle = now - found.seenAt.getTime();
  const { settings } = house;
  const most = Math.min(
    station ? station.idleSeconds * 1000 : DEMANDS.internal.idle,
    settings.idle ?? Infinity,
  );
  if (found.expiresAt.getTime() <= now || idle > most) return null;
  if (settings.total !== null && now - found.createdAt.getTime() >= settings.total) return null;
  const assurance = assuranceNow(house, found, now);
  if ((idle > Math.min(TOUCH, most / 8) && presented.idling !== true) || assurance !== found.assurance)
    await inOrganisation(db, house.id, (tx) =>
      touchSession(tx, house.id, hash, presented.idling === true ? found.seenAt : new Date(now), assurance),
    );
  const { id, name, email, locale, sessionId, methods, hasPasskey } = found;
  const { grants, withheld } = withhold(house, found.roles, assurance);
  // At a shared station nobody administers.
  const administrator = found.administrator && station === null;
  const moved = { ticketId: found.movedTicketId, at: found.movedAt };
  return {
    house,
    actor: {
      kind: 'member',
      id,
      grants: station ? grants.filter(({ app }) => app === station.app) : grants,
      administrator,
      ...(station && { station: station.id, within: withinStation(station, moved, now) }),
    },
    member: { id, name, email, locale, administrator },
    locale,
    session: {
      id: sessionId,
      hash,
      methods,
      assurance,
      authenticatedAt: found.authenticatedAt.getTime(),
      hasPasskey,
    },
    withheld,
    confined: station ? 'station' : null,
  };
};
