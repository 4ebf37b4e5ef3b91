import type { z } from 'zod';
import { list, nearest, type Report } from './report.ts';
import { keysAt } from './shape.ts';

type Issue = z.core.$ZodIssue;

const WRITE: { readonly [expected: string]: string } = {
  string: 'write a text in quotes',
  object: 'write an object: `{ … }`',
  record: 'write an object: `{ … }`',
  array: 'write a list: `[ … ]`',
  number: 'write a number',
};

/** What zod says by itself begins so; what a schema of ours says does not. */
const ownWords = (message: string): boolean => !/^(Invalid|Too|Unrecognized)/u.test(message);

/** The few values that may stand there. */
const optionsOf = (issue: Issue): readonly string[] | undefined => {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'invalid_union' && 'options' in issue ? issue.options?.map(String) : undefined;
};

const instruction = (issue: Issue): string => {
  if (ownWords(issue.message)) return issue.message;
  const options = optionsOf(issue);
  if (options) return `write one of ${list(options, 20)}`;
  if (issue.code === 'too_small') return 'write at least one';
  return (
    (issue.code === 'invalid_type' && WRITE[issue.expected]) || 'write what the documentation of apps says'
  );
};

const at = (path: readonly PropertyKey[]): string => path.map(String).join('.');

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );

const shown = (value: unknown): string => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return `\`${JSON.stringify(value)}\` cannot stand here`;
  if (value === null) return '`null` cannot stand here';
  return Array.isArray(value) ? 'A list cannot stand here' : 'What stands here is not right';
};

/** Says what is wrong with the shape of a definition, a sentence for each issue. */
export const reportIssues = (value: unknown, issues: readonly Issue[], report: Report): void => {
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(issue.path, valueAt(value, issue.path));
      for (const key of issue.keys) {
        const near = nearest(key, known);
        const hint = near ? `did you mean \`${near}\`?` : `remove it, or write one of ${list(known, 20)}.`;
        report.add(
          at([...issue.path, key]),
          `There is nothing called \`${key}\` here: ${hint}`,
          known.join(', '),
        );
      }
      continue;
    }
    const found = valueAt(value, issue.path);
    const where = issue.path.at(-1);
    const instead = instruction(issue);
    const options = optionsOf(issue);
    const near = typeof found === 'string' && options ? nearest(found, options) : undefined;
    const hint = near ? `did you mean \`${near}\`?` : `${instead}.`;
    const missing = where === undefined ? 'There is no definition' : `\`${String(where)}\` is missing`;
    report.add(
      at(issue.path),
      `${found === undefined ? missing : shown(found)}: ${hint}`,
      options?.join(', '),
    );
  }
};
