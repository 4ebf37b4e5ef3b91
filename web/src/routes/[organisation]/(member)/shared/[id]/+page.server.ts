import { api } from '#lib/api/paths.ts';
import { read, readIf } from '#lib/api/read.ts';
import type { Shared } from '#lib/api/types.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { organisation, id } = event.params;
  const path = api.organisation(organisation);
  const link = encodeURIComponent(id);
  // What this browser has opened; until then, who shares and until when.
  const opened = await readIf<Shared>(event, `${path}/shared/${link}`);
  return { shared: opened ?? (await read<Shared>(event, `${path}/me/shared/${link}`)) };
};
