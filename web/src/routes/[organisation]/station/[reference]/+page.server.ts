import { redirect } from '@sveltejs/kit';
import { api, pages } from '#lib/api/paths.ts';
import { readIf } from '#lib/api/read.ts';
import type { Ticket } from '#lib/api/types.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:ticket');
  const { organisation: slug, reference } = event.params;
  const { station, defined } = await event.parent();
  if (!station || !defined) redirect(303, pages.station(slug));
  const ticket = await readIf<Ticket>(event, api.ticket(slug, station.app, reference));
  return { station, defined, reference, ticket };
};
