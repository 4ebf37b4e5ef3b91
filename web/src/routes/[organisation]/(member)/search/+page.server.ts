import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { Hit } from '#lib/api/types.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const q = (event.url.searchParams.get('q') ?? '').trim();
  const app = event.url.searchParams.get('app') ?? '';
  if (q === '') return { q, app, hits: [] };
  const query = new URLSearchParams({ q, limit: '30', ...(app && { app }) });
  const { hits } = await read<{ hits: Hit[] }>(
    event,
    `${api.organisation(event.params.organisation)}/search?${query}`,
  );
  return { q, app, hits };
};
