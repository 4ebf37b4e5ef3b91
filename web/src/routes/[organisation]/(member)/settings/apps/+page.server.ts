import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { Definition } from '#lib/api/types.ts';
import type { PageServerLoad } from './$types';

interface Installed {
  readonly app: string;
  readonly hash: string;
  readonly definition: Definition;
  readonly overrides: { readonly [name: string]: unknown };
}

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:settings');
  return await read<{ apps: Installed[] }>(event, `${api.organisation(event.params.organisation)}/apps`);
};
