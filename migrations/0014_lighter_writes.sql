-- What a write costs, without giving anything up.

-- These rows are only ever written with, or for, a row that names the organisation itself: a ticket, an app installed.
-- A second look at it for each cost more than what it guarded.
alter table event drop constraint event_organisation_id_fkey;
alter table idempotency drop constraint idempotency_organisation_id_fkey;
alter table ticket_words drop constraint ticket_words_organisation_id_fkey;
alter table word drop constraint word_organisation_id_fkey;

-- Words of new tickets enter the index by the batch. Readers look through what waits, so that little may: 128 kB.
alter index ticket_words_found set (fastupdate = on, gin_pending_list_limit = 128);
