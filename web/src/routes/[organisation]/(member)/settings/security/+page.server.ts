import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { components } from '../../../../../../../client/generated.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:settings');
  const path = `${api.organisation(event.params.organisation)}/security`;
  return { security: await read<components['schemas']['SecuritySettings']>(event, path) };
};
