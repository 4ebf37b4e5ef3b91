-- What opening a ticket costs, without giving anything up.

-- A definition is never deleted while an app is installed by it, and a ticket is only ever written with the one that is
-- installed: the look at it for each ticket, and the lock on a row that all tickets share, guarded nothing.
alter table ticket drop constraint ticket_definition_hash_fkey;

-- Kept for one deletion a day, which may as well look at the keys of a day: each write paid for it.
drop index idempotency_age;
