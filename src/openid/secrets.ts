import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

import { hashSecret } from '../people/index.ts';

/** How long somebody may take at the provider, in milliseconds. */
export const ON_THE_WAY = 10 * 60_000;

/** What goes to the provider and comes back: made from a secret that only this browser has. */
export interface Ways {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

const derived = (secret: string, what: string): string =>
  createHmac('sha256', secret).update(`vigie openid ${what}`).digest('base64url');

/** Which of a browser's attempts this is: said in the state, and in the name of its cookie. */
export const tagOf = (secret: string): string => hashSecret(`tag ${secret}`).toString('hex').slice(0, 16);

export const waysOf = (secret: string, slug: string): Ways => ({
  state: `${derived(secret, 'state')}.${tagOf(secret)}.${slug}`,
  nonce: derived(secret, 'nonce'),
  verifier: derived(secret, 'verifier'),
});

const STATE = /^[\w-]{43}\.([0-9a-f]{16})\.([a-z0-9-]{1,80})$/u;

/** What a state says of itself; it proves nothing before it is compared. */
export const readState = (state: string): { readonly tag: string; readonly slug: string } | null => {
  const [, tag, slug] = STATE.exec(state) ?? [];
  return tag === undefined || slug === undefined ? null : { tag, slug };
};

export const isSame = (one: string, other: string): boolean => {
  const [a, b] = [hashSecret(one), hashSecret(other)];
  return timingSafeEqual(a, b);
};

const isSecure = (url: string): boolean => url.startsWith('https:');
const nameOf = (url: string, tag: string): string => `${isSecure(url) ? '__Host-' : ''}vigie_openid_${tag}`;

const give = (c: Context, url: string, tag: string, value: string): void =>
  setCookie(c, nameOf(url, tag), value, {
    httpOnly: true,
    // The way back begins at the provider: `Strict` would not come along.
    sameSite: 'Lax',
    path: '/',
    secure: isSecure(url),
    maxAge: ON_THE_WAY / 1000,
  });

const take = (c: Context, url: string, tag: string): void => {
  deleteCookie(c, nameOf(url, tag), { path: '/', secure: isSecure(url) });
};

export const giveAttempt = (c: Context, url: string, secret: string): void =>
  give(c, url, tagOf(secret), secret);

/** The secret of an attempt that this browser began. */
export const attemptOf = (c: Context, url: string, tag: string): string | undefined => {
  const secret = getCookie(c, nameOf(url, tag));
  return secret !== undefined && isSame(tagOf(secret), tag) ? secret : undefined;
};

export const takeAttempt = take;

/** What the provider wants to see at sign-out stays with the browser for as long as the way there. */
export const giveFarewell = (c: Context, url: string, slug: string, hint: string): void =>
  give(c, url, `leave_${slug}`, hint);
export const farewellOf = (c: Context, url: string, slug: string): string | undefined =>
  getCookie(c, nameOf(url, `leave_${slug}`));
export const takeFarewell = (c: Context, url: string, slug: string): void => take(c, url, `leave_${slug}`);
