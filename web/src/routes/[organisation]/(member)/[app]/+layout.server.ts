import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { Defined } from '#lib/api/types.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  event.depends('vigie:definition');
  const { organisation, app } = event.params;
  return { defined: await read<Defined>(event, `${api.app(organisation, app)}/definition`) };
};
