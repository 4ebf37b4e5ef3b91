import { existsSync } from 'node:fs';
import { allOrganisations, type House, type Houses, openHouses } from '../organisations/index.ts';
import { type Config, readConfig } from '../platform/config.ts';
import { createLogger } from '../platform/logging.ts';
import {
  type Database,
  joinPostgres,
  openDatabase,
  openOwner,
  type Sql,
} from '../platform/postgres/index.ts';
import { Failure, sayIn, type Terminal } from './terminal.ts';

/** What a command that administers has in hand. */
export interface Office {
  readonly config: Config;
  readonly db: Database;
  readonly houses: Houses;
  /** Where the database is, as its owner. */
  readonly address: string;
  /** As the database's owner, for what belongs to no organisation. */
  readonly owner: Sql;
}

/**
 * The settings of this installation. In VIGIE_URL the `ticket` commands take an organisation too
 * (`http://localhost:3000/kerlann`), which is no concern of the others.
 */
export const settingsOf = ({ environment }: Terminal): Config => {
  const url = environment['VIGIE_URL'] ?? '';
  return readConfig({ ...environment, ...(URL.canParse(url) && { VIGIE_URL: new URL(url).origin }) });
};

const UNDEFINED_TABLE = '42P01';

/** Works on the database, beside a server that runs on it or alone. */
export const administer = async <T>(terminal: Terminal, work: (office: Office) => Promise<T>): Promise<T> => {
  const say = sayIn(terminal.locale);
  const config = settingsOf(terminal);
  if (config.databaseUrl === undefined && !existsSync(config.data))
    throw new Failure(
      1,
      'no_data',
      say(
        `Il n’y a rien dans ${config.data}. Démarrez Vigie une première fois (npm start), ou dites où elle est : VIGIE_DATA, DATABASE_URL.`,
        `There is nothing in ${config.data}. Start Vigie once (npm start), or say where it is: VIGIE_DATA, DATABASE_URL.`,
      ),
    );
  const postgres = await joinPostgres({
    data: config.data,
    databaseUrl: config.databaseUrl,
    log: createLogger('error'),
  });
  const db = openDatabase({ url: postgres.url });
  const owner = openOwner(postgres.url);
  try {
    return await work({ config, address: postgres.url, db, houses: openHouses(db), owner });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === UNDEFINED_TABLE)) throw error;
    throw new Failure(
      1,
      'not_set_up',
      say(
        'Cette base n’est pas prête : démarrez Vigie une fois (npm start), elle la prépare.',
        'This database is not ready: start Vigie once (npm start), which prepares it.',
      ),
    );
  } finally {
    await Promise.all([db.close(), owner.end()]);
    await postgres.stop();
  }
};

/** The organisation of that short name. @throws Failure that names those there are */
export const houseNamed = async (
  terminal: Terminal,
  { db, houses }: Office,
  slug: string,
): Promise<House> => {
  const house = await houses.bySlug(slug);
  if (house) return house;
  const known = (await allOrganisations(db.app)).map((one) => one.slug).join(', ');
  throw new Failure(
    1,
    'unknown_organisation',
    sayIn(terminal.locale)(
      `Il n’y a pas d’organisation « ${slug} ».${known ? ` Il y a : ${known}.` : ''}`,
      `There is no organisation "${slug}".${known ? ` There is: ${known}.` : ''}`,
    ),
  );
};

/** The app that an organisation has installed. @throws Failure that names those it has */
export const appNamed = (terminal: Terminal, house: House, app: string) => {
  const installed = house.apps.get(app);
  if (installed) return installed;
  const known = [...house.apps.keys()].join(', ');
  throw new Failure(
    1,
    'unknown_app',
    sayIn(terminal.locale)(
      `${house.name} n’utilise pas l’application « ${app} ».${known ? ` Elle utilise : ${known}.` : ''}`,
      `${house.name} does not use the app "${app}".${known ? ` It uses: ${known}.` : ''}`,
    ),
  );
};

/** The site of that short name, or every site. */
export const siteNamed = (terminal: Terminal, house: House, slug: string | undefined): string | null => {
  if (slug === undefined) return null;
  const site = house.sites.find((one) => one.slug === slug);
  if (site) return site.id;
  const known = house.sites.map((one) => one.slug).join(', ');
  throw new Failure(
    1,
    'unknown_site',
    sayIn(terminal.locale)(
      `${house.name} n’a pas de site « ${slug} ».${known ? ` Elle a : ${known}.` : ''}`,
      `${house.name} has no site "${slug}".${known ? ` It has: ${known}.` : ''}`,
    ),
  );
};
