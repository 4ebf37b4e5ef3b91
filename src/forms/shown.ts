import type { Context } from 'hono';
import { setCookie } from 'hono/cookie';

import { cookieName } from '../people/index.ts';

/** Long enough for the page to be drawn, in seconds; whoever sees it takes it away. */
const LASTS = 60;
/** Browsers keep cookies of 4096 bytes, name and attributes included. */
const LONGEST = 3700;

/**
 * What is answered once and kept nowhere, such as the address of a link, reaches the page of whoever sent a form without
 * JavaScript in a cookie of their own browser: never in an address, and not in the database.
 * @param path the page that shows it; `null` reaches it in place of what is too long
 */
export const showOnce = (c: Context, url: string, slug: string, path: string, answered: unknown): void => {
  const valueOf = (said: unknown): string =>
    Buffer.from(JSON.stringify({ path, said })).toString('base64url');
  const whole = valueOf(answered);
  setCookie(
    c,
    cookieName(url, slug).replace(/vigie-/u, 'vigie.shown.'),
    whole.length > LONGEST ? valueOf(null) : whole,
    { httpOnly: true, sameSite: 'Strict', path: '/', secure: url.startsWith('https:'), maxAge: LASTS },
  );
};
