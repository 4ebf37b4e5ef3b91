import { type Draft, sound, whole } from './draft.ts';
import { canEnd, type Course, coursesOf, type Passing, reachable, waysOf } from './graph.ts';
import { checkListed } from './names.ts';
import { list, type Report } from './report.ts';

const checkStep = (draft: Draft, report: Report): void => {
  for (const [name, step] of sound(draft.steps)) {
    const path = `steps.${name}`;
    checkListed(report, `${path}.waits`, 'role', step.waits ?? [], draft.roles);
    if (step.start && step.end)
      report.add(`${path}.end`, 'A step cannot be both the first and the last: remove `start` or `end`.');
    if (step.start && step.retired)
      report.add(
        `${path}.retired`,
        'No ticket stands on a retired step for the first time: write `start` in another step.',
      );
    for (const key of ['due', 'stuck', 'takes'] as const)
      if (step.end && step[key])
        report.add(`${path}.${key}`, `Nothing is late on a step that ends a ticket: remove \`${key}\`.`);
    if (step.end && step.waits)
      report.add(`${path}.waits`, 'Nothing waits on a step that ends a ticket: remove `waits`.');
  }
  const starts = sound(draft.steps).filter(([, step]) => step.start);
  if (whole(draft.steps) && starts.length === 0)
    report.add('steps', 'No step is the first: write `start: true` in the step where new tickets stand.');
  for (const [name] of starts.slice(1))
    report.add(
      `steps.${name}.start`,
      `\`${starts[0]?.[0]}\` is the first step already: write \`start: true\` in one step only.`,
    );
  if (whole(draft.steps) && !sound(draft.steps).some(([, step]) => step.end))
    report.add('steps', 'No step ends a ticket: write `end: true` in the steps where the work is over.');
};

const ofCourse = ({ choice }: Course): string => (choice === null ? '' : ` when the ticket is \`${choice}\``);

/** Every step is reached from the start, and no ticket is stranded on its way. */
const checkPassing = (passing: Passing, report: Report): void => {
  const courses = coursesOf(passing);
  const reached = new Set<string>();
  const stranded = new Map<string, Course[]>();
  for (const course of courses) {
    if (course.start === undefined) return;
    const ways = waysOf(passing, course.route);
    for (const step of reachable(ways, course.start)) {
      reached.add(step);
      if (!canEnd(passing, ways, step)) stranded.set(step, [...(stranded.get(step) ?? []), course]);
    }
  }
  for (const [name, step] of Object.entries(passing.steps)) {
    if (step.retired) {
      const ends = step.end || courses.some((course) => canEnd(passing, waysOf(passing, course.route), name));
      if (!ends)
        report.add(
          `steps.${name}`,
          `Tickets still on \`${name}\` could never end: write a move from \`${name}\` to a step that goes on.`,
        );
    } else if (!reached.has(name)) {
      report.add(
        `steps.${name}`,
        `No ticket can come to \`${name}\`: write a move to it, or remove the step.`,
      );
    }
    const courseOf = stranded.get(name);
    if (!courseOf) continue;
    const leaves = courseOf.some((course) => (waysOf(passing, course.route).get(name)?.size ?? 0) > 0);
    const all = courseOf.length === courses.length;
    const when = all
      ? ''
      : courseOf.length === 1 && courseOf[0]
        ? ofCourse(courseOf[0])
        : ` when the ticket is ${list(courseOf.map(({ choice }) => `${choice}`))}`;
    report.add(
      `steps.${name}`,
      leaves
        ? `From \`${name}\` a ticket moves on but never ends${when}: write a move that leads to a step with \`end: true\`.`
        : `A ticket cannot leave \`${name}\`${when}: write a move from it, or \`end: true\`.`,
    );
  }
};

export const checkSteps = (draft: Draft, report: Report): void => {
  checkStep(draft, report);
  const { routes } = draft.rest;
  if (!whole(draft.steps, draft.moves)) return;
  checkPassing(
    {
      steps: Object.fromEntries(sound(draft.steps)),
      moves: Object.fromEntries(sound(draft.moves)),
      ...(routes && { routes }),
    },
    report,
  );
};
