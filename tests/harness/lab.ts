import assert from 'node:assert/strict';

import type { TestDatabase } from './database.ts';
import type { Hand, Ticket } from './vigie.ts';

/** A Tuesday, 11:00 in Lille: the lab has just opened. */
export const TUESDAY = '2026-03-03T10:00:00Z';

/** Somebody who brings films. */
export const CLAIRE = {
  name: 'Claire Vandewalle',
  email: 'claire.vandewalle@example.org',
  phone: '06 12 34 56 78',
};

const ORDER = { contact: CLAIRE, summary: '8 films', promised: '2026-03-10T17:00:00+01:00' };

/** Takes an order at the counter. */
export const takeOrder = async (counter: Hand, more: object = {}, site?: string): Promise<Ticket> => {
  const { status, body } = await counter.ask('POST', '/argentique/atelier/tickets', {
    fields: { ...ORDER, ...more },
    ...(site !== undefined && { site }),
  });
  assert.equal(status, 201, JSON.stringify(body));
  return body;
};

/** Puts a film in an order. */
export const takeFilm = async (counter: Hand, order: string, kind: string, what: string): Promise<Ticket> => {
  const { status, body } = await counter.ask('POST', '/argentique/travail/tickets', {
    fields: { kind, what, format: 'small' },
    holder: order,
  });
  assert.equal(status, 201, JSON.stringify(body));
  return body;
};

/** Makes a move on a film, which must be allowed. */
export const moveFilm = async (
  hand: Hand,
  film: string,
  move = 'next',
  fields: object = {},
): Promise<Ticket> => {
  const { status, body } = await hand.ask('POST', `/argentique/travail/tickets/${film}/moves/${move}`, {
    fields,
  });
  assert.equal(status, 200, JSON.stringify(body));
  return body;
};

/** Takes a film through what is left of its route. */
export const finishFilm = async (hand: Hand, film: Ticket): Promise<readonly string[]> => {
  const steps = [film.step];
  for (let now = film; now.closed === null;) {
    now = await moveFilm(hand, film.reference);
    steps.push(now.step);
  }
  return steps;
};

export const readOrder = async (hand: Hand, order: string): Promise<Ticket> =>
  (await hand.ask('GET', `/argentique/atelier/tickets/${order}`)).body;

/** The tables of the whole database, the queue's too, in which these words stand somewhere. */
export const tablesWith = async ({ owner }: TestDatabase, words: string): Promise<readonly string[]> => {
  const tables = await owner<{ name: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema)' order by 1`;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await owner.unsafe(
      `select 1 from ${name} t where strpos(lower(t::text), lower($1)) > 0 limit 1`,
      [words],
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
};
