import {
  type AppDefinition,
  asText,
  choiceLabels,
  fieldKinds,
  type Json,
  replay,
  type TicketState,
} from '../engine/index.ts';
import type { Consumer } from '../log/index.ts';
import type { Houses } from '../organisations/index.ts';
import { commentsOf, headingFor, statesById } from '../tickets/index.ts';
import { indexTickets, type TicketText } from './index.ts';

/** Fields that search may speak of: named by the definition, sealed for nobody and hidden from nobody who searches: a guest's link does not. */
const searchable = (definition: AppDefinition): readonly string[] =>
  Object.entries(definition.fields)
    .filter(
      ([name, field]) =>
        field.search &&
        !field.sealed &&
        !Object.values(definition.roles).some((role) => !role.guest && role.hides?.includes(name)),
    )
    .map(([name]) => name);

const inBothLanguages = (definition: AppDefinition, name: string, value: Json): readonly string[] => {
  const field = definition.fields[name];
  if (!field) return [];
  if (field.is !== 'choice') return [fieldKinds[field.is].toText(value, field)];
  const { fr, en } = choiceLabels(field, asText(value));
  return [fr, en];
};

/** What a ticket is found by. */
export const textOf = (
  definition: AppDefinition,
  state: TicketState,
  site: string | undefined,
  comments: readonly string[],
): TicketText => ({
  ticketId: state.id,
  app: state.app,
  heading: `${headingFor(definition, state, 'fr')} ${headingFor(definition, state, 'en')}`,
  reference: state.reference,
  fields: [
    ...(site === undefined ? [] : [site]),
    ...searchable(definition).flatMap((name) => {
      const value = state.fields[name];
      return value === undefined || value === null ? [] : inBothLanguages(definition, name, value);
    }),
  ],
  comments,
  createdAt: new Date(state.createdAt),
});

/** Keeps the words of tickets up to date, a moment behind the log. */
export const wordsConsumer = (deps: { readonly houses: Houses }): Consumer => ({
  name: 'words',
  follow: async (tx, organisationId, events) => {
    const house = await deps.houses.byId(organisationId);
    const changes = events.filter(({ type }) => type !== 'lateness' && type !== 'assigned');
    if (!house || changes.length === 0) return;
    const changed = new Set(changes.filter(({ type }) => type !== 'opened').map(({ ticketId }) => ticketId));
    // What was only opened is as its first event says: nothing is read for it.
    const opened = changes.flatMap((event) =>
      event.type === 'opened' && !changed.has(event.ticketId) ? (replay(event.ticketId, [event]) ?? []) : [],
    );
    const ids = [...changed];
    const [states, comments] =
      ids.length === 0
        ? [new Map<string, TicketState>(), new Map<string, string[]>()]
        : await Promise.all([statesById(tx, house.id, ids), commentsOf(tx, house.id, ids)]);
    const textsOf = (tickets: readonly TicketState[]): TicketText[] =>
      tickets.flatMap((state) => {
        const definition = house.apps.get(state.app)?.definition;
        const site = house.sites.find(({ id }) => id === state.siteId)?.name;
        return definition ? [textOf(definition, state, site, comments.get(state.id) ?? [])] : [];
      });
    await indexTickets(tx, house.id, textsOf([...states.values()]), textsOf(opened));
  },
});
