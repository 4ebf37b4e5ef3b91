import { api } from '#lib/api/paths.ts';
import { read, readIf } from '#lib/api/read.ts';
import type { Defined, Page, Person, Ticket, TicketEvent } from '#lib/api/types.ts';
import type { GuestLink } from './guests.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:ticket');
  const { organisation, app, reference } = event.params;
  const path = api.ticket(organisation, app, reference);
  const { defined } = await event.parent();
  const heldApp = defined.definition.holds?.app;
  const followed = Object.values(defined.definition.roles).some(({ guest }) => guest);
  const [ticket, { events }, held, heldDefined, people, guests] = await Promise.all([
    read<Ticket>(event, path),
    read<{ events: TicketEvent[] }>(event, `${path}/events`),
    heldApp
      ? readIf<Page>(
          event,
          `${api.tickets(organisation, heldApp)}?holder=${encodeURIComponent(reference)}&sort=oldest&limit=100`,
        )
      : null,
    heldApp ? readIf<Defined>(event, `${api.app(organisation, heldApp)}/definition`) : null,
    defined.may.assign
      ? readIf<{ members: Person[] }>(event, `${api.organisation(organisation)}/members`)
      : null,
    followed ? readIf<{ links: GuestLink[] }>(event, `${path}/guests`) : null,
  ]);
  const holder = ticket.holder
    ? await readIf<Ticket>(event, api.ticket(organisation, ticket.holder.app, ticket.holder.reference))
    : null;
  return {
    ticket,
    events,
    held: held?.tickets ?? [],
    heldDefined,
    people: people?.members ?? [],
    holder,
    guests: guests?.links ?? null,
  };
};
