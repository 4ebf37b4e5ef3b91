import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { Ticket, TicketFile } from '#lib/api/types.ts';
import type { Directory, OwnKeys } from '#lib/sealed/types.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:sealed');
  const { organisation, app, reference } = event.params;
  const path = api.ticket(organisation, app, reference);
  const house = api.organisation(organisation);
  const [ticket, { files }, directory, own] = await Promise.all([
    read<Ticket>(event, path),
    read<{ files: TicketFile[] }>(event, `${path}/files`),
    read<Directory>(event, `${house}/sealed`),
    read<OwnKeys>(event, `${house}/account/sealed-keys`),
  ]);
  return { ticket, files, directory, own };
};
