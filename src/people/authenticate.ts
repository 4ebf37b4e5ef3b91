import type { House } from '../organisations/index.ts';
import { inOrganisation, together, type Database } from '../platform/postgres/index.ts';
import { localeOf } from '../platform/http/locale.ts';
import type { Caller } from './caller.ts';
import { hashSecret, readKey } from './secret.ts';
import { keysBy, sessionsBy, touchKey, touchSession } from './store.ts';

/** Idle and total life of a session, in milliseconds (the `internal` column of the classification table). */
export const IDLE = 12 * 3_600_000;
export const TOTAL = 7 * 24 * 3_600_000;

/** How often the last use of a session or key is written down, in milliseconds. */
const TOUCH = 60_000;

interface Presented {
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
  readonly acceptLanguage: string | undefined;
}

/** The key of a secret's hash. A program asks hundreds of things at once: one look serves them all. */
const keyOf = together(async (db, organisationId, hashes: readonly string[]) => {
  const found = await inOrganisation(db, organisationId, (tx) =>
    keysBy(tx, organisationId, [...new Set(hashes)]),
  );
  return hashes.map((hash) => found.find((key) => key.hash === hash));
});

/** The session of a secret's hash, and whose it is. */
const sessionOf = together(async (db, organisationId, hashes: readonly string[]) => {
  const found = await inOrganisation(db, organisationId, (tx) =>
    sessionsBy(tx, organisationId, [...new Set(hashes)]),
  );
  return hashes.map((hash) => found.find((session) => session.hash === hash));
});

/** Who is calling, in this organisation; `null` when nobody we know. */
export const authenticate = async (
  db: Database,
  house: House,
  presented: Presented,
  now: number,
): Promise<Caller | null> => {
  // Whoever presents a key is that key, even in a browser that is also signed in.
  if (presented.authorization !== undefined) return byKey(db, house, presented, now);
  return presented.cookie === undefined ? null : bySession(db, house, presented.cookie, presented, now);
};

const byKey = async (
  db: Database,
  house: House,
  presented: Presented,
  now: number,
): Promise<Caller | null> => {
  const bearer = /^Bearer +(\S+)$/iu.exec(presented.authorization ?? '')?.[1];
  const read = bearer === undefined ? null : readKey(bearer);
  if (read?.organisationId !== house.id) return null;
  const key = await keyOf(db, house.id, hashSecret(read.secret).toString('hex'));
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
  };
};

const bySession = async (
  db: Database,
  house: House,
  secret: string,
  presented: Presented,
  now: number,
): Promise<Caller | null> => {
  const hash = hashSecret(secret);
  const found = await sessionOf(db, house.id, hash.toString('hex'));
  if (!found || found.disabled) return null;
  if (found.expiresAt.getTime() <= now || now - found.seenAt.getTime() > IDLE) return null;
  if (now - found.seenAt.getTime() > TOUCH)
    await inOrganisation(db, house.id, (tx) => touchSession(tx, house.id, hash, new Date(now)));
  const { id, name, email, locale, administrator } = found;
  return {
    house,
    actor: { kind: 'member', id, grants: found.roles, administrator },
    member: { id, name, email, locale, administrator },
    locale,
    session: hash,
  };
};
