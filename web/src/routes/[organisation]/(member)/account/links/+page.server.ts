import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { LinkGrant } from '#lib/api/types.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:links');
  return read<{ links: LinkGrant[] }>(event, `${api.organisation(event.params.organisation)}/me/links`);
};
