import { randomUUID } from 'node:crypto';

import { APPS } from './apps.ts';
import type { Caller } from './callers.ts';
import type { Route } from './routes.ts';
import type { Workshop } from './workshop.ts';

/** What stands in a path instead of its names: what is there to be stolen, and what was made up. */
export interface Named {
  readonly path: string;
  readonly madeUp: string;
  /** The values that differ between both: taken out before two answers are compared. */
  readonly values: readonly string[];
  /** Names for which there was nothing true to put: a call that proves little. */
  readonly blind: readonly string[];
}

/** Which table holds what `/things/{id}` or `/place/{thing}` names: guessed from the path, looked up in the catalogue. */
const tableNames = (path: string, name: string): readonly string[] => {
  const before = new RegExp(`([\\w-]+)/\\{${name}\\}`, 'u').exec(path)?.[1] ?? '';
  const plain = before.replaceAll('-', '_');
  const single = plain.replace(/ies$/u, 'y').replace(/s$/u, '');
  return [single, plain, `guest_${single}`, `${single}_link`, `openid_${single}`, name];
};

const MADE_UP = {
  reference: 'X-999999',
  slug: 'nulle-part',
  consumer: 'nobody',
  seq: '999999',
  app: 'nulle',
  provider: 'nulle',
  attempt: '0000000000000000',
};

/** A value for each name in a route's path. */
export const nameRoute = async (
  { idIn, b }: Pick<Workshop, 'idIn' | 'b'>,
  { path }: Route,
  caller: Caller,
): Promise<Named> => {
  const { names, victim } = caller;
  const blind: string[] = [];
  const id = async (name: string): Promise<string> => {
    if (path.includes(`/members/{${name}}`)) return victim.member;
    if (path.includes(`/keys/{${name}}`)) return victim.key;
    if (path.includes(`/sessions/{${name}}`)) return victim.session;
    if (path.includes(`/drafts/{${name}}`)) return names.draft;
    if (name === 'link' && caller.link !== undefined) return caller.link;
    if (name === 'link' || path.includes(`/shared/{${name}}`))
      return (await idIn(names, 'share_link')) ?? randomUUID();
    if (name === 'deposit') return (await idIn(names, 'deposit')) ?? randomUUID();
    for (const table of tableNames(path, name)) {
      const found = await idIn(names, table);
      if (found !== null) return found;
    }
    blind.push(name);
    return randomUUID();
  };
  const known: { readonly [name: string]: string } = {
    organisation: caller.at.house.slug,
    app: APPS[caller.app].app,
    reference: names.tickets.front,
    move: 'end',
    // A site that the other organisation has not.
    slug: names === b ? 'est' : 'ouest',
    consumer: 'words',
    seq: String(names.seq),
    token: 'x'.repeat(43),
    // Whoever knows a guest's secret is that guest: nothing true may stand here.
    secret: 'x'.repeat(43),
    provider: names.provider,
    attempt: names.attempt,
  };
  const madeUp: { readonly [name: string]: string } = {
    ...MADE_UP,
    organisation: caller.who.kind === 'stranger' ? 'portes-nulle-part' : (known['organisation'] ?? ''),
    app: caller.who.apps.includes(caller.app) ? (known['app'] ?? '') : MADE_UP.app,
    move: 'end',
    token: 'y'.repeat(43),
    secret: 'y'.repeat(43),
  };
  let real = path;
  let invented = path;
  const values: string[] = [];
  for (const [whole, name = ''] of path.matchAll(/\{(\w+)\}/gu)) {
    const truth = known[name] ?? (await id(name));
    const fiction = madeUp[name] ?? '00000000-0000-7000-8000-000000000000';
    real = real.replace(whole, truth);
    invented = invented.replace(whole, fiction);
    if (truth !== fiction) values.push(truth, fiction);
  }
  return { path: real, madeUp: invented, values, blind };
};
