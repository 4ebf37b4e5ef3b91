import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  editableFields,
  may,
  mayChangeSite,
  mayEdit,
  mayMove,
  mayOpen,
  maySee,
  mayTakeBack,
  mayWriteAtOpening,
  movesNow,
  movesOf,
  readingInGeneral,
  readingOf,
  sightOf,
} from './access.ts';
import type { Actor, Within } from './actor.ts';
import type { AppDefinition } from './define.ts';
import type { TicketState } from './state.ts';

const APP: AppDefinition = {
  app: 'bench',
  title: 'Bench',
  noun: { one: 'job', many: 'jobs' },
  reference: 'B-{seq}',
  classification: 'internal',
  keep: '6 months',
  fields: { what: { is: 'text', label: 'What' } },
  roles: {
    hand: {
      label: 'Hand',
      sees: 'all',
      edits: 'all',
      opens: true,
      comments: true,
      assigns: true,
      exports: true,
    },
    customer: { label: 'Customer', sees: 'all', comments: true, guest: true },
  },
  steps: {
    taken: { label: 'Taken', start: true },
    tank: { label: 'In the tank' },
    dried: { label: 'Dried' },
    done: { label: 'Done', end: true },
  },
  moves: {
    dip: { label: 'Dip', from: 'taken', to: 'tank', by: 'hand' },
    dry: { label: 'Dry', from: 'tank', to: 'dried', by: 'hand' },
    end: { label: 'End', from: ['dried', 'tank'], to: 'done', by: 'hand' },
    agree: { label: 'Agree', from: 'dried', to: 'done', by: 'customer' },
  },
};

const ticket = (more: Partial<TicketState> = {}): TicketState => ({
  id: 't',
  app: 'bench',
  reference: 'B-1',
  version: 1,
  step: 'tank',
  fields: { what: 'A film' },
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

/** Somebody with a role, at one site or everywhere, confined or not. */
const who = (
  within?: Partial<Within>,
  role = 'hand',
  siteId: string | null = null,
  kind: Actor['kind'] = 'member',
): Actor => ({
  kind,
  id: 'me',
  grants: [{ app: 'bench', role, siteId }],
  administrator: false,
  ...(within && { within: { app: 'bench', ...within } }),
});
const guest = (ticketId?: string, role = 'customer'): Actor =>
  who(ticketId === undefined ? undefined : { ticketId }, role, null, 'guest');

test('at a station one sees the tickets of its steps, and those of its site', () => {
  const tank = who({ steps: ['tank'] });
  assert.equal(maySee(APP, tank, ticket()), true);
  assert.equal(maySee(APP, tank, ticket({ step: 'dried' })), false);
  assert.equal(maySee(APP, who({ app: 'other', steps: ['tank'] }), ticket()), false);

  const north = { siteId: 'north' };
  for (const [siteId, sees] of [
    [null, true],
    ['north', true],
    ['south', false],
  ] as const)
    assert.equal(maySee(APP, who(north, 'hand', siteId), ticket()), sees, String(siteId));
  assert.equal(maySee(APP, who(north), ticket({ siteId: 'south' })), false);
  assert.equal(maySee(APP, who(north), ticket({ siteId: null })), false);
  assert.equal(maySee(APP, who({}, 'hand', 'south'), ticket()), false);
  assert.equal(maySee(APP, who({}, 'hand', 'north'), ticket()), true);
  assert.deepEqual(
    sightOf(APP, who(north)).map(({ siteId, within }) => [siteId, within?.siteId]),
    [['north', 'north']],
  );
  assert.deepEqual(sightOf(APP, who(north, 'hand', 'south')), []);
});

test('what was just taken away from a station is still seen there, and nothing more is done to it', () => {
  const moved = ticket({ step: 'dried' });
  const tank = who({ steps: ['tank'], justMoved: 't' });
  assert.equal(maySee(APP, tank, moved), true);
  assert.equal(readingOf(APP, tank, moved)('what'), 'shown');
  assert.equal(maySee(APP, tank, { ...moved, id: 'other' }), false);
  assert.equal(may(APP, tank, 'comments', moved), false);
  assert.deepEqual(movesNow(APP, tank, moved, 0), []);
  assert.equal(mayTakeBack(tank, ticket()), true);
  assert.equal(mayTakeBack(tank, ticket({ step: 'taken' })), false);
  assert.equal(mayTakeBack(who(), ticket()), true);
});

test('at a station one makes the moves that start there, says something, and neither edits, assigns nor exports', () => {
  const tank = who({ steps: ['tank'] });
  assert.deepEqual(movesOf(APP, tank), ['dry', 'end']);
  assert.deepEqual(movesOf(APP, who({})), ['dip', 'dry', 'end']);
  assert.deepEqual(movesNow(APP, tank, ticket(), 0), ['dry', 'end']);
  assert.equal(mayMove(APP, tank, ticket(), APP.moves['dry'] ?? assert.fail()), true);
  assert.equal(mayMove(APP, tank, ticket({ step: 'taken' }), APP.moves['dip'] ?? assert.fail()), false);
  for (const state of [undefined, ticket()]) {
    assert.equal(may(APP, tank, 'comments', state), true);
    for (const faculty of ['assigns', 'exports'] as const) {
      assert.equal(may(APP, tank, faculty, state), false);
      assert.equal(may(APP, who(), faculty, state), true);
    }
  }
  assert.equal(mayEdit(APP, tank, ticket(), 'what'), false);
  assert.equal(mayEdit(APP, who(), ticket(), 'what'), true);
  assert.deepEqual(editableFields(APP, tank), []);
  assert.deepEqual(editableFields(APP, who()), ['what']);
  assert.equal(mayChangeSite(APP, tank, ticket()), false);
  assert.equal(mayChangeSite(APP, who(), ticket()), true);
});

test('a station opens tickets where that is its work, at its site', () => {
  assert.equal(mayOpen(APP, who({ steps: ['tank'] }), undefined), false);
  const counter = who({ steps: ['taken'], siteId: 'north', opens: true });
  assert.equal(mayOpen(APP, counter, undefined), true);
  assert.equal(mayOpen(APP, counter, 'north'), true);
  assert.equal(mayOpen(APP, counter, 'south'), false);
  assert.equal(mayWriteAtOpening(APP, counter, 'what'), true);
  assert.equal(mayOpen(APP, who({ opens: true }, 'customer'), undefined), false);
});

test('a guest sees their own ticket by a role for guests, and no one else has that role', () => {
  assert.equal(maySee(APP, guest('t'), ticket()), true);
  assert.equal(maySee(APP, guest('other'), ticket()), false);
  assert.equal(maySee(APP, guest(), ticket()), false);
  assert.equal(maySee(APP, who({ steps: ['tank'] }, 'customer', null, 'guest'), ticket()), false);
  assert.equal(maySee(APP, guest('t', 'hand'), ticket()), false);
  assert.equal(maySee(APP, who(undefined, 'customer'), ticket()), false);
  assert.equal(maySee(APP, who({ ticketId: 't' }, 'customer'), ticket()), false);
  assert.equal(readingInGeneral(APP, guest('t'))('what'), 'shown');
  assert.equal(readingInGeneral(APP, guest())('what'), 'hidden');
  assert.deepEqual(movesNow(APP, guest('t'), ticket({ step: 'dried' }), 0), ['agree']);
  assert.equal(may(APP, guest('t'), 'comments', ticket()), true);
  assert.equal(may(APP, guest('other'), 'comments', ticket()), false);
});
