-- Organisations with an address of their own, and the end of one.

alter table organisation
  add column url text unique check (url ~ '^https?://[a-z0-9.-]+(:[0-9]{1,5})?$');
-- The address is the operator's to give; nothing of a tenant can change it.
grant update (url) on organisation to vigie_system;

-- An administrator asked that everything of this organisation be deleted; until `delete_at`, any of them may take it back.
create table deletion (
  organisation_id uuid primary key references organisation,
  asked_by uuid not null,
  asked_at timestamptz not null,
  delete_at timestamptz not null,
  foreign key (organisation_id, asked_by) references member (organisation_id, id)
);
alter table deletion enable row level security;
alter table deletion force row level security;
create policy own_organisation on deletion to vigie_app
  using (organisation_id = current_setting('vigie.organisation')::uuid)
  with check (organisation_id = current_setting('vigie.organisation')::uuid);
grant select, insert, delete on deletion to vigie_app;
-- The housekeeping finds whose time has come.
create policy every_organisation on deletion for select to vigie_system using (true);
grant select (organisation_id, delete_at) on deletion to vigie_system;
