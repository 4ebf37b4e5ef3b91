import { type Contact, contactsById } from '../../contacts/index.ts';
import { maySee, Refused, sightOf, type TicketState, UNDO } from '../../engine/index.ts';
import { appOf, type House } from '../../organisations/index.ts';
import { asOrganisation, inOrganisation, together, type Tx } from '../../platform/postgres/index.ts';
import type { Call } from '../call.ts';
import { contactIds, showTicket, type TicketView } from '../show.ts';
import { lastAct } from '../store.ts';
import { type Listed, listedOf, ticketsById, ticketsByReference } from './store.ts';
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

/** Tickets as this caller is shown them; `tx`: a transaction that is open anyway. */
export const showAll = async (
  call: Call,
  locale: Locale,
  tickets: readonly Listed[],
  tx?: Tx,
): Promise<TicketView[]> => {
  const { db, house, actor, now } = call;
  const ids = contactIds(house, actor, tickets);
  const read = (inside: Tx): Promise<Contact[]> => contactsById(inside, house.id, ids);
  const found = ids.length === 0 ? [] : await (tx ? read(tx) : asOrganisation(db, house.id, read));
  const contacts = new Map(found.map((contact) => [contact.id, contact]));
  return tickets.map((ticket) => showTicket(house, actor, now, ticket, { locale, contacts }));
};

interface Wanted {
  readonly app: string;
  readonly reference: string;
  readonly holding: readonly string[];
}

/** A ticket by its reference, whoever may see it. */
const ticketBy = together(async (db, organisationId, wanted: readonly Wanted[]) => {
  const references = [...new Set(wanted.map(({ reference }) => reference))];
  const holding = [...new Set(wanted.flatMap((one) => one.holding))];
  const rows = await inOrganisation(db, organisationId, (tx) =>
    ticketsByReference(tx, organisationId, references, holding),
  );
  return wanted.map(({ app, reference }) => {
    const row = rows.find((one) => one.app === app && one.reference === reference);
    return row && listedOf(row);
  });
});

/**
 * One ticket as this caller is shown it.
 * @param as how it is, or was, after a command: a command sent again is answered as it first was
 * @throws Refused `not_found` also when it is not theirs to see
 */
export const viewTicket = async (
  call: Call,
  locale: Locale,
  app: string,
  reference: string,
  as?: TicketState,
): Promise<TicketView> => {
  const { db, house, actor, now } = call;
  const { definition } = appOf(house, app);
  const found = await ticketBy(db, house.id, { app, reference, holding: holdingApps(house) });
  if (!found || !maySee(definition, actor, found.state)) throw new Refused({ code: 'not_found' });
  const listed = as ? { ...found, state: as } : found;
  const ids = contactIds(house, actor, [listed]);
  const fresh = actor.id !== null && now - listed.state.updatedAt <= UNDO;
  // Most tickets need nothing more.
  if (ids.length === 0 && !fresh)
    return showTicket(house, actor, now, listed, { locale, contacts: new Map() });
  return asOrganisation(db, house.id, async (tx) => {
    const [contacts, last] = await Promise.all([
      ids.length > 0 ? contactsById(tx, house.id, ids) : [],
      fresh ? lastAct(tx, house.id, listed.state.id, listed.state.version) : undefined,
    ]);
    return showTicket(house, actor, now, listed, {
      locale,
      contacts: new Map(contacts.map((contact) => [contact.id, contact])),
      last,
    });
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
  const [view] = await showAll(call, locale, [listed]);
  return view as TicketView;
};

/** Tickets by id, in the order asked, those the caller sees. */
export const viewByIds = async (
  tx: Tx,
  call: Call,
  locale: Locale,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TicketView>> => {
  const listed = await ticketsById(
    tx,
    call.house.id,
    call.actor,
    sightsOf(call),
    ids,
    holdingApps(call.house),
  );
  const views = await showAll(call, locale, listed, tx);
  return new Map(listed.map(({ state }, index) => [state.id, views[index] as TicketView]));
};
