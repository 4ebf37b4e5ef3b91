import type { Words } from '../words/words.svelte.ts';
import { type AppRoles, appName, roleName } from './roles.ts';

export interface Deed {
  readonly id: string;
  readonly type: string;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string };
  readonly body: { readonly [name: string]: unknown };
  readonly names: { readonly [id: string]: string };
}

interface Grant {
  readonly app: string;
  readonly role: string;
  readonly site: string | null;
}

const list = <T>(value: unknown): readonly T[] => (Array.isArray(value) ? (value as T[]) : []);

/** Who did it, as a person says it. */
export const doer = ({ actor }: Pick<Deed, 'actor'>, words: Words): string => {
  const { m } = words;
  if (actor.kind === 'system') return m.rights.actor.system;
  if (actor.kind === 'share') return m.shares.actor;
  if (actor.name === '') return m.rights.actor.unknown;
  return actor.kind === 'key' ? m.rights.actor.key(actor.name) : actor.name;
};

/** What was done, in words; what has none yet, by its type and what it names. */
export const tellDeed = (deed: Deed, words: Words, apps: readonly AppRoles[]): string => {
  const { body, names } = deed;
  const { m } = words;
  const named = (value: unknown): string => (typeof value === 'string' ? (names[value] ?? value) : '');
  const known = m.rights.deeds[deed.type];
  if (!known) {
    const said = Object.entries(body).map(
      ([name, value]) => `${name} ${typeof value === 'string' ? named(value) : JSON.stringify(value)}`,
    );
    return [deed.type, ...said].join(' · ');
  }
  const roles = (value: unknown): string =>
    list<Grant>(value)
      .map(({ app, role, site }) => {
        const name = roleName(words, apps, app, role);
        return site === null ? name : `${name} (${named(site)})`;
      })
      .join(', ');
  return known.say({
    member: named(body['member']),
    key: named(body['key']),
    site: named(body['site']),
    app: appName(words, apps, String(body['app'] ?? '')),
    given: roles(body['given']),
    taken: roles(body['taken']),
    fields: list<string>(body['fields'])
      .map((field) => m.rights.fields[field] ?? field)
      .join(', '),
    kept: Number(body['kept'] ?? 0),
    removed: Number(body['removed'] ?? 0),
    count: list<{ readonly count: number }>(body['tickets']).reduce((sum, { count }) => sum + count, 0),
  });
};
