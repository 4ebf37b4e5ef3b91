import { api } from '#lib/api/paths.ts';
import { read, readIf } from '#lib/api/read.ts';
import type { Draft, Home, Organisation } from '#lib/api/types.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  event.depends('vigie:organisation', 'vigie:home');
  const path = api.organisation(event.params.organisation);
  const draft = event.url.searchParams.get('draft');
  const [organisation, home, kept] = await Promise.all([
    read<Organisation>(event, path),
    read<Home>(event, `${path}/home`),
    draft ? readIf<Draft>(event, `${path}/drafts/${encodeURIComponent(draft)}`) : null,
  ]);
  event.locals.locale = organisation.me.locale;
  return { locale: organisation.me.locale, organisation, home, draft: kept };
};
