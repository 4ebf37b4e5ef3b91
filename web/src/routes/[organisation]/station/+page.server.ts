import { redirect } from '@sveltejs/kit';
import { api, pages } from '#lib/api/paths.ts';
import type { Page } from '#lib/api/types.ts';
import { readUnlocked } from '#lib/stations/read.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:list');
  const slug = event.params.organisation;
  const { station } = await event.parent();
  const typed = event.url.searchParams.get('open')?.trim().toUpperCase();
  if (!station?.unlockedBy) return { tickets: [] };
  if (typed) redirect(303, pages.station(slug, typed));
  const steps = encodeURIComponent(station.steps.join(','));
  const path = `${api.tickets(slug, station.app)}?step=${steps}&sort=due&open=true&limit=100`;
  return { tickets: (await readUnlocked<Page>(event, path)).tickets };
};
