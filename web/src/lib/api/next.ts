import { pages } from './paths.ts';

/** The page that somebody wanted before they came in: one of this organisation, else its first. */
export const nextOf = (url: URL, organisation: string): string => {
  const home = pages.home(organisation);
  const wanted = url.searchParams.get('next') ?? '';
  if (!wanted.startsWith('/') || !URL.canParse(wanted, url.origin)) return home;
  const { origin, pathname, search } = new URL(wanted, url.origin);
  const ours = origin === url.origin && (pathname === home || pathname.startsWith(`${home}/`));
  return ours ? pathname + search : home;
};
