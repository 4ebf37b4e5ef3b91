import { redirect } from '@sveltejs/kit';
import { pages } from '#lib/api/paths.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params }) =>
  redirect(303, pages.settings(params.organisation, 'sites'));
