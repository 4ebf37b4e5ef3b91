import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { Site } from '#lib/api/types.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:settings');
  return await read<{ sites: Site[] }>(event, `${api.organisation(event.params.organisation)}/sites`);
};
