import { actorRef } from '../actor.ts';
import type { AppDefinition } from '../define.ts';
import type { Migration } from '../plan.ts';
import type { TicketState } from '../state.ts';
import type { Fields, Json } from '../values.ts';
import { type Context, decided, type Decision, refuse, UNKNOWN } from './context.ts';

/** A new version of the app calls things otherwise: the ticket follows. Only the frame does this. */
export interface Migrate {
  readonly type: 'migrate';
  readonly migration: Migration;
}

interface Parts {
  readonly fields: Fields;
  readonly sealed: Fields;
}

/** The values of a ticket under their new names, and on the side, sealed or not, where they now belong. */
const moved = ({ fields, sealed }: Parts, { renames, drops, seals, unseals }: Migration): Parts => {
  const after: { fields: Record<string, Json>; sealed: Record<string, Json> } = { fields: {}, sealed: {} };
  for (const [side, values] of [
    ['fields', fields],
    ['sealed', sealed],
  ] as const)
    for (const [former, value] of Object.entries(values)) {
      if (drops.includes(former)) continue;
      const name = renames.fields[former] ?? former;
      const choice = typeof value === 'string' ? renames.choices[name]?.[value] : undefined;
      const to = seals.includes(name) ? 'sealed' : unseals.includes(name) ? 'fields' : side;
      after[to][name] = choice ?? value;
    }
  return after;
};

/** What makes one set of values of the other: `null` empties. */
const changes = (before: Fields, after: Fields): Record<string, Json> => ({
  ...Object.fromEntries(
    Object.keys(before)
      .filter((name) => !(name in after))
      .map((name) => [name, null]),
  ),
  ...Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name] !== value)),
});

/** @param definition the new version */
export const migrate = (
  definition: AppDefinition,
  state: TicketState,
  { migration }: Migrate,
  context: Context,
): Decision => {
  if (context.actor.kind !== 'system') return refuse('forbidden');
  const after = moved(state, migration);
  const fields = changes(state.fields, after.fields);
  const sealed = changes(state.sealed, after.sealed);
  const to = migration.renames.steps[state.step] ?? state.step;
  const same = to === state.step && Object.keys(fields).length === 0 && Object.keys(sealed).length === 0;
  if (same) return refuse('nothing_to_change');
  return decided(
    definition,
    state,
    state.id,
    {
      type: 'migrated',
      version: state.version + 1,
      at: context.now,
      actor: actorRef(context.actor),
      sealed: Object.keys(sealed).length > 0 ? sealed : null,
      body: { fields, step: { from: state.step, to }, standing: UNKNOWN },
    },
    context,
  );
};
