import type { Actor, Within } from './actor.ts';
import type { AnyPredicate, AppDefinition, Move, Role } from './define.ts';
import { matches } from './predicate.ts';
import type { TicketState } from './state.ts';
import { destination, isFrom } from './steps.ts';

type AnyRole = Role<string>;

interface Held {
  /** A role, by its name, and the sites it covers (`null`: every site). */
  readonly name: string;
  readonly role: AnyRole;
  readonly siteId: string | null;
}

/** Where a role given for a site counts inside a confinement to one; `undefined`: nowhere. */
const narrowed = (siteId: string | null, within: Within | undefined): string | null | undefined => {
  if (within?.siteId === undefined) return siteId;
  return siteId === null || siteId === within.siteId ? within.siteId : undefined;
};

type Roles = WeakMap<AppDefinition, readonly Held[]>;
const rolesOf = new WeakMap<Actor, Roles>();

const keep = <Key extends object, Value>(map: WeakMap<Key, Value>, key: Key, value: Value): Value => {
  map.set(key, value);
  return value;
};

/** The roles that an actor holds in an app: neither of the two ever changes, and many questions begin with it. */
const heldRoles = (definition: AppDefinition, actor: Actor): readonly Held[] => {
  const roles: Roles = rolesOf.get(actor) ?? keep(rolesOf, actor, new WeakMap());
  return roles.get(definition) ?? keep(roles, definition, rolesIn(definition, actor));
};

const rolesIn = (definition: AppDefinition, actor: Actor): readonly Held[] => {
  const { within } = actor;
  const guest = actor.kind === 'guest';
  // A guest without a ticket of their own is nobody.
  if ((within && within.app !== definition.app) || (guest && within?.ticketId === undefined)) return [];
  return actor.grants.flatMap((grant) => {
    const role = grant.app === definition.app ? definition.roles[grant.role] : undefined;
    const siteId = narrowed(grant.siteId, within);
    if (!role || siteId === undefined || (role.guest === true) !== guest) return [];
    return [{ name: grant.role, role, siteId }];
  });
};

const covers = (held: Held, siteId: string | null): boolean => held.siteId === null || held.siteId === siteId;

/** One part of what an actor sees: tickets of these sites that match. A ticket is seen when any part holds. */
export interface Sight {
  readonly siteId: string | null;
  readonly where: 'all' | AnyPredicate;
  /** Of these, only what is inside. */
  readonly within?: Within;
}

/** The one rule that filters lists and authorises reads. Empty: sees nothing. */
export const sightOf = (definition: AppDefinition, actor: Actor): readonly Sight[] =>
  heldRoles(definition, actor).flatMap(({ role, siteId }) =>
    role.sees === 'none' ? [] : [{ siteId, where: role.sees, ...(actor.within && { within: actor.within }) }],
  );

/** Is the ticket inside, to be seen; or to be acted on? */
const isInside = (within: Within | undefined, state: TicketState, to: 'see' | 'act'): boolean =>
  within === undefined ||
  ((within.ticketId === undefined || within.ticketId === state.id) &&
    (within.steps === undefined ||
      within.steps.includes(state.step) ||
      (to === 'see' && within.justMoved === state.id)));

const sees = (held: Held, state: TicketState, me: string | null): boolean =>
  covers(held, state.siteId) &&
  held.role.sees !== 'none' &&
  (held.role.sees === 'all' || matches(held.role.sees, state, me));

/** The roles by which this actor sees this ticket: all that they may do follows from these. */
const rolesOn = (definition: AppDefinition, actor: Actor, state: TicketState): readonly Held[] =>
  isInside(actor.within, state, 'see')
    ? heldRoles(definition, actor).filter((held) => sees(held, state, actor.id))
    : [];

/** The roles by which this actor acts on this ticket: where they are confined, seeing it may not be enough. */
const rolesFor = (definition: AppDefinition, actor: Actor, state: TicketState): readonly Held[] =>
  isInside(actor.within, state, 'act') ? rolesOn(definition, actor, state) : [];

/** Whoever is confined takes back only what was done from inside. */
export const mayTakeBack = (actor: Actor, before: TicketState): boolean =>
  isInside(actor.within, before, 'act');

export const maySee = (definition: AppDefinition, actor: Actor, state: TicketState): boolean =>
  rolesOn(definition, actor, state).length > 0;

export type Reading = 'shown' | 'sealed' | 'hidden';

const readingBy = (definition: AppDefinition, roles: readonly Held[], field: string): Reading => {
  const open = roles.filter(({ role }) => !role.hides?.includes(field));
  if (open.length === 0) return 'hidden';
  if (!definition.fields[field]?.sealed) return 'shown';
  return open.some(({ role }) => role.reveals?.includes(field)) ? 'shown' : 'sealed';
};

/** How the actor reads a field of this ticket: shown, known to be sealed, or not known at all. */
export const readingOf = (
  definition: AppDefinition,
  actor: Actor,
  state: TicketState,
): ((field: string) => Reading) => {
  const roles = rolesOn(definition, actor, state);
  return (field) => readingBy(definition, roles, field);
};

/** How the actor reads a field of tickets in general: what forms and column heads show. */
export const readingInGeneral = (definition: AppDefinition, actor: Actor): ((field: string) => Reading) => {
  const roles = heldRoles(definition, actor);
  return (field) => readingBy(definition, roles, field);
};

/** May the actor open a ticket at this site? With `undefined`, at some site. */
export const mayOpen = (
  definition: AppDefinition,
  actor: Actor,
  siteId: string | null | undefined,
): boolean =>
  actor.kind === 'import' ||
  ((actor.within === undefined || actor.within.opens === true) &&
    heldRoles(definition, actor).some(
      (held) => held.role.opens === true && (siteId === undefined || covers(held, siteId)),
    ));

/** Fields the actor may write when opening: every field that no opening role of theirs hides. */
export const mayWriteAtOpening = (definition: AppDefinition, actor: Actor, field: string): boolean =>
  actor.kind === 'import' ||
  heldRoles(definition, actor).some(({ role }) => role.opens && !role.hides?.includes(field));

const editsField = ({ role }: Held, definition: AppDefinition, field: string): boolean =>
  (role.edits === 'all' || (role.edits?.includes(field) ?? false)) &&
  !role.hides?.includes(field) &&
  (!definition.fields[field]?.sealed || (role.reveals?.includes(field) ?? false));

/** A drop puts files in the one field it was made for, whatever it is hidden from. */
const mayPut = (definition: AppDefinition, { within }: Actor, state: TicketState, field: string): boolean =>
  within !== undefined &&
  within.app === definition.app &&
  within.ticketId === state.id &&
  within.field === field &&
  definition.fields[field]?.is === 'files';

/** May the actor change this field outside a move? A drop may only add to it. */
export const mayEdit = (
  definition: AppDefinition,
  actor: Actor,
  state: TicketState,
  field: string,
): boolean =>
  (actor.kind === 'drop' && mayPut(definition, actor, state, field)) ||
  (actor.within === undefined &&
    rolesOn(definition, actor, state).some((held) => editsField(held, definition, field)));

/** Fields the actor may edit on some ticket. */
export const editableFields = (definition: AppDefinition, actor: Actor): readonly string[] =>
  Object.keys(definition.fields).filter(
    (field) =>
      actor.within === undefined &&
      heldRoles(definition, actor).some((held) => editsField(held, definition, field)),
  );

/** May the actor move tickets to another site? Those who edit every field. */
export const mayChangeSite = (definition: AppDefinition, actor: Actor, state: TicketState): boolean =>
  actor.within === undefined && rolesOn(definition, actor, state).some(({ role }) => role.edits === 'all');

type Faculty = 'comments' | 'assigns' | 'exports';

export const may = (
  definition: AppDefinition,
  actor: Actor,
  faculty: Faculty,
  state?: TicketState,
): boolean =>
  (actor.within === undefined || faculty === 'comments') &&
  (state ? rolesFor(definition, actor, state) : heldRoles(definition, actor)).some(
    ({ role }) => role[faculty] === true,
  );

const madeBy = (move: Move<string, string, string>, name: string): boolean =>
  typeof move.by === 'string' ? move.by === name : move.by.includes(name);

/** May the actor make this move on this ticket, whatever its step? */
export const mayMove = (
  definition: AppDefinition,
  actor: Actor,
  state: TicketState,
  move: Move<string, string, string>,
): boolean =>
  (actor.kind === 'system' && move.held === 'then') ||
  rolesFor(definition, actor, state).some((held) => madeBy(move, held.name));

/** The moves the actor could make on some ticket. */
export const movesOf = (definition: AppDefinition, actor: Actor): readonly string[] => {
  const roles = heldRoles(definition, actor);
  return Object.entries(definition.moves)
    .filter(
      ([, move]) =>
        roles.some((held) => madeBy(move, held.name)) &&
        (actor.within?.steps?.some((step) => isFrom(move, step)) ?? true),
    )
    .map(([name]) => name);
};

/** The moves the actor may make now, the main one first. `heldOpen` counts the held tickets that have not ended. */
export const movesNow = (
  definition: AppDefinition,
  actor: Actor,
  state: TicketState,
  heldOpen: number,
): readonly string[] => {
  const roles = rolesFor(definition, actor, state);
  return Object.entries(definition.moves)
    .filter(
      ([, move]) =>
        isFrom(move, state.step) &&
        roles.some((held) => madeBy(move, held.name)) &&
        destination(definition, move, state.step, state.fields) !== null &&
        (move.if === undefined || matches(move.if, state, actor.id)) &&
        (move.held === undefined || heldOpen === 0),
    )
    .toSorted(([, a], [, b]) => Number(b.main ?? false) - Number(a.main ?? false))
    .map(([name]) => name);
};
