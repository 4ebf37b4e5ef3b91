import type { Contact } from '../contacts/index.ts';
import {
  type Actor,
  type AppDefinition,
  asText,
  assess,
  choiceLabels,
  fieldKinds,
  type Json,
  lineTotal,
  type Line,
  movesNow,
  type Place,
  readingOf,
  totals,
  type TicketState,
  UNDO,
  type Why,
} from '../engine/index.ts';
import { appOf, type House, openTimeAt } from '../organisations/index.ts';
import type { Traced } from '../traces/index.ts';
import type { Listed } from './lists/store.ts';
import type { LoggedEvent } from './store.ts';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** What a caller is shown of a ticket. Contacts are those whose fields the caller may read. */
export interface Shown {
  readonly locale: 'fr' | 'en';
  readonly contacts: ReadonlyMap<string, Contact>;
  /** The last thing a hand did to the ticket, when that was less than a minute ago. */
  readonly last?: LoggedEvent | undefined;
}

const shownValue = (value: unknown, is: string, contacts: ReadonlyMap<string, Contact>): unknown => {
  if (is === 'contact') {
    const { id } = value as { readonly id: string };
    const contact = contacts.get(id);
    if (!contact) return { id };
    return {
      id,
      name: contact.name,
      ...(contact.email && { email: contact.email }),
      ...(contact.phone && { phone: contact.phone }),
    };
  }
  if (is === 'lines') return (value as readonly Line[]).map((line) => ({ ...line, total: lineTotal(line) }));
  return value;
};

const contactFields = new WeakMap<AppDefinition, readonly string[]>();

/** The fields of an app that hold contacts. */
const contactFieldsOf = (definition: AppDefinition): readonly string[] => {
  const found = contactFields.get(definition);
  if (found) return found;
  const names = Object.keys(definition.fields).filter((name) => definition.fields[name]?.is === 'contact');
  contactFields.set(definition, names);
  return names;
};

/** The ids of contacts that these tickets show to this actor. */
export const contactIds = (house: House, actor: Actor, tickets: readonly Listed[]): readonly string[] =>
  tickets.flatMap(({ state }) => {
    const { definition } = appOf(house, state.app);
    const named = contactFieldsOf(definition).flatMap((name) => {
      const value = (state.sealed[name] ?? state.fields[name]) as { readonly id: string } | undefined;
      return value ? [{ name, id: value.id }] : [];
    });
    if (named.length === 0) return [];
    const reading = readingOf(definition, actor, state);
    return named.flatMap(({ name, id }) => (reading(name) === 'shown' ? [id] : []));
  });

/** The fields of a ticket as this actor reads them, and what the lines of an order among them come to. */
const readFields = (
  definition: AppDefinition,
  actor: Actor,
  state: TicketState,
  contacts: Shown['contacts'],
) => {
  const reading = readingOf(definition, actor, state);
  const fields: { [name: string]: unknown } = {};
  const sums: { [name: string]: ReturnType<typeof totals> } = {};
  const sealed: string[] = [];
  for (const [name, field] of Object.entries(definition.fields)) {
    const value = Object.hasOwn(state.sealed, name) ? state.sealed[name] : state.fields[name];
    const how = value === undefined ? 'hidden' : reading(name);
    if (how === 'sealed') sealed.push(name);
    if (how !== 'shown') continue;
    fields[name] = shownValue(value, field.is, contacts);
    if (field.is === 'lines') sums[name] = totals(fields[name] as readonly Line[]);
  }
  return { fields, totals: sums, sealed };
};

/** How long minutes that are counted may be those of a moment ago, in milliseconds. */
const COUNTED = 5_000;

/** Why an open ticket is late, or will be, and until when that is all there is to say; a closed one is neither. */
const whyLate = (house: House, definition: AppDefinition, state: TicketState, now: number) => {
  if (state.closedAt !== null) return { why: [], until: Infinity };
  const { lateness, wakeAt: changesAt } = state.standing;
  // It was written on time, and when that may change.
  if (lateness === 'on time' && (changesAt === null || now < changesAt))
    return { why: [], until: changesAt ?? Infinity };
  const open = openTimeAt(house, state.siteId, now, state.createdAt);
  const { why, wakeAt } = assess({ definition, ticket: { ...state, openedAt: state.createdAt }, open, now });
  const changes = wakeAt ?? Infinity;
  return { why, until: why.length === 0 ? changes : Math.min(changes, now + COUNTED) };
};

/**
 * A ticket as the API gives it to this actor, now.
 * @returns the view, and until when it stays what it is if nothing happens, epoch milliseconds
 */
export const showTicket = (house: House, actor: Actor, now: number, listed: Traced<Listed>, shown: Shown) => {
  const { why, until } = whyLate(house, appOf(house, listed.state.app).definition, listed.state, now);
  return { view: viewOf(house, actor, now, listed, shown, why), until };
};

const viewOf = (
  house: House,
  actor: Actor,
  now: number,
  listed: Listed,
  shown: Shown,
  why: readonly Why[],
) => {
  const { state } = listed;
  const { definition } = appOf(house, state.app);
  const read = readFields(definition, actor, state, shown.contacts);
  const created = new Date(state.createdAt).toISOString();
  // Many tickets have not been touched since they were opened, and writing a time takes a while.
  const updated = state.updatedAt === state.createdAt ? created : new Date(state.updatedAt).toISOString();
  const undoable =
    shown.last?.type === 'moved' &&
    shown.last.body.move !== null &&
    shown.last.actor.id !== null &&
    shown.last.actor.id === actor.id;
  return {
    reference: state.reference,
    app: state.app,
    heading: headingOf(definition, read.fields, shown.locale),
    step: state.step,
    ...read,
    site: house.sites.find((site) => site.id === state.siteId)?.slug ?? null,
    assignee: state.assigneeId === null ? null : { id: state.assigneeId, name: listed.assignee ?? '' },
    holder: listed.holder,
    held: definition.holds ? listed.held : null,
    due: iso(state.standing.dueAt),
    promise: iso(state.promiseAt),
    lateness: state.standing.lateness,
    why: why.map(({ code, dueAt, openMs }) => ({
      code,
      ...(dueAt !== undefined && { due: new Date(dueAt).toISOString() }),
      ...(openMs !== undefined && { openMinutes: Math.round(openMs / 60_000) }),
    })),
    version: state.version,
    created,
    updated,
    stepSince: state.stepAt === state.createdAt ? created : new Date(state.stepAt).toISOString(),
    closed: iso(state.closedAt),
    moves: movesNow(definition, actor, state, listed.held.open),
    undo:
      undoable && shown.last && now <= shown.last.at + UNDO
        ? { until: new Date(shown.last.at + UNDO).toISOString() }
        : null,
  };
};

export type TicketView = ReturnType<typeof viewOf>;

/** What a ticket is called on a card, in the reader's language. */
const headingOf = (
  definition: AppDefinition,
  fields: { readonly [name: string]: unknown },
  locale: 'fr' | 'en',
): string =>
  (definition.heading ?? [])
    .flatMap((name) => {
      const field = definition.fields[name];
      const value = fields[name];
      if (!field || value === undefined) return [];
      if (field.is === 'contact') return [(value as Partial<Contact>).name ?? ''];
      if (field.is === 'choice') return [choiceLabels(field, asText(value as Json))[locale]];
      if (field.is === 'place') return [(value as Place).address ?? ''];
      return [fieldKinds[field.is].toText(value as Json, field)];
    })
    .filter((part) => part !== '')
    .join(' · ');

/** What anyone may be told a ticket is called: its heading, of fields that are not sealed. */
export const headingFor = (definition: AppDefinition, state: TicketState, locale: 'fr' | 'en'): string =>
  headingOf(definition, state.fields, locale);
