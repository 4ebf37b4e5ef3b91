import { canonicalJson } from '../canonical.ts';
import type { AppDefinition, Choice, Field, FieldType, Text } from '../define.ts';
import { type Change, type Live, type Renamed, renamed, tickets } from './change.ts';

type Choices = { readonly [name: string]: Text | Choice };

const said = (choice: Text | Choice | undefined): Partial<Choice> =>
  typeof choice === 'object' && 'label' in choice ? choice : {};

/** New names of choices by old ones, for every field that is a choice before and after; by the field's new name. */
export const renamedChoices = (
  old: AppDefinition,
  next: AppDefinition,
  fields: Renamed,
): { readonly [field: string]: Renamed } => {
  const choices: { [field: string]: Renamed } = {};
  for (const [former, field] of Object.entries(old.fields)) {
    const name = fields[former] ?? former;
    const after = next.fields[name];
    if (field.is !== 'choice' || after?.is !== 'choice') continue;
    const now = Object.fromEntries(Object.entries(after.of).map(([choice, of]) => [choice, said(of)]));
    const changed = renamed(field.of, now);
    if (Object.keys(changed).length > 0) choices[name] = { ...choices[name], ...changed };
  }
  return choices;
};

/** Types that read every value of another. */
const WIDER: { readonly [T in FieldType]?: readonly FieldType[] } = {
  text: ['longtext'],
  phone: ['text', 'longtext'],
  email: ['text', 'longtext'],
};

const changedChoices = (
  path: string,
  before: Choices,
  after: Choices,
  changed: Renamed,
  counts: { readonly [choice: string]: number },
): Change[] => {
  const changes: Change[] = [];
  for (const choice of Object.keys(before)) {
    const count = counts[choice] ?? 0;
    const to = changed[choice];
    if (to !== undefined && Object.hasOwn(before, to))
      changes.push({
        path: `${path}.of.${to}`,
        weight: count > 0 ? 'destructive' : 'safe',
        message: `\`${choice}\` and \`${to}\` become one choice: ${tickets(count)} will only say \`${to}\`.`,
      });
    else if (to !== undefined)
      changes.push({
        path: `${path}.of.${to}`,
        weight: 'safe',
        message: `The choice \`${choice}\` is called \`${to}\`: ${tickets(count)} will be renamed.`,
      });
    else if (!Object.hasOwn(after, choice) && count > 0)
      changes.push({
        path: `${path}.of.${choice}`,
        weight: 'needs an answer',
        message: `${tickets(count)} say \`${choice}\`, which the new version does not have.`,
        write: `\`was: '${choice}'\` in the choice that takes its place, or keep \`${choice}\` with \`retired: true\``,
      });
    else if (!Object.hasOwn(after, choice))
      changes.push({
        path: `${path}.of.${choice}`,
        weight: 'safe',
        message: `The choice \`${choice}\`, which no ticket has, is removed.`,
      });
    else if (said(after[choice]).retired && !said(before[choice]).retired)
      changes.push({
        path: `${path}.of.${choice}`,
        weight: 'safe',
        message: `\`${choice}\` is no longer offered; ${tickets(count)} keep it.`,
      });
  }
  for (const choice of Object.keys(after))
    if (!Object.hasOwn(before, choice) && !Object.values(changed).includes(choice))
      changes.push({
        path: `${path}.of.${choice}`,
        weight: 'safe',
        message: `The choice \`${choice}\` is new.`,
      });
  return changes;
};

const changedType = (path: string, former: string, before: Field, after: Field, count: number): Change => {
  const readable = count === 0 || WIDER[before.is]?.includes(after.is) === true;
  return {
    path: `${path}.is`,
    weight: readable ? 'safe' : 'needs an answer',
    message: `The type changes from ${before.is} to ${after.is}; ${tickets(count)} ${count === 1 ? 'has' : 'have'} a value.`,
    ...(!readable && {
      write: `another name for the new field, and keep \`${former}\` as it was with \`retired: true\``,
    }),
  };
};

const changedSeal = (path: string, before: Field, after: Field, count: number): Change[] => {
  if (before.sealed === after.sealed) return [];
  return after.sealed
    ? [
        {
          path: `${path}.sealed`,
          weight: 'safe',
          message: `The values of ${tickets(count)} become personal data, read only by roles that reveal them.`,
        },
      ]
    : [
        {
          path: `${path}.sealed`,
          weight: count > 0 ? 'destructive' : 'safe',
          message: `The values of ${tickets(count)} are no longer sealed: everybody who sees the ticket reads them.`,
        },
      ];
};

/** Place and time that photographs were stripped of go out from now on: what has left does not come back. */
const changedMetadata = (path: string, before: Field, after: Field, count: number): Change[] => {
  if (before.is !== 'files' || after.is !== 'files' || before.metadata === after.metadata) return [];
  return after.metadata === 'kept'
    ? [
        {
          path: `${path}.metadata`,
          weight: count > 0 ? 'destructive' : 'safe',
          message: `Photographs of ${tickets(count)} go out with their place and time from now on.`,
        },
      ]
    : [
        {
          path: `${path}.metadata`,
          weight: 'safe',
          message: `Photographs of ${tickets(count)} go out without their place and time from now on; what is kept stays whole.`,
        },
      ];
};

/** What becomes of every field, and of the values that tickets have. */
export const changedFields = (
  old: AppDefinition,
  next: AppDefinition,
  fields: Renamed,
  live: Live,
): readonly Change[] => {
  const changes: Change[] = [];
  const choices = renamedChoices(old, next, fields);
  for (const [former, before] of Object.entries(old.fields)) {
    const name = fields[former] ?? former;
    const after = next.fields[name];
    const count = live.fieldCounts[former] ?? 0;
    const path = `fields.${name}`;
    const told = changes.length;
    if (!after) {
      changes.push({
        path,
        weight: count > 0 ? 'destructive' : 'safe',
        message:
          count > 0
            ? `The field \`${former}\` is removed, and the values of ${tickets(count)} with it.`
            : `The field \`${former}\`, which no ticket has, is removed.`,
        ...(count > 0 && {
          write: `\`${former}\` with \`retired: true\` to keep the values, or \`was: '${former}'\` in the field that takes its place`,
        }),
      });
      continue;
    }
    if (name !== former) {
      const merges = Object.hasOwn(old.fields, name);
      changes.push({
        path,
        weight: merges && count > 0 ? 'destructive' : 'safe',
        message: merges
          ? `\`${former}\` takes the place of \`${name}\`: where a ticket has both, what \`${name}\` said goes.`
          : `The field \`${former}\` is called \`${name}\`: ${tickets(count)} will be renamed.`,
      });
    }
    if (before.is !== after.is) changes.push(changedType(path, former, before, after, count));
    else if (before.is === 'choice' && after.is === 'choice')
      changes.push(
        ...changedChoices(path, before.of, after.of, choices[name] ?? {}, live.choiceCounts[former] ?? {}),
      );
    changes.push(...changedSeal(path, before, after, count), ...changedMetadata(path, before, after, count));
    if (after.required && !before.required)
      changes.push({
        path: `${path}.required`,
        weight: 'safe',
        message: `\`${name}\` is required to open a ticket; those that are open stay as they are.`,
      });
    if (after.retired && !before.retired)
      changes.push({
        path: `${path}.retired`,
        weight: 'safe',
        message: `\`${name}\` is no longer asked; ${tickets(count)} keep their value.`,
      });
    if (changes.length === told && canonicalJson(before) !== canonicalJson(after))
      changes.push({
        path,
        weight: 'safe',
        message: `\`${name}\` says something else of itself; no value changes.`,
      });
  }
  const taken = new Set(Object.values(fields));
  for (const name of Object.keys(next.fields))
    if (!Object.hasOwn(old.fields, name) && !taken.has(name))
      changes.push({ path: `fields.${name}`, weight: 'safe', message: `The field \`${name}\` is new.` });
  return changes;
};
