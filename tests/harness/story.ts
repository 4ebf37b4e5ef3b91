import type { AppDefinition } from '../../src/engine/define.ts';
import type { Demo, DemoAct, DemoFields, DemoTicket } from '../../src/engine/demo.ts';

/** The same files have the same ids wherever they are told: the engine knows no more of them. */
const idOf = (index: number): { readonly id: string } => ({
  id: `0197e1a0-0000-7000-8000-${String(index).padStart(12, '0')}`,
});

const withIds = (definition: AppDefinition | undefined, fields: DemoFields): DemoFields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) =>
      definition?.fields[name]?.is === 'files' && Array.isArray(value)
        ? [name, value.map((_file, index) => idOf(index))]
        : [name, value],
    ),
  );

const actWithIds = (definition: AppDefinition | undefined, act: DemoAct): readonly DemoAct[] => {
  if ('move' in act) return [act.fields ? { ...act, fields: withIds(definition, act.fields) } : act];
  if (!('edit' in act)) return [act];
  return act.stopped ? [] : [{ ...act, edit: withIds(definition, act.edit) }];
};

/** A story as the engine alone tells it: files are their ids, and what the guard stops is not tried. */
export const storyOfIds = (demo: Demo, definitions: readonly AppDefinition[]): Demo => {
  const of = (app: string | undefined): AppDefinition | undefined =>
    definitions.find((one) => one.app === app);
  return {
    ...demo,
    tickets: demo.tickets.map((ticket): DemoTicket => {
      const own = of(ticket.app);
      const inner = of(own?.holds?.app);
      return {
        ...ticket,
        fields: withIds(own, ticket.fields),
        ...(ticket.holds && { holds: ticket.holds.map((fields) => withIds(inner, fields)) }),
        ...(ticket.acts && {
          acts: ticket.acts.flatMap((act) => actWithIds(act.held === undefined ? own : inner, act)),
        }),
      };
    }),
  };
};
