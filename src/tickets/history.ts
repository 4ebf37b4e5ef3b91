import {
  type AppDefinition,
  type Fields,
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
import { type LoggedEvent, referencesOf } from './store.ts';

interface Names {
  readonly people: ReadonlyMap<string, string>;
  readonly holders: ReadonlyMap<string, string>;
}

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
    ...values(definition, reading, { ...plain, ...event.sealed }),
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
  const names = await asOrganisation(call.db, call.house.id, async (tx) => ({
    people: new Map((await actorNames(tx, call.house.id, people)).map(({ id, name }) => [id, name])),
    holders: new Map(
      (await referencesOf(tx, call.house.id, holders)).map(({ id, reference }) => [id, reference]),
    ),
  }));
  const reading = readingOf(definition, call.actor, state);
  return { state, events: showEvents(definition, reading, history, names) };
};
