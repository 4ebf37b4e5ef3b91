import { readIf } from '#lib/api/read.ts';
import { openid, type Provider } from '#lib/openid/providers.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { organisation, token } = event.params;
  const offered = await readIf<{ providers: Provider[] }>(event, openid(organisation, 'providers'));
  return { slug: organisation, token, hasProviders: (offered?.providers ?? []).length > 0 };
};
