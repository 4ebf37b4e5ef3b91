import { api } from '#lib/api/paths.ts';
import { readIf } from '#lib/api/read.ts';
import type { Page, Ticket } from '#lib/api/types.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { organisation, app } = event.params;
  const reference = event.url.searchParams.get('holder');
  if (!reference) return { holder: null, held: [] };
  event.depends('vigie:holder');
  const {
    organisation: { apps },
  } = await event.parent();
  const holderApp = apps.find(({ holds }) => holds?.app === app)?.app;
  if (!holderApp) return { holder: null, held: [] };
  const [holder, held] = await Promise.all([
    readIf<Ticket>(event, api.ticket(organisation, holderApp, reference)),
    readIf<Page>(
      event,
      `${api.tickets(organisation, app)}?holder=${encodeURIComponent(reference)}&sort=newest&limit=100`,
    ),
  ]);
  return { holder, held: held?.tickets ?? [] };
};
