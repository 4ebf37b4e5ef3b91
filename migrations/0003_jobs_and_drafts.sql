-- Jobs: a consumer of the log fills the queue in its own transaction, without any right on the queue itself.
create function vigie_add_jobs(task text, payloads jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, graphile_worker, pg_temp as $$
begin
  perform graphile_worker.add_jobs(array(
    select row(
      task,
      (payload || jsonb_build_object('organisationId', current_setting('vigie.organisation')))::json,
      null, null, 12, null, null, null
    )::graphile_worker.job_spec
    from jsonb_array_elements(payloads) payload
  ));
end $$;
revoke all on function vigie_add_jobs from public;
grant execute on function vigie_add_jobs to vigie_app;

-- What somebody had typed in a form that was refused, so that the page can show it again: kept an hour.
create table draft (
  organisation_id uuid not null references organisation,
  id uuid not null,
  actor_id uuid,
  form jsonb not null,
  problem jsonb not null,
  created_at timestamptz not null,
  primary key (organisation_id, id)
);
alter table draft enable row level security;
alter table draft force row level security;
create policy own_organisation on draft to vigie_app
  using (organisation_id = current_setting('vigie.organisation')::uuid)
  with check (organisation_id = current_setting('vigie.organisation')::uuid);
grant select, insert, delete on draft to vigie_app;
