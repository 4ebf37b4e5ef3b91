import { system } from './engine/index.ts';
import { makeRecovery, stateOf } from './keeping/index.ts';
import { shippedApps, shippedDemos } from './shipped.ts';
import { playDemo } from './demo/play.ts';
import { allOrganisations, createOrganisation, openHouses, urlOf } from './organisations/index.ts';
import { addMember, anyoneEntered, everyRole, linkFor, membersOf } from './people/index.ts';
import type { Config } from './platform/config.ts';
import type { Logger } from './platform/logging.ts';
import { asOrganisation } from './platform/postgres/index.ts';
import { startVigie, type Vigie } from './server.ts';
import type { Identity, Vault } from './vault/index.ts';

/** What an empty installation begins with, for its first administrator to name. */
const FIRST = {
  slug: 'maison',
  name: 'Maison',
  locale: 'fr' as const,
  sites: [
    {
      slug: 'principal',
      name: 'Principal',
      openingHours: 'Mo-Fr 09:00-12:00,14:00-18:00; PH off',
      timeZone: 'Europe/Paris',
      holidays: 'FR',
    },
  ],
};

/** The recovery key of the first organisation, to be shown once. */
interface FirstKey {
  readonly organisation: string;
  readonly key: Identity;
}

/**
 * Fills an installation that has no organisation yet.
 * @param shown whether somebody sees what is printed: otherwise no recovery key is made that nobody would hold
 */
const fill = async (
  vault: Vault,
  demonstration: boolean,
  shown: boolean,
  url: string,
): Promise<FirstKey | null> => {
  const { db } = vault;
  if ((await allOrganisations(db.app)).length > 0) return null;
  const now = Date.now();
  if (demonstration) {
    for (const demo of shippedDemos) await playDemo(vault, demo, shippedApps, now);
    return null;
  }
  const id = await createOrganisation(db, { ...FIRST, apps: shippedApps }, now);
  const house = await openHouses(db).byId(id);
  if (!house) throw new Error('The first organisation was not made.');
  await addMember(
    db,
    house,
    {
      name: 'Administration',
      email: 'admin@localhost',
      locale: 'fr',
      administrator: true,
      roles: everyRole(shippedApps),
    },
    now,
  );
  if (!shown) return null;
  return { organisation: house.name, key: await makeRecovery(vault, house, 'first', system, url) };
};

/** Organisations that keep no files yet. */
const closedVaults = async ({ db, vault }: Vigie): Promise<readonly string[]> => {
  const closed: string[] = [];
  for (const { id, slug } of await allOrganisations(db.app))
    if ((await stateOf(vault, id)).openSince === null) closed.push(slug);
  return closed;
};

/** Who can sign in, and by which link: everyone of a demonstration, or the administrators of an installation that nobody has entered yet. */
const doorsOf = async ({ db, url }: Vigie, demonstration: boolean): Promise<readonly string[]> => {
  const houses = openHouses(db);
  const lines: string[] = [];
  for (const organisation of await allOrganisations(db.app)) {
    const house = await houses.byId(organisation.id);
    // Where links do not let in, none is printed.
    if (!house?.settings.mailLinks) continue;
    const members = await asOrganisation(db, house.id, (tx) => membersOf(tx, house.id));
    const isDemo = demonstration && shippedDemos.some((demo) => demo.organisation.slug === house.slug);
    const entered = isDemo || (await asOrganisation(db, house.id, (tx) => anyoneEntered(tx, house.id)));
    const invited = isDemo ? members : members.filter(({ administrator }) => administrator && !entered);
    if (invited.length === 0) continue;
    lines.push(house.name);
    for (const member of invited) {
      const roles = new Set(
        member.roles.map(({ app, role }) => {
          const label = house.apps.get(app)?.definition.roles[role]?.label ?? role;
          return typeof label === 'string' ? label : label[house.locale];
        }),
      );
      const who = isDemo
        ? [...roles, ...(member.administrator ? ['administration'] : [])].join(', ')
        : 'administration';
      lines.push(
        `  ${member.name} (${who})\n    ${await linkFor(db, house, urlOf({ url }, house), member.id, Date.now())}`,
      );
    }
  }
  return lines;
};

/**
 * Starts the server, fills it when it is empty, and says where it is and who can sign in as whom.
 * @param onKey shows the recovery key of the first organisation, once; without it none is made, and the settings ask for one
 * @throws when it cannot start, with the reason
 */
export const up = async (
  config: Config,
  logger: Logger,
  print: (line: string) => void,
  onKey?: (first: FirstKey) => Promise<void>,
): Promise<Vigie> => {
  const vigie = await startVigie(config, logger, {
    prepare: async (vault) => {
      const first = await fill(vault, config.demonstration, onKey !== undefined, config.url);
      if (first) await onKey?.(first);
    },
  });
  if (vigie.notice !== undefined) print(vigie.notice);
  print(`Vigie is ready at ${vigie.url}`);
  if (onKey === undefined && !config.demonstration)
    for (const slug of await closedVaults(vigie))
      print(
        `${slug} keeps no files until its recovery key is made: Settings, Vault; or vigie vault open --organisation ${slug}`,
      );
  const doors = await doorsOf(vigie, config.demonstration);
  if (doors.length > 0)
    print(['', 'One-time links to sign in (each works once, for a day):', ...doors, ''].join('\n'));
  return vigie;
};
