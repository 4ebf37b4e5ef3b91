import type { Fragment, Tx } from '../platform/postgres/index.ts';

/** Where the transaction looks: the organisation it was opened for, and what of it the actor may see. */
export interface Scope {
  readonly organisationId: string;
  /** A condition on the ticket `t`, such as ``tx`t.site_id = ${site}` ``. Tickets it refuses take no place. */
  readonly visible?: Fragment | undefined;
}

export interface LexiconWord {
  readonly word: string;
  readonly frequency: number;
}

export interface NearWord extends LexiconWord {
  /** The word it is near to. */
  readonly to: string;
  readonly how: 'start' | 'typo' | 'sound';
}

/** A word, and what to look for near it; null where nothing is. */
export interface Neighbourhood {
  readonly word: string;
  readonly start: string | null;
  readonly typo: string | null;
  readonly soundFr: string | null;
  readonly soundEn: string | null;
}

/** A ticket found, with those of the wanted lexemes it has, as the text of a tsvector. */
export interface FoundTicket {
  readonly ticketId: string;
  readonly createdAt: Date;
  readonly had: string;
}

/**
 * Runs one statement with the planner held to one way of reading, so that statistics that are stale, or not
 * there yet after a bulk load, cannot change the plan. All travels in one round trip.
 */
const held = async <T>(
  tx: Tx,
  settings: { readonly [name: string]: string },
  statement: Promise<T>,
): Promise<T> => {
  const names = Object.keys(settings);
  const [, result] = await Promise.all([
    tx.unsafe(names.map((name) => `set local ${name} = ${settings[name]}`).join('; ')),
    statement,
    tx.unsafe(names.map((name) => `set local ${name} to default`).join('; ')),
  ]);
  return result;
};

/** Where there is one plan, there is no use in making it again for every value. */
const planOnce = { plan_cache_mode: 'force_generic_plan' };
/** By a GIN index, which only bitmaps can read. */
const throughGin = {
  enable_seqscan: 'off',
  enable_indexscan: 'off',
  enable_indexonlyscan: 'off',
  ...planOnce,
};
/** All rows on both sides: never one against all the others. */
const bulk = { enable_nestloop: 'off' };
/** In the order of the primary key. */
const inOrder = { enable_seqscan: 'off', enable_bitmapscan: 'off', enable_sort: 'off', ...planOnce };

/** Those of the words that the lexicon has, and about how many tickets there are. */
export const knownWords = async (
  tx: Tx,
  organisationId: string,
  words: readonly string[],
): Promise<{ known: ReadonlyMap<string, LexiconWord>; tickets: number }> => {
  const [found, age] = await Promise.all([
    tx<LexiconWord[]>`
      select word, frequency from word
      where organisation_id = ${organisationId} and word = any(${words as string[]}::text[])`,
    lexiconAge(tx, organisationId),
  ]);
  return {
    known: new Map(found.map((one) => [one.word, one])),
    tickets: age ? age.tickets + age.changed : 0,
  };
};

/** Words of the lexicon that begin like, resemble or sound like the given ones; a word may come several times. */
export const nearWords = async (
  tx: Tx,
  organisationId: string,
  near: readonly Neighbourhood[],
): Promise<NearWord[]> => {
  const column = (name: keyof Neighbourhood): (string | null)[] => near.map((one) => one[name]);
  return held(
    tx,
    { ...throughGin, 'pg_trgm.similarity_threshold': '0.4' },
    tx<NearWord[]>`
    select q.word as "to", found.word, found.frequency, found.how
    from unnest(
      ${column('word')}::text[], ${column('start')}::text[], ${column('typo')}::text[],
      ${column('soundFr')}::text[], ${column('soundEn')}::text[]
    ) as q (word, start, typo, sound_fr, sound_en)
    cross join lateral (
      (select w.word, w.frequency, 'start' as how from word w
        where w.organisation_id = ${organisationId} and w.word > q.start and w.word < q.start || U&'\\+10FFFF'
        order by w.frequency desc limit 8)
      union all
      (select w.word, w.frequency, 'typo' from own_word w
        where w.word % q.typo
        order by similarity(w.word, q.typo) desc, w.frequency desc limit 12)
      union all
      (select w.word, w.frequency, 'sound' from word w
        where w.organisation_id = ${organisationId} and w.sound_fr = q.sound_fr
        order by similarity(w.word, q.word) desc, w.frequency desc limit 12)
      union all
      (select w.word, w.frequency, 'sound' from word w
        where w.organisation_id = ${organisationId} and w.sound_en = q.sound_en
        order by similarity(w.word, q.word) desc, w.frequency desc limit 12)
    ) found`,
  );
};

/** Keeps only what the actor may see: one look at the ticket for each row that is wanted, in the order given. */
const seen = (tx: Tx, { organisationId, visible }: Scope): Fragment =>
  visible
    ? tx`cross join lateral (
        select from ticket t where t.organisation_id = ${organisationId} and t.id = found.ticket_id and ${visible} limit 1
      ) seen`
    : tx``;

/** Of a ticket's words, those that were wanted. */
const had = (tx: Tx, wanted: readonly string[]): Fragment =>
  tx`ts_delete(words, tsvector_to_array(ts_delete(words, ${wanted as string[]}::text[])))::text as had`;

/** Looks through the newest tickets one by one: the shortest way to what stands in many of them. */
export const amongNewest = (
  tx: Tx,
  scope: Scope,
  {
    query,
    wanted,
    newest,
    limit,
  }: { query: string; wanted: readonly string[]; newest: number; limit: number },
): Promise<FoundTicket[]> =>
  held(
    tx,
    inOrder,
    tx<FoundTicket[]>`
    select found.ticket_id as "ticketId", found.created_at as "createdAt", ${had(tx, wanted)}
    from (
      select ticket_id, created_at, words from ticket_words where organisation_id = ${scope.organisationId}
      order by organisation_id desc, ticket_id desc limit ${newest}
    ) found ${seen(tx, scope)}
    where found.words @@ ${query}::tsquery
    limit ${limit}`,
  );

/** Tickets that answer `query` and were opened before a moment. */
export interface Window {
  readonly query: string;
  readonly before: Date;
}

/**
 * By the index: one stretch of time after the other, and the next only when there were too few, so that nothing
 * reads all the tickets in which a frequent word stands. The newest of each window first. PostgreSQL evaluates a
 * part of the union only when the limit is not yet reached; `offset 0` keeps the parts from being merged.
 */
export const amongWindows = (
  tx: Tx,
  scope: Scope,
  { windows, wanted, limit }: { windows: readonly Window[]; wanted: readonly string[]; limit: number },
): Promise<FoundTicket[]> => {
  const parts = windows.map(
    ({ query, before }) => tx`(
    select * from (
      select ticket_id, created_at from own_ticket_words
      where words @@ ${query}::tsquery and created_at < ${before} offset 0
    ) answering order by ticket_id desc)`,
  );
  return held(
    tx,
    throughGin,
    tx<FoundTicket[]>`
    select chosen.ticket_id as "ticketId", chosen.created_at as "createdAt", ${had(tx, wanted)}
    from (
      select found.* from (${parts.reduce((all, part) => tx`${all} union all ${part}`)}) found ${seen(tx, scope)}
      limit ${limit}
    ) chosen
    cross join lateral (
      select words from ticket_words w where w.organisation_id = ${scope.organisationId} and w.ticket_id = chosen.ticket_id limit 1
    ) w`,
  );
};

/**
 * Writes the words of tickets. A ticket must be named once only.
 * @param over whether they stand in the place of words that a ticket has already
 */
export const upsertWords = async (
  tx: Tx,
  organisationId: string,
  tickets: readonly { ticketId: string; createdAt: Date; vector: string }[],
  over: boolean,
): Promise<void> => {
  await tx`
    insert into ticket_words (organisation_id, ticket_id, created_at, words)
    select ${organisationId}, ticket_id, created_at, words
    from unnest(
      ${tickets.map((one) => one.ticketId)}::uuid[], ${tickets.map((one) => one.createdAt.toISOString())}::text[]::timestamptz[],
      ${tickets.map((one) => one.vector)}::text[]::tsvector[]
    ) as given (ticket_id, created_at, words)
    on conflict (organisation_id, ticket_id) do update set created_at = excluded.created_at, words = excluded.words
    where ${over} and (ticket_words.words <> excluded.words or ticket_words.created_at <> excluded.created_at)`;
};

export interface CountedWord extends LexiconWord {
  readonly soundFr: string | null;
  readonly soundEn: string | null;
}

/**
 * Puts new words into the lexicon. Words it has are left alone, so that a ticket locks none of them, unless
 * they came at least `many` times: then what they came is added to what they were counted.
 */
export const addWords = async (
  tx: Tx,
  organisationId: string,
  words: readonly CountedWord[],
  many: number,
): Promise<void> => {
  await tx`
    insert into word (organisation_id, word, frequency, sound_fr, sound_en)
    select ${organisationId}, given.word, given.frequency, given.sound_fr, given.sound_en
    from unnest(
      ${words.map((one) => one.word)}::text[], ${words.map((one) => one.frequency)}::int[],
      ${words.map((one) => one.soundFr)}::text[], ${words.map((one) => one.soundEn)}::text[]
    ) as given (word, frequency, sound_fr, sound_en)
    where given.frequency >= ${many}
      or not exists (select from word w where w.organisation_id = ${organisationId} and w.word = given.word)
    order by given.word
    on conflict (organisation_id, word) do update set frequency = word.frequency + excluded.frequency
    where excluded.frequency >= ${many}`;
};

/** Notes that so many tickets were written since the words were last counted. */
export const noteChanged = async (tx: Tx, organisationId: string, tickets: number): Promise<void> => {
  await tx`
    insert into lexicon (organisation_id, changed) values (${organisationId}, ${tickets})
    on conflict (organisation_id) do update set changed = lexicon.changed + excluded.changed`;
};

/** How many tickets there were when the words were last counted, and how many were written since. */
export const lexiconAge = async (
  tx: Tx,
  organisationId: string,
): Promise<{ tickets: number; changed: number } | undefined> => {
  const [row] = await tx<{ tickets: number; changed: number }[]>`
    select tickets, changed from lexicon where organisation_id = ${organisationId}`;
  return row;
};

/** Notes that the words are counted, but for what was written in the meantime. */
export const noteCounted = async (tx: Tx, organisationId: string, changed: number): Promise<void> => {
  await tx`
    update lexicon set changed = greatest(changed - ${changed}, 0),
      tickets = (select count(*) from ticket_words where organisation_id = ${organisationId})
    where organisation_id = ${organisationId}`;
};

/**
 * Counts every word anew: corrects frequencies that are a tenth or more off, takes out words that no ticket
 * has any more, and returns those the lexicon lacks.
 * @param markLength how many characters of each lexeme are its organisation's mark
 * @param many numbers that come less often are left out
 */
export const recountWords = (
  tx: Tx,
  organisationId: string,
  markLength: number,
  many: number,
): Promise<LexiconWord[]> =>
  held(
    tx,
    bulk,
    tx<LexiconWord[]>`
  with counted as materialized (
    select substr(word, ${markLength + 1}) collate "C" as word, ndoc as frequency
    from ts_stat(format('select words from ticket_words where organisation_id = %L', ${organisationId}::uuid), 'abcd')
    where ndoc >= ${many} or substr(word, ${markLength + 1}, 1) not between '0' and '9'
  ),
  corrected as (
    update word w set frequency = counted.frequency from counted
    where w.organisation_id = ${organisationId} and w.word = counted.word
      and abs(counted.frequency - w.frequency) * 10 >= w.frequency and counted.frequency <> w.frequency
  ),
  forgotten as (
    delete from word w where w.organisation_id = ${organisationId}
      and not exists (select from counted where counted.word = w.word)
  )
  select word, frequency from counted
  where not exists (select from word w where w.organisation_id = ${organisationId} and w.word = counted.word)`,
  );
