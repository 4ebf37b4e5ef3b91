import type { AppDefinition } from '../engine/index.ts';
import type { House } from '../organisations/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { newId } from '../platform/ids.ts';
import { asOrganisation, type Database } from '../platform/postgres/index.ts';
import { hashSecret, newSecret, writeKey } from './secret.ts';
import {
  administrators,
  insertKey,
  insertMember,
  type Member,
  memberById,
  revokeSessionsOf,
  type RoleRow,
  setRoles,
  updateMember,
} from './store.ts';

/** A role as people write it: the site by its slug, `null` for every site. */
export interface GivenRole {
  readonly app: string;
  readonly role: string;
  readonly site: string | null;
}

const refuse = (status: number, code: string, fr: string, en: string): HttpProblem =>
  new HttpProblem(problem(status, code, `${fr} / ${en}`));

/** @throws HttpProblem when the app, the role or the site does not exist here */
export const readRole = (house: House, given: GivenRole): RoleRow => {
  const definition: AppDefinition | undefined = house.apps.get(given.app)?.definition;
  if (!definition)
    throw refuse(
      422,
      'unknown_app',
      `L’application « ${given.app} » n’est pas installée.`,
      `The app "${given.app}" is not installed.`,
    );
  if (!definition.roles[given.role]) {
    const names = Object.keys(definition.roles).join(', ');
    throw refuse(
      422,
      'unknown_role',
      `Le rôle « ${given.role} » n’existe pas. Rôles : ${names}.`,
      `There is no role "${given.role}". Roles: ${names}.`,
    );
  }
  const site = house.sites.find((candidate) => candidate.slug === given.site);
  if (given.site !== null && !site)
    throw refuse(
      422,
      'unknown_site',
      `Le site « ${given.site} » n’existe pas.`,
      `There is no site "${given.site}".`,
    );
  return { app: given.app, role: given.role, siteId: site?.id ?? null };
};

export interface NewMember {
  readonly name: string;
  readonly email: string;
  readonly locale: 'fr' | 'en';
  readonly administrator: boolean;
  readonly roles: readonly GivenRole[];
}

export const addMember = (db: Database, house: House, input: NewMember, now: number): Promise<string> =>
  asOrganisation(db, house.id, async (tx) => {
    const roles = input.roles.map((role) => readRole(house, role));
    const member: Member = {
      id: newId(now),
      name: input.name,
      email: input.email,
      locale: input.locale,
      administrator: input.administrator,
    };
    await insertMember(tx, house.id, member, new Date(now));
    await setRoles(tx, house.id, member.id, roles);
    return member.id;
  });

export interface MemberChange {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly locale?: 'fr' | 'en' | undefined;
  readonly administrator?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly roles?: readonly GivenRole[] | undefined;
}

/** Changes a member. Whoever is disabled is out at once: their sessions end with it. */
export const changeMember = (
  db: Database,
  house: House,
  id: string,
  change: MemberChange,
  now: number,
): Promise<void> =>
  asOrganisation(db, house.id, async (tx) => {
    const admins = await administrators(tx, house.id);
    const found = await memberById(tx, house.id, id);
    if (!found) throw refuse(404, 'not_found', 'Personne de ce nom ici.', 'Nobody of that name here.');
    const disabled = change.disabled ?? found.disabled;
    const administrator = change.administrator ?? found.administrator;
    if (admins.length === 1 && admins[0] === id && (disabled || !administrator))
      throw refuse(
        409,
        'last_administrator',
        'C’est la dernière personne qui administre : nommez-en une autre d’abord.',
        'This is the last administrator: name another one first.',
      );
    await updateMember(tx, house.id, {
      id,
      name: change.name ?? found.name,
      email: change.email ?? found.email,
      locale: change.locale ?? found.locale,
      administrator,
      disabledAt: disabled ? new Date(now) : null,
    });
    if (change.roles)
      await setRoles(
        tx,
        house.id,
        id,
        change.roles.map((role) => readRole(house, role)),
      );
    if (disabled && !found.disabled) await revokeSessionsOf(tx, house.id, id, new Date(now));
  });

export interface KeyInput extends GivenRole {
  readonly name: string;
  readonly expires: Date | null;
}

/** A new API key. Its text is given here and never again: only its hash is kept. */
export const createKey = (
  db: Database,
  house: House,
  input: KeyInput,
  now: number,
): Promise<{ readonly id: string; readonly key: string }> =>
  asOrganisation(db, house.id, async (tx) => {
    const role = readRole(house, input);
    const secret = newSecret();
    const id = newId(now);
    await insertKey(
      tx,
      house.id,
      { id, secretHash: hashSecret(secret), name: input.name, ...role, expiresAt: input.expires },
      new Date(now),
    );
    return { id, key: writeKey(house.id, secret) };
  });
