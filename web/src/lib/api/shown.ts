import type { Cookies } from '@sveltejs/kit';

interface Event {
  readonly cookies: Cookies;
  readonly url: URL;
}

/**
 * What a form that was sent without JavaScript was answered once, for the page that it came back to; taken away as it is
 * read. `undefined` when there is nothing, `null` when it was too long to be brought here.
 */
export const shownOnce = <T>({ cookies, url }: Event, organisation: string): T | null | undefined => {
  for (const name of [`__Host-vigie.shown.${organisation}`, `vigie.shown.${organisation}`]) {
    const value = cookies.get(name);
    if (value === undefined) continue;
    try {
      const bytes = Uint8Array.from(atob(value.replaceAll('-', '+').replaceAll('_', '/')), (one) =>
        one.charCodeAt(0),
      );
      const { path, said } = JSON.parse(new TextDecoder().decode(bytes)) as { path: string; said: T | null };
      if (path !== url.pathname) continue;
      cookies.delete(name, {
        path: '/',
        secure: name.startsWith('__Host-'),
        httpOnly: true,
        sameSite: 'strict',
      });
      return said;
    } catch {
      // Not ours, whoever put it there.
    }
  }
  return undefined;
};
