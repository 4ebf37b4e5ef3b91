import { canonicalJson } from '../canonical.ts';
import { canEnd, coursesOf, reachable, waysOf } from '../check/graph.ts';
import type { AppDefinition } from '../define.ts';
import { type Change, type Live, type Renamed, tickets } from './change.ts';

/** What becomes of every step, and of the tickets that stand on it. */
export const changedSteps = (
  old: AppDefinition,
  next: AppDefinition,
  steps: Renamed,
  live: Live,
): readonly Change[] => {
  const changes: Change[] = [];
  for (const [former, before] of Object.entries(old.steps)) {
    const name = steps[former] ?? former;
    const after = next.steps[name];
    const count = live.stepCounts[former] ?? 0;
    const path = `steps.${name}`;
    if (!after) {
      changes.push(
        count > 0
          ? {
              path,
              weight: 'needs an answer',
              message: `${tickets(count)} ${count === 1 ? 'stands' : 'stand'} on \`${former}\`, which the new version does not have.`,
              write: `\`was: '${former}'\` in the step that takes its place, or keep \`${former}\` with \`retired: true\` until it is empty`,
            }
          : { path, weight: 'safe', message: `The step \`${former}\`, where no ticket stands, is removed.` },
      );
      continue;
    }
    const merges = name !== former && Object.hasOwn(old.steps, name);
    if (merges)
      changes.push({
        path,
        weight: count > 0 ? 'destructive' : 'safe',
        message: `\`${former}\` and \`${name}\` become one step: ${tickets(count)} will stand on \`${name}\`.`,
      });
    else if (name !== former)
      changes.push({
        path,
        weight: 'safe',
        message: `The step \`${former}\` is called \`${name}\`: ${tickets(count)} will be renamed.`,
      });
    if ((before.end ?? false) !== (after.end ?? false))
      changes.push({
        path: `${path}.end`,
        weight: count > 0 ? 'destructive' : 'safe',
        message: after.end
          ? `\`${name}\` ends a ticket: ${tickets(count)} will be closed.`
          : `\`${name}\` no longer ends a ticket: ${tickets(count)} will be open again.`,
      });
    else if (name === former && canonicalJson(before) !== canonicalJson(after))
      changes.push({
        path,
        weight: 'safe',
        message: `\`${name}\` says something else of itself: what is due is counted again for ${tickets(count)}.`,
      });
  }
  const taken = new Set(Object.values(steps));
  for (const name of Object.keys(next.steps))
    if (!Object.hasOwn(old.steps, name) && !taken.has(name))
      changes.push({ path: `steps.${name}`, weight: 'safe', message: `The step \`${name}\` is new.` });
  return changes;
};

/**
 * Tickets that stand on a step the new version has, but that its moves and routes would never let end.
 * @param choices new names of the choices that routes go by
 */
export const strandedTickets = (
  old: AppDefinition,
  next: AppDefinition,
  renames: { readonly steps: Renamed; readonly fields: Renamed; readonly choices: Renamed },
  live: Live,
): readonly Change[] => {
  const by = old.routes?.by;
  const sameBy = by !== undefined && (renames.fields[by] ?? by) === next.routes?.by;
  const stranded = new Map<string, Set<string>>();
  for (const { choice, route, start } of coursesOf(old)) {
    if (start === undefined) continue;
    if (by !== undefined && choice !== null && (live.choiceCounts[by]?.[choice] ?? 0) === 0) continue;
    const now = sameBy && choice !== null ? (renames.choices[choice] ?? choice) : null;
    const courses = coursesOf(next).filter((course) => now === null || course.choice === now);
    for (const former of reachable(waysOf(old, route), start)) {
      const name = renames.steps[former] ?? former;
      if ((live.stepCounts[former] ?? 0) === 0 || !next.steps[name] || next.steps[name].end) continue;
      for (const course of courses)
        if (!canEnd(next, waysOf(next, course.route), name))
          stranded.set(name, (stranded.get(name) ?? new Set()).add(course.choice ?? ''));
    }
  }
  return [...stranded].map(([name, choices]) => {
    const which = [...choices].filter((choice) => choice !== '').map((choice) => `\`${choice}\``);
    return {
      path: `steps.${name}`,
      weight: 'needs an answer',
      message: `Tickets that stand on \`${name}\`${which.length > 0 ? ` and are ${which.join(' or ')}` : ''} could never end.`,
      write: `a move from \`${name}\` to a step of their route, or \`${name}\` in the route again`,
    };
  });
};
