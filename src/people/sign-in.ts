import type { Actor } from '../engine/index.ts';
import { record } from '../log/index.ts';
import type { Caller } from './caller.ts';
import { askAgain } from '../log/index.ts';
import type { House } from '../organisations/index.ts';
import { asOrganisation, type Database } from '../platform/postgres/index.ts';
import { hashSecret, newSecret } from './secret.ts';
import { type Arrival, beginSession } from './session.ts';
import { insertLink, type LinkPurpose, linksSince, memberByEmail, revokeSession, useLink } from './store.ts';

/** How long a sign-in link can be used, in milliseconds. */
const LINK = 15 * 60_000;
/** A link that an administrator hands over, or that the start prints. */
const HANDED = 24 * 3_600_000;
/** Links mailed to one person in an hour. */
const MAILED_AN_HOUR = 5;

export interface Link {
  readonly purpose: LinkPurpose;
  readonly url: string;
  readonly email: string;
  readonly name: string;
  readonly locale: 'fr' | 'en';
}

const urlOf = (base: string, house: { readonly slug: string }, secret: string): string =>
  `${base}/${house.slug}/sign-in/${secret}`;

/**
 * A link for somebody known by address; `null`, and nothing said, when nobody is, they asked too often, or the
 * organisation does without links.
 * @param next the page of ours that they wanted
 */
export const linkByEmail = (
  db: Database,
  house: House,
  base: string,
  email: string,
  now: number,
  next: string | null = null,
): Promise<Link | null> =>
  asOrganisation(db, house.id, async (tx) => {
    if (!house.settings.mailLinks) return null;
    const member = await memberByEmail(tx, house.id, email);
    if (!member) return null;
    if ((await linksSince(tx, house.id, member.id, new Date(now - 3_600_000))) >= MAILED_AN_HOUR) return null;
    const secret = newSecret();
    await insertLink(tx, house.id, {
      secretHash: hashSecret(secret),
      memberId: member.id,
      purpose: 'sign-in',
      at: new Date(now),
      expiresAt: new Date(now + LINK),
    });
    const url = `${urlOf(base, house, secret)}${next === null ? '' : `?next=${encodeURIComponent(next)}`}`;
    return { purpose: 'sign-in', url, email: member.email, name: member.name, locale: member.locale };
  });

/** A link that somebody hands over themselves. `by`: whose deed it is, if it is one. */
export const linkFor = (
  db: Database,
  house: { readonly id: string; readonly slug: string },
  base: string,
  memberId: string,
  now: number,
  by: Actor | null = null,
): Promise<string> =>
  asOrganisation(db, house.id, async (tx) => {
    const secret = newSecret();
    await insertLink(tx, house.id, {
      secretHash: hashSecret(secret),
      memberId,
      purpose: 'sign-in',
      at: new Date(now),
      expiresAt: new Date(now + HANDED),
    });
    if (by) await record(tx, house.id, 'sign_in_link_made', by, { member: memberId }, now);
    return urlOf(base, house, secret);
  });

/**
 * A new session for whoever has the link; `null` when it was used, has expired or never was.
 * @returns the session's secret
 */
export const signIn = (
  db: Database,
  house: House,
  token: string,
  browser: Pick<Arrival, 'userAgent' | 'instead'>,
  now: number,
): Promise<string | null> =>
  asOrganisation(db, house.id, async (tx) => {
    const memberId = await useLink(tx, house.id, hashSecret(token), 'sign-in', new Date(now));
    if (memberId === undefined) return null;
    return beginSession(tx, house.id, { memberId, methods: ['link'], assurance: 'low', ...browser }, now);
  });

export const signOut = async (db: Database, caller: Caller, now: number): Promise<void> => {
  const { session } = caller;
  if (session === null) return;
  await asOrganisation(db, caller.house.id, async (tx) => {
    await revokeSession(tx, caller.house.id, session.hash, new Date(now));
    await askAgain(tx, caller.house.id);
  });
};
