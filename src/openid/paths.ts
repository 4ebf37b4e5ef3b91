import { ownPath } from '../platform/http/own-path.ts';
import type { Refusal } from './finish.ts';
import type { Purpose } from './store.ts';

/** A page of an organisation. */
export const page = (slug: string, name = ''): string => `/${encodeURIComponent(slug)}${name}`;

/** A path of the organisation's own pages; its home for any other. */
export const within = (slug: string, path: string | undefined): string => {
  const own = ownPath(path);
  const home = page(slug);
  return own !== null && (own === home || own.startsWith(`${home}/`) || own.startsWith(`${home}?`))
    ? own
    : home;
};

/** Where somebody is told what happened: those who came from inside are shown it there. */
export const toldAt = (
  slug: string,
  what: Refusal | 'linked' | 'still_there',
  provider: string,
  purpose: Purpose = 'sign-in',
): string => {
  const inside = purpose === 'link' || purpose === 'step-up';
  const query = new URLSearchParams({ openid: what, provider }).toString();
  return `${page(slug, inside ? '/account/identities' : '/sign-in')}?${query}`;
};

/** Where a provider sends people back to: one address each, so that none can answer for another. */
export const callbackOf = (url: string, provider: string): string =>
  `${url}/api/v1/openid/${provider}/callback`;
