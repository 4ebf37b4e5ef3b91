import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { PageServerLoad } from './$types';

export interface Notice {
  readonly id: string;
  readonly to: string | null;
  readonly subject: string;
  readonly body: string;
  readonly created: string;
  readonly sent: string | null;
  /** Why the last attempt failed. */
  readonly failure: string | null;
  readonly app: string | null;
  readonly reference: string | null;
}

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:settings');
  return await read<{ mails: boolean; notices: Notice[] }>(
    event,
    `${api.organisation(event.params.organisation)}/notices`,
  );
};
