import { actorRef } from '../actor.ts';
import { mayChangeSite, mayEdit } from '../access.ts';
import type { AppDefinition } from '../define.ts';
import { promiseOf } from '../promise.ts';
import type { Carried, TicketState } from '../state.ts';
import { type Context, decided, type Decision, refuse, UNKNOWN } from './context.ts';
import { type Fields, sameJson } from '../values.ts';
import { changesTo, missing, readValues } from './values.ts';

export interface Edit {
  readonly type: 'edit';
  /** The version the person had before their eyes. */
  readonly version: number;
  readonly fields: { readonly [name: string]: unknown };
  /** Absent: the ticket stays where it is. */
  readonly siteId?: string | null;
  /** This change is one half of moving a file: where its other half is. */
  readonly carried?: Carried;
}

/** Changes fields, or the site, of a ticket that has not ended. The step cannot be changed so. */
export const edit = (
  definition: AppDefinition,
  state: TicketState,
  command: Edit,
  context: Context,
): Decision => {
  const { actor, now } = context;
  if (state.closedAt !== null) return refuse('closed');
  const given = readValues(definition, command.fields, (field) => mayEdit(definition, actor, state, field));
  if (given.problems.length > 0)
    return given.problems.every(({ code }) => code === 'not_editable')
      ? refuse('forbidden', undefined, given.problems)
      : refuse('invalid', undefined, given.problems);
  const siteId = command.siteId === undefined ? state.siteId : command.siteId;
  if (siteId !== state.siteId && !mayChangeSite(definition, actor, state)) return refuse('forbidden');
  if (command.version !== state.version) return refuse('version_conflict', { version: state.version });
  const fields = changesTo(state.fields, given.fields);
  const sealed = changesTo(state.sealed, given.sealed);
  if (actor.kind === 'drop' && !addsOnly({ ...state.fields, ...state.sealed }, { ...fields, ...sealed }))
    return refuse('forbidden');
  const changed = [...Object.keys(fields), ...Object.keys(sealed)];
  if (changed.length === 0 && siteId === state.siteId) return refuse('nothing_to_change');
  const emptied = missing(
    changed.filter((name) => definition.fields[name]?.required),
    { ...fields, ...sealed },
  );
  if (emptied.length > 0) return refuse('invalid', undefined, emptied);
  const promised = promisedAnew(definition, state, fields, context);
  return decided(
    definition,
    state,
    state.id,
    {
      type: 'edited',
      version: state.version + 1,
      at: now,
      actor: actorRef(actor),
      sealed: Object.keys(sealed).length > 0 ? sealed : null,
      body: {
        fields,
        site: siteId,
        promise: promised,
        ...(command.carried && { carried: command.carried }),
        standing: UNKNOWN,
      },
    },
    context,
  );
};

/** The promise after these changes: counted again only when the field it is read from changes. */
export const promisedAnew = (
  definition: AppDefinition,
  state: TicketState,
  changes: { readonly [name: string]: unknown },
  context: Context,
): number | null =>
  definition.promise && 'field' in definition.promise && Object.hasOwn(changes, definition.promise.field)
    ? promiseOf(
        definition,
        { ...state.fields, ...(changes as TicketState['fields']) },
        state.createdAt,
        context.open,
        null,
      )
    : state.promiseAt;

/** Is everything that was in these lists still there, in its place? */
const addsOnly = (before: Fields, after: Fields): boolean =>
  Object.entries(after).every(([name, list]) => {
    const had = before[name] ?? [];
    return Array.isArray(had) && Array.isArray(list) && sameJson(list.slice(0, had.length), had);
  });
