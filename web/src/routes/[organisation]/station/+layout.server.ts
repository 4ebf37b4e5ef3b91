import { api } from '#lib/api/paths.ts';
import { read, readIf } from '#lib/api/read.ts';
import type { Defined, Draft, Organisation } from '#lib/api/types.ts';
import { readUnlocked, type Station } from '#lib/stations/read.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  event.depends('vigie:station');
  const slug = event.params.organisation;
  const path = api.organisation(slug);
  const { station } = await read<{ station: Station | null }>(event, `${path}/station`);
  const draftId = event.url.searchParams.get('draft');
  const draft = draftId ? await readIf<Draft>(event, `${path}/drafts/${encodeURIComponent(draftId)}`) : null;
  if (!station?.unlockedBy) {
    const locale = station?.organisation.locale ?? event.locals.locale;
    event.locals.locale = locale;
    return { slug, station, locale, draft, defined: null };
  }
  const [organisation, defined] = await Promise.all([
    readUnlocked<Organisation>(event, path),
    readUnlocked<Defined>(event, `${api.app(slug, station.app)}/definition`),
  ]);
  event.locals.locale = organisation.me.locale;
  return { slug, station, locale: organisation.me.locale, draft, organisation, defined };
};
