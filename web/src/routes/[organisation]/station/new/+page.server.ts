import { error, redirect } from '@sveltejs/kit';
import { pages } from '#lib/api/paths.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { station, defined, organisation } = await event.parent();
  if (!station || !defined || !organisation) redirect(303, pages.station(event.params.organisation));
  if (!defined.may.open) error(404);
  return { station, defined, organisation };
};
