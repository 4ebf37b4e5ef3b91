import type { TicketEvent, TicketState } from './state.ts';
import type { Fields } from './values.ts';

const apply = (fields: Fields, changes: Fields | null): Fields =>
  changes === null
    ? fields
    : Object.fromEntries(Object.entries({ ...fields, ...changes }).filter(([, value]) => value !== null));

/**
 * The ticket after an event. Pure and total: replaying a ticket's events gives its row.
 * @throws TypeError when the first event is not `opened`, which no log of ours holds.
 */
export const evolve = (state: TicketState | null, id: string, event: TicketEvent): TicketState => {
  if (event.type === 'opened') {
    const { body } = event;
    return {
      id,
      app: body.app,
      reference: body.reference,
      version: event.version,
      step: body.step,
      fields: apply({}, body.fields),
      sealed: apply({}, event.sealed),
      siteId: body.site,
      assigneeId: null,
      holderId: body.holder,
      nth: body.nth,
      createdBy: event.actor.id,
      createdAt: event.at,
      updatedAt: event.at,
      stepAt: event.at,
      promiseAt: body.promise,
      closedAt: null,
      erasedAt: null,
      source: body.source,
      standing: body.standing,
    };
  }
  if (state === null) throw new TypeError(`A ticket's log begins with "opened", not "${event.type}".`);
  const seen = { ...state, version: event.version, standing: event.body.standing };
  switch (event.type) {
    case 'edited':
      return {
        ...seen,
        updatedAt: event.at,
        fields: apply(state.fields, event.body.fields),
        sealed: apply(state.sealed, event.sealed),
        siteId: event.body.site,
        promiseAt: event.body.promise,
      };
    case 'moved':
      return {
        ...seen,
        updatedAt: event.at,
        fields: apply(state.fields, event.body.fields),
        sealed: apply(state.sealed, event.sealed),
        step: event.body.step.to,
        stepAt: event.at,
        promiseAt: event.body.promise,
        closedAt: event.body.ended ? event.at : null,
      };
    case 'undone':
      return {
        ...seen,
        updatedAt: event.at,
        fields: apply(state.fields, event.body.fields),
        sealed: apply(state.sealed, event.sealed),
        step: event.body.step.to,
        stepAt: event.body.stepAt,
        promiseAt: event.body.promise,
        closedAt: event.body.closedAt,
      };
    case 'commented':
      return { ...seen, updatedAt: event.at };
    case 'assigned':
      return { ...seen, updatedAt: event.at, assigneeId: event.body.assignee };
    case 'attached':
      return {
        ...seen,
        // A promise passed on by the frame is nobody's work: what is stuck stays stuck.
        updatedAt: event.actor.kind === 'system' ? state.updatedAt : event.at,
        holderId: event.body.holder,
        nth: event.body.nth,
        promiseAt: event.body.promise,
      };
    case 'lateness':
      return seen;
    case 'migrated':
      return {
        ...seen,
        fields: apply(state.fields, event.body.fields),
        sealed: apply(state.sealed, event.sealed),
        step: event.body.step.to,
      };
    case 'erased':
      return { ...seen, sealed: {}, erasedAt: event.at };
  }
};

/** A ticket from the whole of its events, in order; `null` when there are none. */
export const replay = (id: string, events: readonly TicketEvent[]): TicketState | null =>
  events.reduce<TicketState | null>((state, event) => evolve(state, id, event), null);
