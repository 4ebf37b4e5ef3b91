import { api } from '#lib/api/paths.ts';
import { read, readIf } from '#lib/api/read.ts';
import type { Defined, Page, Person, Share, Ticket, TicketEvent, TicketFile } from '#lib/api/types.ts';
import { shownOnce } from '#lib/api/shown.ts';
import type { DropLink, Receipt } from './drops.ts';
import type { GuestLink } from './guests.ts';
import type { Made } from './shares.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:ticket');
  const { organisation, app, reference } = event.params;
  const path = api.ticket(organisation, app, reference);
  const { defined } = await event.parent();
  const heldApp = defined.definition.holds?.app;
  const followed = Object.values(defined.definition.roles).some(({ guest }) => guest);
  const hasFiles = Object.values(defined.definition.fields).some(({ is }) => is === 'files');
  const [ticket, { events }, held, heldDefined, people, guests, files, asked, receipts, shared] =
    await Promise.all([
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
      hasFiles ? readIf<{ files: TicketFile[] }>(event, `${path}/files`) : null,
      hasFiles ? readIf<{ drops: DropLink[]; fields: string[] }>(event, `${path}/drops`) : null,
      hasFiles ? readIf<{ receipts: Receipt[] }>(event, `${path}/receipts`) : null,
      hasFiles ? readIf<{ shares: Share[] }>(event, `${path}/shares`) : null,
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
    files: files?.files ?? [],
    asked: asked ?? { drops: [], fields: [] },
    receipts: receipts?.receipts ?? [],
    shares: shared?.shares ?? [],
    shown: shownOnce<Made>(event, organisation),
  };
};
