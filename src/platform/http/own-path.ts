/** Stands for our own address where a path is read. */
export const OWN = 'http://own';

/** A path of ours, as a browser will read it: never another site's. `/..//there` is one of those. */
export const ownPath = (path: string | undefined): string | null => {
  if (path === undefined || !/^\/[\x21-\x7e]*$/u.test(path) || !URL.canParse(path, OWN)) return null;
  const { origin, pathname, search, hash } = new URL(path, OWN);
  return origin === OWN && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : null;
};
