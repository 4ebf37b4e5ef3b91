import { error, redirect } from '@sveltejs/kit';
import { api, pages } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { Ticket, TicketFile } from '#lib/api/types.ts';
import type { PageServerLoad } from './$types';
import { spacesFor, ticketsOf } from './spaces.ts';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:ticket');
  const { organisation: slug, app, reference, file: id } = event.params;
  const path = api.ticket(slug, app, reference);
  const { organisation, defined } = await event.parent();
  const query = event.url.searchParams;
  // Who wants their health spaces and is not surely known is asked to confirm, and comes back here.
  const [first] = organisation.withheld;
  if (query.has('sure') && first) await read(event, `${api.app(slug, first.app)}/definition`);
  const [ticket, { files }] = await Promise.all([
    read<Ticket>(event, path),
    read<{ files: TicketFile[] }>(event, `${path}/files`),
  ]);
  const file = files.find((one) => one.id === id);
  if (!file) error(404);
  const isHeld = file.state === 'quarantined' && file.reason === 'health_data';
  const isWarned = file.state === 'kept' && file.warnings.includes('health_signs');
  if (!isHeld && !isWarned) redirect(303, pages.ticket(slug, app, reference));
  const takesOut = !ticket.closed && defined.may.edits.includes(file.field);
  const spaces =
    takesOut && defined.definition.classification !== 'health'
      ? await spacesFor(event, organisation, file)
      : [];
  const find = (query.get('find') ?? '').trim();
  const { tickets, isAll } = await ticketsOf(event, slug, spaces, find);
  const to = tickets.find((one) => `${one.app}/${one.reference}` === query.get('to')) ?? null;
  return { ticket, file, isHeld, takesOut, spaces, tickets, isAll, find, to };
};
