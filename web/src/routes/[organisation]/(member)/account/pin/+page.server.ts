import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:pin');
  const path = api.organisation(event.params.organisation);
  return { pin: await read<{ set: string | null; lockedOut: boolean }>(event, `${path}/me/pin`) };
};
