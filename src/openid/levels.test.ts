import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assuranceOf, levelsFor } from './levels.ts';

const levels = [
  { acr: 'eidas1', gives: 'low' },
  { acr: 'eidas2', gives: 'medium' },
  { acr: 'eidas3', gives: 'strong' },
] as const;

test('a level gives what it is worth, and one nobody knows gives the least', () => {
  const provider = { levels: [...levels], minimum: undefined };
  assert.equal(assuranceOf(provider, 'eidas1'), 'low');
  assert.equal(assuranceOf(provider, 'eidas3'), 'strong');
  assert.equal(assuranceOf(provider, 'EIDAS3'), 'low');
  assert.equal(assuranceOf(provider, undefined), 'low');
  assert.equal(assuranceOf({ levels: [], minimum: undefined }, 'eidas3'), 'low');
});

test('where a minimum is set, more than it passes, and what is less or unknown is refused', () => {
  const provider = { levels: [...levels], minimum: 'eidas2' };
  assert.equal(assuranceOf(provider, 'eidas2'), 'medium');
  assert.equal(assuranceOf(provider, 'eidas3'), 'strong');
  for (const acr of ['eidas1', 'loa4', '', undefined]) assert.equal(assuranceOf(provider, acr), null);
});

test('a provider is asked for every level that will do, and for none when any will', () => {
  const provider = { levels: [...levels], minimum: undefined };
  assert.deepEqual(levelsFor(provider, 'low'), []);
  assert.deepEqual(levelsFor(provider, 'medium'), ['eidas2', 'eidas3']);
  assert.deepEqual(levelsFor(provider, 'strong'), ['eidas3']);
  assert.deepEqual(levelsFor({ ...provider, minimum: 'eidas2' }, 'low'), ['eidas2', 'eidas3']);
  assert.deepEqual(levelsFor({ levels: [], minimum: undefined }, 'strong'), []);
});
