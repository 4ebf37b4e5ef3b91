import { canonicalJson } from './canonical.ts';
import type { AppDefinition, CalendarSpan, Classification } from './define.ts';
import { type Change, type Live, type Migration, renamed, type Renamed, type Weight } from './plan/change.ts';
import { changedFields, renamedChoices } from './plan/fields.ts';
import { changedSteps, strandedTickets } from './plan/steps.ts';

export type { Change, Live, Migration, Weight };

export interface Plan {
  readonly changes: readonly Change[];
  readonly migration: Migration;
}

const ORDER: readonly Classification[] = ['public', 'internal', 'health'];

/** Days, as far as comparing two spans goes. */
const daysOf = (span: CalendarSpan): number => {
  const [count, unit] = span.split(' ');
  return Number(count) * (unit === 'years' ? 365.25 : unit === 'months' ? 30.4375 : 1);
};

const changedApp = (old: AppDefinition, next: AppDefinition, live: Live): Change[] => {
  const changes: Change[] = [];
  const any = Object.values(live.stepCounts).some((count) => count > 0);
  if (old.app !== next.app)
    changes.push({
      path: 'app',
      weight: 'needs an answer',
      message: `This is another app, \`${next.app}\`.`,
      write: `\`app: '${old.app}'\``,
    });
  if (ORDER.indexOf(next.classification) < ORDER.indexOf(old.classification))
    changes.push({
      path: 'classification',
      weight: any ? 'needs an answer' : 'safe',
      message: `The classification goes down from ${old.classification} to ${next.classification}, which is never done while there are tickets.`,
      ...(any && { write: `\`classification: '${old.classification}'\`` }),
    });
  if (next.keep !== undefined && (old.keep === undefined || daysOf(next.keep) < daysOf(old.keep)))
    changes.push({
      path: 'keep',
      weight: any ? 'destructive' : 'safe',
      message: `Sealed fields are kept ${next.keep}${old.keep ? ` in place of ${old.keep}` : ''} after the end: what is older is erased.`,
    });
  if (old.holds && old.holds.app !== next.holds?.app)
    changes.push({
      path: 'holds',
      weight: any ? 'destructive' : 'safe',
      message: `Tickets no longer hold those of \`${old.holds.app}\`: what is held now is shown nowhere in its holder.`,
    });
  if (old.reference !== next.reference)
    changes.push({
      path: 'reference',
      weight: 'safe',
      message: `New tickets are called \`${next.reference}\`; those there are keep their reference.`,
    });
  return changes;
};

const changedRoles = (old: AppDefinition, next: AppDefinition, roles: Renamed, live: Live): Change[] => {
  const changes: Change[] = [];
  for (const [former, before] of Object.entries(old.roles)) {
    const name = roles[former] ?? former;
    const after = next.roles[name];
    const count = live.roleCounts?.[former];
    const path = `roles.${name}`;
    if (!after)
      changes.push({
        path,
        weight: count === 0 ? 'safe' : 'destructive',
        message: `The role \`${former}\` is removed: ${count === undefined ? 'whoever has it' : `${count} with it`} can no longer use the app by it.`,
        ...(count !== 0 && { write: `\`was: '${former}'\` in the role that takes its place` }),
      });
    else if (after.guest && !before.guest)
      changes.push({
        path,
        weight: count === 0 ? 'safe' : 'destructive',
        message: `The role \`${name}\` is for guests' links alone: ${count === undefined ? 'whoever has it' : `${count} with it`} can no longer use the app by it.`,
      });
    else if (name !== former)
      changes.push({
        path,
        weight: 'safe',
        message: `The role \`${former}\` is called \`${name}\`: whoever has it keeps it.`,
      });
    else if (canonicalJson(before) !== canonicalJson(after))
      changes.push({
        path,
        weight: 'safe',
        message: `What \`${name}\` sees, reads or may do changes: compare the two matrices.`,
      });
  }
  const taken = new Set(Object.values(roles));
  for (const name of Object.keys(next.roles))
    if (!Object.hasOwn(old.roles, name) && !taken.has(name))
      changes.push({ path: `roles.${name}`, weight: 'safe', message: `The role \`${name}\` is new.` });
  return changes;
};

const changedMoves = (old: AppDefinition, next: AppDefinition): Change[] =>
  [...new Set([...Object.keys(old.moves), ...Object.keys(next.moves)])].flatMap((name): Change[] => {
    const [before, after] = [old.moves[name], next.moves[name]];
    const path = `moves.${name}`;
    if (!before) return [{ path, weight: 'safe', message: `The move \`${name}\` is new.` }];
    if (!after)
      return [
        { path, weight: 'safe', message: `The move \`${name}\` is no longer made; the history keeps it.` },
      ];
    if (canonicalJson(before) === canonicalJson(after)) return [];
    return [{ path, weight: 'safe', message: `The move \`${name}\` changes.` }];
  });

/** What is neither counted nor named elsewhere. */
const REST = ['title', 'noun', 'opening', 'routes', 'heading', 'promise', 'risk', 'notify'] as const;

const changedRest = (old: AppDefinition, next: AppDefinition): Change[] =>
  REST.filter((key) => canonicalJson(old[key] ?? null) !== canonicalJson(next[key] ?? null)).map((path) => ({
    path,
    weight: 'safe',
    message: `\`${path}\` changes.`,
  }));

/**
 * What installing `next` in place of `old` does, given what stands in the database. Both must have passed
 * `checkDefinition`. Counts change: the installer counts again in its own transaction.
 */
export const planVersion = (old: AppDefinition, next: AppDefinition, live: Live): Plan => {
  const steps = renamed(old.steps, next.steps);
  const fields = renamed(old.fields, next.fields);
  const roles = renamed(old.roles, next.roles);
  const choices = renamedChoices(old, next, fields);
  const by = next.routes?.by;
  const sealing = Object.entries(old.fields).flatMap(([former, before]) => {
    const name = fields[former] ?? former;
    const after = next.fields[name];
    return after && before.sealed !== after.sealed ? [{ name, sealed: after.sealed === true }] : [];
  });
  return {
    changes: [
      ...changedApp(old, next, live),
      ...changedFields(old, next, fields, live),
      ...changedSteps(old, next, steps, live),
      ...strandedTickets(
        old,
        next,
        { steps, fields, choices: (by === undefined ? undefined : choices[by]) ?? {} },
        live,
      ),
      ...changedRoles(old, next, roles, live),
      ...changedMoves(old, next),
      ...changedRest(old, next),
    ],
    migration: {
      renames: { steps, fields, roles, choices },
      drops: Object.keys(old.fields).filter((former) => !next.fields[fields[former] ?? former]),
      seals: sealing.filter(({ sealed }) => sealed).map(({ name }) => name),
      unseals: sealing.filter(({ sealed }) => !sealed).map(({ name }) => name),
    },
  };
};

/** The changes that stop an installation: the maker has not said what is meant. */
export const openAnswers = (plan: Plan): readonly Change[] =>
  plan.changes.filter(({ weight }) => weight === 'needs an answer');
