import { error } from '@sveltejs/kit';
import { messages } from '#lib/messages/index.ts';
import type { LayoutServerLoad } from './$types';

/** At an organisation's own address there is no other, whether it exists or not. */
export const load: LayoutServerLoad = ({ locals, params, platform }) => {
  const own = platform?.req.vigie?.organisation ?? null;
  if (own !== null && own !== params.organisation) error(404, messages[locals.locale].error[404]);
};
