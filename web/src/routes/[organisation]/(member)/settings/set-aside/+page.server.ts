import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { PageServerLoad } from './$types';

interface SetAside {
  readonly consumer: string;
  readonly seq: number;
  readonly app: string | null;
  readonly reference: string | null;
  readonly error: string;
  readonly at: string;
}

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:settings');
  return await read<{ events: SetAside[] }>(
    event,
    `${api.organisation(event.params.organisation)}/set-aside`,
  );
};
