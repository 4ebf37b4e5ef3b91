-- Keeping: what is done for files as time passes, what was told of it, and what is still to be taken away.

create table vault_care (
  organisation_id uuid not null references organisation,
  -- When the recovery key was made, and when somebody said that they hold it on paper.
  recovery_made_at timestamptz,
  recovery_kept_at timestamptz,
  -- What the index on the shelf was made of, and when.
  index_of text,
  index_at timestamptz,
  -- The damaged blobs that administrators were told of.
  alarmed uuid[] not null default '{}',
  alarmed_at timestamptz,
  primary key (organisation_id)
);

do $$
begin
  alter table vault_care enable row level security;
  alter table vault_care force row level security;
  create policy own_organisation on vault_care to vigie_app
    using (organisation_id = current_setting('vigie.organisation')::uuid)
    with check (organisation_id = current_setting('vigie.organisation')::uuid);
  grant select, insert, update, delete on vault_care to vigie_app;
end $$;

-- Organisations that are gone, whose files still lie on the shelf: for the database's owner, and nobody else.
create table shelf_to_clear (
  id uuid primary key,
  since timestamptz not null default now()
);

-- All organisations together, for whoever watches the machine: three numbers, and nothing of anyone's work.
create policy owner_counts on blob for select to current_user using (true);
create function vigie_vault_totals(out faults bigint, out oldest timestamptz, out stored double precision)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
  'select count(*) filter (where fault is not null), min(verified_at), coalesce(sum(stored), 0)::float8 from blob';
revoke all on function vigie_vault_totals from public;
grant execute on function vigie_vault_totals to vigie_app, vigie_system;
