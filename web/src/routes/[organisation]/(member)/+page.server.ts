import { api } from '#lib/api/paths.ts';
import { readIf } from '#lib/api/read.ts';
import type { VaultState } from '#lib/api/types.ts';
import type { PageServerLoad } from './$types';

/** Whoever administers is reminded here of what is to be done once a year, and told what is damaged. */
export const load: PageServerLoad = async (event) => {
  const { organisation } = await event.parent();
  const reviews = organisation.me.administrator
    ? await readIf<{ due: boolean }>(event, `${api.organisation(organisation.slug)}/reviews`)
    : null;
  const vault = organisation.me.administrator
    ? await readIf<VaultState>(event, `${api.organisation(organisation.slug)}/vault`)
    : null;
  const { missing = 0, corrupt = 0, unreadable = 0 } = vault?.damaged ?? {};
  return { reviewDue: reviews?.due === true, damaged: missing + corrupt + unreadable };
};
