-- Links by which people without an account put files into one field of one ticket, and signed statements of what was
-- handed over.

create table drop_link (
  organisation_id uuid not null references organisation,
  id uuid not null,
  secret_hash bytea not null,
  ticket_id uuid not null,
  app text not null,
  field text not null,
  -- What its maker wrote for whoever brings, sealed under the organisation's key; empty once it was erased.
  about bytea,
  key_id uuid not null,
  -- Must whoever brings say who they are; may they leave a message?
  names boolean not null,
  messages boolean not null,
  most_files int not null check (most_files > 0),
  most_bytes bigint not null check (most_bytes > 0),
  -- What came by it so far: whatever became of it.
  files int not null default 0,
  bytes bigint not null default 0,
  created_at timestamptz not null,
  created_kind text not null,
  created_by uuid not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, secret_hash),
  foreign key (organisation_id, ticket_id) references ticket (organisation_id, id),
  foreign key (organisation_id, key_id) references vault_key (organisation_id, id)
);
create index drop_link_ticket on drop_link (organisation_id, ticket_id);

-- What one person brings by a drop at one time. Its id is random, for whoever has it may go on.
create table deposit (
  organisation_id uuid not null,
  id uuid not null,
  drop_id uuid not null,
  -- Who they said they are and what they wrote, sealed; empty once it was erased.
  about bytea,
  key_id uuid not null,
  created_at timestamptz not null,
  -- It has its receipt, and takes nothing more.
  closed_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, drop_id) references drop_link (organisation_id, id) on delete cascade,
  foreign key (organisation_id, key_id) references vault_key (organisation_id, id)
);
create index deposit_drop on deposit (organisation_id, drop_id);
create index deposit_open on deposit (organisation_id, created_at) where closed_at is null;

-- Both are found by who brought them.
create index file_dropped on file (organisation_id, created_by) where created_kind = 'drop';
create index upload_dropped on upload (organisation_id, created_by) where created_kind = 'drop' and file_id is null;

create table receipt (
  organisation_id uuid not null references organisation,
  id uuid not null,
  ticket_id uuid not null,
  -- The fields whose files it names: shown to whoever reads all of them.
  fields text[] not null,
  -- The signed text, sealed: it names people and files. Empty once it was erased; that there was one stays.
  text bytea,
  -- With which key it was signed and sealed, and under which name its signature stands.
  key_id uuid not null,
  signer text not null,
  kind text not null check (kind in ('handed-over', 'received')),
  direction text not null check (direction in ('in', 'out')),
  files int not null,
  at timestamptz not null,
  created_kind text not null,
  created_by uuid,
  primary key (organisation_id, id),
  foreign key (organisation_id, ticket_id) references ticket (organisation_id, id),
  foreign key (organisation_id, key_id) references vault_key (organisation_id, id)
);
create index receipt_ticket on receipt (organisation_id, ticket_id, at);
create unique index receipt_deposit on receipt (organisation_id, created_by) where created_kind = 'drop';
create index receipt_signer on receipt (organisation_id, key_id, signer);

do $$
declare
  tenant text;
begin
  foreach tenant in array array['drop_link', 'deposit', 'receipt'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format(
      'create policy own_organisation on %I to vigie_app
         using (organisation_id = current_setting(''vigie.organisation'')::uuid)
         with check (organisation_id = current_setting(''vigie.organisation'')::uuid)', tenant);
    execute format('grant select, insert, update, delete on %I to vigie_app', tenant);
  end loop;
end $$;
