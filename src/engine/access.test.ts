import assert from 'node:assert/strict';
import { test } from 'node:test';

import { hand } from '../../tests/harness/hands.ts';
import {
  editableFields,
  may,
  mayChangeSite,
  mayEdit,
  mayMove,
  mayOpen,
  maySee,
  mayWriteAtOpening,
  movesNow,
  movesOf,
  readingInGeneral,
  readingOf,
  sightOf,
} from './access.ts';
import { type Actor, importer, system } from './actor.ts';
import type { AppDefinition } from './define.ts';
import type { TicketState } from './state.ts';

const APP: AppDefinition = {
  app: 'repairs',
  title: 'Repairs',
  noun: { one: 'repair', many: 'repairs' },
  reference: 'R-{seq}',
  classification: 'internal',
  keep: '6 months',
  fields: {
    what: { is: 'text', label: 'What' },
    cost: { is: 'money', label: 'Cost' },
    phone: { is: 'phone', label: 'Phone', sealed: true },
    note: { is: 'text', label: 'Note', sealed: true },
  },
  roles: {
    full: {
      label: 'Full',
      sees: 'all',
      reveals: ['phone', 'note'],
      edits: 'all',
      opens: true,
      comments: true,
      assigns: true,
      exports: true,
    },
    // A name that begins another: roles are compared whole.
    ful: { label: 'Short', sees: 'all' },
    reader: { label: 'Reader', sees: 'all', hides: ['cost'] },
    editor: { label: 'Editor', sees: 'all', hides: ['cost'], edits: ['what', 'cost', 'phone'], opens: true },
    revealer: { label: 'Revealer', sees: 'all', reveals: ['phone'], edits: ['phone', 'note'] },
    own: { label: 'Own', sees: [{ $creator: '$me' }], comments: true },
    blind: { label: 'Blind', sees: 'none', opens: true, edits: 'all', comments: true },
  },
  steps: {
    open: { label: 'Open', start: true },
    work: { label: 'Work' },
    done: { label: 'Done', end: true },
  },
  routes: { by: 'what', of: { short: ['open', 'done'], odd: ['work'] } },
  moves: {
    start: { label: 'Start', from: 'open', to: 'work', by: 'full', main: true },
    hurry: { label: 'Hurry', from: 'open', to: 'done', by: ['editor', 'full'], if: { cost: { gt: 100 } } },
    end: { label: 'End', from: ['open', 'work'], to: 'done', by: ['editor', 'full'], held: 'ended' },
    close: { label: 'Close', from: 'open', to: 'done', by: 'full', held: 'then' },
    next: { label: 'Next', from: 'open', to: '$next', by: 'reader' },
  },
};

type Given = readonly (readonly [role: string, site?: string | null, app?: string])[];

const who = (...given: Given): Actor => ({
  ...hand(APP, 'nobody'),
  id: 'me',
  grants: given.map(([role, siteId = null, app = APP.app]) => ({ app, role, siteId })),
});

const ticket = (more: Partial<TicketState> = {}): TicketState => ({
  id: 't',
  app: APP.app,
  reference: 'R-1',
  version: 1,
  step: 'open',
  fields: {},
  sealed: {},
  siteId: 'north',
  assigneeId: null,
  holderId: null,
  nth: null,
  createdBy: 'somebody',
  createdAt: 0,
  updatedAt: 0,
  stepAt: 0,
  promiseAt: null,
  closedAt: null,
  erasedAt: null,
  source: null,
  standing: { lateness: 'on time', dueAt: null, wakeAt: null },
  ...more,
});

test('a role counts in its app and at its sites; one that the app does not have gives nothing', () => {
  const seen = (...given: Given): boolean => maySee(APP, who(...given), ticket());
  assert.equal(seen(['full']), true);
  assert.equal(seen(['full', 'north']), true);
  assert.equal(seen(['full', 'south']), false);
  assert.equal(seen(['full', null, 'parcels']), false);
  assert.equal(seen(['captain']), false);
  assert.equal(seen(['captain'], ['full']), true);
  assert.equal(seen(), false);
  assert.equal(maySee(APP, who(['full', 'north']), ticket({ siteId: null })), false);
  assert.equal(maySee(APP, who(['full']), ticket({ siteId: null })), true);
});

test('whoever sees their own only sees no other, and a role that sees none sees none', () => {
  assert.equal(maySee(APP, who(['own']), ticket()), false);
  assert.equal(maySee(APP, who(['own']), ticket({ createdBy: 'me' })), true);
  assert.equal(maySee(APP, who(['own', 'south']), ticket({ createdBy: 'me' })), false);
  assert.equal(maySee(APP, who(['blind']), ticket({ createdBy: 'me' })), false);
});

test('lists are filtered by the same rule: a part for each role that sees something', () => {
  assert.deepEqual(sightOf(APP, who(['blind'], ['captain'])), []);
  assert.deepEqual(sightOf(APP, who(['full', 'north'], ['blind'], ['own'])), [
    { siteId: 'north', where: 'all' },
    { siteId: null, where: [{ $creator: '$me' }] },
  ]);
});

test('a field is shown, sealed or hidden by the roles that see the ticket, and by those alone', () => {
  const reads = (field: string, ...given: Given) => readingOf(APP, who(...given), ticket())(field);
  assert.equal(reads('what', ['reader']), 'shown');
  assert.equal(reads('cost', ['reader']), 'hidden');
  assert.equal(reads('cost', ['reader'], ['ful']), 'shown');
  assert.equal(reads('phone', ['reader']), 'sealed');
  assert.equal(reads('phone', ['revealer']), 'shown');
  assert.equal(reads('note', ['revealer']), 'sealed');
  assert.equal(reads('phone', ['reader'], ['revealer', 'south']), 'sealed');
  assert.equal(reads('what', ['full', 'south']), 'hidden');
  assert.equal(readingInGeneral(APP, who(['revealer', 'south']))('phone'), 'shown');
  assert.equal(readingInGeneral(APP, who())('what'), 'hidden');
});

test('a ticket is opened by roles that open, at their sites, with the fields that they do not hide', () => {
  assert.equal(mayOpen(APP, who(['full', 'north']), 'north'), true);
  assert.equal(mayOpen(APP, who(['full', 'north']), 'south'), false);
  assert.equal(mayOpen(APP, who(['full', 'north']), null), false);
  assert.equal(mayOpen(APP, who(['full', 'north']), undefined), true);
  assert.equal(mayOpen(APP, who(['reader']), undefined), false);
  assert.equal(mayOpen(APP, who(['reader']), 'north'), false);
  assert.equal(mayOpen(APP, importer, 'north'), true);
  assert.equal(mayOpen(APP, system, 'north'), false);

  assert.equal(mayWriteAtOpening(APP, who(['editor']), 'what'), true);
  assert.equal(mayWriteAtOpening(APP, who(['editor']), 'cost'), false);
  assert.equal(mayWriteAtOpening(APP, who(['ful']), 'what'), false);
  assert.equal(mayWriteAtOpening(APP, importer, 'cost'), true);
  assert.equal(mayWriteAtOpening(APP, system, 'what'), false);
});

test('a field is edited by roles that edit it, see it and, where it is sealed, reveal it', () => {
  const edits = (field: string, ...given: Given) => mayEdit(APP, who(...given), ticket(), field);
  assert.equal(edits('what', ['full']), true);
  assert.equal(edits('note', ['full']), true);
  assert.equal(edits('what', ['editor']), true);
  assert.equal(edits('what', ['reader']), false);
  assert.equal(edits('what', ['revealer']), false);
  assert.equal(edits('cost', ['editor']), false);
  assert.equal(edits('phone', ['editor']), false);
  assert.equal(edits('phone', ['revealer']), true);
  assert.equal(edits('note', ['revealer']), false);
  // What one role may edit and another reveal, neither of them edits.
  assert.equal(edits('what', ['full', 'south'], ['reader']), false);

  assert.deepEqual(editableFields(APP, who(['editor', 'south'])), ['what']);
  assert.deepEqual(editableFields(APP, who(['reader'])), []);
  assert.deepEqual(editableFields(APP, who(['full'])), ['what', 'cost', 'phone', 'note']);
});

test('a ticket goes to another site by those who edit everything of it', () => {
  assert.equal(mayChangeSite(APP, who(['full']), ticket()), true);
  assert.equal(mayChangeSite(APP, who(['full', 'south']), ticket()), false);
  assert.equal(mayChangeSite(APP, who(['editor']), ticket()), false);
});

test('a faculty is had on a ticket that is seen, or in general', () => {
  assert.equal(may(APP, who(['full', 'south']), 'comments'), true);
  assert.equal(may(APP, who(['full', 'south']), 'comments', ticket()), false);
  assert.equal(may(APP, who(['full', 'north']), 'comments', ticket()), true);
  assert.equal(may(APP, who(['reader']), 'comments', ticket()), false);
  assert.equal(may(APP, who(['reader']), 'exports'), false);
  assert.equal(may(APP, who(['own']), 'assigns'), false);
});

test('a move is made by its roles, whole names only, and by the frame where the definition says so', () => {
  const move = (name: string) => APP.moves[name] ?? assert.fail(name);
  assert.equal(mayMove(APP, who(['full']), ticket(), move('start')), true);
  assert.equal(mayMove(APP, who(['ful']), ticket(), move('start')), false);
  assert.equal(mayMove(APP, who(['editor']), ticket(), move('start')), false);
  assert.equal(mayMove(APP, who(['editor']), ticket(), move('end')), true);
  assert.equal(mayMove(APP, who(['ful']), ticket(), move('end')), false);
  assert.equal(mayMove(APP, who(['full', 'south']), ticket(), move('start')), false);
  assert.equal(mayMove(APP, system, ticket(), move('close')), true);
  assert.equal(mayMove(APP, system, ticket(), move('end')), false);
  assert.equal(mayMove(APP, who(), ticket(), move('close')), false);

  assert.deepEqual(movesOf(APP, who(['editor', 'south'])), ['hurry', 'end']);
  assert.deepEqual(movesOf(APP, who(['ful'])), []);
});

test('the moves that somebody may make now start here, lead somewhere, and have what they need; the main one is first', () => {
  const now = (actor: Actor, more: Partial<TicketState> = {}, held = 0) =>
    movesNow(APP, actor, ticket(more), held);
  assert.deepEqual(now(who(['full']), { fields: { cost: 200 } }), ['start', 'hurry', 'end', 'close']);
  assert.deepEqual(now(who(['full']), { fields: { cost: 50 } }), ['start', 'end', 'close']);
  assert.deepEqual(now(who(['full']), {}, 1), ['start']);
  assert.deepEqual(now(who(['full']), { step: 'work' }), ['end']);
  assert.deepEqual(now(who(['full']), { step: 'done' }), []);
  assert.deepEqual(now(who(['full', 'south'])), []);
  assert.deepEqual(now(who(['ful'])), []);
  assert.deepEqual(now(who(['reader']), { fields: { what: 'short' } }), ['next']);
  assert.deepEqual(now(who(['reader']), { fields: { what: 'odd' } }), []);
});
