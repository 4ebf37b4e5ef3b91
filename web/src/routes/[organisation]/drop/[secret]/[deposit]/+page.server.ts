import { error } from '@sveltejs/kit';
import { api } from '#lib/api/paths.ts';
import type { OpenDrop } from '#lib/drops/open.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { organisation, secret, deposit } = event.params;
  const path = `/api/v1${api.organisation(organisation)}/drop`;
  const headers = { authorization: `Drop ${encodeURIComponent(secret)}` };
  const [answer, receipt] = await Promise.all([
    event.fetch(path, { headers }),
    event.fetch(`${path}/deposits/${encodeURIComponent(deposit)}/receipt`, { headers }),
  ]);
  if (!answer.ok || !receipt.ok) error(404);
  return {
    open: (await answer.json()) as OpenDrop,
    receipt: await receipt.text(),
    secret,
    deposit,
    refused: event.url.searchParams.get('refused'),
  };
};
