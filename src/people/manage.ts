import type { Actor, AppDefinition, Json } from '../engine/index.ts';
import { askAgain, record } from '../log/index.ts';
import type { House } from '../organisations/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { newId } from '../platform/ids.ts';
import { asOrganisation, type Database, type Tx } from '../platform/postgres/index.ts';
import {
  administrators,
  deleteLinksOf,
  insertMember,
  type Member,
  memberById,
  type MemberRow,
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

/** A refusal, in both languages. */
export const refuse = (status: number, code: string, fr: string, en: string): HttpProblem =>
  new HttpProblem(problem(status, code, `${fr} / ${en}`));

/** Every role that a person may have in these apps, at every site: for who begins alone. */
export const everyRole = (apps: readonly AppDefinition[]): readonly GivenRole[] =>
  apps.flatMap(({ app, roles }) =>
    Object.entries(roles)
      .filter(([, role]) => role.guest !== true)
      .map(([role]) => ({ app, role, site: null })),
  );

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
  if (definition.roles[given.role]?.guest)
    throw refuse(
      422,
      'guest_role',
      `Le rôle « ${given.role} » n’est que pour les liens de suivi.`,
      `The role "${given.role}" is for guests' links alone.`,
    );
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

/** A role as a deed has it: by ids. */
export const grantRef = ({ app, role, siteId }: RoleRow): { readonly [name: string]: Json } => ({
  app,
  role,
  site: siteId,
});

const sameRole = (one: RoleRow, other: RoleRow): boolean =>
  one.app === other.app && one.role === other.role && one.siteId === other.siteId;

/** @param by who does; `null` while an organisation is being set up, which is nobody's deed */
export const addMember = (
  db: Database,
  house: House,
  input: NewMember,
  now: number,
  by: Actor | null = null,
): Promise<string> =>
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
    if (by)
      await record(
        tx,
        house.id,
        'member_added',
        by,
        { member: member.id, administrator: member.administrator, given: roles.map(grantRef) },
        now,
      );
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

/** Tells somebody that their address of mail was changed, at the address that is given. */
export type TellMoved = (
  tx: Tx,
  house: House,
  member: { readonly id: string; readonly email: string; readonly locale: 'fr' | 'en' },
  now: number,
) => Promise<unknown>;

/**
 * Changes a member. Whoever is disabled is out at once: their sessions end with it. An address of mail lets its owner in:
 * both it and the one before are told.
 * @param moving what is asked of whoever changes one, before anything is
 */
export const changeMember = (
  db: Database,
  house: House,
  id: string,
  change: MemberChange,
  now: number,
  by: Actor,
  { moving, tellMoved }: { readonly moving: () => void; readonly tellMoved: TellMoved },
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
    const { email = found.email, locale = found.locale } = change;
    if (email !== found.email) {
      moving();
      for (const one of [found.email, email]) await tellMoved(tx, house, { id, email: one, locale }, now);
    }
    await updateMember(tx, house.id, {
      id,
      name: change.name ?? found.name,
      email,
      locale,
      administrator,
      disabledAt: disabled ? new Date(now) : null,
    });
    const roles = change.roles?.map((role) => readRole(house, role));
    if (roles) await setRoles(tx, house.id, id, roles);
    if (disabled && !found.disabled) await endAccess(tx, house.id, id, now);
    await askAgain(tx, house.id);
    await recordChange(tx, house.id, id, { change, before: found, roles: roles ?? found.roles }, by, now);
  });

/** Their sessions end, and the links they were given die. */
export const endAccess = async (tx: Tx, organisationId: string, id: string, now: number): Promise<void> => {
  await revokeSessionsOf(tx, organisationId, id, new Date(now));
  await deleteLinksOf(tx, organisationId, id);
  await askAgain(tx, organisationId);
};

/** One deed for each kind of thing that was changed about somebody. */
const recordChange = async (
  tx: Tx,
  organisationId: string,
  member: string,
  { change, before, roles }: Changed,
  by: Actor,
  now: number,
): Promise<void> => {
  const given = roles.filter((role) => !before.roles.some((held) => sameRole(held, role)));
  const taken = before.roles.filter((held) => !roles.some((role) => sameRole(held, role)));
  const { administrator = before.administrator, disabled = before.disabled } = change;
  const fields = (['name', 'email', 'locale'] as const).filter(
    (field) => change[field] !== undefined && change[field] !== before[field],
  );
  const deeds: readonly (readonly [boolean, string, { readonly [name: string]: Json }])[] = [
    [fields.length > 0, 'member_changed', { fields }],
    [
      given.length + taken.length > 0,
      'roles_changed',
      { given: given.map(grantRef), taken: taken.map(grantRef) },
    ],
    [administrator && !before.administrator, 'administrator_given', {}],
    [!administrator && before.administrator, 'administrator_taken', {}],
    [disabled && !before.disabled, 'member_disabled', {}],
    [!disabled && before.disabled, 'member_enabled', {}],
  ];
  for (const [done, type, body] of deeds)
    if (done) await record(tx, organisationId, type, by, { member, ...body }, now);
};

interface Changed {
  readonly change: MemberChange;
  readonly before: MemberRow;
  readonly roles: readonly RoleRow[];
}
