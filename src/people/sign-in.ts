import type { Caller } from './caller.ts';
import { TOTAL } from './authenticate.ts';
import type { House } from '../organisations/index.ts';
import { asOrganisation, type Database } from '../platform/postgres/index.ts';
import { hashSecret, newSecret } from './secret.ts';
import { insertLink, insertSession, linksSince, memberByEmail, revokeSession, useLink } from './store.ts';

/** How long a sign-in link can be used, in milliseconds. */
const LINK = 15 * 60_000;
/** A link that an administrator hands over, or that the start prints. */
const HANDED = 24 * 3_600_000;
/** Links mailed to one person in an hour. */
const MAILED_AN_HOUR = 5;

export interface Link {
  readonly url: string;
  readonly email: string;
  readonly name: string;
  readonly locale: 'fr' | 'en';
}

const urlOf = (base: string, house: { readonly slug: string }, secret: string): string =>
  `${base}/${house.slug}/sign-in/${secret}`;

/** A link for somebody known by address; `null`, and nothing said, when nobody is or they asked too often. */
export const linkByEmail = (
  db: Database,
  house: House,
  base: string,
  email: string,
  now: number,
): Promise<Link | null> =>
  asOrganisation(db, house.id, async (tx) => {
    const member = await memberByEmail(tx, house.id, email);
    if (!member || (await linksSince(tx, house.id, member.id, new Date(now - 3_600_000))) >= MAILED_AN_HOUR)
      return null;
    const secret = newSecret();
    await insertLink(tx, house.id, {
      secretHash: hashSecret(secret),
      memberId: member.id,
      at: new Date(now),
      expiresAt: new Date(now + LINK),
    });
    return { url: urlOf(base, house, secret), email: member.email, name: member.name, locale: member.locale };
  });

/** A link that somebody hands over themselves. */
export const linkFor = (
  db: Database,
  house: { readonly id: string; readonly slug: string },
  base: string,
  memberId: string,
  now: number,
): Promise<string> =>
  asOrganisation(db, house.id, async (tx) => {
    const secret = newSecret();
    await insertLink(tx, house.id, {
      secretHash: hashSecret(secret),
      memberId,
      at: new Date(now),
      expiresAt: new Date(now + HANDED),
    });
    return urlOf(base, house, secret);
  });

/** A new session for whoever has the link; `null` when it was used, has expired or never was. */
export const signIn = (
  db: Database,
  house: House,
  token: string,
  now: number,
): Promise<{ readonly secret: string } | null> =>
  asOrganisation(db, house.id, async (tx) => {
    const at = new Date(now);
    const memberId = await useLink(tx, house.id, hashSecret(token), at);
    if (memberId === undefined) return null;
    const secret = newSecret();
    const expiresAt = new Date(now + TOTAL);
    await insertSession(tx, house.id, {
      secretHash: hashSecret(secret),
      memberId,
      method: 'link',
      at,
      expiresAt,
    });
    return { secret };
  });

export const signOut = async (db: Database, caller: Caller, now: number): Promise<void> => {
  const { session } = caller;
  if (session === null) return;
  await asOrganisation(db, caller.house.id, (tx) =>
    revokeSession(tx, caller.house.id, session, new Date(now)),
  );
};
