-- Who a person is and what they may do is asked at every request. Whether any of it changed is asked instead, by the
-- versions of two rows, and what it is only when it did: so the row of a member is written again whenever their roles
-- or passkeys change.

alter table member add column standing bigint not null default 0;

create function vigie_standing() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    update member set standing = standing + 1 where organisation_id = old.organisation_id and id = old.member_id;
  end if;
  if tg_op <> 'DELETE' then
    update member set standing = standing + 1 where organisation_id = new.organisation_id and id = new.member_id;
  end if;
  return null;
end $$;

create trigger member_role_standing after insert or update or delete on member_role
  for each row execute function vigie_standing();
-- Not at every sign-in, which counts up the passkey's use.
create trigger passkey_standing after insert or delete or update of member_id, revoked_at on passkey
  for each row execute function vigie_standing();
