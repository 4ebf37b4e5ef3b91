import assert from 'node:assert/strict';
import { test } from 'node:test';

import { errorsOf, library, tellsOf } from './fixture.test.ts';

tellsOf([
  [
    'revealing what is not sealed',
    'roles.keeper.reveals',
    ['borrower', 'tool'],
    'roles.keeper.reveals.1',
    /`tool` is not sealed/,
  ],
  [
    'revealing what does not exist',
    'roles.keeper.reveals',
    ['borrower', 'tol'],
    'roles.keeper.reveals.1',
    /did you mean `tool`/,
  ],
  [
    'revealing and hiding',
    'roles.keeper.hides',
    ['borrower'],
    'roles.keeper.reveals.0',
    /both revealed and hidden/,
  ],
  ['hiding a stranger', 'roles.helper.hides', ['wait'], 'roles.helper.hides.0', /no field `wait`/],
  ['editing what is hidden', 'roles.helper.edits', ['weight'], 'roles.helper.edits.0', /edited but hidden/],
  [
    'editing what is sealed from the editor',
    'roles.helper.edits',
    ['borrower'],
    'roles.helper.edits.0',
    /add it to `reveals`/,
  ],
  [
    "a guest's role that reads who somebody is",
    'roles.helper',
    { label: 'Borrower', sees: 'all', guest: true, reveals: ['borrower'] },
    'roles.helper.reveals',
    /remove `reveals`, or `guest`/,
  ],
  [
    "a guest's role that edits",
    'roles.helper',
    { label: 'Borrower', sees: 'all', guest: true, edits: 'all' },
    'roles.helper.edits',
    /remove `edits`, or `guest`/,
  ],
  [
    "a guest's role that opens",
    'roles.helper',
    { label: 'Borrower', sees: 'all', guest: true, opens: true },
    'roles.helper.opens',
    /remove `opens`, or `guest`/,
  ],
  [
    "a guest's role that does not see its ticket",
    'roles.helper',
    { label: 'Borrower', sees: { size: 'small' }, guest: true },
    'roles.helper.sees',
    /write `sees: 'all'`/,
  ],
  ['work that waits for guests', 'roles.keeper.guest', true, 'steps.asked.waits', /a guest's role/],
  ['a notice to guests', 'roles.keeper.guest', true, 'notify.1.to', /No member has `keeper`/],
  ['nobody who opens', 'roles.keeper.opens', undefined, 'roles', /Nobody may open a ticket/],
  [
    'a condition on a stranger',
    'roles.helper.sees',
    { sise: 'small' },
    'roles.helper.sees.sise',
    /did you mean `size`/,
  ],
  [
    'a condition on a choice that does not exist',
    'roles.helper.sees',
    { size: 'smal' },
    'roles.helper.sees.size',
    /no value of `size` called `smal`: did you mean `small`/,
  ],
  [
    'a condition on one of several that do not exist',
    'roles.helper.sees',
    { size: { in: ['small', 'xl'] } },
    'roles.helper.sees.size.in.1',
    /`xl`/,
  ],
  [
    'a condition on a step that does not exist',
    'roles.helper.sees',
    [{ $step: { not: 'lend' } }],
    'roles.helper.sees.0.$step.not',
    /did you mean `lent`/,
  ],
  [
    'a condition on who, other than oneself',
    'roles.helper.sees',
    { $assignee: 'bob' },
    'roles.helper.sees.$assignee',
    /`\$me`/,
  ],
  [
    'a condition on a site by name',
    'roles.helper.sees',
    { $site: 'lille' },
    'roles.helper.sees.$site',
    /has no name that a definition knows/,
  ],
  [
    'a condition on what is sealed',
    'roles.helper.sees',
    { borrower: 'bob' },
    'roles.helper.sees.borrower',
    /sealed, or has nothing to compare/,
  ],
  [
    'a yes or no compared with a word',
    'roles.helper.sees',
    { broken: 'yes' },
    'roles.helper.sees.broken',
    /write `true` or `false`/,
  ],
  [
    'a number compared with a word',
    'moves.refuse.if',
    { weight: { gt: '5' } },
    'moves.refuse.if.weight.gt',
    /write a number/,
  ],
  [
    'a date that is none',
    'moves.refuse.if',
    { until: { lt: 'tomorrow' } },
    'moves.refuse.if.until.lt',
    /a date such as/,
  ],
  [
    'a text compared by order',
    'moves.refuse.if',
    { tool: { lt: 'saw' } },
    'moves.refuse.if.tool.lt',
    /has no order/,
  ],
  [
    'a condition that says nothing',
    'moves.refuse.if',
    {},
    'moves.refuse.if',
    /Every ticket matches an empty condition/,
  ],
  ['a list of no conditions', 'moves.refuse.if', [], 'moves.refuse.if', /No ticket matches an empty list/],
  [
    'a comparison that does not exist',
    'moves.refuse.if',
    { weight: { over: 5 } },
    'moves.refuse.if',
    /write conditions such as/,
  ],
]);

test('a guest may have a role of their own, but not where there is health data', () => {
  const borrower = { label: 'Borrower', sees: 'all', hides: ['weight'], guest: true };
  const lent = { ...library, roles: { ...library.roles, borrower } };
  assert.deepEqual(errorsOf(lent), []);
  const [error] = errorsOf({ ...lent, classification: 'health' });
  assert.equal(error?.path, 'roles.borrower.guest');
});
