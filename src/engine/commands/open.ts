import { actorRef } from '../actor.ts';
import { mayOpen, mayWriteAtOpening } from '../access.ts';
import type { AppDefinition } from '../define.ts';
import { promiseOf } from '../promise.ts';
import { startStep } from '../steps.ts';
import { type Context, decided, type Decision, refuse, UNKNOWN } from './context.ts';
import { missing, readValues } from './values.ts';

export interface Open {
  readonly type: 'open';
  readonly id: string;
  readonly reference: string;
  readonly fields: { readonly [name: string]: unknown };
  readonly siteId: string | null;
  readonly holder: { readonly id: string; readonly nth: number; readonly promiseAt: number | null } | null;
  /** Only an import has one: the row's name where it comes from. */
  readonly source?: string;
}

/** Opens a ticket; `now` of the context is when it was opened. */
export const open = (definition: AppDefinition, command: Open, context: Context): Decision => {
  const { actor, now } = context;
  if (!mayOpen(definition, actor, command.siteId)) return refuse('forbidden');
  const given = readValues(definition, command.fields, (field) =>
    mayWriteAtOpening(definition, actor, field),
  );
  const required = Object.entries(definition.fields)
    .filter(([, field]) => field.required && !field.retired)
    .map(([name]) => name);
  const wrong = new Set(given.problems.map((problem) => problem.path.split('.')[1]));
  const problems = [
    ...given.problems,
    ...missing(
      required.filter((name) => !wrong.has(name)),
      { ...given.fields, ...given.sealed },
    ),
  ];
  if (problems.length > 0) return refuse('invalid', undefined, problems);
  return decided(
    definition,
    null,
    command.id,
    {
      type: 'opened',
      version: 1,
      at: now,
      actor: actorRef(actor),
      sealed: Object.keys(given.sealed).length > 0 ? given.sealed : null,
      body: {
        app: definition.app,
        reference: command.reference,
        step: startStep(definition, given.fields),
        site: command.siteId,
        holder: command.holder?.id ?? null,
        nth: command.holder?.nth ?? null,
        promise: promiseOf(definition, given.fields, now, context.open, command.holder?.promiseAt ?? null),
        source: command.source ?? null,
        fields: given.fields,
        standing: UNKNOWN,
      },
    },
    context,
  );
};
