import { error } from '@sveltejs/kit';
import { api } from '#lib/api/paths.ts';
import type { Draft } from '#lib/api/types.ts';
import type { OpenDrop } from '#lib/drops/open.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { organisation, secret } = event.params;
  const path = `/api/v1${api.organisation(organisation)}`;
  const headers = { accept: 'application/json', authorization: `Drop ${encodeURIComponent(secret)}` };
  const answer = await event.fetch(`${path}/drop`, { headers });
  // Unknown, past, closed: the page says the same.
  if (!answer.ok) error(answer.status === 429 ? 429 : 404);
  const open = (await answer.json()) as OpenDrop;
  const draftId = event.url.searchParams.get('draft');
  const kept = draftId
    ? await event.fetch(`${path}/drafts/${encodeURIComponent(draftId)}`, { headers })
    : null;
  return { open, secret, draft: kept?.ok ? ((await kept.json()) as Draft) : null };
};
