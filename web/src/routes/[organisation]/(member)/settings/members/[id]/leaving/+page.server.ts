import { api } from '#lib/api/paths.ts';
import { read } from '#lib/api/read.ts';
import type { RoleHeld } from '#lib/api/types.ts';
import { readRoles } from '#lib/rights/roles.ts';
import type { Member } from '../../member.ts';
import type { PageServerLoad } from './$types';

interface Holdings {
  readonly member: {
    readonly id: string;
    readonly name: string;
    readonly administrator: boolean;
    readonly disabled: boolean;
  };
  readonly tickets: readonly { readonly app: string; readonly count: number }[];
  readonly keys: readonly {
    readonly id: string;
    readonly name: string;
    readonly app: string;
    readonly role: string;
  }[];
  readonly roles: readonly (RoleHeld & { readonly others: number })[];
  readonly sessions: number;
  readonly left: {
    readonly at: string;
    readonly total: number;
    readonly done: number;
    readonly finished: string | null;
    readonly leftOver: number | null;
  } | null;
}

export const load: PageServerLoad = async (event) => {
  event.depends('vigie:leaving');
  const path = `${api.organisation(event.params.organisation)}/members`;
  const [holdings, { members }, apps] = await Promise.all([
    read<Holdings>(event, `${path}/${encodeURIComponent(event.params.id)}/leaving`),
    read<{ members: Member[] }>(event, path),
    readRoles(event, event.params.organisation),
  ]);
  const heirs = members.filter(({ id, disabled }) => id !== event.params.id && !disabled);
  return { holdings, heirs, apps };
};
