import { api } from '#lib/api/paths.ts';
import { readIf } from '#lib/api/read.ts';
import type { Draft } from '#lib/api/types.ts';
import { openid, type Provider } from '#lib/openid/providers.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { organisation: slug, token } = event.params;
  const draft = event.url.searchParams.get('draft');
  const [offered, kept] = await Promise.all([
    readIf<{ providers: Provider[] }>(event, openid(slug, 'providers')),
    draft ? readIf<Draft>(event, `${api.organisation(slug)}/drafts/${encodeURIComponent(draft)}`) : null,
  ]);
  return { slug, token, providers: offered?.providers ?? [], draft: kept };
};
