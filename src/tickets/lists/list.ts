import type { Actor } from '../../engine/index.ts';
import { inOrganisation, together } from '../../platform/postgres/index.ts';
import type { Call } from '../call.ts';
import type { TicketView } from '../show.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { type Filter, type ListedRow, type ListQuery, listTickets, type Sort } from './store.ts';
import { holdingApps, readAll, showAll, sightsOf } from './view.ts';

export interface ListInput {
  /** Absent: every app. */
  readonly app?: string;
  readonly filter: Filter;
  readonly sort: Sort;
  readonly limit: number;
  readonly after: string | null;
  readonly locale: 'fr' | 'en';
}

export interface Page {
  readonly tickets: readonly TicketView[];
  readonly next: string | null;
}

interface Asked {
  readonly actor: Actor;
  readonly query: ListQuery;
}

/** Rules of what somebody sees may say themselves. */
const ME = '"$me"';

/** All that the rows of a page depend on: who sees the same by the same rules asks the same. */
const lineOf = (organisationId: string, { actor, query }: Asked): string => {
  const asked = JSON.stringify(query);
  return `${organisationId} ${asked.includes(ME) ? actor.id : ''} ${asked}`;
};

/**
 * The rows of a page. When something happens, all who have the list open ask for it again at that moment: those who see
 * the same share an answer that was begun after each of them asked.
 */
const rowsOf = together(async (db, organisationId, questions: readonly Asked[]) => {
  const [first] = questions;
  if (!first) return [];
  const { actor, query } = first;
  const rows: readonly ListedRow[] = await inOrganisation(db, organisationId, (tx) =>
    listTickets(tx, organisationId, actor, query),
  );
  return questions.map(() => rows);
}, lineOf);

/** A page of the tickets that the caller sees. */
export const listPage = async (call: Call, input: ListInput): Promise<Page> => {
  const sights = sightsOf(call, input.app === undefined ? undefined : [input.app]);
  if (sights.length === 0) return { tickets: [], next: null };
  const after = input.after === null ? null : readCursor(input.after, input.sort);
  const { db, house, actor } = call;
  const query: ListQuery = {
    sights,
    filter: input.filter,
    sort: input.sort,
    after,
    // One more than asked tells whether there is a next page.
    limit: input.limit + 1,
    holding: holdingApps(house, sights),
  };
  const rows = await rowsOf(db, house.id, { actor, query });
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    tickets: await showAll(call, input.locale, await readAll(call, page)),
    next: last ? writeCursor({ due: last.due_text, id: last.id }, input.sort) : null,
  };
};
