-- People who come in by an OpenID Connect provider.

-- Who somebody is at a provider. Only the issuer and its subject say so; an address never does.
create table openid_identity (
  organisation_id uuid not null references organisation,
  id uuid not null,
  member_id uuid not null,
  provider text not null,
  issuer text not null,
  subject text not null,
  -- What the provider calls them, so that people recognise theirs; nothing is decided by it.
  label text not null default '',
  linked_at timestamptz not null,
  used_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, issuer, subject),
  foreign key (organisation_id, member_id) references member (organisation_id, id) on delete cascade
);
create index openid_identity_member on openid_identity (organisation_id, member_id);

-- Somebody on their way to a provider and back: kept ten minutes, used once. The secret is in their browser alone;
-- state, nonce and code verifier are made from it, and none of them is here.
create table openid_attempt (
  organisation_id uuid not null references organisation,
  secret_hash bytea not null,
  provider text not null,
  purpose text not null check (purpose in ('sign-in', 'link', 'invitation', 'step-up')),
  -- Where they go afterwards, a path of ours.
  next text not null,
  -- The least assurance that will do.
  needed text not null default 'low' check (needed in ('low', 'medium', 'strong')),
  -- Whose session goes on, when one does.
  member_id uuid,
  session_hash bytea,
  -- The invitation that will be used up.
  link_hash bytea,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  -- Who came back, while they choose the activity in which they come: sealed with the secret.
  arrival bytea,
  primary key (organisation_id, secret_hash)
);
create index openid_attempt_expiry on openid_attempt (organisation_id, expires_at);

alter table session
  add column openid_identity_id uuid,
  -- In which of their professional activities they came.
  add column activity text,
  -- What the provider wants to see when they sign out there: sealed with the session's secret, which is not here.
  add column openid_hint bytea;

do $$
declare
  tenant text;
begin
  foreach tenant in array array['openid_identity', 'openid_attempt'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format(
      'create policy own_organisation on %I to vigie_app
         using (organisation_id = current_setting(''vigie.organisation'')::uuid)
         with check (organisation_id = current_setting(''vigie.organisation'')::uuid)', tenant);
    execute format('grant select, insert, update, delete on %I to vigie_app', tenant);
  end loop;
end $$;
