import {
  type AppDefinition,
  type Fields,
  maySee,
  type Reading,
  readingOf,
  Refused,
  type TicketState,
} from '../engine/index.ts';
import { appOf } from '../organisations/index.ts';
import { actorNames } from '../people/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { traced, type Traced } from '../traces/index.ts';
import { historyOf } from './acts.ts';
import type { Call } from './call.ts';
import { type LoggedEvent, referencesOf, statesById } from './store.ts';

interface Names {
  readonly people: ReadonlyMap<string, string>;
  readonly holders: ReadonlyMap<string, string>;
  /** Tickets that files went to or came from, those that the reader sees. */
  readonly others: ReadonlyMap<string, TicketState>;
}

/** The other ticket of a file that was moved; of one that is not the reader's to see, no more than that there is one. */
const carriedOf = ({ type, body }: LoggedEvent, { others }: Pick<Names, 'others'>) => {
  if (type !== 'edited' || !body.carried) return {};
  const isTo = 'to' in body.carried;
  const other = others.get(isTo ? body.carried.to : body.carried.from);
  const ticket = other ? { app: other.app, reference: other.reference } : null;
  return { carried: { way: isTo ? ('to' as const) : ('from' as const), ticket } };
};

const values = (definition: AppDefinition, reading: (field: string) => Reading, all: Fields) => {
  const known = Object.keys(all).filter((name) => definition.fields[name] !== undefined);
  const fields = Object.fromEntries(
    known.filter((name) => reading(name) === 'shown').map((name) => [name, all[name]]),
  );
  const hidden = known.filter((name) => reading(name) === 'sealed');
  return {
    ...(Object.keys(fields).length > 0 && { fields }),
    ...(hidden.length > 0 && { hidden }),
  };
};

const detail = (event: LoggedEvent, names: Names) => {
  switch (event.type) {
    case 'opened':
      return { step: { from: null, to: event.body.step } };
    case 'moved':
      return {
        move: event.body.move,
        step: event.body.step,
        ...(event.body.comment !== null && { comment: event.body.comment }),
      };
    case 'undone':
      return { move: event.body.move, step: event.body.step };
    case 'migrated':
      return { step: event.body.step };
    case 'commented':
      return { comment: event.body.text };
    case 'assigned':
      return {
        assignee:
          event.body.assignee === null
            ? null
            : { id: event.body.assignee, name: names.people.get(event.body.assignee) ?? '' },
      };
    case 'attached':
      return { holder: event.body.holder === null ? null : (names.holders.get(event.body.holder) ?? null) };
    case 'lateness':
      return { lateness: { from: event.body.from, to: event.body.standing.lateness } };
    case 'edited':
    case 'erased':
      return {};
  }
};

const showEvent = (
  definition: AppDefinition,
  reading: (field: string) => Reading,
  event: LoggedEvent,
  names: Names,
) => {
  const plain = 'fields' in event.body ? event.body.fields : {};
  const shown = values(definition, reading, { ...plain, ...event.sealed });
  return {
    id: event.id,
    version: event.version,
    type: event.type,
    at: new Date(event.at).toISOString(),
    actor: {
      kind: event.actor.kind,
      name: (event.actor.id !== null && names.people.get(event.actor.id)) || '',
      ...(event.actor.station !== undefined && { station: names.people.get(event.actor.station) ?? '' }),
    },
    ...detail(event, names),
    ...shown,
    // Of files in a field that they do not read, nobody learns where they are.
    ...(shown.fields && carriedOf(event, names)),
  };
};

export type EventView = ReturnType<typeof showEvent>;

const showEvents = (
  definition: AppDefinition,
  reading: (field: string) => Reading,
  history: Traced<{ readonly state: TicketState; readonly events: readonly LoggedEvent[] }>,
  names: Names,
): readonly EventView[] => history.events.map((event) => showEvent(definition, reading, event, names));

/** The history of a ticket as this caller may read it, oldest first. */
export const viewHistory = async (
  call: Call,
  which: { readonly app: string; readonly reference: string },
): Promise<{ readonly state: TicketState; readonly events: readonly EventView[] }> => {
  const [history] = await traced(call, [await historyOf(call, which)]);
  if (!history) throw new Refused({ code: 'not_found' });
  const { state, events } = history;
  const { definition } = appOf(call.house, which.app);
  const people = events.flatMap((event) => [
    ...(event.actor.id === null ? [] : [event.actor.id]),
    ...(event.actor.station === undefined ? [] : [event.actor.station]),
    ...(event.type === 'assigned' && event.body.assignee !== null ? [event.body.assignee] : []),
  ]);
  const holders = events.flatMap((event) =>
    event.type === 'attached' && event.body.holder !== null ? [event.body.holder] : [],
  );
  const others = events.flatMap(({ type, body }) =>
    type === 'edited' && body.carried ? ['to' in body.carried ? body.carried.to : body.carried.from] : [],
  );
  const names = await asOrganisation(call.db, call.house.id, async (tx) => ({
    people: new Map((await actorNames(tx, call.house.id, people)).map(({ id, name }) => [id, name])),
    holders: new Map(
      (await referencesOf(tx, call.house.id, holders)).map(({ id, reference }) => [id, reference]),
    ),
    others: new Map(
      [...(others.length > 0 ? await statesById(tx, call.house.id, others) : [])].filter(
        ([, other]) =>
          call.house.apps.has(other.app) &&
          maySee(appOf(call.house, other.app).definition, call.actor, other),
      ),
    ),
  }));
  const reading = readingOf(definition, call.actor, state);
  return { state, events: showEvents(definition, reading, history, names) };
};
