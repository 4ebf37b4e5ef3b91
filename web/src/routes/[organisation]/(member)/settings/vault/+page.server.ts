import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { VaultState } from '#lib/api/types.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:vault');
  return { vault: await read<VaultState>(event, `${api.organisation(event.params.organisation)}/vault`) };
};
