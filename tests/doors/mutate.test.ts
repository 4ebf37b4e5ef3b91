import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { decidedConditions, guardsTakenOut } from '../../scripts/mutate/conditions.ts';

const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);

test('a few guards of each kind, taken away on a copy, are each missed by a test', async () => {
  // The tests that should miss them are run here as well, on the project as it is.
  const few = ['scripts/mutate.ts', '--sample', '3', '--trust', '--parallel', '1'];
  const { stdout } = await run(process.execPath, few, { cwd: ROOT });
  assert.match(stdout, /^caught 12\/12$/mu, stdout);
});

test('every kind of guard is found in the sources', async () => {
  const { stdout } = await run(process.execPath, ['scripts/mutate.ts', '--list'], { cwd: ROOT });
  for (const [kind, least] of [
    ['permits', 180],
    ['engine', 300],
    ['policies', 250],
    ['checks', 380],
  ] as const) {
    const found = stdout.split('\n').filter((line) => line.startsWith(`${kind} `)).length;
    assert.ok(found >= least, `${found} of ${kind}`);
  }
  const tables = globSync('migrations/*.sql', { cwd: ROOT }).flatMap((file) =>
    [
      ...readFileSync(join(ROOT, file), 'utf8').matchAll(/^create table (\w+) \(\n\s+organisation_id /gmu),
    ].map(([, table]) => table),
  );
  assert.ok(tables.length > 30, `${tables.length} tables`);
  assert.deepEqual(
    tables.filter((table) => !stdout.includes(` ${table}: reads everything`)),
    [],
  );
});

test('what is taken away is a condition, its parts, and nothing else', () => {
  const guard = 'if (a || (b && c)) throw d; if (e) { f(); } if (g) return null;';
  assert.deepEqual(
    guardsTakenOut('x.ts', `const h = () => { ${guard} };`).map(({ was }) => was),
    ['a || (b && c)', 'a', 'b && c', 'g'],
  );
  assert.deepEqual(
    decidedConditions('x.ts', 'const may = (a: A): boolean => a.is && !a.not; const name = a || b;').map(
      ({ was, with: put }) => `${was} ${put}`,
    ),
    ['a.is && !a.not', 'a.is', '!a.not', 'a.not'].flatMap((was) => [`${was} true`, `${was} false`]),
  );
});
