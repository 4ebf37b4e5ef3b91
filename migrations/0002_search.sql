-- Search as one remembers: the words of every ticket, and the lexicon of each organisation.
--
-- What a ticket may be found by arrives as plain words (src/search/plain.ts); nothing sealed is among them.

create table ticket_words (
  organisation_id uuid not null references organisation,
  ticket_id uuid not null,
  created_at timestamptz not null,
  -- Every lexeme begins with the mark of its organisation (src/search/lexemes.ts). Weights: A reference and
  -- heading, B fields, C comments. Without a weight: the app, the whole reference, the stretches of time.
  words tsvector not null,
  primary key (organisation_id, ticket_id),
  foreign key (organisation_id, ticket_id) references ticket (organisation_id, id) on delete cascade
);

-- Not led by organisation_id, because GIN has no order to lead: a second column is a second list, of all the
-- organisation's tickets, walked beside that of each word (6 ms at a million tickets). The mark in each
-- lexeme keeps every organisation's lists apart instead. No pending list either: readers would scan it.
create index ticket_words_found on ticket_words using gin (words) with (fastupdate = off);

create table word (
  organisation_id uuid not null references organisation,
  -- The byte order of "C" lets the primary key serve beginnings of words too.
  word text collate "C" not null,
  -- In how many tickets, when last counted.
  frequency int not null,
  sound_fr text collate "C",
  sound_en text collate "C",
  primary key (organisation_id, word)
);
create index word_sound_fr on word (organisation_id, sound_fr) where sound_fr is not null;
create index word_sound_en on word (organisation_id, sound_en) where sound_en is not null;
-- GIN checks columns in their order; with the organisation last, only words that resemble are checked for it.
create index word_resembling on word using gin (word gin_trgm_ops, (organisation_id::text)) with (fastupdate = off);

-- What tells when the words are worth counting again.
create table lexicon (
  organisation_id uuid not null references organisation,
  -- Tickets there were when last counted, and tickets written since.
  tickets int not null default 0,
  changed int not null,
  primary key (organisation_id)
);

-- The plans below must not depend on what the last ANALYZE saw.
alter table ticket_words alter words set statistics 0;
alter table word alter word set statistics 0;

do $$
declare
  tenant text;
begin
  foreach tenant in array array['ticket_words', 'word', 'lexicon'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format(
      'create policy own_organisation on %I to vigie_app
         using (organisation_id = current_setting(''vigie.organisation'')::uuid)
         with check (organisation_id = current_setting(''vigie.organisation'')::uuid)', tenant);
    execute format('grant select, insert, update, delete on %I to vigie_app', tenant);
  end loop;
end $$;

-- Under row-level security PostgreSQL uses an index only for operators that cannot leak what the policy
-- hides, and neither @@ nor % counts among them: vigie_app's search of the tables would read every row.
-- These views are the same wall, before the operator as well as after. The comparison of texts is meant: no
-- primary key can serve it, so that no estimate, however stale, leads away from the GIN index.

-- A view reads as its owner, whom forced row-level security holds too.
create policy owner_reads on ticket_words for select to current_user using (true);
create policy owner_reads on word for select to current_user using (true);

create view own_ticket_words as
  select organisation_id, ticket_id, created_at, words from ticket_words
  where organisation_id::text = current_setting('vigie.organisation')::uuid::text;

create view own_word as
  select organisation_id, word, frequency from word
  where organisation_id::text = current_setting('vigie.organisation')::uuid::text;

grant select on own_ticket_words, own_word to vigie_app;
