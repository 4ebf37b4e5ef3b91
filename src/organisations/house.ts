import { type AppDefinition, type OpenTime, Refused } from '../engine/index.ts';
import { asOrganisation, type Database } from '../platform/postgres/index.ts';
import { calendarOf } from '../sites/index.ts';
import { applyOverrides, type Overrides, readOverrides } from './overrides.ts';
import {
  installedApps,
  type InstalledRow,
  organisationById,
  organisationBySlug,
  organisationsWithUrl,
  type OrganisationRow,
  type Settings,
  settingsOf,
  type SiteRow,
  sitesOf,
} from './store.ts';

/** An app as an organisation uses it. */
export interface Installed {
  readonly app: string;
  readonly hash: string;
  readonly definition: AppDefinition;
  readonly overrides: Overrides;
}

export type Site = SiteRow;

/** An organisation with its sites and apps: what nearly every operation needs. */
export interface House extends OrganisationRow {
  readonly sites: readonly Site[];
  readonly apps: ReadonlyMap<string, Installed>;
  readonly settings: Settings;
}

/** An organisation with an address of its own. */
export interface Addressed {
  readonly id: string;
  readonly slug: string;
  readonly url: string;
}

/** Where people reach an organisation, without a slash at the end: at its own address, or at the installation's. */
export const urlOf = (frame: { readonly url: string }, house: { readonly url: string | null }): string =>
  house.url ?? frame.url;

/** How long another process may still use what this organisation was, in milliseconds. */
const FRESH = 1000;

/** How many names are remembered, with those that nobody has. */
const NAMES = 5000;
/** What an organisation may be called in an address, as its table has it. */
const SLUG = /^[a-z][a-z0-9-]{1,39}$/u;

/** The organisations of a server, read again when they may have changed. */
export interface Houses {
  bySlug(slug: string): Promise<House | undefined>;
  byId(id: string): Promise<House | undefined>;
  /** The organisation whose own address has this host, as a browser says it. */
  atHost(host: string): Promise<Addressed | undefined>;
  /** Something of this organisation was changed here: read it again at once. */
  forget(id: string): void;
}

const installed = (row: InstalledRow): Installed => {
  const overrides = readOverrides(row.overrides);
  // What was stored had been checked: it is stored by its hash, and never changed.
  return {
    app: row.app,
    hash: row.hash,
    definition: applyOverrides(row.body as AppDefinition, overrides),
    overrides,
  };
};

interface Rows {
  readonly sites: readonly Site[];
  readonly apps: readonly InstalledRow[];
  readonly settings: Settings;
}

const load = (db: Database, id: string): Promise<Rows> =>
  asOrganisation(db, id, async (tx) => {
    const [sites, apps, settings] = await Promise.all([
      sitesOf(tx, id),
      installedApps(tx, id),
      settingsOf(tx, id),
    ]);
    return { sites, apps, settings };
  });

export const openHouses = (db: Database): Houses => {
  const kept = new Map<string, { readonly until: number; readonly house: Promise<House | undefined> }>();
  const made = new Map<string, { readonly of: string; readonly house: House }>();
  /** The same object as before when nothing has changed: what was made of it holds. */
  const houseOf = async (row: OrganisationRow): Promise<House> => {
    const rows = await load(db, row.id);
    const of = JSON.stringify([row, rows]);
    const last = made.get(row.id);
    if (last?.of === of) return last.house;
    const house = {
      ...row,
      sites: rows.sites,
      settings: rows.settings,
      apps: new Map(rows.apps.map((app) => [app.app, installed(app)])),
    };
    made.set(row.id, { of, house });
    return house;
  };
  const read = (
    key: string,
    find: () => Promise<OrganisationRow | undefined>,
  ): Promise<House | undefined> => {
    const now = performance.now();
    const found = kept.get(key);
    if (found && found.until > now) return found.house;
    // Whoever makes names up fills no memory; and a name that nobody has is known as fast as another.
    if (kept.size >= NAMES) kept.clear();
    const house = find().then((row) => row && houseOf(row));
    kept.set(key, { until: now + FRESH, house });
    house.catch(() => kept.delete(key));
    return house;
  };
  type Hosts = ReadonlyMap<string, Addressed>;
  let hosts: { readonly until: number; readonly read: Promise<Hosts> } | null = null;
  const readHosts = async (): Promise<Hosts> => {
    const rows = await organisationsWithUrl(db.app);
    return new Map(rows.map((row) => [new URL(row.url).host, row]));
  };
  return {
    bySlug: (slug) =>
      SLUG.test(slug) ? read(slug, () => organisationBySlug(db.app, slug)) : Promise.resolve(undefined),
    byId: (id) => read(id, () => organisationById(db.app, id)),
    atHost: async (host) => {
      const now = performance.now();
      if (!hosts || hosts.until <= now) {
        hosts = { until: now + FRESH, read: readHosts() };
        hosts.read.catch(() => (hosts = null));
      }
      return (await hosts.read).get(host);
    },
    forget: () => {
      kept.clear();
      hosts = null;
    },
  };
};

/** @throws Refused `not_found` when the organisation does not use this app */
export const appOf = (house: House, app: string): Installed => {
  const found = house.apps.get(app);
  if (!found) throw new Refused({ code: 'not_found' });
  return found;
};

/** A place that is always open, for what happens at no site. */
const ALWAYS = { openingHours: '24/7', timeZone: 'Europe/Paris', holidays: 'FR' };

/** Where a ticket's time is counted: its site, or the organisation's first. */
const hoursAt = (house: House, siteId: string | null): Pick<Site, 'openingHours' | 'timeZone' | 'holidays'> =>
  house.sites.find((site) => site.id === siteId) ?? house.sites[0] ?? ALWAYS;

export const timeZoneAt = (house: House, siteId: string | null): string => hoursAt(house, siteId).timeZone;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The calendar last counted by at a site, and when. */
const calendars = new WeakMap<object, { readonly at: number; readonly open: OpenTime }>();

/** @param since what began before the calendar of `now` does: a ticket imported with the times it had */
export const openTimeAt = (house: House, siteId: string | null, now: number, since = now): OpenTime => {
  const hours = hoursAt(house, siteId);
  const last = calendars.get(hours);
  // A list asks for each of its tickets, and finding the calendar takes longer than counting by it.
  if (last && Math.abs(now - last.at) < HOUR && last.open.covers.from <= since - DAY) return last.open;
  const open = calendarOf(hours, now, since);
  calendars.set(hours, { at: now, open });
  return open;
};
