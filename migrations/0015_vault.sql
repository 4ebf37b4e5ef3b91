-- Files: what is kept, sealed, on the vault's shelf, and what is known of it.

-- The key of an organisation, wrapped: an age file that the server's master key and the offline recovery key open.
create table vault_key (
  organisation_id uuid not null references organisation,
  id uuid not null,
  -- To whom blobs are sealed; the secret half stands in no row.
  recipient text not null,
  recovery_recipient text not null,
  wrapped bytea not null,
  created_at timestamptz not null,
  retired_at timestamptz,
  primary key (organisation_id, id)
);
create unique index vault_key_current on vault_key (organisation_id) where retired_at is null;

-- How much is kept: changed with every blob, in the same transaction.
create table vault_use (
  organisation_id uuid not null references organisation,
  -- Bytes as they lie on the shelf.
  stored bigint not null default 0,
  -- The most that may be kept; without one, the installation's.
  quota bigint,
  primary key (organisation_id)
);

create table blob (
  organisation_id uuid not null,
  id uuid not null,
  -- On the shelf: says nothing of what is in it.
  name text not null,
  key_id uuid not null,
  -- HMAC of the content's SHA-256 under the organisation's key: equal inside it, and nothing outside.
  fingerprint bytea not null,
  size bigint not null,
  stored bigint not null,
  created_at timestamptz not null,
  -- Last read through to its end, and what was wrong with it then.
  verified_at timestamptz not null,
  fault text check (fault in ('missing', 'corrupt', 'unreadable')),
  primary key (organisation_id, id),
  unique (organisation_id, fingerprint),
  foreign key (organisation_id, key_id) references vault_key (organisation_id, id)
);
create index blob_verified on blob (organisation_id, verified_at);
create index blob_fault on blob (organisation_id) where fault is not null;

create table file (
  organisation_id uuid not null,
  id uuid not null,
  blob_id uuid not null,
  -- Its name, its sums, what a picture says of itself: sealed under the organisation's key.
  about bytea not null,
  size bigint not null,
  -- Media type by content, once it was looked at.
  type text,
  -- 'waiting' to be looked at; 'kept'; 'quarantined' until somebody decides or what was absent is back.
  state text not null default 'waiting' check (state in ('waiting', 'kept', 'quarantined')),
  -- Why it is in quarantine, or what to be warned of: codes, never content.
  reason text,
  warnings text[] not null default '{}',
  -- What is in it proves that it is of somebody's health: it is kept where that belongs, and nowhere else.
  proves_health boolean not null default false,
  -- Tries at looking at it, and when the next is due.
  tries int not null default 0,
  look_at timestamptz,
  -- Whose it is: of a field of a ticket, or loose, its uploader's, until a command names it.
  ticket_id uuid,
  field text,
  created_at timestamptz not null,
  created_kind text not null,
  created_by uuid,
  -- No field names it any more: erased after a while.
  released_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, blob_id) references blob (organisation_id, id),
  foreign key (organisation_id, ticket_id) references ticket (organisation_id, id)
);
create index file_blob on file (organisation_id, blob_id);
create index file_ticket on file (organisation_id, ticket_id) where ticket_id is not null;
create index file_look on file (organisation_id, look_at) where look_at is not null;
create index file_loose on file (organisation_id, created_at) where ticket_id is null;
create index file_released on file (organisation_id, released_at) where released_at is not null;

-- What is made from a file: previews, and the same picture without what it says of place and time.
create table rendition (
  organisation_id uuid not null,
  file_id uuid not null,
  kind text not null check (kind in ('small', 'large', 'stripped')),
  blob_id uuid not null,
  size bigint not null,
  type text not null,
  -- SHA-256, CRC-32: sealed as those of files are.
  about bytea not null,
  primary key (organisation_id, file_id, kind),
  foreign key (organisation_id, file_id) references file (organisation_id, id) on delete cascade,
  foreign key (organisation_id, blob_id) references blob (organisation_id, id)
);
create index rendition_blob on rendition (organisation_id, blob_id);

-- What arrives in pieces, until it is whole.
create table upload (
  organisation_id uuid not null references organisation,
  id uuid not null,
  -- Bytes that were announced.
  length bigint not null,
  -- Name and the like, sealed under the organisation's key.
  about bytea not null,
  key_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  created_kind text not null,
  created_by uuid,
  -- A piece of a larger one, to be put together.
  part boolean not null default false,
  -- What it became.
  file_id uuid,
  primary key (organisation_id, id),
  foreign key (organisation_id, key_id) references vault_key (organisation_id, id)
);
create index upload_expires on upload (organisation_id, expires_at);

do $$
declare
  tenant text;
begin
  foreach tenant in array array['vault_key', 'vault_use', 'blob', 'file', 'rendition', 'upload'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format(
      'create policy own_organisation on %I to vigie_app
         using (organisation_id = current_setting(''vigie.organisation'')::uuid)
         with check (organisation_id = current_setting(''vigie.organisation'')::uuid)', tenant);
    execute format('grant select, insert, update, delete on %I to vigie_app', tenant);
  end loop;
end $$;

-- Whether any organisation has a key, told to servers before they make a master key of their own. Nothing else is told.
create policy owner_counts on vault_key for select to current_user using (true);
create function vigie_any_key() returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  'select exists (select from vault_key)';
revoke all on function vigie_any_key from public;
grant execute on function vigie_any_key to vigie_app, vigie_system;
