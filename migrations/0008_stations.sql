-- Shared stations: a tablet at a bench, paired once, unlocked by whoever works there with their PIN.

create table station (
  organisation_id uuid not null references organisation,
  id uuid not null,
  name text not null,
  app text not null,
  -- Only tickets that stand at these are seen there.
  steps text[] not null check (cardinality(steps) > 0),
  site_id uuid,
  -- At a counter: tickets may be opened there.
  opens boolean not null default false,
  -- It locks by itself after so many seconds without a gesture.
  idle_seconds int not null default 120 check (idle_seconds between 30 and 900),
  created_at timestamptz not null,
  created_by uuid not null,
  -- What pairs it: used once, for ten minutes, and only its keyed hash is kept.
  code_hash bytea,
  code_expires_at timestamptz,
  code_by uuid,
  -- The device, once it is paired.
  device_hash bytea,
  paired_at timestamptz,
  agent text not null default '',
  seen_at timestamptz,
  revoked_at timestamptz,
  -- Wrong PINs in a row, whoever's they were.
  tries int not null default 0,
  pause_until timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, code_hash),
  unique (organisation_id, device_hash),
  foreign key (organisation_id, site_id) references site (organisation_id, id)
);

-- Kept apart from members, so that reading a member never reads this.
create table pin (
  organisation_id uuid not null,
  member_id uuid not null,
  salt bytea not null,
  hash bytea not null,
  set_at timestamptz not null,
  -- Tries in a row that were not right.
  tries int not null default 0,
  pause_until timestamptz,
  locked_at timestamptz,
  primary key (organisation_id, member_id),
  foreign key (organisation_id, member_id) references member (organisation_id, id) on delete cascade
);

-- The owner, who may be no superuser, checks what is there while nothing holds them to one organisation.
alter table session no force row level security;
alter table session
  -- The station that this session unlocked.
  add column station_id uuid,
  -- The ticket that was last moved on at the station: its person may still bring it back.
  add column moved_ticket_id uuid,
  add column moved_at timestamptz,
  add constraint session_station foreign key (organisation_id, station_id) references station (organisation_id, id);
alter table session force row level security;
create index session_station_open on session (organisation_id, station_id) where station_id is not null and revoked_at is null;

do $$
declare
  tenant text;
begin
  foreach tenant in array array['station', 'pin'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format(
      'create policy own_organisation on %I to vigie_app
         using (organisation_id = current_setting(''vigie.organisation'')::uuid)
         with check (organisation_id = current_setting(''vigie.organisation'')::uuid)', tenant);
    execute format('grant select, insert, update, delete on %I to vigie_app', tenant);
  end loop;
end $$;
