import { error } from '@sveltejs/kit';
import { api } from '#lib/api/paths.ts';
import type { Definition, Draft, Ticket } from '#lib/api/types.ts';
import type { Locale } from '#lib/words/locale.ts';
import type { PageServerLoad } from './$types';

interface Followed {
  readonly organisation: { readonly slug: string; readonly name: string; readonly locale: Locale };
  readonly site: { readonly name: string; readonly timeZone: string } | null;
  readonly definition: Pick<Definition, 'app' | 'title' | 'noun' | 'fields' | 'steps' | 'moves'>;
  readonly ticket: Pick<
    Ticket,
    'reference' | 'heading' | 'step' | 'fields' | 'promise' | 'stepSince' | 'closed' | 'moves' | 'version'
  >;
}

export const load: PageServerLoad = async (event) => {
  const { organisation, secret } = event.params;
  const path = `/api/v1${api.organisation(organisation)}`;
  const headers = { accept: 'application/json', authorization: `Guest ${encodeURIComponent(secret)}` };
  const answer = await event.fetch(`${path}/follow`, { headers });
  // Unknown, past, closed: the page says the same.
  if (!answer.ok) error(404);
  const followed = (await answer.json()) as Followed;
  const draftId = event.url.searchParams.get('draft');
  const kept = draftId
    ? await event.fetch(`${path}/drafts/${encodeURIComponent(draftId)}`, { headers })
    : null;
  return { followed, secret, draft: kept?.ok ? ((await kept.json()) as Draft) : null };
};
