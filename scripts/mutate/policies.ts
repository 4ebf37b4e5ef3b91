import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { lineOf, type Mutant } from './mutant.ts';

const KILLERS = [
  {
    file: 'tests/http/walls.test.ts',
    titles: 'with the engine out of the way|without an organisation|events cannot be',
  },
  { file: 'tests/doors/rights.test.ts' },
  { file: 'tests/http/log.test.ts' },
];

/** Tables and the migration, with its line, that puts them behind the wall. */
const walled = (
  files: ReadonlyMap<string, string>,
): readonly (readonly [table: string, file: string, line: number])[] =>
  [...files].flatMap(([file, text]) => [
    ...[
      ...text.matchAll(
        /foreach tenant in array array\[([^\]]*)\] loop\s+execute format\('alter table %I enable/gu,
      ),
    ].flatMap((loop) =>
      [...(loop[1] ?? '').matchAll(/'(\w+)'/gu)].map(
        ([, table = '']) => [table, file, lineOf(text, loop.index)] as const,
      ),
    ),
    ...[...text.matchAll(/create policy own_organisation on (\w+)/gu)].map(
      (policy) => [policy[1] ?? '', file, lineOf(text, policy.index)] as const,
    ),
  ]);

const OPEN: readonly (readonly [what: string, sql: (table: string) => string])[] = [
  ['reads everything', (table) => `alter policy own_organisation on ${table} using (true);`],
  ['writes everywhere', (table) => `alter policy own_organisation on ${table} with check (true);`],
  [
    'no wall at all',
    (table) =>
      `drop policy own_organisation on ${table}; create policy open on ${table} using (true) with check (true); grant all on ${table} to vigie_app;`,
  ],
  ['not forced', (table) => `alter table ${table} no force row level security;`],
  ['switched off', (table) => `alter table ${table} disable row level security;`],
];

/** Where vigie_app has no right to write at all, what a policy says of writing is never asked. */
const READ_ONLY = new Set(['event_order', 'log_head']);

/**
 * Every row-level policy opened, every view of one without its condition, every right that was taken away left there,
 * every change of somebody's rights unnoticed.
 */
export const policyMutants = (root: string): readonly Mutant[] => {
  const files = new Map(
    globSync('migrations/*.sql', { cwd: root })
      .toSorted()
      .map((file) => [file, readFileSync(join(root, file), 'utf8')] as const),
  );
  const [last = '', lastText = ''] = [...files].at(-1) ?? [];
  const opened = walled(files).flatMap(([table, file, line]) =>
    OPEN.filter(([what]) => what !== 'writes everywhere' || !READ_ONLY.has(table)).map(([what, sql]) => ({
      kind: 'policies' as const,
      // The change is made where every table is there; what is shown is where the wall is built.
      file: last,
      line: lastText.split('\n').length,
      what: `${file}:${line} ${table}: ${what}`,
      change: { start: lastText.length, end: lastText.length, with: `\n${sql(table)}\n` },
      killers: KILLERS,
      shows: [table],
    })),
  );
  const taken = [...files].flatMap(([file, text]) =>
    [
      ...text.matchAll(/^revoke [^;]+ from vigie_\w+;/gmu),
      ...text.matchAll(
        /\n\s+where organisation_id::text = current_setting\('vigie\.organisation'\)::uuid::text(?=;)/gu,
      ),
      ...text.matchAll(
        / where organisation_id::text = current_setting\('vigie\.organisation'\)::uuid::text(?=;)/gu,
      ),
    ].map((match) => ({
      kind: 'policies' as const,
      file,
      line: lineOf(text, match.index) + (match[0].startsWith('\n') ? 1 : 0),
      what: `without: ${match[0].trim()}`,
      change: { start: match.index, end: match.index + match[0].length, with: '' },
      killers: KILLERS,
    })),
  );
  const unnoticed = [...files].flatMap(([file, text]) =>
    [...text.matchAll(/^create trigger \w+_standing [^;]+;/gmu)].map((match) => ({
      kind: 'policies' as const,
      file,
      line: lineOf(text, match.index),
      what: `without: ${match[0].split('\n')[0]}`,
      change: { start: match.index, end: match.index + match[0].length, with: '' },
      killers: [{ file: 'tests/http/standing.test.ts' }],
    })),
  );
  return [...opened, ...taken, ...unnoticed];
};
