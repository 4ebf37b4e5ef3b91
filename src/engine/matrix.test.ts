import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineApp } from './define.ts';
import { exposureMatrix, matrixPath } from './matrix.ts';

const app = defineApp({
  app: 'club',
  title: 'Club',
  noun: { one: 'loan', many: 'loans' },
  reference: 'L-{seq}',
  classification: 'internal',
  keep: '1 years',
  fields: {
    what: { is: 'text', label: 'What', required: true },
    who: { is: 'contact', label: 'Who', sealed: true },
  },
  roles: {
    keeper: { label: 'Keeper', sees: 'all', reveals: ['who'], edits: 'all', opens: true, exports: true },
    helper: { label: 'Helper', sees: { $step: 'lent' }, edits: 'all' },
    guest: { label: 'Guest', sees: 'all', hides: ['what'] },
    nobody: { label: 'Nobody', sees: 'none' },
  },
  steps: { lent: { label: 'Lent', start: true }, back: { label: 'Back', end: true } },
  moves: {
    take: {
      label: 'Take',
      from: 'lent',
      to: 'back',
      by: ['keeper', 'helper'],
      asks: ['what!'],
      if: { what: { not: null } },
    },
  },
  notify: [{ on: 'late', to: 'keeper' }],
});

/** The cells of the row that begins with `name`. */
const row = (name: string): readonly string[] =>
  (
    exposureMatrix(app)
      .split('\n')
      .find((line) => line.startsWith(`| ${name} `)) ?? ''
  )
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

// asvs 8.1.2
test('the matrix says for each field who reads it, edits it, or does not know it', () => {
  assert.deepEqual(row('what'), [
    'what',
    'text, required',
    'reads, edits',
    'reads, edits',
    'hidden',
    'hidden',
  ]);
  assert.deepEqual(row('who'), ['who', 'contact, sealed', 'reads, edits', 'sealed', 'sealed', 'hidden']);
});

test('the matrix says for each move who may make it, what it asks and when', () => {
  assert.deepEqual(row('take'), [
    'take',
    'lent → back',
    'what!',
    '{"what":{"not":null}}',
    'may',
    'may',
    '',
    '',
  ]);
});

// asvs 8.1.1
test('the matrix says for each role which tickets it sees and what else it may do', () => {
  assert.deepEqual(row('helper'), ['helper', '{"$step":"lent"}', '', '', '', '']);
  assert.deepEqual(row('keeper'), ['keeper', 'all', 'may', '', '', 'may']);
  assert.deepEqual(row('late'), ['late', 'keeper']);
});

test('the same definition gives the same text, to be committed with the app', () => {
  assert.equal(exposureMatrix(structuredClone(app)), exposureMatrix(app));
  assert.equal(matrixPath(app), 'apps/club/matrix.md');
});
