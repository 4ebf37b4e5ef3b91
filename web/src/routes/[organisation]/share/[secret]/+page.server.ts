import { error } from '@sveltejs/kit';
import { api } from '#lib/api/paths.ts';
import type { Draft, Shared } from '#lib/api/types.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { organisation, secret } = event.params;
  const path = `/api/v1${api.organisation(organisation)}`;
  const headers = { accept: 'application/json', authorization: `Share ${encodeURIComponent(secret)}` };
  const answer = await event.fetch(`${path}/share`, { headers });
  // Unknown, past, closed: the page says the same.
  if (!answer.ok) error(answer.status === 429 || answer.status === 503 ? answer.status : 404);
  const shared = (await answer.json()) as Shared;
  const draftId = event.url.searchParams.get('draft');
  const kept = draftId
    ? await event.fetch(`${path}/drafts/${encodeURIComponent(draftId)}`, { headers })
    : null;
  return { shared, secret, draft: kept?.ok ? ((await kept.json()) as Draft) : null };
};
