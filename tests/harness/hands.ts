import assert from 'node:assert/strict';
import { movesNow } from '../../src/engine/access.ts';
import type { Actor } from '../../src/engine/actor.ts';
import { openTime } from '../../src/engine/calendar.ts';
import { type Command, decide } from '../../src/engine/decide.ts';
import type { AppDefinition } from '../../src/engine/define.ts';
import type { RefusalCode } from '../../src/engine/problem.ts';
import type { TicketState } from '../../src/engine/state.ts';

const DAY = 86_400_000;
const MONDAY = Date.UTC(2026, 2, 2);

/** Open from 9 to 18 every day of a year, in UTC. */
const open = openTime(
  Array.from({ length: 365 }, (_, day) => ({
    start: MONDAY + day * DAY + 9 * 3_600_000,
    end: MONDAY + day * DAY + 18 * 3_600_000,
    day: MONDAY / DAY + day,
  })),
  { from: MONDAY, to: MONDAY + 365 * DAY },
);

/** Somebody who has this role everywhere, and no other. */
export const hand = (definition: AppDefinition, role: string): Actor => ({
  kind: 'member',
  id: `a-${role}`,
  grants: [{ app: definition.app, role, siteId: null }],
  administrator: false,
});

/** Whoever holds a link to this ticket, by which they have the role. */
export const guestOf = (definition: AppDefinition, role: string, ticketId: string): Actor => ({
  kind: 'guest',
  id: `g-${role}`,
  grants: [{ app: definition.app, role, siteId: null }],
  administrator: false,
  within: { app: definition.app, ticketId },
});

const ask = (
  definition: AppDefinition,
  state: TicketState | null,
  role: string,
  command: Command,
  heldOpen: number,
): TicketState | RefusalCode => {
  const context = { actor: hand(definition, role), now: MONDAY + 10 * 3_600_000, open, heldOpen };
  const decision = decide(definition, state, command, context);
  return 'refusal' in decision ? decision.refusal.code : decision.state;
};

type Fields = { readonly [field: string]: unknown };

/** What becomes of a ticket that somebody with the role opens. */
export const opened = (definition: AppDefinition, role: string, fields: Fields): TicketState | RefusalCode =>
  ask(
    definition,
    null,
    role,
    { type: 'open', id: 't', reference: 'T-1', fields, siteId: null, holder: null },
    0,
  );

/** An open ticket; the test fails when the role may not open it so. */
export const ticket = (definition: AppDefinition, role: string, fields: Fields): TicketState => {
  const state = opened(definition, role, fields);
  assert.ok(typeof state === 'object', `${role} may not open this: ${JSON.stringify(state)}`);
  return state;
};

/** What becomes of a ticket on which somebody with the role makes a move. */
export const moved = (
  definition: AppDefinition,
  state: TicketState,
  role: string,
  move: string,
  given: { readonly fields?: Fields; readonly comment?: string; readonly heldOpen?: number } = {},
): TicketState | RefusalCode => {
  const { fields = {}, comment = null, heldOpen = 0 } = given;
  return ask(definition, state, role, { type: 'move', move, fields, comment }, heldOpen);
};

/** The ticket after these moves, all by one role; the test fails at the first that is refused. */
export const walk = (
  definition: AppDefinition,
  state: TicketState,
  role: string,
  moves: readonly string[],
): TicketState =>
  moves.reduce((before, move) => {
    const after = moved(definition, before, role, move);
    assert.ok(typeof after === 'object', `${move} from ${before.step} is refused: ${JSON.stringify(after)}`);
    return after;
  }, state);

/** The moves somebody with the role may make now, the main one first. */
export const mayNow = (definition: AppDefinition, state: TicketState, role: string): readonly string[] =>
  movesNow(definition, hand(definition, role), state, 0);
