import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';

const fixtures = join(import.meta.dirname, 'fixtures');
const configurationFile = join(import.meta.dirname, '../../.dependency-cruiser.js');
const { default: configuration } = (await import(configurationFile)) as { default: IConfiguration };
const rules = configuration.forbidden ?? [];

/** The names of the walls that a small tree of files, laid out as the project is, breaks. */
async function broken(tree: string): Promise<string[]> {
  const folders = ['src', 'apps', 'client', 'web', 'tests'].filter((folder) =>
    existsSync(join(tree, folder)),
  );
  const options = await extractOptions(configurationFile);
  const { output } = await cruise(folders, {
    ...options,
    baseDir: tree,
    ruleSet: configuration,
    validate: true,
  });
  return [...new Set((output as ICruiseResult).summary.violations.map(({ rule }) => rule.name))];
}

for (const { name = '' } of rules) {
  // asvs 15.2.3
  test(`the wall ${name} holds against the file that breaks it`, async () => {
    assert.ok((await broken(join(fixtures, name))).includes(name));
  });
}

test('every fixture has its wall', () => {
  assert.deepEqual(
    readdirSync(fixtures).toSorted((a, b) => a.localeCompare(b)),
    rules.map(({ name = '' }) => name).toSorted((a, b) => a.localeCompare(b)),
  );
});
