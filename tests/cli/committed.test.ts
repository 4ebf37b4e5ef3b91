import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openApiFiles } from '../../src/cli/commands/openapi.ts';
import { ROOT } from '../../src/cli/project.ts';
import { run } from './run.ts';

test('openapi.json and the client’s types are those of the routes', async () => {
  for (const { path, text } of await openApiFiles())
    assert.ok(
      readFileSync(join(ROOT, path), 'utf8') === text,
      `${path} is stale: run \`npm run vigie -- openapi --write\`, and look at what changes.`,
    );
});

test('the document can be asked for, and every write of it says whom it lets in', async () => {
  const { exit, out } = await run(['openapi', '--json']);
  assert.equal(exit, 0);
  const document = JSON.parse(out) as {
    openapi: string;
    paths: Record<string, Record<string, { security?: unknown }>>;
  };
  assert.match(document.openapi, /^3\.1/u);
  for (const [path, item] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(item))
      assert.ok(Array.isArray(operation.security), `${method} ${path} says nothing of whom it lets in`);
});

// asvs 8.1.1 8.1.2
test('the matrices are looked at without a change, and say so', async () => {
  const { exit, out } = await run(['matrix']);
  assert.deepEqual([exit, out], [0, 'Every table is up to date.\n']);
});
