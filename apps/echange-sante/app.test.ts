import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWellDefined } from '../../tests/harness/definitions.ts';
import echange from '../echange/app.ts';
import echangeSante from './app.ts';

isWellDefined(echangeSante);

test('health data passes by the same fields and steps, and nobody follows it by a link alone', () => {
  assert.equal(echangeSante.classification, 'health');
  assert.deepEqual(echangeSante.fields, echange.fields);
  assert.deepEqual(echangeSante.steps, echange.steps);
  assert.deepEqual(Object.keys(echangeSante.roles), ['coordinator', 'reader', 'owner']);
  for (const move of Object.values(echangeSante.moves)) assert.ok(!move.by.includes('partner'));
});

test('a space for health data holds hand-overs of health data', () => {
  assert.equal(echangeSante.holds?.app, 'remise-sante');
  assert.equal(echange.holds?.app, 'remise');
});
