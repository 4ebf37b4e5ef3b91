import { read } from '#lib/api/read.ts';
import { pages } from '#lib/api/paths.ts';
import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

interface Session {
  readonly signedIn: readonly {
    readonly organisation: { readonly slug: string; readonly name: string };
    readonly member: { readonly name: string; readonly locale: 'fr' | 'en' };
  }[];
}

export const load: PageServerLoad = async (event) => {
  // An address of its own leads to its organisation.
  const own = event.platform?.req.vigie?.organisation;
  if (own) redirect(303, pages.home(own));
  const { signedIn } = await read<Session>(event, '/session');
  const locale = signedIn[0]?.member.locale ?? event.locals.locale;
  event.locals.locale = locale;
  return { signedIn, locale };
};
