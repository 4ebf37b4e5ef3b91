import { nextOf } from '#lib/api/next.ts';
import { api } from '#lib/api/paths.ts';
import { read, readIf } from '#lib/api/read.ts';
import type { Draft } from '#lib/api/types.ts';
import { openid, type Provider } from '#lib/openid/providers.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const draft = event.url.searchParams.get('draft');
  const path = api.organisation(event.params.organisation);
  const { doors } = await read<{ doors: { by: 'passkey' | 'link' }[] }>(event, `${path}/doors`);
  const offered = await readIf<{ providers: Provider[] }>(
    event,
    openid(event.params.organisation, 'providers'),
  );
  return {
    slug: event.params.organisation,
    doors,
    providers: offered?.providers ?? [],
    next: nextOf(event.url, event.params.organisation),
    draft: draft ? await readIf<Draft>(event, `${path}/drafts/${encodeURIComponent(draft)}`) : null,
  };
};
