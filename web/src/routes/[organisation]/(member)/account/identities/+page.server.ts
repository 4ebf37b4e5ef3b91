import { read } from '#lib/api/read.ts';
import { openid, type Provider } from '#lib/openid/providers.ts';
import type { PageServerLoad } from './$types';

interface Identity {
  readonly id: string;
  readonly provider: Provider;
  readonly label: string;
  readonly linked: string;
  readonly used: string | null;
}

interface Identities {
  readonly identities: readonly Identity[];
  readonly providers: readonly Provider[];
  readonly session: {
    readonly provider: Provider | null;
    readonly activity: string | null;
    readonly leaves: boolean;
  };
}

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:identities');
  return { mine: await read<Identities>(event, openid(event.params.organisation, 'identities')) };
};
