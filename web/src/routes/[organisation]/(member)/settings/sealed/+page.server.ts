import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { Directory } from '#lib/sealed/types.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:sealed');
  return { directory: await read<Directory>(event, `${api.organisation(event.params.organisation)}/sealed`) };
};
