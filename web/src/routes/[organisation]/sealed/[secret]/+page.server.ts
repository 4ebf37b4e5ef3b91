import { error } from '@sveltejs/kit';
import { api } from '#lib/api/paths.ts';
import type { OpenDrop, SealedTo } from '#lib/sealed/types.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { organisation, secret } = event.params;
  const path = `/api/v1${api.organisation(organisation)}`;
  const headers = { accept: 'application/json', authorization: `Drop ${encodeURIComponent(secret)}` };
  const answer = await event.fetch(`${path}/drop`, { headers });
  // Unknown, past, closed: the page says the same.
  if (!answer.ok) error(404);
  const drop = (await answer.json()) as OpenDrop;
  const to = await event.fetch(`${path}/sealed/drop`, { headers });
  if (to.status === 404) error(404);
  return { drop, secret, to: to.ok ? ((await to.json()) as SealedTo) : null };
};
