import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

import { cookieName } from '../people/index.ts';

/** As long as browsers keep a cookie; renewed whenever somebody unlocks the station. */
const LONG = 400 * 86_400;

const options = (url: string) =>
  ({ httpOnly: true, sameSite: 'Strict', path: '/', secure: url.startsWith('https:') }) as const;

/** A point stands in no organisation's name, so that this is never taken for a session. */
const deviceName = (url: string, slug: string): string =>
  cookieName(url, slug).replace(/vigie-/u, 'vigie.station.');

export const deviceSecret = (c: Context, url: string, slug: string): string | undefined =>
  getCookie(c, deviceName(url, slug));

export const giveDevice = (c: Context, url: string, slug: string, secret: string): void =>
  setCookie(c, deviceName(url, slug), secret, { ...options(url), maxAge: LONG });

/** What unlocks a station ends with the browser at the latest. */
export const giveUnlocked = (c: Context, url: string, slug: string, secret: string): void =>
  setCookie(c, cookieName(url, slug), secret, { ...options(url), sameSite: 'Lax' });

export const takeUnlocked = (c: Context, url: string, slug: string): void => {
  deleteCookie(c, cookieName(url, slug), { path: '/', secure: url.startsWith('https:') });
};
