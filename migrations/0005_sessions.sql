-- Sessions say how and when their person was recognised, so that what needs more can ask for more.

alter table session
  add column id uuid not null default gen_random_uuid(),
  -- How the person was recognised, the last time last: 'link', 'passkey', 'openid', 'pin'.
  add column methods text[] not null default '{}',
  add column assurance text not null default 'low' check (assurance in ('low', 'medium', 'strong')),
  add column authenticated_at timestamptz,
  -- The browser and system in a few words, so that people recognise theirs.
  add column agent text not null default '';
-- The owner, who may be no superuser, writes in every organisation only while nothing forces it not to.
alter table session no force row level security;
update session set methods = array[method], authenticated_at = created_at;
alter table session force row level security;
alter table session
  alter column authenticated_at set not null,
  alter column id drop default,
  drop column method,
  add constraint session_id unique (organisation_id, id);

-- What a link lets do: come in, or make oneself a means to come in (an invitation).
alter table sign_in_link
  add column purpose text not null default 'sign-in' check (purpose in ('sign-in', 'invitation')),
  add column created_by uuid;
