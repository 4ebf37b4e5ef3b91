import assert from 'node:assert/strict';
import { test } from 'node:test';
import voirie from '../../apps/voirie/app.ts';
import { definitionHash } from './hash.ts';

test('a definition has one hash, however its keys were ordered', () => {
  const reversed = Object.fromEntries(Object.entries(voirie).toReversed()) as unknown as typeof voirie;
  assert.match(definitionHash(voirie), /^[0-9a-f]{64}$/u);
  assert.equal(definitionHash(reversed), definitionHash(voirie));
});

test('a definition that says anything else has another hash', () => {
  assert.notEqual(definitionHash({ ...voirie, keep: '7 months' }), definitionHash(voirie));
});
