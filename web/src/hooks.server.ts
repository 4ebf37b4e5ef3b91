import { preferred } from '#lib/words/locale.ts';
import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit/hooks';

/** The language is known for sure only once a layout has read who is there, so it is written last. */
export const handle: Handle = async ({ event, resolve }) => {
  event.locals.locale = preferred(event.request.headers.get('accept-language'));
  // What every answer says beside its content, the server has said already.
  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%vigie.lang%', event.locals.locale),
    preload: (file) => file.type !== 'font' || /-latin-wght-normal/.test(file.filename),
  });
  // The address of a guest's page is its secret, and so is that of whoever brings or reads files.
  if (/\/(?:follow|drop|share)\/|\/sealed\/\[secret\]/u.test(event.route.id ?? ''))
    response.headers.set('referrer-policy', 'no-referrer');
  return response;
};

/** Pages read the API as everyone does, but in the same process: the server lends its own door. */
export const handleFetch: HandleFetch = async ({ event, request, fetch }) => {
  const url = new URL(request.url);
  if (url.origin !== event.url.origin || !url.pathname.startsWith('/api/')) return fetch(request);
  const door = event.platform?.req.vigie;
  if (!door) throw new Error('The pages were asked for without Vigie’s server: `req.vigie` is not set.');
  const headers = new Headers(request.headers);
  for (const name of ['cookie', 'accept-language', 'user-agent']) {
    const given = event.request.headers.get(name);
    if (given) headers.set(name, given);
  }
  return door.fetch(new Request(request, { headers }));
};

/** Says which page, and not its address: that of a sign-in link lets in. */
export const handleError: HandleServerError = ({ error, event, kind }) => {
  // oxlint-disable-next-line no-console -- the pages have no logger: the server's own takes standard error
  if (kind === 'unknown') console.error(`${event.request.method} ${event.route.id}`, error);
};
