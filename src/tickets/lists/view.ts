import { type Contact, contactsById } from '../../contacts/index.ts';
import { maySee, Refused, sightOf, type TicketState, UNDO } from '../../engine/index.ts';
import { appOf, type House } from '../../organisations/index.ts';
import { asOrganisation, type Database, reading, type Tx } from '../../platform/postgres/index.ts';
import { traced, type Traced } from '../../traces/index.ts';
import type { Call } from '../call.ts';
import { contactIds, showTicket, type TicketView } from '../show.ts';
import { lastAct, statesById } from '../store.ts';
import { keptStates, keptViews } from './kept.ts';
import { type Listed, listedOf, type NamedRow, ticketsById, ticketsByReference } from './store.ts';
import type { Sights } from '../sight/store.ts';

type Locale = 'fr' | 'en';

/** Of these apps or of all, those whose tickets hold others: only for them are held tickets counted. */
export const holdingApps = (house: House, among?: Sights): readonly string[] =>
  [...house.apps.values()]
    .filter(({ app, definition }) => definition.holds && (!among || among.some((one) => one.app === app)))
    .map(({ app }) => app);

/** What the actor sees of these apps, or of every app. */
export const sightsOf = (call: Call, apps?: readonly string[]): Sights =>
  [...call.house.apps.values()]
    .filter(({ app }) => apps === undefined || apps.includes(app))
    .map(({ app, definition }) => {
      const steps = Object.keys(definition.steps);
      const isEnd = (step: string): boolean => definition.steps[step]?.end === true;
      return {
        app,
        sights: sightOf(definition, call.actor),
        going: steps.filter((step) => !isEnd(step)),
        ended: steps.filter(isEnd),
      };
    })
    .filter(({ sights }) => sights.length > 0);

/**
 * The tickets of these rows: those of a version we have read before from memory, the others from PostgreSQL. One that
 * has changed since its row was read is looked at anew: its caller may not see it any more.
 */
export const readAll = async (call: Call, rows: readonly NamedRow[], tx?: Tx): Promise<Listed[]> => {
  const { db, house, actor } = call;
  const kept = keptStates(db.app);
  const states = new Map<string, TicketState>();
  const missing: string[] = [];
  for (const { id, version } of rows) {
    const state = kept.get(id, version);
    if (state) states.set(id, state);
    else missing.push(id);
  }
  if (missing.length > 0) {
    const read = (inside: Tx): Promise<Map<string, TicketState>> => statesById(inside, house.id, missing);
    const found = await (tx ? read(tx) : asOrganisation(db, house.id, read));
    for (const [id, state] of found) {
      kept.keep(state);
      states.set(id, state);
    }
  }
  return rows.flatMap((row) => {
    const state = states.get(row.id);
    if (
      !state ||
      (state.version !== row.version && !maySee(appOf(house, state.app).definition, actor, state))
    )
      return [];
    return [listedOf(row, state)];
  });
};

/** Tickets whose reading is written down, as this caller is shown them. */
const shown = async (
  call: Call,
  locale: Locale,
  tickets: readonly Traced<Listed>[],
  tx?: Tx,
): Promise<TicketView[]> => {
  const { db, house, actor, now } = call;
  const kept = keptViews(house, actor, locale);
  const views = tickets.map((listed) => kept.get(listed, now));
  const missing = tickets.filter((_, index) => views[index] === undefined);
  const ids = contactIds(house, actor, missing);
  const read = (inside: Tx): Promise<Contact[]> => contactsById(inside, house.id, ids);
  const found = ids.length === 0 ? [] : await (tx ? read(tx) : asOrganisation(db, house.id, read));
  const contacts = new Map(found.map((contact) => [contact.id, contact]));
  return tickets.map((listed, index) => {
    const last = views[index];
    if (last) return last;
    const { view, until } = showTicket(house, actor, now, listed, { locale, contacts });
    // A contact may change while its tickets stay the same.
    if (contacts.size === 0 || contactIds(house, actor, [listed]).length === 0)
      kept.keep(listed, view, until);
    return view;
  });
};

/** Tickets as this caller is shown them, once it is written that they are; `tx`: a transaction that is open anyway. */
export const showAll = async (
  call: Call,
  locale: Locale,
  tickets: readonly Listed[],
  tx?: Tx,
): Promise<TicketView[]> => shown(call, locale, await traced(call, tickets, tx), tx);

interface Wanted {
  readonly app: string;
  readonly reference: string;
  readonly holding: readonly string[];
}

/** The row of a ticket by its reference, whoever may see it. */
const rowOf = reading(
  (tx, organisationId, wanted: readonly Wanted[]) =>
    ticketsByReference(
      tx,
      organisationId,
      [...new Set(wanted.map(({ reference }) => reference))],
      [...new Set(wanted.flatMap((one) => one.holding))],
    ),
  (wanted, rows) =>
    wanted.map(({ app, reference }) => rows.find((one) => one.app === app && one.reference === reference)),
);

/** Looks a ticket up by its reference, whoever may see it: that is for `viewTicket` to say. */
export const lookUp = (
  db: Pick<Database, 'app'>,
  house: House,
  app: string,
  reference: string,
): Promise<NamedRow | undefined> => rowOf(db, house.id, { app, reference, holding: holdingApps(house) });

interface Told {
  /** How it is, or was, after a command: a command sent again is answered as it first was. */
  readonly as?: TicketState | undefined;
  /** As `lookUp` found it since this call came. */
  readonly found?: Promise<NamedRow | undefined> | undefined;
}

/** The ticket of a row, when this version of it was read before. */
const keptOf = ({ db }: Call, row: NamedRow): Listed | undefined => {
  const state = keptStates(db.app).get(row.id, row.version);
  return state && listedOf(row, state);
};

/**
 * One ticket as this caller is shown it.
 * @throws Refused `not_found` also when it is not theirs to see
 */
export const viewTicket = async (
  call: Call,
  locale: Locale,
  app: string,
  reference: string,
  told: Told = {},
): Promise<TicketView> => {
  const { db, house, actor, now } = call;
  const { definition } = appOf(house, app);
  const row = await (told.found ?? lookUp(db, house, app, reference));
  const found = row && (keptOf(call, row) ?? (await readAll(call, [row]))[0]);
  if (!found || !maySee(definition, actor, found.state)) throw new Refused({ code: 'not_found' });
  const [listed] = await traced(call, [told.as ? { ...found, state: told.as } : found]);
  if (!listed) throw new Refused({ code: 'not_found' });
  const ids = contactIds(house, actor, [listed]);
  const fresh = actor.id !== null && now - listed.state.updatedAt <= UNDO;
  // Most tickets need nothing more, and many were shown to this caller before.
  if (ids.length === 0 && !fresh) {
    const before = keptViews(house, actor, locale).get(listed, now);
    return before ?? ((await shown(call, locale, [listed]))[0] as TicketView);
  }
  return asOrganisation(db, house.id, async (tx) => {
    const [contacts, last] = await Promise.all([
      ids.length > 0 ? contactsById(tx, house.id, ids) : [],
      fresh ? lastAct(tx, house.id, listed.state.id, listed.state.version) : undefined,
    ]);
    return showTicket(house, actor, now, listed, {
      locale,
      contacts: new Map(contacts.map((contact) => [contact.id, contact])),
      last,
    }).view;
  });
};

/** A ticket that this call has just opened: what was written need not be read. `holder`: the reference of what holds it. */
export const viewOpened = async (
  call: Call,
  locale: Locale,
  state: TicketState,
  holder: string | null,
): Promise<TicketView> => {
  const { house, actor } = call;
  if (!maySee(appOf(house, state.app).definition, actor, state)) throw new Refused({ code: 'not_found' });
  const holding = [...house.apps.values()].find(({ definition }) => definition.holds?.app === state.app);
  const listed: Listed = {
    state,
    assignee: null,
    holder: holder === null || !holding ? null : { reference: holder, app: holding.app },
    held: { open: 0, total: 0 },
  };
  const [read] = await traced(call, [listed]);
  if (!read) throw new Refused({ code: 'not_found' });
  // It is shown this once: to keep the view would be for nobody.
  if (contactIds(house, actor, [read]).length === 0)
    return showTicket(house, actor, call.now, read, { locale, contacts: new Map() }).view;
  const [view] = await shown(call, locale, [read]);
  return view as TicketView;
};

/** Tickets by id, in the order asked, those the caller sees. */
export const viewByIds = async (
  tx: Tx,
  call: Call,
  locale: Locale,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TicketView>> => {
  const rows = await ticketsById(tx, call.house.id, call.actor, sightsOf(call), ids, holdingApps(call.house));
  const listed = await readAll(call, rows, tx);
  const views = await showAll(call, locale, listed, tx);
  return new Map(listed.map(({ state }, index) => [state.id, views[index] as TicketView]));
};
