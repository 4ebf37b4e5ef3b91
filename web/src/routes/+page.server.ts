import { read } from '#lib/api/read.ts';
import type { PageServerLoad } from './$types';

interface Session {
  readonly signedIn: readonly {
    readonly organisation: { readonly slug: string; readonly name: string };
    readonly member: { readonly name: string; readonly locale: 'fr' | 'en' };
  }[];
}

export const load: PageServerLoad = async (event) => {
  const { signedIn } = await read<Session>(event, '/session');
  const locale = signedIn[0]?.member.locale ?? event.locals.locale;
  event.locals.locale = locale;
  return { signedIn, locale };
};
