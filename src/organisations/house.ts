import { type AppDefinition, type OpenTime, Refused } from '../engine/index.ts';
import { asOrganisation, type Database } from '../platform/postgres/index.ts';
import { calendarOf } from '../sites/index.ts';
import { applyOverrides, type Overrides, readOverrides } from './overrides.ts';
import {
  installedApps,
  type InstalledRow,
  organisationById,
  organisationBySlug,
  type OrganisationRow,
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
}

/** How long another process may still use what this organisation was, in milliseconds. */
const FRESH = 1000;

/** The organisations of a server, read again when they may have changed. */
export interface Houses {
  bySlug(slug: string): Promise<House | undefined>;
  byId(id: string): Promise<House | undefined>;
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

const load = async (db: Database, row: OrganisationRow): Promise<House> =>
  asOrganisation(db, row.id, async (tx) => {
    const [sites, apps] = await Promise.all([sitesOf(tx, row.id), installedApps(tx, row.id)]);
    return { ...row, sites, apps: new Map(apps.map((app) => [app.app, installed(app)])) };
  });

export const openHouses = (db: Database): Houses => {
  const kept = new Map<string, { readonly until: number; readonly house: Promise<House | undefined> }>();
  const read = (
    key: string,
    find: () => Promise<OrganisationRow | undefined>,
  ): Promise<House | undefined> => {
    const now = performance.now();
    const found = kept.get(key);
    if (found && found.until > now) return found.house;
    const house = find().then((row) => row && load(db, row));
    kept.set(key, { until: now + FRESH, house });
    house.catch(() => kept.delete(key));
    return house;
  };
  return {
    bySlug: (slug) => read(slug, () => organisationBySlug(db.app, slug)),
    byId: (id) => read(id, () => organisationById(db.app, id)),
    forget: () => kept.clear(),
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
