import { inOrganisation } from '../../platform/postgres/index.ts';
import type { Call } from '../call.ts';
import type { TicketView } from '../show.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { type Filter, listTickets, type Sort } from './store.ts';
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

/** A page of the tickets that the caller sees. */
export const listPage = async (call: Call, input: ListInput): Promise<Page> => {
  const sights = sightsOf(call, input.app === undefined ? undefined : [input.app]);
  if (sights.length === 0) return { tickets: [], next: null };
  const after = input.after === null ? null : readCursor(input.after, input.sort);
  const { db, house, actor } = call;
  const rows = await inOrganisation(db, house.id, (tx) =>
    listTickets(tx, house.id, actor, {
      sights,
      filter: input.filter,
      sort: input.sort,
      after,
      // One more than asked tells whether there is a next page.
      limit: input.limit + 1,
      holding: holdingApps(house, sights),
    }),
  );
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    tickets: await showAll(call, input.locale, await readAll(call, page)),
    next: last ? writeCursor({ due: last.due_text, id: last.id }, input.sort) : null,
  };
};
