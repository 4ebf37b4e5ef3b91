-- Sealed exchange: people's own keys, of which the server has the public half and locked copies alone.

-- The public half of what opens everything sealed here, whose secret half is printed and lies in a safe.
create table sealed_escrow (
  organisation_id uuid not null references organisation,
  id uuid not null,
  recipient text not null,
  fingerprint bytea not null,
  created_at timestamptz not null,
  created_by uuid not null,
  retired_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, created_by) references member (organisation_id, id)
);
create unique index sealed_escrow_current on sealed_escrow (organisation_id) where retired_at is null;

-- The public half of a member's own key.
create table sealed_key (
  organisation_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  -- `age1…`
  recipient text not null,
  -- SHA-256 of the recipient's text.
  fingerprint bytea not null,
  -- The secret half as an age file that the organisation's escrow opens.
  escrow_id uuid,
  escrowed bytea,
  created_at timestamptz not null,
  -- Nothing new is sealed to it; what was sealed before still opens.
  retired_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, recipient),
  foreign key (organisation_id, member_id) references member (organisation_id, id),
  foreign key (organisation_id, escrow_id) references sealed_escrow (organisation_id, id),
  check ((escrow_id is null) = (escrowed is null))
);
create unique index sealed_key_current on sealed_key (organisation_id, member_id) where retired_at is null;
create index sealed_key_member on sealed_key (organisation_id, member_id);

-- The secret half as an age file that its owner opens: one a way.
create table sealed_lock (
  organisation_id uuid not null,
  id uuid not null,
  key_id uuid not null,
  how text not null check (how in ('passkey', 'passphrase')),
  passkey_id uuid,
  wrapped bytea not null,
  created_at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, key_id) references sealed_key (organisation_id, id) on delete cascade,
  foreign key (organisation_id, passkey_id) references passkey (organisation_id, id),
  check ((how = 'passkey') = (passkey_id is not null))
);
create index sealed_lock_key on sealed_lock (organisation_id, key_id);

-- Whose key somebody has come to know: another one is announced before anything is sealed to it.
create table sealed_pin (
  organisation_id uuid not null,
  member_id uuid not null,
  -- A member's, or the organisation's own escrow, by its name here.
  whose text not null,
  fingerprint bytea not null,
  pinned_at timestamptz not null,
  primary key (organisation_id, member_id, whose),
  foreign key (organisation_id, member_id) references member (organisation_id, id) on delete cascade
);

-- Files that a drop brings are sealed in the browser of whoever brings them; what is not is not taken.
alter table drop_link add column sealed boolean not null default false;

-- To whom they are sealed, as it was when the link was made.
create table sealed_drop (
  organisation_id uuid not null,
  drop_id uuid not null,
  key_ids uuid[] not null,
  escrow_id uuid,
  primary key (organisation_id, drop_id),
  foreign key (organisation_id, drop_id) references drop_link (organisation_id, id) on delete cascade,
  foreign key (organisation_id, escrow_id) references sealed_escrow (organisation_id, id)
);

do $$
declare
  tenant text;
begin
  foreach tenant in array array['sealed_escrow', 'sealed_key', 'sealed_lock', 'sealed_pin', 'sealed_drop'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format(
      'create policy own_organisation on %I to vigie_app
         using (organisation_id = current_setting(''vigie.organisation'')::uuid)
         with check (organisation_id = current_setting(''vigie.organisation'')::uuid)', tenant);
    execute format('grant select, insert, update, delete on %I to vigie_app', tenant);
  end loop;
end $$;
