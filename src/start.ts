import { shippedApps, shippedDemos } from './shipped.ts';
import { playDemo } from './demo/play.ts';
import { allOrganisations, createOrganisation, openHouses, urlOf } from './organisations/index.ts';
import { addMember, anyoneEntered, everyRole, linkFor, membersOf } from './people/index.ts';
import type { Config } from './platform/config.ts';
import type { Logger } from './platform/logging.ts';
import { asOrganisation, type Database } from './platform/postgres/index.ts';
import { startVigie, type Vigie } from './server.ts';

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

/** Fills an installation that has no organisation yet. */
const fill = async (db: Database, demonstration: boolean): Promise<void> => {
  if ((await allOrganisations(db.app)).length > 0) return;
  const now = Date.now();
  if (demonstration) {
    for (const demo of shippedDemos) await playDemo(db, demo, shippedApps, now);
    return;
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
 * @throws when it cannot start, with the reason
 */
export const up = async (config: Config, logger: Logger, print: (line: string) => void): Promise<Vigie> => {
  const vigie = await startVigie(config, logger, { prepare: (db) => fill(db, config.demonstration) });
  if (vigie.notice !== undefined) print(vigie.notice);
  print(`Vigie is ready at ${vigie.url}`);
  const doors = await doorsOf(vigie, config.demonstration);
  if (doors.length > 0)
    print(['', 'One-time links to sign in (each works once, for a day):', ...doors, ''].join('\n'));
  return vigie;
};
