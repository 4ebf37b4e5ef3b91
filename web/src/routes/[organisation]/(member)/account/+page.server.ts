import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { Account, AccountLine, Passkey } from '#lib/passkeys/types.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:account');
  const path = `${api.organisation(event.params.organisation)}/account`;
  const [account, { passkeys, deviceBound }, { notices }] = await Promise.all([
    read<Account>(event, path),
    read<{ passkeys: Passkey[]; deviceBound: boolean }>(event, `${path}/passkeys`),
    read<{ notices: AccountLine[] }>(event, `${path}/notices`),
  ]);
  return { account, passkeys, deviceBound, notices };
};
