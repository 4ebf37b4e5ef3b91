import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { fieldKinds } from '../../src/engine/fields/index.ts';

const FIELDS = join(import.meta.dirname, '../../web/src/lib/fields');
const byName = (a: string, b: string): number => a.localeCompare(b);

test('every type of field is known on both sides: to the engine, and to the pages that show and ask it', () => {
  const known = Object.keys(fieldKinds).toSorted(byName);
  const drawn = readdirSync(FIELDS, { withFileTypes: true }).filter((one) => one.isDirectory());
  assert.deepEqual(drawn.map(({ name }) => name).toSorted(byName), known);
  for (const name of known) assert.ok(existsSync(join(FIELDS, name, 'Show.svelte')), `${name}/Show.svelte`);
});
