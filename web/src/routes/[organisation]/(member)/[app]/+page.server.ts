import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { Board } from '#lib/api/types.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:board');
  const { organisation, app } = event.params;
  const site = event.url.searchParams.get('site') ?? '';
  const query = new URLSearchParams({ limit: '20', ...(site && { site }) });
  return { site, board: await read<Board>(event, `${api.app(organisation, app)}/board?${query}`) };
};
