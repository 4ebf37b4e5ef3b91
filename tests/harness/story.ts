import type { AppDefinition } from '../../src/engine/define.ts';
import type { Demo, DemoAct, DemoFields, DemoTicket } from '../../src/engine/demo.ts';

const withoutFiles = (definition: AppDefinition | undefined, fields: DemoFields): DemoFields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => definition?.fields[name]?.is !== 'files'));

const actWithoutFiles = (definition: AppDefinition | undefined, act: DemoAct): readonly DemoAct[] => {
  if ('move' in act) return [act.fields ? { ...act, fields: withoutFiles(definition, act.fields) } : act];
  if (!('edit' in act)) return [act];
  const edit = withoutFiles(definition, act.edit);
  return act.stopped || Object.keys(edit).length === 0 ? [] : [{ ...act, edit }];
};

/** A story as the engine alone tells it: nobody puts a file, and what the guard stops is not tried. */
export const storyWithoutFiles = (demo: Demo, definitions: readonly AppDefinition[]): Demo => {
  const of = (app: string | undefined): AppDefinition | undefined =>
    definitions.find((one) => one.app === app);
  return {
    ...demo,
    tickets: demo.tickets.map((ticket): DemoTicket => {
      const own = of(ticket.app);
      const inner = of(own?.holds?.app);
      return {
        ...ticket,
        fields: withoutFiles(own, ticket.fields),
        ...(ticket.holds && { holds: ticket.holds.map((fields) => withoutFiles(inner, fields)) }),
        ...(ticket.acts && {
          acts: ticket.acts.flatMap((act) => actWithoutFiles(act.held === undefined ? own : inner, act)),
        }),
      };
    }),
  };
};
