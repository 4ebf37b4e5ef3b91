import { api } from '#lib/api/paths.ts';
import { read, readIf } from '#lib/api/read.ts';
import type { Person } from '#lib/api/types.ts';
import { readRoles } from '#lib/rights/roles.ts';
import type { PageServerLoad } from './$types';

interface Read {
  readonly id: string;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string };
  readonly way: string;
  readonly app: string | null;
  readonly count?: number;
  readonly tickets?: readonly { readonly app: string; readonly reference: string }[];
}

export const load: PageServerLoad = async (event) => {
  const slug = event.params.organisation;
  const asked = (name: string): string => event.url.searchParams.get(name)?.trim() ?? '';
  const [person, app, reference, after] = [asked('person'), asked('app'), asked('reference'), asked('after')];
  const path = api.organisation(slug);
  const page: Record<string, string> = after ? { after } : {};
  const wanted = person
    ? `${path}/reads?${new URLSearchParams({ person, ...page })}`
    : reference
      ? `${api.ticket(slug, app, reference)}/reads?${new URLSearchParams(page)}`
      : null;
  const [found, { members }, apps] = await Promise.all([
    wanted ? readIf<{ reads: Read[]; next: string | null }>(event, wanted) : null,
    read<{ members: Person[] }>(event, `${path}/members`),
    readRoles(event, slug),
  ]);
  return { found, asked: wanted !== null, people: members, apps, person, app, reference, after };
};
