-- Shares: links by which somebody outside reads files of a ticket.

create table share (
  organisation_id uuid not null references organisation,
  id uuid not null,
  ticket_id uuid not null,
  app text not null,
  -- The fields whose files it shows: a field that the app gains later is not shared by it.
  fields text[] not null,
  -- Of these, only what is in a folder, or one file.
  folder text,
  file_id uuid,
  -- What opens it, as it was when it was made: the classification is asked again at every request.
  proof text not null check (proof in ('link', 'passphrase', 'code', 'member')),
  -- Salt (16 bytes) and scrypt.
  passphrase_salted bytea,
  metadata text not null check (metadata in ('kept', 'stripped')),
  watermark boolean not null,
  -- The message, sealed under the organisation's key.
  about bytea,
  -- Whose right it is: it ends with it.
  created_at timestamptz not null,
  created_kind text not null check (created_kind in ('member', 'key')),
  created_by uuid not null,
  expires_at timestamptz not null,
  -- How many downloads there may be, and how many slots were taken: each before its first byte.
  most int check (most >= 0),
  downloads int not null default 0,
  revoked_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, ticket_id) references ticket (organisation_id, id) on delete cascade
);
create index share_ticket on share (organisation_id, ticket_id);
create index share_maker on share (organisation_id, created_by);

-- A link: one for each person who is named, or one for whoever has it.
create table share_link (
  organisation_id uuid not null,
  id uuid not null,
  share_id uuid not null,
  -- SHA-256 of 256 random bits. Where only a member may read there is none: nothing that could be passed on.
  secret_hash bytea,
  -- The member that is named, if it is one.
  member_id uuid,
  -- The address that is named, sealed under the organisation's key.
  about bytea,
  -- The code, hashed with the link's own secret: nobody who has this row alone finds it.
  code_salted bytea,
  code_until timestamptz,
  code_sent_at timestamptz,
  -- Tries at a code or passphrase that were wrong, each counted before it is looked at.
  tries int not null default 0,
  wait_until timestamptz,
  revoked_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, secret_hash),
  foreign key (organisation_id, share_id) references share (organisation_id, id) on delete cascade
);
create index share_link_share on share_link (organisation_id, share_id);

-- Somebody opened it.
create table share_visit (
  organisation_id uuid not null,
  id uuid not null,
  share_id uuid not null,
  link_id uuid not null,
  secret_hash bytea not null,
  proof text not null check (proof in ('link', 'passphrase', 'code', 'member')),
  -- Of a member: the session in which they proved who they are.
  session_id uuid,
  at timestamptz not null,
  seen_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, secret_hash),
  foreign key (organisation_id, link_id) references share_link (organisation_id, id) on delete cascade
);
create index share_visit_share on share_visit (organisation_id, share_id, at);

-- Somebody took a file, or all of them as a zip (no file).
create table share_download (
  organisation_id uuid not null,
  id uuid not null,
  share_id uuid not null,
  visit_id uuid not null,
  file_id uuid,
  at timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, visit_id) references share_visit (organisation_id, id) on delete cascade
);
create index share_download_visit on share_download (organisation_id, visit_id);

do $$
declare
  tenant text;
begin
  foreach tenant in array array['share', 'share_link', 'share_visit', 'share_download'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format(
      'create policy own_organisation on %I to vigie_app
         using (organisation_id = current_setting(''vigie.organisation'')::uuid)
         with check (organisation_id = current_setting(''vigie.organisation'')::uuid)', tenant);
    execute format('grant select, insert, update, delete on %I to vigie_app', tenant);
  end loop;
end $$;
