import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { Directory, OwnKeys } from '#lib/sealed/types.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:sealed');
  const path = api.organisation(event.params.organisation);
  const [own, directory] = await Promise.all([
    read<OwnKeys>(event, `${path}/account/sealed-keys`),
    read<Directory>(event, `${path}/sealed`),
  ]);
  return { own, directory };
};
