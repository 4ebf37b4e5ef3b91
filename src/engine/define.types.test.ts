import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineApp } from './define.ts';

// Each `@ts-expect-error` is the test: tsc is red when the line below it compiles. `npm run check` runs tsc.

const base = {
  app: 'club',
  title: 'Club',
  noun: { one: 'loan', many: 'loans' },
  reference: 'L-{seq}',
  classification: 'internal',
} as const;
const label = 'Label';
const fields = {
  what: { is: 'text', label },
  size: { is: 'choice', label, of: { small: 'Small', large: 'Large' } },
  until: { is: 'date', label },
  email: { is: 'email', label },
  good: { is: 'yesno', label },
  scans: { is: 'files', label },
} as const;
const steps = { asked: { label, start: true }, lent: { label }, back: { label, end: true } } as const;
const keeper = { label, sees: 'all' } as const;
const lend = { label, from: 'asked', to: 'lent', by: 'keeper' } as const;
const app = { ...base, fields, steps, roles: { keeper }, moves: { lend } } as const;

const names = (): void => {
  defineApp({ ...app, routes: { by: 'size', of: { small: ['asked'], large: [] } } });
  defineApp({ ...app, promise: { field: 'until' }, notify: [{ on: 'step:lent', to: 'field:email' }] });

  defineApp({ ...app, sidecars: { of: 'scans', title: 'what', keywords: ['what'], date: 'until' } });

  // @ts-expect-error a type of field that does not exist
  defineApp({ ...app, fields: { what: { is: 'txt', label } } });
  // @ts-expect-error a word that a field does not know
  defineApp({ ...app, fields: { what: { is: 'text', label, sealled: true } } });
  // @ts-expect-error choices of a field that has none
  defineApp({ ...app, fields: { what: { is: 'text', label, of: { a: 'A' } } } });
  // @ts-expect-error a move from a step that does not exist
  defineApp({ ...app, moves: { lend: { ...lend, from: 'askd' } } });
  // @ts-expect-error a move to a step that does not exist
  defineApp({ ...app, moves: { lend: { ...lend, to: 'lnt' } } });
  // @ts-expect-error a move by a role that does not exist
  defineApp({ ...app, moves: { lend: { ...lend, by: 'keper' } } });
  // @ts-expect-error a move that asks for a field that does not exist
  defineApp({ ...app, moves: { lend: { ...lend, asks: ['wat!'] } } });
  // @ts-expect-error a step that waits for a role that does not exist
  defineApp({ ...app, steps: { ...steps, lent: { label, waits: ['keper'] } } });
  // @ts-expect-error open time in a unit that does not exist
  defineApp({ ...app, steps: { ...steps, lent: { label, due: '3 weeks' } } });
  // @ts-expect-error a role that hides a field that does not exist
  defineApp({ ...app, roles: { keeper: { ...keeper, hides: ['wat'] } } });
  // @ts-expect-error a role that sees by a field that does not exist
  defineApp({ ...app, roles: { keeper: { ...keeper, sees: { wat: 'a' } } } });
  // @ts-expect-error a role that sees by a choice that does not exist
  defineApp({ ...app, roles: { keeper: { ...keeper, sees: { size: 'smal' } } } });
  // @ts-expect-error a role that sees by a step that does not exist
  defineApp({ ...app, roles: { keeper: { ...keeper, sees: { $step: { in: ['asked', 'lnt'] } } } } });
  // @ts-expect-error a yes or no compared with a text
  defineApp({ ...app, roles: { keeper: { ...keeper, sees: { good: 'yes' } } } });
  // @ts-expect-error a heading that does not exist
  defineApp({ ...app, heading: ['wat'] });
  // @ts-expect-error an opening that asks for a field that does not exist
  defineApp({ ...app, opening: ['wat'] });
  // @ts-expect-error a promise in a field that is no date
  defineApp({ ...app, promise: { field: 'what' } });
  // @ts-expect-error routes by a field that is no choice
  defineApp({ ...app, routes: { by: 'what', of: {} } });
  // @ts-expect-error a choice without a route
  defineApp({ ...app, routes: { by: 'size', of: { small: ['asked'] } } });
  // @ts-expect-error a route through a step that does not exist
  defineApp({ ...app, routes: { by: 'size', of: { small: ['asked'], large: ['lnt'] } } });
  // @ts-expect-error a notice after a move that does not exist
  defineApp({ ...app, notify: [{ on: 'move:lnd', to: 'keeper' }] });
  // @ts-expect-error a notice to a field that nobody can be written to at
  defineApp({ ...app, notify: [{ on: 'open', to: 'field:what' }] });
  // @ts-expect-error sidecars of a field that holds no files
  defineApp({ ...app, sidecars: { of: 'what', title: 'what' } });
  // @ts-expect-error a sidecar whose title is a date
  defineApp({ ...app, sidecars: { of: 'scans', title: 'until' } });
  // @ts-expect-error a notice to a role that does not exist
  defineApp({ ...app, notify: [{ on: 'open', to: 'keper' }] });
};

test('an app is the very object that its maker wrote', () => {
  assert.equal(defineApp(app), app);
  assert.equal(typeof names, 'function');
});
