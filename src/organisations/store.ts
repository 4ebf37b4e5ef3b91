import type { Tx } from '../platform/postgres/index.ts';

export interface OrganisationRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly locale: 'fr' | 'en';
  /** Its own address, without a slash at the end; `null` when it has none. */
  readonly url: string | null;
}

export interface SiteRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly openingHours: string;
  readonly timeZone: string;
  readonly holidays: string;
  readonly version: number;
}

export interface InstalledRow {
  readonly app: string;
  readonly hash: string;
  readonly body: unknown;
  readonly overrides: unknown;
}

export const organisationBySlug = async (sql: Tx, slug: string): Promise<OrganisationRow | undefined> => {
  const [row] = await sql<
    OrganisationRow[]
  >`select id, slug, name, locale, url from organisation where slug = ${slug}`;
  return row;
};

export const organisationById = async (sql: Tx, id: string): Promise<OrganisationRow | undefined> => {
  const [row] = await sql<
    OrganisationRow[]
  >`select id, slug, name, locale, url from organisation where id = ${id}`;
  return row;
};

export const allOrganisations = (sql: Tx): Promise<OrganisationRow[]> =>
  sql<OrganisationRow[]>`select id, slug, name, locale, url from organisation order by slug`;

export const insertOrganisation = (
  sql: Tx,
  row: Omit<OrganisationRow, 'url'>,
  at: Date,
): Promise<unknown> => sql`
  insert into organisation (id, slug, name, locale, created_at)
  values (${row.id}, ${row.slug}, ${row.name}, ${row.locale}, ${at})`;

/** How an organisation wants its people to come in: times in milliseconds, `null` where the frame's own count. */
export interface Settings {
  /** Only passkeys that cannot leave their device. */
  readonly deviceBound: boolean;
  /** Whether one may come in by a one-time link, which is the low-assurance way. */
  readonly mailLinks: boolean;
  readonly idle: number | null;
  readonly total: number | null;
}

const USUAL: Settings = { deviceBound: false, mailLinks: true, idle: null, total: null };

export const settingsOf = async (tx: Tx, organisationId: string): Promise<Settings> => {
  const [row] = await tx<Settings[]>`
    select device_bound as "deviceBound", mail_links as "mailLinks", idle_minutes * 60000::float8 as idle,
      total_hours * 3600000::float8 as total
    from organisation_setting where organisation_id = ${organisationId}`;
  return row ?? USUAL;
};

export const setSettings = (tx: Tx, organisationId: string, given: Settings): Promise<unknown> => tx`
  insert into organisation_setting (organisation_id, device_bound, mail_links, idle_minutes, total_hours)
  values (${organisationId}, ${given.deviceBound}, ${given.mailLinks},
    ${given.idle === null ? null : given.idle / 60_000}, ${given.total === null ? null : given.total / 3_600_000})
  on conflict (organisation_id) do update set device_bound = excluded.device_bound,
    mail_links = excluded.mail_links, idle_minutes = excluded.idle_minutes, total_hours = excluded.total_hours`;

/** Those with an address of their own. */
export const organisationsWithUrl = (
  sql: Tx,
): Promise<{ readonly id: string; readonly slug: string; readonly url: string }[]> =>
  sql<{ id: string; slug: string; url: string }[]>`
  select id, slug, url from organisation where url is not null`;

export const setUrl = (sql: Tx, id: string, url: string | null): Promise<unknown> => sql`
  with changed as (update organisation set url = ${url} where id = ${id} returning id)
  select pg_notify('vigie_organisation', id::text) from changed`;

export const sitesOf = (tx: Tx, organisationId: string): Promise<SiteRow[]> => tx<SiteRow[]>`
  select id, slug, name, opening_hours as "openingHours", time_zone as "timeZone", holidays, version
  from site where organisation_id = ${organisationId} order by position, slug`;

export const insertSite = (
  tx: Tx,
  organisationId: string,
  site: Omit<SiteRow, 'version'>,
): Promise<unknown> => tx`
  insert into site (organisation_id, id, slug, name, opening_hours, time_zone, holidays, position)
  values (${organisationId}, ${site.id}, ${site.slug}, ${site.name}, ${site.openingHours}, ${site.timeZone},
    ${site.holidays},
    (select coalesce(max(position) + 1, 0) from site where organisation_id = ${organisationId}))`;

/** Changes a site that still has the version the person read; says whether it had. */
export const updateSite = async (tx: Tx, organisationId: string, site: SiteRow): Promise<boolean> => {
  const rows = await tx`
    update site set name = ${site.name}, opening_hours = ${site.openingHours}, time_zone = ${site.timeZone},
      holidays = ${site.holidays}, version = version + 1
    where organisation_id = ${organisationId} and id = ${site.id} and version = ${site.version}
    returning 1`;
  return rows.length > 0;
};

export const installedApps = (tx: Tx, organisationId: string): Promise<InstalledRow[]> => tx<InstalledRow[]>`
  select i.app, i.definition_hash as hash, d.body, i.overrides
  from installed_app i join definition d on d.hash = i.definition_hash
  where i.organisation_id = ${organisationId} order by i.position, i.app`;

export const insertDefinition = (
  sql: Tx,
  hash: string,
  app: string,
  body: string,
  at: Date,
): Promise<unknown> => sql`
  insert into definition (hash, app, body, created_at) values (${hash}, ${app}, ${body}::text::json, ${at})
  on conflict do nothing`;

export const installApp = (
  tx: Tx,
  organisationId: string,
  app: string,
  hash: string,
  at: Date,
): Promise<unknown> => tx`
  insert into installed_app (organisation_id, app, definition_hash, position, installed_at)
  values (${organisationId}, ${app}, ${hash},
    (select coalesce(max(position) + 1, 0) from installed_app where organisation_id = ${organisationId}), ${at})
  on conflict (organisation_id, app) do update set definition_hash = ${hash}, installed_at = ${at}`;

export const setOverrides = (
  tx: Tx,
  organisationId: string,
  app: string,
  overrides: string,
): Promise<unknown> => tx`
  update installed_app set overrides = ${overrides}::text::jsonb
  where organisation_id = ${organisationId} and app = ${app}`;

/**
 * Every open ticket of this site is looked at again: its hours have changed. What happens at no site goes by the
 * hours of the first (`hoursAt`).
 */
export const wakeSite = (tx: Tx, organisationId: string, siteId: string, at: Date): Promise<unknown> => tx`
  update ticket set wake_at = ${at}
  where organisation_id = ${organisationId} and closed_at is null and (site_id = ${siteId} or site_id is null and ${siteId} = (
    select id from site where organisation_id = ${organisationId} order by position, slug limit 1))`;
