-- Who may do what, over the years: keys have owners, people leave, rights are reviewed, deeds are read.

-- A key made at the command line belongs to the installation, and has no owner.
-- The owner, who may be no superuser, checks what is there while nothing holds them to one organisation.
alter table api_key no force row level security;
alter table member no force row level security;
alter table api_key
  add column owner_id uuid,
  add foreign key (organisation_id, owner_id) references member (organisation_id, id);
alter table member force row level security;
alter table api_key force row level security;
create index api_key_owner on api_key (organisation_id, owner_id) where owner_id is not null;

-- Deeds are few among events, and their page asks for the newest.
create index event_deed on event (organisation_id, id) where ticket_id is null;

-- The last day on which a member did something in an app: no more is kept than the review of rights needs.
create table app_use (
  organisation_id uuid not null,
  member_id uuid not null,
  app text not null,
  day date not null,
  primary key (organisation_id, member_id, app),
  foreign key (organisation_id, member_id) references member (organisation_id, id) on delete cascade
);

-- Somebody left: what they held goes to others, ticket by ticket.
create table leaving (
  organisation_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  started_by uuid,
  started_at timestamptz not null,
  -- Who gets the tickets of each app: {"voirie": "…", "atelier": null}.
  heirs jsonb not null,
  total int not null,
  finished_at timestamptz,
  -- What could not be handed over.
  left_over int,
  primary key (organisation_id, id),
  foreign key (organisation_id, member_id) references member (organisation_id, id) on delete cascade
);
create index leaving_member on leaving (organisation_id, member_id, id);

-- A review of rights: a line for each that was held when it began. Nothing is taken before it is finished.
create table review (
  organisation_id uuid not null references organisation,
  id uuid not null,
  started_by uuid,
  started_at timestamptz not null,
  finished_by uuid,
  finished_at timestamptz,
  primary key (organisation_id, id)
);
-- One at a time.
create unique index review_open on review (organisation_id) where finished_at is null;

create table review_line (
  organisation_id uuid not null,
  review_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('role', 'administrator', 'key')),
  -- Whose right it is: for a key, its owner's, or nobody's.
  member_id uuid,
  key_id uuid,
  app text,
  role text,
  site_id uuid,
  given_by uuid,
  given_at timestamptz,
  last_used timestamptz,
  answer text check (answer in ('keep', 'remove')),
  answered_by uuid,
  answered_at timestamptz,
  primary key (organisation_id, review_id, id),
  foreign key (organisation_id, review_id) references review (organisation_id, id) on delete cascade,
  foreign key (organisation_id, member_id) references member (organisation_id, id) on delete cascade,
  foreign key (organisation_id, key_id) references api_key (organisation_id, id) on delete cascade
);

do $$
declare
  tenant text;
begin
  foreach tenant in array array['app_use', 'leaving', 'review', 'review_line'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format(
      'create policy own_organisation on %I to vigie_app
         using (organisation_id = current_setting(''vigie.organisation'')::uuid)
         with check (organisation_id = current_setting(''vigie.organisation'')::uuid)', tenant);
    execute format('grant select, insert, update, delete on %I to vigie_app', tenant);
  end loop;
end $$;
