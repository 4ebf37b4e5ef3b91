import { type Contact, contactsById } from '../../contacts/index.ts';
import { maySee, Refused, sightOf, UNDO } from '../../engine/index.ts';
import { appOf, type House } from '../../organisations/index.ts';
import { asOrganisation, type Tx } from '../../platform/postgres/index.ts';
import type { Call } from '../call.ts';
import { contactIds, showTicket, type TicketView } from '../show.ts';
import { lastAct } from '../store.ts';
import { type Listed, oneTicket, type Sights, ticketsById } from './store.ts';

type Locale = 'fr' | 'en';

/** Apps whose tickets hold others: only for them are held tickets counted. */
export const holdingApps = (house: House): readonly string[] =>
  [...house.apps.values()].filter(({ definition }) => definition.holds).map(({ app }) => app);

/** What the actor sees of these apps, or of every app. */
export const sightsOf = (call: Call, apps?: readonly string[]): Sights =>
  [...call.house.apps.values()]
    .filter(({ app }) => apps === undefined || apps.includes(app))
    .map(({ app, definition }) => ({ app, sights: sightOf(definition, call.actor) }))
    .filter(({ sights }) => sights.length > 0);

/** Tickets as this caller is shown them. */
export const showAll = async (
  tx: Tx,
  call: Call,
  locale: Locale,
  tickets: readonly Listed[],
): Promise<TicketView[]> => {
  const ids = contactIds(call.house, call.actor, tickets);
  const contacts = new Map<string, Contact>();
  if (ids.length > 0)
    for (const contact of await contactsById(tx, call.house.id, ids)) contacts.set(contact.id, contact);
  return tickets.map((ticket) => showTicket(call.house, call.actor, call.now, ticket, { locale, contacts }));
};

/** One ticket as this caller is shown it. @throws Refused `not_found` also when it is not theirs to see */
export const viewTicket = (
  call: Call,
  locale: Locale,
  app: string,
  reference: string,
): Promise<TicketView> => {
  const { definition } = appOf(call.house, app);
  return asOrganisation(call.db, call.house.id, async (tx) => {
    const listed = await oneTicket(tx, call.house.id, app, reference, holdingApps(call.house));
    if (!listed || !maySee(definition, call.actor, listed.state)) throw new Refused({ code: 'not_found' });
    return view(tx, call, locale, listed);
  });
};

const view = async (tx: Tx, call: Call, locale: Locale, listed: Listed): Promise<TicketView> => {
  const ids = contactIds(call.house, call.actor, [listed]);
  const contacts = ids.length > 0 ? await contactsById(tx, call.house.id, ids) : [];
  const fresh = call.actor.id !== null && call.now - listed.state.updatedAt <= UNDO;
  const last = fresh ? await lastAct(tx, call.house.id, listed.state.id) : undefined;
  return showTicket(call.house, call.actor, call.now, listed, {
    locale,
    contacts: new Map(contacts.map((contact) => [contact.id, contact])),
    last,
  });
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
  const views = await showAll(tx, call, locale, listed);
  return new Map(listed.map(({ state }, index) => [state.id, views[index] as TicketView]));
};
