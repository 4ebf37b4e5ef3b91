import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { Review, ReviewLine } from '#lib/api/types.ts';
import { readRoles } from '#lib/rights/roles.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:review');
  const { organisation, id } = event.params;
  const [found, apps] = await Promise.all([
    read<{ review: Review; lines: ReviewLine[] }>(
      event,
      `${api.organisation(organisation)}/reviews/${encodeURIComponent(id)}`,
    ),
    readRoles(event, organisation),
  ]);
  return { ...found, apps };
};
