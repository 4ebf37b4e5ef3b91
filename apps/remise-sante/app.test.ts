import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWellDefined } from '../../tests/harness/definitions.ts';
import remise from '../remise/app.ts';
import remiseSante from './app.ts';

isWellDefined(remiseSante);

test('health data passes by the same fields and steps, and nobody follows it by a link alone', () => {
  assert.equal(remiseSante.classification, 'health');
  assert.deepEqual(remiseSante.fields, remise.fields);
  assert.deepEqual(remiseSante.steps, remise.steps);
  assert.deepEqual(Object.keys(remiseSante.roles), ['coordinator', 'reader', 'owner']);
  for (const move of Object.values(remiseSante.moves)) assert.ok(!move.by.includes('partner'));
});
