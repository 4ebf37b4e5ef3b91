import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { Page } from '#lib/api/types.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:late');
  const { organisation, app } = event.params;
  const site = event.url.searchParams.get('site') ?? '';
  const query = new URLSearchParams({
    lateness: 'late,stuck,will be late,at risk',
    open: 'true',
    sort: 'due',
    limit: '200',
    ...(site && { site }),
  });
  return { site, page: await read<Page>(event, `${api.tickets(organisation, app)}?${query}`) };
};
