-- Who read what: written and committed before what was read leaves. Never changed: vigie_app has no right to.

-- One row a read: a list of fifty tickets is one.
create table read_trace (
  organisation_id uuid not null references organisation,
  -- Begins with its time.
  id uuid not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id uuid,
  -- By which way: 'ticket', 'list', 'board', 'search', 'export', 'stream'…
  way text not null,
  -- The app whose file was taken out; otherwise the tickets say which.
  app text,
  primary key (organisation_id, id)
);
create index read_trace_actor on read_trace (organisation_id, actor_id, id);

-- What it showed. The ids of reads begin with their time: a ticket's newest reader is the last of its key.
create table read_trace_ticket (
  organisation_id uuid not null,
  ticket_id uuid not null,
  read_id uuid not null,
  primary key (organisation_id, ticket_id, read_id)
);
create index read_trace_ticket_read on read_trace_ticket (organisation_id, read_id);

do $$
declare
  tenant text;
begin
  foreach tenant in array array['read_trace', 'read_trace_ticket'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format(
      'create policy own_organisation on %I to vigie_app
         using (organisation_id = current_setting(''vigie.organisation'')::uuid)
         with check (organisation_id = current_setting(''vigie.organisation'')::uuid)', tenant);
    execute format('create policy owner_forgets on %I to current_user using (true)', tenant);
    execute format('grant select, insert on %I to vigie_app', tenant);
  end loop;
end $$;

-- Traces are kept three years, by the clock of the database: no right and no argument makes it forget a younger one.
create function vigie_forget_traces() returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  own constant uuid := current_setting('vigie.organisation')::uuid;
begin
  delete from read_trace_ticket t using read_trace r
  where r.organisation_id = own and r.at < now() - interval '3 years'
    and t.organisation_id = own and t.read_id = r.id;
  delete from read_trace where organisation_id = own and at < now() - interval '3 years';
end $$;
revoke all on function vigie_forget_traces from public;
grant execute on function vigie_forget_traces to vigie_app;
