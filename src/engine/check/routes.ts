import { asList, type Draft, sound, whole } from './draft.ts';
import { checkTwice } from './names.ts';
import type { Report } from './report.ts';

const checkBy = (draft: Draft, report: Report, by: string): readonly string[] | null => {
  if (!report.known('routes.by', 'field', by, Object.keys(draft.fields))) return null;
  const field = draft.fields[by];
  if (!field) return null;
  if (field.is !== 'choice') {
    report.add('routes.by', `\`${by}\` is of type ${field.is}: name a field of type \`choice\`.`);
    return null;
  }
  if (!field.required)
    report.add(`fields.${by}.required`, `A ticket without \`${by}\` has no route: write \`required: true\`.`);
  if (field.sealed)
    report.add(
      `fields.${by}.sealed`,
      `Everybody sees where a ticket goes: remove \`sealed\` from \`${by}\`.`,
    );
  return Object.keys(field.of);
};

/** Each step of a route leads to the one after it by some move. */
const checkPath = (draft: Draft, report: Report, path: string, route: readonly string[]): void => {
  for (const [index, step] of route.entries()) {
    const next = route[index + 1];
    if (!report.known(`${path}.${index}`, 'step', step, Object.keys(draft.steps))) continue;
    if (draft.steps[step]?.end && next !== undefined)
      report.add(
        `${path}.${index}`,
        `\`${step}\` ends a ticket, so nothing comes after it: move it to the end of the route.`,
      );
    if (next === undefined || !(next in draft.steps) || !whole(draft.moves)) continue;
    const leads = sound(draft.moves).some(
      ([, move]) => asList(move.from).includes(step) && (move.to === next || move.to === '$next'),
    );
    if (!leads)
      report.add(
        `${path}.${index}`,
        `No move leads from \`${step}\` to \`${next}\`: write one with \`from: '${step}'\` and \`to: '$next'\`, or correct the route.`,
      );
  }
};

/** There is one route for each choice, and moves allow it. */
export const checkRoutes = (draft: Draft, report: Report): void => {
  const { routes } = draft.rest;
  if (!routes) return;
  const choices = checkBy(draft, report, routes.by);
  for (const [choice, route] of Object.entries(routes.of)) {
    const path = `routes.of.${choice}`;
    if (choices && !report.known(path, `choice of \`${routes.by}\``, choice, choices)) continue;
    if (route.length === 0) report.add(path, 'A route has at least one step: write them in their order.');
    checkTwice(report, path, route);
    checkPath(draft, report, path, route);
    const first = route[0];
    if (first !== undefined && draft.steps[first]?.retired)
      report.add(
        `${path}.0`,
        `\`${first}\` is retired, and the route starts there: begin with another step.`,
      );
  }
  for (const choice of choices ?? [])
    if (!Object.hasOwn(routes.of, choice))
      report.add(
        `routes.of.${choice}`,
        `A ticket that is \`${choice}\` has no route: write \`${choice}: ['…', '…']\`.`,
      );
};
