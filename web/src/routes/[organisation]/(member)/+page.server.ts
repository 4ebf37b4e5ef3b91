import { api } from '#lib/api/paths.ts';
import { readIf } from '#lib/api/read.ts';
import type { PageServerLoad } from './$types';

/** Whoever administers is reminded here of what is to be done once a year. */
export const load: PageServerLoad = async (event) => {
  const { organisation } = await event.parent();
  const reviews = organisation.me.administrator
    ? await readIf<{ due: boolean }>(event, `${api.organisation(organisation.slug)}/reviews`)
    : null;
  return { reviewDue: reviews?.due === true };
};
