import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDefinition, errorLines } from './check.ts';
import { type AppDefinition, defineApp, forHealth } from './define.ts';

const label = 'Label';
const loan: AppDefinition = defineApp({
  app: 'loan',
  title: 'Loans',
  noun: { one: 'loan', many: 'loans' },
  reference: 'L-{seq}',
  classification: 'internal',
  holds: { app: 'part', label },
  fields: { what: { is: 'text', label, required: true }, papers: { is: 'files', label } },
  roles: { keeper: { label, sees: 'all', opens: true }, guest: { label, sees: 'all', guest: true } },
  steps: { lent: { label, start: true }, back: { label, end: true } },
  moves: {
    bring: { label, from: 'lent', to: 'back', by: ['guest', 'keeper'] },
    complain: { label, from: 'back', to: 'lent', by: 'guest' },
  },
  notify: [
    { on: 'move:bring', to: 'keeper' },
    { on: 'move:complain', to: 'keeper' },
    { on: 'late', to: 'keeper' },
  ],
});

test('an app for health data is the other one, without those of whom a link proves nothing', () => {
  const health = forHealth(loan, {
    app: 'loan-health',
    title: 'Health loans',
    reference: 'H-{seq}',
    holds: 'care',
  });
  const checked = checkDefinition(structuredClone(health));
  assert.ok(checked.ok, checked.ok ? '' : errorLines(checked.errors));
  assert.deepEqual(health, {
    ...loan,
    app: 'loan-health',
    title: 'Health loans',
    reference: 'H-{seq}',
    classification: 'health',
    holds: { app: 'care', label },
    roles: { keeper: loan.roles['keeper'] },
    moves: { bring: { ...loan.moves['bring'], by: ['keeper'] } },
    notify: [
      { on: 'move:bring', to: 'keeper' },
      { on: 'late', to: 'keeper' },
    ],
  });
});

test('the app that it is made from stays as it is', () => {
  const before = structuredClone(loan);
  forHealth(loan, { app: 'other', title: label, reference: 'O-{seq}' });
  assert.deepEqual(loan, before);
});
