-- Limits that several servers share. What is counted is a hash: no address is kept, and nothing of it outlives a crash.
-- No tenant's table: most of what is limited comes from nobody we know.

create unlogged table limit_bucket (
  key bytea primary key,
  -- Epoch milliseconds: when all that was taken will have come back. A bucket that is full again need not be kept.
  full_at double precision not null,
  -- What the last taking was given.
  granted int not null
);
grant select, insert, update, delete on limit_bucket to vigie_app;

-- Without it, whoever reads the buckets could try every address there is.
create table limit_salt (
  one boolean primary key default true check (one),
  salt bytea not null
);
insert into limit_salt (salt)
values (sha256((gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text)::bytea));
grant select on limit_salt to vigie_app;
