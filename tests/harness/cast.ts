import type { AppDefinition } from '../../src/engine/index.ts';
import { createOrganisation, type NewSite, openHouses } from '../../src/organisations/index.ts';
import { addMember, createKey, type GivenRole } from '../../src/people/index.ts';
import type { Database } from '../../src/platform/postgres/index.ts';
import atelier from '../../apps/atelier/app.ts';
import echangeSante from '../../apps/echange-sante/app.ts';
import echange from '../../apps/echange/app.ts';
import remiseSante from '../../apps/remise-sante/app.ts';
import remise from '../../apps/remise/app.ts';
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

/** The hospital Rade: spaces that anybody of it reads, and spaces for health data. Only on the stage when asked for. */
const RADE = {
  slug: 'rade',
  name: 'Hôpital de la Rade',
  sites: [
    {
      slug: 'biologie',
      name: 'Pôle de biologie',
      openingHours: 'Mo-Fr 08:00-18:00; PH off',
      timeZone: 'Europe/Paris',
      holidays: 'FR',
    },
  ],
  apps: [echange, remise, echangeSante, remiseSante],
  cast: {
    // Keeps the installation, and has nothing to do with what passes.
    solenn: { name: 'Solenn Marchadour', administrator: true, roles: [] },
    briac: {
      name: 'Briac Guéguen',
      roles: [
        everySite('echange', 'coordinator'),
        everySite('remise', 'coordinator'),
        everySite('echange-sante', 'coordinator'),
        everySite('remise-sante', 'coordinator'),
      ],
    },
    noemie: {
      name: 'Noémie Carel',
      roles: [
        everySite('echange', 'reader'),
        everySite('remise', 'reader'),
        everySite('remise-sante', 'reader'),
      ],
    },
    // At the animal house: nothing of patients is for him.
    tugdual: {
      name: 'Tugdual Le Meur',
      roles: [everySite('echange', 'coordinator'), everySite('remise', 'coordinator')],
    },
  },
} as const;

/** The laboratory Garenne, which assays what Rade sends. Only on the stage when asked for. */
const GARENNE = {
  slug: 'garenne',
  name: 'Laboratoire Garenne',
  sites: [
    {
      slug: 'labo',
      name: 'Laboratoire',
      openingHours: 'Mo-Fr 09:00-12:30,13:30-17:30; PH off',
      timeZone: 'Europe/Paris',
      holidays: 'FR',
    },
  ],
  apps: [echange, remise],
  cast: {
    odile: {
      name: 'Odile Lapeyre',
      administrator: true,
      roles: [everySite('echange', 'owner'), everySite('remise', 'owner')],
    },
    remi: {
      name: 'Rémi Fauvel',
      roles: [everySite('echange', 'reader'), everySite('remise', 'coordinator')],
    },
  },
} as const;

/** Organisations that come on the stage when asked for: most tests count those that are always there. */
const ASKED = { rade: RADE, garenne: GARENNE } as const;

/** Everyone there is in tests. */
export type Name =
  | keyof typeof KERLANN.cast
  | keyof typeof ARGENTIQUE.cast
  | keyof typeof RADE.cast
  | keyof typeof GARENNE.cast;

type Slug = 'kerlann' | 'argentique' | keyof typeof ASKED;

export interface Person {
  readonly id: string;
  readonly organisation: Slug;
  readonly organisationId: string;
}

export type Cast = { readonly [N in Name]: Person };

interface House {
  readonly slug: Slug;
  readonly name: string;
  readonly sites: readonly NewSite[];
  readonly apps: readonly AppDefinition[];
  readonly cast: { readonly [name: string]: Part };
}

/**
 * Sets the stage: two organisations and the people of both.
 * @param also who else is there; people of an organisation that was not asked for are not in the cast
 */
export const setStage = async (
  db: Database,
  now: number,
  also: readonly (keyof typeof ASKED)[] = [],
): Promise<Cast> => {
  const people: [string, Person][] = [];
  const organisations: readonly House[] = [
    KERLANN,
    ARGENTIQUE,
    ...also.map((slug) => ASKED[slug]),
  ] as readonly unknown[] as readonly House[];
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
