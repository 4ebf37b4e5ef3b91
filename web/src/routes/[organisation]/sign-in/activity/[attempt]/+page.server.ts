import { readIf } from '#lib/api/read.ts';
import type { Text } from '#lib/api/types.ts';
import { openid } from '#lib/openid/providers.ts';
import type { PageServerLoad } from './$types';

interface Arrival {
  readonly provider: Text;
  readonly next: string;
  readonly activities: readonly string[];
}

export const load: PageServerLoad = async (event) => {
  const { organisation: slug, attempt } = event.params;
  const path = openid(slug, `arrivals/${encodeURIComponent(attempt)}`);
  return { slug, path, arrival: await readIf<Arrival>(event, path) };
};
