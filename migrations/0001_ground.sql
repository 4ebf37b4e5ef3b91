-- The ground: organisations, people, tickets, the log.
--
-- Two rules for every table of a tenant: `organisation_id` comes first in its keys, and row-level
-- security is forced, so that a query which forgets the organisation finds nothing.
-- vigie_app does the work of one organisation at a time (set by `set local vigie.organisation`);
-- vigie_system orders the log and wakes deadlines across organisations, and reads nothing else.

create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists btree_gin;
create extension if not exists fuzzystrmatch;

grant usage on schema public to vigie_app, vigie_system;

-- Reference tables: small, the same on every machine.

create table organisation (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,39}$'),
  name text not null,
  locale text not null default 'fr' check (locale in ('fr', 'en')),
  created_at timestamptz not null
);
grant select on organisation to vigie_app, vigie_system;
-- Only what crosses organisations makes one.
grant insert on organisation to vigie_system;

create table definition (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  app text not null,
  -- json, not jsonb: the order of fields and steps is part of what was written.
  body json not null,
  created_at timestamptz not null
);
grant select on definition to vigie_app;
grant select, insert on definition to vigie_system;

-- What an organisation is made of.

create table site (
  organisation_id uuid not null references organisation,
  id uuid not null,
  slug text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  name text not null,
  opening_hours text not null,
  time_zone text not null,
  holidays text not null default 'FR',
  position int not null default 0,
  version int not null default 1,
  primary key (organisation_id, id),
  unique (organisation_id, slug)
);

create table installed_app (
  organisation_id uuid not null references organisation,
  app text not null,
  definition_hash text not null references definition,
  overrides jsonb not null default '{}',
  position int not null default 0,
  installed_at timestamptz not null,
  primary key (organisation_id, app)
);

create table reference_counter (
  organisation_id uuid not null references organisation,
  name text not null,
  value bigint not null,
  primary key (organisation_id, name)
);

create table member (
  organisation_id uuid not null references organisation,
  id uuid not null,
  name text not null,
  email text not null,
  locale text not null default 'fr' check (locale in ('fr', 'en')),
  administrator boolean not null default false,
  disabled_at timestamptz,
  created_at timestamptz not null,
  primary key (organisation_id, id)
);
create unique index member_email on member (organisation_id, lower(email));

create table member_role (
  organisation_id uuid not null,
  member_id uuid not null,
  app text not null,
  role text not null,
  site_id uuid,
  unique nulls not distinct (organisation_id, member_id, app, role, site_id),
  foreign key (organisation_id, member_id) references member (organisation_id, id) on delete cascade,
  foreign key (organisation_id, site_id) references site (organisation_id, id)
);
create index member_role_app on member_role (organisation_id, app, role);

create table session (
  organisation_id uuid not null,
  secret_hash bytea not null,
  member_id uuid not null,
  method text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (organisation_id, secret_hash),
  foreign key (organisation_id, member_id) references member (organisation_id, id) on delete cascade
);
create index session_member on session (organisation_id, member_id);

create table sign_in_link (
  organisation_id uuid not null,
  secret_hash bytea not null,
  member_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (organisation_id, secret_hash),
  foreign key (organisation_id, member_id) references member (organisation_id, id) on delete cascade
);

create table api_key (
  organisation_id uuid not null references organisation,
  id uuid not null,
  secret_hash bytea not null,
  name text not null,
  app text not null,
  role text not null,
  site_id uuid,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, secret_hash),
  foreign key (organisation_id, site_id) references site (organisation_id, id)
);

create table contact (
  organisation_id uuid not null references organisation,
  id uuid not null,
  name text not null,
  email text,
  phone text,
  locale text not null default 'fr' check (locale in ('fr', 'en')),
  created_at timestamptz not null,
  primary key (organisation_id, id)
);
create index contact_email on contact (organisation_id, lower(email)) where email is not null;
create index contact_phone on contact (organisation_id, phone) where phone is not null;

-- Tickets: the row is what the events say, kept for reading.

create table ticket (
  organisation_id uuid not null references organisation,
  id uuid not null,
  app text not null,
  reference text not null,
  definition_hash text not null references definition,
  version int not null,
  step text not null,
  fields jsonb not null,
  sealed jsonb not null,
  -- `kind=pothole` for every choice field: what lists filter by.
  choices text[] not null,
  site_id uuid,
  assignee_id uuid,
  holder_id uuid,
  nth int,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  step_at timestamptz not null,
  promise_at timestamptz,
  due_at timestamptz not null default 'infinity',
  lateness text not null default 'on time'
    check (lateness in ('on time', 'at risk', 'will be late', 'late', 'stuck')),
  lateness_at timestamptz not null,
  wake_at timestamptz,
  closed_at timestamptz,
  erased_at timestamptz,
  -- Where an imported ticket comes from: the same source row is never imported twice.
  source text,
  primary key (organisation_id, id),
  unique (organisation_id, reference),
  foreign key (organisation_id, site_id) references site (organisation_id, id),
  foreign key (organisation_id, holder_id) references ticket (organisation_id, id)
);
create unique index ticket_source on ticket (organisation_id, app, source) where source is not null;
create index ticket_newest on ticket (organisation_id, app, id);
create index ticket_step on ticket (organisation_id, app, step, due_at, id);
create index ticket_closed on ticket (organisation_id, app, step, closed_at desc, id desc) where closed_at is not null;
create index ticket_lateness on ticket (organisation_id, lateness, due_at, id)
  where closed_at is null and lateness <> 'on time';
create index ticket_wake on ticket (organisation_id, wake_at) where wake_at is not null;
create index ticket_holder on ticket (organisation_id, holder_id, nth) where holder_id is not null;
create index ticket_assignee on ticket (organisation_id, assignee_id, due_at, id)
  where closed_at is null and assignee_id is not null;
-- GIN checks columns in their order; with the organisation last, only tickets that have the choice are checked for it.
create index ticket_choices on ticket using gin (choices, (organisation_id::text));

-- What happened. Never changed: vigie_app has no right to. Erasing a person empties `sealed`.

create table event (
  organisation_id uuid not null references organisation,
  id uuid not null,
  ticket_id uuid,
  app text,
  version int,
  type text not null,
  at timestamptz not null,
  actor jsonb not null,
  definition_hash text,
  body jsonb not null,
  sealed jsonb,
  primary key (organisation_id, id)
);
create unique index event_ticket on event (organisation_id, ticket_id, version) where ticket_id is not null;

-- The order of what happened. A committed event waits in event_unordered until the tailer has given it its place.

create table event_unordered (
  organisation_id uuid not null,
  event_id uuid not null,
  -- The events of one ticket are written one after the other: their order does not hang on anybody's clock.
  position bigint generated by default as identity,
  primary key (organisation_id, position)
);

create table event_order (
  organisation_id uuid not null,
  seq bigint not null,
  event_id uuid not null,
  primary key (organisation_id, seq)
);

create table log_head (
  organisation_id uuid primary key,
  seq bigint not null
);

create table log_cursor (
  organisation_id uuid not null,
  consumer text not null,
  seq bigint not null,
  primary key (organisation_id, consumer)
);

-- An event on which a consumer kept failing: set aside and shown, so that the others are not held up.
create table log_set_aside (
  organisation_id uuid not null,
  consumer text not null,
  seq bigint not null,
  event_id uuid not null,
  error text not null,
  at timestamptz not null,
  primary key (organisation_id, consumer, seq)
);

create table idempotency (
  organisation_id uuid not null references organisation,
  key text not null,
  request_hash text not null,
  result jsonb not null,
  created_at timestamptz not null,
  primary key (organisation_id, key)
);
create index idempotency_age on idempotency (organisation_id, created_at);

create table notice (
  organisation_id uuid not null references organisation,
  id uuid not null,
  event_id uuid not null,
  recipient text not null,
  rule int not null,
  ticket_id uuid,
  locale text not null,
  address text,
  subject text not null,
  body text not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  failure text,
  attempts int not null default 0,
  primary key (organisation_id, id),
  unique (organisation_id, event_id, recipient, rule)
);

do $$
declare
  tenant text;
begin
  foreach tenant in array array[
    'site', 'installed_app', 'reference_counter', 'member', 'member_role', 'session', 'sign_in_link',
    'api_key', 'contact', 'ticket', 'event', 'event_unordered', 'event_order', 'log_head', 'log_cursor',
    'log_set_aside', 'idempotency', 'notice'
  ] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format(
      'create policy own_organisation on %I to vigie_app
         using (organisation_id = current_setting(''vigie.organisation'')::uuid)
         with check (organisation_id = current_setting(''vigie.organisation'')::uuid)', tenant);
    execute format('grant select, insert, update, delete on %I to vigie_app', tenant);
  end loop;

  -- Only the tailer and the waker cross organisations, and only on what they need.
  foreach tenant in array array['event_unordered', 'event_order', 'log_head', 'log_cursor', 'ticket'] loop
    execute format('create policy every_organisation on %I to vigie_system using (true) with check (true)', tenant);
  end loop;
end $$;

revoke update, delete on event from vigie_app;
grant update (sealed) on event to vigie_app;
revoke update, delete on event_order, event_unordered, log_head from vigie_app;
revoke insert on event_order, log_head from vigie_app;

grant select, insert, update, delete on event_unordered, event_order, log_head to vigie_system;
grant select on log_cursor to vigie_system;
grant select (organisation_id, id, wake_at) on ticket to vigie_system;

-- Under row-level security PostgreSQL uses an index only for operators that cannot leak what the policy hides, and @>
-- is not counted among them. This view is the same wall, before the operator as well as after; what few tickets have
-- is read through it.
create policy owner_reads on ticket for select to current_user using (true);
create view own_ticket as
  select * from ticket where organisation_id::text = current_setting('vigie.organisation')::uuid::text;
grant select on own_ticket to vigie_app;
