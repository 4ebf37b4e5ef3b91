import { api } from '#lib/api/paths.ts';
import { read, readIf } from '#lib/api/read.ts';
import type { Page, Person } from '#lib/api/types.ts';
import { ticketQuery } from '#lib/tickets/filters.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:list');
  const { organisation, app } = event.params;
  const { defined } = await event.parent();
  const filters = ticketQuery(defined.definition, event.url.searchParams);
  const query = new URLSearchParams(filters);
  if (!query.has('open') && !query.has('step')) query.set('open', 'true');
  if (query.get('open') === 'any') query.delete('open');
  query.set('limit', '50');
  const after = event.url.searchParams.get('after');
  const paged = new URLSearchParams(query);
  if (after) paged.set('after', after);
  const tickets = api.tickets(organisation, app);
  const [page, people] = await Promise.all([
    read<Page>(event, `${tickets}?${paged}`),
    readIf<{ members: Person[] }>(event, `${api.organisation(organisation)}/members`),
  ]);
  query.delete('limit');
  return {
    page,
    people: people?.members ?? [],
    after,
    csv: `/api/v1${api.app(organisation, app)}/export.csv?${query}`,
  };
};
