import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

import { DEMANDS } from './assurance.ts';

/** The name of an organisation's session cookie; `__Host-` needs https. */
export const cookieName = (url: string, slug: string): string =>
  url.startsWith('https:') ? `__Host-vigie-${slug}` : `vigie-${slug}`;

/**
 * The value of one of our cookies, in a `Cookie` header: it is base64url, nothing of it is ever quoted or encoded. Every
 * request of a person begins with this.
 */
export const cookieIn = (header: string | undefined, name: string): string | undefined => {
  if (header === undefined) return undefined;
  const wanted = `${name}=`;
  let at = header.indexOf(wanted);
  // Not the end of another cookie's name, nor something in its value.
  while (at > 0 && header[at - 1] !== ' ' && header[at - 1] !== ';') at = header.indexOf(wanted, at + 1);
  if (at < 0) return undefined;
  const end = header.indexOf(';', at);
  return header.slice(at + wanted.length, end < 0 ? undefined : end).trim();
};

/** The secret of the session that a browser has, whatever it is worth. */
export const sessionSecret = (c: Context, url: string, slug: string): string | undefined =>
  getCookie(c, cookieName(url, slug));

/** For this host alone, for no script, and not with what another site sends. */
const kept = (url: string) =>
  ({ httpOnly: true, sameSite: 'Lax', path: '/', secure: url.startsWith('https:') }) as const;

/** Gives a browser its session. Its clock may be wrong: it is told how long, not until when. */
export const giveSession = (c: Context, url: string, slug: string, secret: string): void =>
  setCookie(c, cookieName(url, slug), secret, {
    ...kept(url),
    maxAge: DEMANDS.internal.total / 1000,
  });

/** The name of the cookie of whoever opened a share by this link. */
export const visitName = (url: string, linkId: string): string =>
  `${url.startsWith('https:') ? '__Host-' : ''}vigie-share-${linkId.replaceAll('-', '')}`;

/** Gives a browser what it shows a share's files with, for so many milliseconds. */
export const giveVisit = (
  c: Context,
  url: string,
  linkId: string,
  visit: { readonly secret: string; readonly lasts: number },
): void =>
  setCookie(c, visitName(url, linkId), visit.secret, {
    ...kept(url),
    maxAge: Math.floor(visit.lasts / 1000),
  });

/** Takes it back. */
export const takeSession = (c: Context, url: string, slug: string): void =>
  void deleteCookie(c, cookieName(url, slug), kept(url));
