/** Databases that hold some tickets of a commune, made by SQL: a million in a minute or so. */
import postgres from 'postgres';
import voirie from '../apps/voirie/app.ts';
import { createOrganisation, openHouses } from '../src/organisations/index.ts';
import { addMember, beginSession, createKey } from '../src/people/index.ts';
import { createLogger } from '../src/platform/logging.ts';
import { asOrganisation, migrate, openDatabase, withDatabase } from '../src/platform/postgres/index.ts';

const SITE = {
  slug: 'mairie',
  name: 'Mairie',
  openingHours: 'Mo-Fr 08:30-12:00,13:30-17:30; PH off',
  timeZone: 'Europe/Paris',
  holidays: 'FR',
};

/** A connection as the owner of a database, past every wall. */
export const asOwner = (url: string): postgres.Sql =>
  postgres(url.replace(/\?.*$/u, ''), {
    host: new URL(url).searchParams.get('host') ?? undefined,
    max: 2,
    onnotice: () => {},
  });

export interface Filled {
  readonly url: string;
  readonly owner: postgres.Sql;
  readonly size: number;
  /** Of a clerk, who sees everything. */
  readonly key: string;
  /** The cookie of a clerk who is signed in. */
  readonly cookie: string;
  readonly references: readonly string[];
}

let databases = 0;

export const createDatabase = async (server: string): Promise<string> => {
  const name = `bench_${(databases += 1)}`;
  const admin = asOwner(withDatabase(server, 'postgres'));
  await admin`create database ${admin(name)}`;
  await admin.end();
  return withDatabase(server, name);
};

/**
 * Three years of tickets, most of them closed, a thousandth of them about animals; each with its first event, and
 * everything that follows the log already past it. Neither analyzed nor vacuumed.
 */
const insertTickets = (owner: postgres.Sql, organisationId: string, size: number): Promise<unknown> =>
  owner.begin(async (sql) => {
    // A load as pg_restore does it: no trigger looks at each row.
    await sql`set local session_replication_role = replica`;
    await sql`set local synchronous_commit = off`;
    await sql`alter table ticket set (autovacuum_enabled = off)`;
    await sql`alter table event set (autovacuum_enabled = off)`;
    await sql`select setseed(0.42)`;
    await sql`
    insert into ticket (organisation_id, id, app, reference, definition_hash, version, step, fields, sealed, choices, site_id,
      created_at, updated_at, step_at, due_at, lateness, lateness_at, wake_at, closed_at)
    select ${organisationId}, uuidv7(created - clock_timestamp()), 'voirie', to_char(created, '"V-"YYYY-') || lpad(n::text, greatest(4, length(n::text)), '0'),
      i.definition_hash, 1, step,
      jsonb_build_object('kind', kind, 'dangerous', n % 50 = 0, 'note', 'Signalement ' || n || ' : ' || repeat('à voir ', 1 + n % 9),
        'place', jsonb_build_object('lat', 47.5 + random() / 10, 'lng', -3.1 + random() / 10, 'address', n % 180 || ' rue des Peupliers, Kerlann')),
      '{}', array['kind=' || kind, 'dangerous=' || case when n % 50 = 0 then 'yes' else 'no' end], s.id,
      created, created, created, case when closed then 'infinity' else created + interval '9 days' end,
      case when closed then 'on time' else late end, created,
      case when closed or late <> 'on time' then null else now() + random() * interval '9 days' + interval '1 hour' end,
      case when closed then created + interval '9 days' end
    from (
      select n, now() - (${size}::int - n) * interval '3 years' / ${size}::int as created,
        case when r < 0.80 then 'closed' when r < 0.86 then 'refused' when r < 0.90 then 'received' when r < 0.93 then 'sorted'
          when r < 0.97 then 'planned' when r < 0.98 then 'working' else 'done' end as step,
        r < 0.86 as closed,
        case when k < 0.001 then 'animal' when k < 0.4 then 'pothole' when k < 0.6 then 'streetlight' when k < 0.8 then 'dumping'
          when k < 0.9 then 'graffiti' else 'tree' end as kind,
        (array['on time', 'on time', 'on time', 'at risk', 'late', 'late', 'stuck', 'will be late'])[1 + floor(random() * 8)] as late
      from (select n, random() as r, random() as k from generate_series(1, ${size}::int) n) drawn
    ) made
    join site s on s.organisation_id = ${organisationId}
    join installed_app i on i.organisation_id = ${organisationId}`;
    await sql`
    insert into event (organisation_id, id, ticket_id, app, version, type, at, actor, definition_hash, body)
    select ${organisationId}, id, id, app, 1, 'opened', created_at, '{"kind": "import", "id": null}', definition_hash,
      jsonb_build_object('reference', reference, 'fields', fields)
    from ticket`;
    await sql`
    insert into event_order (organisation_id, seq, event_id)
    select ${organisationId}, row_number() over (order by id), id from event`;
    await sql`insert into log_head (organisation_id, seq) values (${organisationId}, ${size})`;
    await sql`
    insert into log_cursor (organisation_id, consumer, seq)
    select ${organisationId}, consumer, ${size} from unnest(array['words', 'holds', 'notices']) consumer`;
    await sql`
    insert into reference_counter (organisation_id, name, value)
    values (${organisationId}, 'voirie ' || extract(year from now()), ${size})`;
  });

/** Settings of service again: statistics and vacuum as they come by themselves in daily use. */
export const analyze = async ({ owner }: Filled): Promise<void> => {
  await owner`alter table ticket reset (autovacuum_enabled)`;
  await owner`alter table event reset (autovacuum_enabled)`;
  await owner`vacuum (analyze)`;
};

/** A database of Vigie with so many tickets. */
export const fillVigie = async (server: string, size: number): Promise<Filled> => {
  const url = await createDatabase(server);
  await migrate({ url, log: createLogger('warn') });
  const db = openDatabase({ url });
  const now = Date.now();
  const organisationId = await createOrganisation(
    db,
    { slug: 'kerlann', name: 'Commune de Kerlann', locale: 'fr', sites: [SITE], apps: [voirie] },
    now,
  );
  const house = await openHouses(db).byId(organisationId);
  if (!house) throw new Error('The organisation was not made.');
  const { key } = await createKey(
    db,
    house,
    { app: 'voirie', role: 'clerk', site: null, name: 'bench', expires: null },
    now,
  );
  const memberId = await addMember(
    db,
    house,
    {
      name: 'Maëlle Le Goff',
      email: 'maelle@kerlann.example',
      locale: 'fr',
      administrator: false,
      roles: [{ app: 'voirie', role: 'clerk', site: null }],
    },
    now,
  );
  const arrival = { memberId, methods: ['passkey'], assurance: 'strong', userAgent: undefined } as const;
  const secret = await asOrganisation(db, organisationId, (tx) =>
    beginSession(tx, organisationId, arrival, now),
  );
  await db.close();
  const owner = asOwner(url);
  await insertTickets(owner, organisationId, size);
  const rows = await owner<
    { reference: string }[]
  >`select reference from ticket order by random() limit 2000`;
  const cookie = `vigie-kerlann=${secret}`;
  return { url, owner, size, key, cookie, references: rows.map(({ reference }) => reference) };
};

/** Takes every wall out of a database: for what is measured without them. */
export const openWalls = async ({ owner }: Filled): Promise<void> => {
  const tables = await owner<
    { name: string }[]
  >`select relname as name from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace`;
  for (const { name } of tables) await owner`alter table ${owner(name)} disable row level security`;
};

/** The same number of rows in the one table of the thin server. */
export const fillThin = async (
  server: string,
  size: number,
): Promise<{
  readonly url: string;
  readonly owner: postgres.Sql;
  readonly references: readonly string[];
}> => {
  const url = await createDatabase(server);
  const owner = asOwner(url);
  await owner`create sequence thin_reference`;
  await owner`
    create table thin (
      id bigint generated always as identity primary key,
      reference text not null unique default 'V-' || nextval('thin_reference'),
      step text not null, fields jsonb not null, due timestamptz not null, created timestamptz not null, version int not null
    )`;
  await owner`create index on thin (step, due, id)`;
  await owner`
    insert into thin (step, fields, due, created, version)
    select case when n % 25 = 0 then 'received' else 'closed' end,
      jsonb_build_object('kind', 'pothole', 'dangerous', false, 'note', 'Signalement ' || n || ' : ' || repeat('à voir ', 1 + n % 9),
        'place', jsonb_build_object('lat', 47.5, 'lng', -3.1, 'address', n % 180 || ' rue des Peupliers, Kerlann')),
      now() + n * interval '1 minute', now(), 1
    from generate_series(1, ${size}::int) n`;
  await owner`vacuum (analyze)`;
  const rows = await owner<{ reference: string }[]>`select reference from thin order by random() limit 2000`;
  return { url, owner, references: rows.map(({ reference }) => reference) };
};
