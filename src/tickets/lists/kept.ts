import type { Actor, TicketState } from '../../engine/index.ts';
import type { House } from '../../organisations/index.ts';
import { lastUsed } from '../../platform/last-used.ts';
import type { TicketView } from '../show.ts';
import type { Listed } from './store.ts';

/** Tickets kept in memory, and viewers of an organisation whose views are. */
const TICKETS = 20_000;
const VIEWERS = 200;

interface KeptStates {
  get(id: string, version: number): TicketState | undefined;
  keep(state: TicketState): void;
}

const byDatabase = new WeakMap<object, KeptStates>();

/**
 * Tickets as they were when last read. A version of a ticket never changes, so what PostgreSQL must tell again is which
 * version there is, and whether the caller sees it: both are asked each time.
 */
export const keptStates = (db: object): KeptStates => {
  const found = byDatabase.get(db);
  if (found) return found;
  const states = lastUsed<TicketState>(TICKETS);
  const made: KeptStates = {
    get: (id, version) => {
      const state = states.get(id);
      return state?.version === version ? state : undefined;
    },
    keep: (state) => states.set(state.id, state),
  };
  byDatabase.set(db, made);
  return made;
};

/** A ticket as one viewer is shown it, what it was made of beside the ticket, and until when it would be the same. */
interface KeptView {
  readonly view: TicketView;
  readonly until: number;
  readonly of: Listed;
}

interface KeptViews {
  get(listed: Listed, now: number): TicketView | undefined;
  keep(listed: Listed, view: TicketView, until: number): void;
}

const byHouse = new WeakMap<House, ReturnType<typeof lastUsed<KeptViews>>>();

const isSame = (a: Listed, b: Listed): boolean =>
  a.assignee === b.assignee &&
  a.held.open === b.held.open &&
  a.held.total === b.held.total &&
  a.holder?.reference === b.holder?.reference;

const names = new WeakMap<Actor, string>();

/** The actor with all their rights, as text. */
const nameOf = (actor: Actor): string => {
  const found = names.get(actor);
  if (found !== undefined) return found;
  const name = JSON.stringify(actor);
  names.set(actor, name);
  return name;
};

/**
 * Views of tickets as they were last made for this actor in this language: everything that a view depends on is either
 * in the key (the organisation as it is set up, the actor with all their rights, the ticket at a version) or compared.
 */
export const keptViews = (house: House, actor: Actor, locale: 'fr' | 'en'): KeptViews => {
  let viewers = byHouse.get(house);
  if (!viewers) byHouse.set(house, (viewers = lastUsed<KeptViews>(VIEWERS)));
  const viewer = `${locale} ${nameOf(actor)}`;
  const found = viewers.get(viewer);
  if (found) return found;
  const views = new WeakMap<TicketState, KeptView>();
  const made: KeptViews = {
    get: (listed, now) => {
      const kept = views.get(listed.state);
      return kept && now < kept.until && isSame(kept.of, listed) ? kept.view : undefined;
    },
    keep: (listed, view, until) => views.set(listed.state, { view, until, of: listed }),
  };
  viewers.set(viewer, made);
  return made;
};

const texts = new WeakMap<TicketView, string>();

/** The JSON of a view, written once. */
export const textOf = (view: TicketView): string => {
  const found = texts.get(view);
  if (found !== undefined) return found;
  const text = JSON.stringify(view);
  texts.set(view, text);
  return text;
};

/** The JSON of several. */
export const textsOf = (views: readonly TicketView[]): string => `[${views.map(textOf).join(',')}]`;
