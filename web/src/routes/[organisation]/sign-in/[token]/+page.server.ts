import { nextOf } from '#lib/api/next.ts';
import { api } from '#lib/api/paths.ts';
import { readIf } from '#lib/api/read.ts';
import type { Draft } from '#lib/api/types.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const draft = event.url.searchParams.get('draft');
  const path = api.organisation(event.params.organisation);
  return {
    slug: event.params.organisation,
    token: event.params.token,
    next: nextOf(event.url, event.params.organisation),
    draft: draft ? await readIf<Draft>(event, `${path}/drafts/${encodeURIComponent(draft)}`) : null,
  };
};
