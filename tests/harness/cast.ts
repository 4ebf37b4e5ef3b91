import type { AppDefinition } from '../../src/engine/index.ts';
import { createOrganisation, type NewSite, openHouses } from '../../src/organisations/index.ts';
import { addMember, createKey, type GivenRole } from '../../src/people/index.ts';
import type { Database } from '../../src/platform/postgres/index.ts';
import atelier from '../../apps/atelier/app.ts';
import travail from '../../apps/travail/app.ts';
import voirie from '../../apps/voirie/app.ts';

interface Part {
  readonly name: string;
  readonly administrator?: true;
  readonly locale?: 'en';
  readonly roles: readonly GivenRole[];
}

const everySite = (app: string, role: string): GivenRole => ({ app, role, site: null });

/** The commune of Kerlann: one town hall, three people. */
const KERLANN = {
  slug: 'kerlann',
  name: 'Commune de Kerlann',
  sites: [
    {
      slug: 'mairie',
      name: 'Mairie',
      openingHours: 'Mo-Fr 08:30-12:00,13:30-17:30; PH off',
      timeZone: 'Europe/Paris',
      holidays: 'FR',
    },
  ],
  apps: [voirie],
  cast: {
    maelle: { name: 'Maëlle Le Goff', administrator: true, roles: [everySite('voirie', 'clerk')] },
    yann: { name: 'Yann Kervadec', roles: [everySite('voirie', 'crew')] },
    armelle: { name: 'Armelle Daniel', roles: [everySite('voirie', 'mayor')] },
    gwenn: { name: 'Gwenn Riou', roles: [] },
  },
} as const;

const HOURS = 'Tu-Sa 10:00-12:30,14:00-19:00; PH off';

/** The lab Argentique: two shops, four people. */
const ARGENTIQUE = {
  slug: 'argentique',
  name: 'Argentique',
  sites: [
    { slug: 'lille', name: 'Lille', openingHours: HOURS, timeZone: 'Europe/Paris', holidays: 'FR' },
    { slug: 'wattignies', name: 'Wattignies', openingHours: HOURS, timeZone: 'Europe/Paris', holidays: 'FR' },
  ],
  apps: [atelier, travail],
  cast: {
    nadia: {
      name: 'Nadia Berthier',
      administrator: true,
      roles: [everySite('atelier', 'owner'), everySite('travail', 'owner')],
    },
    camille: {
      name: 'Camille Dubrulle',
      roles: [
        { app: 'atelier', role: 'counter', site: 'lille' },
        { app: 'travail', role: 'counter', site: 'lille' },
      ],
    },
    theo: { name: 'Théo Vasseur', roles: [everySite('atelier', 'bench'), everySite('travail', 'bench')] },
    ines: {
      name: 'Inès Lemaire',
      locale: 'en',
      roles: [
        { app: 'atelier', role: 'counter', site: 'wattignies' },
        { app: 'travail', role: 'counter', site: 'wattignies' },
      ],
    },
  },
} as const;

/** Everyone there is in tests. */
export type Name = keyof typeof KERLANN.cast | keyof typeof ARGENTIQUE.cast;

export interface Person {
  readonly id: string;
  readonly organisation: 'kerlann' | 'argentique';
  readonly organisationId: string;
}

export type Cast = { readonly [N in Name]: Person };

interface House {
  readonly slug: 'kerlann' | 'argentique';
  readonly name: string;
  readonly sites: readonly NewSite[];
  readonly apps: readonly AppDefinition[];
  readonly cast: { readonly [name: string]: Part };
}

/** Sets the stage: two organisations and the people of both. */
export const setStage = async (db: Database, now: number): Promise<Cast> => {
  const people: [string, Person][] = [];
  const organisations: readonly House[] = [KERLANN, ARGENTIQUE] as readonly unknown[] as readonly House[];
  for (const { cast, ...organisation } of organisations) {
    const organisationId = await createOrganisation(db, { ...organisation, locale: 'fr' }, now);
    const house = await openHouses(db).byId(organisationId);
    if (!house) throw new Error(`${organisation.slug} was not made.`);
    for (const [key, part] of Object.entries(cast)) {
      const id = await addMember(
        db,
        house,
        {
          name: part.name,
          email: `${key}@${organisation.slug}.example`,
          locale: part.locale ?? 'fr',
          administrator: part.administrator ?? false,
          roles: part.roles,
        },
        now,
      );
      people.push([key, { id, organisation: organisation.slug, organisationId }]);
    }
  }
  return Object.fromEntries(people) as Cast;
};

/** A key for a program that does what a role does. */
export const keyFor = async (
  db: Database,
  organisationId: string,
  role: GivenRole,
  now: number,
): Promise<string> => {
  const house = await openHouses(db).byId(organisationId);
  if (!house) throw new Error('No such organisation.');
  const { key } = await createKey(db, house, { ...role, name: `test ${role.role}`, expires: null }, now);
  return key;
};
