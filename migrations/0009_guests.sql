-- Guests: a link to one ticket, in one role that only links have.

create table guest_link (
  organisation_id uuid not null references organisation,
  id uuid not null,
  secret_hash bytea not null,
  ticket_id uuid not null,
  app text not null,
  role text not null,
  created_at timestamptz not null,
  created_by uuid,
  -- Without one, the link ends ninety days after its ticket.
  expires_at timestamptz,
  last_used_at timestamptz,
  -- Visits, not requests: those of one minute are one.
  uses int not null default 0,
  revoked_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, secret_hash),
  foreign key (organisation_id, ticket_id) references ticket (organisation_id, id) on delete cascade
);
create index guest_link_ticket on guest_link (organisation_id, ticket_id);

alter table guest_link enable row level security;
alter table guest_link force row level security;
create policy own_organisation on guest_link to vigie_app
  using (organisation_id = current_setting('vigie.organisation')::uuid)
  with check (organisation_id = current_setting('vigie.organisation')::uuid);
grant select, insert, update, delete on guest_link to vigie_app;
