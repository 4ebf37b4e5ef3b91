-- Passkeys: what a person makes on a device of theirs, and signs in with.

create table passkey (
  organisation_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  -- As the authenticator names it.
  credential_id bytea not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  -- The host it was made for: it opens no other.
  party text not null,
  name text not null,
  -- It never leaves its device; one that may leave it, and whether it has.
  device_bound boolean not null,
  backed_up boolean not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, credential_id),
  foreign key (organisation_id, member_id) references member (organisation_id, id) on delete cascade
);
create index passkey_member on passkey (organisation_id, member_id) where revoked_at is null;

-- What a browser was asked to sign: taken away by its first use.
create table passkey_challenge (
  organisation_id uuid not null references organisation,
  challenge bytea not null,
  purpose text not null check (purpose in ('sign-in', 'step-up', 'addition', 'invitation')),
  member_id uuid,
  -- The hash of the session or of the invitation that it was made for.
  bound_to bytea,
  expires_at timestamptz not null,
  primary key (organisation_id, challenge),
  foreign key (organisation_id, member_id) references member (organisation_id, id) on delete cascade
);
create index passkey_challenge_age on passkey_challenge (organisation_id, expires_at);

-- How an organisation wants its people to come in, where it wants more than the frame does.
create table organisation_setting (
  organisation_id uuid primary key references organisation,
  device_bound boolean not null default false,
  mail_links boolean not null default true,
  -- Never longer than the frame's own.
  idle_minutes int check (idle_minutes between 5 and 720),
  total_hours int check (total_hours between 1 and 168)
);

-- What a person is told about their own account concerns no ticket; their account page shows it.
create index notice_account on notice (organisation_id, recipient, created_at) where ticket_id is null;

do $$
declare
  tenant text;
begin
  foreach tenant in array array['passkey', 'passkey_challenge', 'organisation_setting'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format(
      'create policy own_organisation on %I to vigie_app
         using (organisation_id = current_setting(''vigie.organisation'')::uuid)
         with check (organisation_id = current_setting(''vigie.organisation'')::uuid)', tenant);
    execute format('grant select, insert, update, delete on %I to vigie_app', tenant);
  end loop;
end $$;
