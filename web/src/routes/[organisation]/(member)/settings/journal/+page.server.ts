import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { Person } from '#lib/api/types.ts';
import type { Deed } from '#lib/rights/deed.ts';
import { readRoles } from '#lib/rights/roles.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const slug = event.params.organisation;
  const asked = (name: string): string => event.url.searchParams.get(name) ?? '';
  const [person, kind, after] = [asked('person'), asked('kind'), asked('after')];
  const query = new URLSearchParams(
    Object.entries({ person, kind, after }).filter(([, value]) => value !== ''),
  );
  const path = api.organisation(slug);
  const [journal, { members }, apps] = await Promise.all([
    read<{ deeds: Deed[]; kinds: string[]; next: string | null }>(event, `${path}/deeds?${query}`),
    read<{ members: Person[] }>(event, `${path}/members`),
    readRoles(event, slug),
  ]);
  return { ...journal, people: members, apps, person, kind, after };
};
