import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { Review } from '#lib/api/types.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:settings');
  return await read<{ reviews: Review[]; due: boolean }>(
    event,
    `${api.organisation(event.params.organisation)}/reviews`,
  );
};
