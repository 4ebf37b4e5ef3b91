import { maySee, Refused, type TicketState } from '../engine/index.ts';
import { appOf } from '../organisations/index.ts';
import { asOrganisation, reading, type Tx } from '../platform/postgres/index.ts';
import type { Call } from './call.ts';
import { command, type Which } from './command.ts';
import {
  eventsOf,
  findByReference,
  lockByReference,
  type LoggedEvent,
  memberIs,
  nextNth,
  rowsByReference,
  stateOf,
} from './store.ts';

type Named = { readonly [name: string]: unknown };

export interface EditInput {
  /** The version the person had before their eyes; `null` when there are no eyes, as in a story. */
  readonly version: number | null;
  readonly fields: Named;
  readonly site?: string | null;
}

export const editTicket = (call: Call, which: Which, input: EditInput): Promise<TicketState> =>
  command(call, which, (_tx, state) => {
    const site = call.house.sites.find((candidate) => candidate.slug === input.site);
    if (input.site && !site) throw new Refused({ code: 'unknown_site', params: { site: input.site } });
    return {
      type: 'edit',
      version: input.version ?? state.version,
      fields: input.fields,
      ...(input.site !== undefined && { siteId: site?.id ?? null }),
    };
  });

export interface MoveInput {
  readonly move: string;
  readonly fields: Named;
  readonly comment: string | null;
  readonly version?: number;
}

/** Changes fields by what they are now, once the ticket is locked: two who add at once both add. */
export const changeTicket = (
  call: Call,
  which: Which,
  change: (tx: Tx, state: TicketState) => Promise<Named> | Named,
): Promise<TicketState> =>
  command(call, which, async (tx, state) => ({
    type: 'edit',
    version: state.version,
    fields: await change(tx, state),
  }));

export const moveTicket = (call: Call, which: Which, input: MoveInput): Promise<TicketState> =>
  command(call, which, () => ({ type: 'move', ...input }));

export const commentTicket = (call: Call, which: Which, text: string): Promise<TicketState> =>
  command(call, which, () => ({ type: 'comment', text }));

/** @throws Refused `unknown_member` when nobody of that id works here */
export const assignTicket = (call: Call, which: Which, memberId: string | null): Promise<TicketState> =>
  command(call, which, async (tx) => {
    if (memberId !== null && !(await memberIs(tx, call.house.id, memberId)))
      throw new Refused({ code: 'unknown_member' });
    return { type: 'assign', memberId };
  });

/** Puts a ticket in the hold of another, by its reference, or takes it out. */
export const attachTicket = (call: Call, which: Which, holder: string | null): Promise<TicketState> =>
  command(call, which, async (tx, state) => {
    if (holder === null) return { type: 'attach', holder: null };
    const holding = [...call.house.apps.values()].find(
      ({ definition }) => definition.holds?.app === state.app,
    );
    if (!holding) throw new Refused({ code: 'holder_wrong_app', params: { holder } });
    const found = await lockByReference(tx, call.house.id, holding.app, holder);
    if (!found || !maySee(holding.definition, call.actor, found))
      throw new Refused({ code: 'holder_not_found', params: { holder } });
    if (found.closedAt !== null) throw new Refused({ code: 'holder_closed', params: { holder } });
    const nth = found.id === state.holderId ? (state.nth ?? 1) : await nextNth(tx, call.house.id, found.id);
    return { type: 'attach', holder: { id: found.id, nth, promiseAt: found.promiseAt } };
  });

export const undoTicket = (call: Call, which: Which): Promise<TicketState> =>
  command(call, which, async (tx, state) => ({
    type: 'undo',
    events: await eventsOf(tx, call.house.id, state.id),
  }));

interface Reference {
  readonly app: string;
  readonly reference: string;
}

/** A ticket by its reference, whoever may see it, asked together with what else is asked at this moment. */
export const lookUpTicket = reading(
  (tx, organisationId, wanted: readonly Reference[]) =>
    rowsByReference(tx, organisationId, [...new Set(wanted.map(({ reference }) => reference))]),
  (wanted, rows) =>
    wanted.map(({ app, reference }) => {
      const row = rows.find((one) => one.app === app && one.reference === reference);
      return row ? stateOf(row) : null;
    }),
);

/** A ticket that was found, when the actor sees it. */
export const seen = ({ house, actor }: Call, state: TicketState | null): TicketState | null =>
  state && maySee(appOf(house, state.app).definition, actor, state) ? state : null;

/** A ticket by its reference, when the actor sees it. */
export const seenByReference = async (
  tx: Tx,
  call: Call,
  { app, reference }: Reference,
): Promise<TicketState | null> => seen(call, await findByReference(tx, call.house.id, app, reference));

/** The log of a ticket that the actor sees, oldest first. */
export const historyOf = async (
  call: Call,
  which: { readonly app: string; readonly reference: string },
): Promise<{ readonly state: TicketState; readonly events: readonly LoggedEvent[] }> => {
  return asOrganisation(call.db, call.house.id, async (tx) => {
    const state = await seenByReference(tx, call, which);
    if (!state) throw new Refused({ code: 'not_found' });
    return { state, events: await eventsOf(tx, call.house.id, state.id) };
  });
};
