import {
  type Actor,
  type AppDefinition,
  type Field,
  mayEdit,
  readingOf,
  type TicketState,
} from '../engine/index.ts';
import type { House } from '../organisations/index.ts';
import { actorNow } from '../people/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { statesById } from '../tickets/index.ts';
import { type DropRow, dropById } from './store.ts';

/** May they ask for files in this field: whoever edits it, and administrators who read it. */
export const mayAsk = (
  definition: AppDefinition,
  actor: Actor,
  state: TicketState,
  name: string,
): boolean => {
  const field = Object.hasOwn(definition.fields, name) ? definition.fields[name] : undefined;
  if (field?.is !== 'files' || field.retired || actor.within !== undefined) return false;
  return (
    mayEdit(definition, actor, state, name) ||
    (actor.administrator && readingOf(definition, actor, state)(name) === 'shown')
  );
};

/** A drop that stands, with what it puts files into. */
export interface Standing {
  readonly drop: DropRow;
  readonly state: TicketState;
  readonly definition: AppDefinition;
  readonly field: Field;
}

/**
 * Asks again whether a drop stands on this ticket: not ended, not over, its ticket open, its app there, and its maker let
 * in and still somebody who may ask for files in this field.
 */
export const stands = async (
  tx: Tx,
  house: House,
  drop: DropRow,
  state: TicketState | null | undefined,
  now: number,
): Promise<Standing | null> => {
  const definition = house.apps.get(drop.app)?.definition;
  if (drop.revokedAt !== null || drop.expiresAt.getTime() <= now || !definition) return null;
  if (!state || state.app !== drop.app || state.closedAt !== null) return null;
  const maker = await actorNow(tx, house.id, { kind: drop.createdKind, id: drop.createdBy }, now);
  if (!maker || !mayAsk(definition, maker, state, drop.field)) return null;
  const field = definition.fields[drop.field];
  return field ? { drop, state, definition, field } : null;
};

/** The same, of a drop by its id. */
export const standing = async (
  tx: Tx,
  house: House,
  dropId: string,
  now: number,
): Promise<Standing | null> => {
  const drop = await dropById(tx, house.id, dropId);
  if (!drop) return null;
  const state = (await statesById(tx, house.id, [drop.ticketId])).get(drop.ticketId);
  return stands(tx, house, drop, state, now);
};

/** How many more files its field takes. */
export const roomInField = ({ state, drop, field }: Standing): number => {
  const value = state.fields[drop.field] ?? state.sealed[drop.field];
  const most = field.is === 'files' ? (field.max ?? 200) : 0;
  return Math.max(0, most - (Array.isArray(value) ? value.length : 0));
};
