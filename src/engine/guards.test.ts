import assert from 'node:assert/strict';
import { test } from 'node:test';

import { hand } from '../../tests/harness/hands.ts';
import { type Actor, importer, system } from './actor.ts';
import { openTime } from './calendar.ts';
import { type Command, decide, type Decision } from './decide.ts';
import type { AppDefinition } from './define.ts';
import type { RefusalCode } from './problem.ts';
import type { TicketEvent, TicketState } from './state.ts';

const APP: AppDefinition = {
  app: 'repairs',
  title: 'Repairs',
  noun: { one: 'repair', many: 'repairs' },
  reference: 'R-{seq}',
  classification: 'internal',
  keep: '6 months',
  fields: {
    what: { is: 'text', label: 'What', required: true },
    done: { is: 'text', label: 'Done' },
    kind: { is: 'choice', label: 'Kind', of: { quick: 'Quick', odd: 'Odd' } },
    phone: { is: 'phone', label: 'Phone', sealed: true },
  },
  roles: {
    full: {
      label: 'Full',
      sees: 'all',
      reveals: ['phone'],
      edits: 'all',
      opens: true,
      comments: true,
      assigns: true,
    },
    hand: { label: 'Hand', sees: 'all', edits: ['what'] },
    reader: { label: 'Reader', sees: 'all' },
    own: { label: 'Own', sees: [{ $creator: '$me' }], edits: 'all', comments: true },
  },
  steps: {
    open: { label: 'Open', start: true },
    work: { label: 'Work' },
    done: { label: 'Done', end: true },
  },
  routes: { by: 'kind', of: { quick: ['open', 'done'], odd: ['open'] } },
  moves: {
    start: { label: 'Start', from: 'open', to: 'work', by: ['full', 'hand'] },
    next: { label: 'Next', from: 'open', to: '$next', by: 'full' },
    rare: { label: 'Rare', from: 'open', to: 'work', by: 'full', if: { kind: 'odd' } },
    end: {
      label: 'End',
      from: ['open', 'work'],
      to: 'done',
      by: 'full',
      asks: ['done!', 'comment'],
      held: 'ended',
    },
    drop: { label: 'Drop', from: 'open', to: 'done', by: 'full', asks: ['comment!'] },
  },
};

const NOW = Date.UTC(2026, 2, 2, 10);
const open = openTime([{ start: NOW - 36_000_000, end: NOW + 36_000_000_000, day: 0 }], {
  from: NOW - 36_000_000,
  to: NOW + 36_000_000_000,
});
const full = hand(APP, 'full');

const made = (
  state: TicketState | null,
  command: Command,
  actor: Actor = full,
  more: { readonly now?: number; readonly heldOpen?: number } = {},
): Decision => decide(APP, state, command, { actor, now: NOW, open, heldOpen: 0, ...more });

const code = (decision: Decision): RefusalCode | 'done' =>
  'refusal' in decision ? decision.refusal.code : 'done';

const after = (decision: Decision): { readonly event: TicketEvent; readonly state: TicketState } =>
  'refusal' in decision ? assert.fail(JSON.stringify(decision.refusal)) : decision;

const opening = (fields: object, siteId: string | null = null): Command => ({
  type: 'open',
  id: 't',
  reference: 'R-1',
  fields: { ...fields },
  siteId,
  holder: null,
});

const opened = after(made(null, opening({ what: 'Lens', phone: '+33 1 23 45 67 89' })));
const ticket = opened.state;
const closed: TicketState = { ...ticket, step: 'done', closedAt: NOW };

const edit = (fields: object, more: object = {}): Command => ({
  type: 'edit',
  version: 1,
  fields: { ...fields },
  ...more,
});
const move = (name: string, more: object = {}): Command => ({
  type: 'move',
  move: name,
  fields: {},
  comment: null,
  ...more,
});

test('what does not exist, or is not seen, is told the same for every command, before anything else of it', () => {
  const commands: readonly Command[] = [
    edit({ what: 'Other' }, { version: 9 }),
    move('nothing'),
    { type: 'comment', text: '' },
    { type: 'assign', memberId: 'x' },
    { type: 'attach', holder: null },
    { type: 'undo', events: [] },
  ];
  for (const command of commands) {
    assert.equal(code(made(null, command)), 'not_found', command.type);
    assert.equal(code(made(ticket, command, hand(APP, 'own'))), 'not_found', command.type);
    assert.equal(code(made(ticket, command, hand(APP, 'captain'))), 'not_found', command.type);
  }
  for (const actor of [system, importer])
    assert.equal(code(made(null, { type: 'erase' }, actor)), 'not_found', actor.kind);
});

test('nobody opens who may not, nor without what is required', () => {
  assert.equal(code(made(null, opening({ what: 'x' }), hand(APP, 'reader'))), 'forbidden');
  assert.equal(code(made(null, opening({}))), 'invalid');
  assert.equal(code(made(null, opening({ what: 7 }))), 'invalid');
  assert.equal(code(made(ticket, opening({ what: 'x' }))), 'reference_taken');
});

test('a ticket that has ended is not edited, given, attached; nor is one edited by who may not, late, or for nothing', () => {
  assert.equal(code(made(closed, edit({ what: 'Other' }))), 'closed');
  assert.equal(code(made(ticket, edit({ what: 'Other' }), hand(APP, 'reader'))), 'forbidden');
  assert.equal(code(made(ticket, edit({ done: 'x' }), hand(APP, 'hand'))), 'forbidden');
  assert.equal(code(made(ticket, edit({ what: 'Other' }, { version: 7 }))), 'version_conflict');
  assert.equal(code(made(ticket, edit({ what: 'Lens' }))), 'nothing_to_change');
  assert.equal(code(made(ticket, edit({ what: null }))), 'invalid');
  assert.equal(code(made(ticket, edit({}, { siteId: 'south' }), hand(APP, 'hand'))), 'forbidden');
  assert.equal(code(made(ticket, edit({}, { siteId: 'south' }))), 'done');
  assert.equal(code(made(ticket, edit({ what: 'Other' }), hand(APP, 'hand'))), 'done');
});

test('a ticket is given by who may give, or taken by who may move it', () => {
  const assign = (memberId: string | null): Command => ({ type: 'assign', memberId });
  assert.equal(code(made(ticket, assign('x'))), 'done');
  assert.equal(code(made(ticket, assign('x'), hand(APP, 'hand'))), 'forbidden');
  assert.equal(code(made(ticket, assign('a-hand'), hand(APP, 'hand'))), 'done');
  assert.equal(code(made(ticket, assign('a-reader'), hand(APP, 'reader'))), 'forbidden');
  assert.equal(code(made(ticket, assign('a-hand'), { ...hand(APP, 'hand'), kind: 'key' })), 'forbidden');
  assert.equal(code(made({ ...ticket, assigneeId: 'x' }, assign(null), hand(APP, 'hand'))), 'forbidden');
  assert.equal(code(made({ ...ticket, assigneeId: 'a-hand' }, assign(null), hand(APP, 'hand'))), 'done');
  assert.equal(code(made(closed, assign('x'))), 'closed');
  assert.equal(code(made({ ...ticket, assigneeId: 'x' }, assign('x'))), 'nothing_to_change');
});

test('a ticket is put in the hold of another by who may change everything of it', () => {
  const attach: Command = { type: 'attach', holder: { id: 'h', nth: 1, promiseAt: null } };
  assert.equal(code(made(ticket, attach)), 'done');
  assert.equal(code(made(ticket, attach, hand(APP, 'hand'))), 'forbidden');
  assert.equal(code(made(ticket, attach, system)), 'done');
  assert.equal(code(made(closed, attach)), 'closed');
  assert.equal(code(made(ticket, { type: 'attach', holder: null })), 'nothing_to_change');
});

test('something is said by who may say it, and neither nothing nor a book', () => {
  const say = (text: string): Command => ({ type: 'comment', text });
  assert.equal(code(made(ticket, say('Hello'))), 'done');
  assert.equal(code(made(ticket, say('Hello'), hand(APP, 'reader'))), 'forbidden');
  assert.equal(code(made(ticket, say('  '))), 'comment_required');
  assert.equal(code(made(ticket, say('x'.repeat(100_000)))), 'comment_too_long');
});

test('a move is made by its roles, from where it starts, on tickets it is for, with what it asks', () => {
  assert.equal(code(made(ticket, move('start'))), 'done');
  assert.equal(code(made(ticket, move('toString'))), 'unknown_move');
  assert.equal(code(made(ticket, move('start'), hand(APP, 'reader'))), 'forbidden');
  assert.equal(code(made(ticket, move('start', { version: 7 }))), 'version_conflict');
  assert.equal(code(made(ticket, move('start', { version: 1 }))), 'done');
  assert.equal(code(made({ ...ticket, step: 'work' }, move('start'))), 'move_not_from_here');
  assert.equal(code(made(ticket, move('rare'))), 'move_not_for_this_ticket');
  assert.equal(
    code(made(ticket, move('end', { fields: { done: 'x' } }), full, { heldOpen: 1 })),
    'held_not_ended',
  );
  assert.equal(code(made(ticket, move('start'), full, { heldOpen: 1 })), 'done');
  assert.equal(code(made(ticket, move('end'))), 'invalid');
  assert.equal(code(made(ticket, move('end', { fields: { done: 'x', what: 'y' } }))), 'invalid');
  assert.equal(code(made(ticket, move('end', { fields: { done: 'x' } }))), 'done');
  assert.equal(code(made(ticket, move('drop'))), 'comment_required');
  assert.equal(code(made(ticket, move('drop', { comment: 'x'.repeat(100_000) }))), 'comment_too_long');
  assert.equal(code(made({ ...ticket, fields: { kind: 'odd' } }, move('next'))), 'no_next_step');
});

test('a move is taken back by who made it, within its minute, and never for the frame', () => {
  const moved = after(made(ticket, move('start')));
  const undo = (events: readonly TicketEvent[]): Command => ({ type: 'undo', events });
  const events = [opened.event, moved.event];
  assert.equal(code(made(moved.state, undo(events))), 'done');
  assert.equal(code(made(moved.state, undo(events), full, { now: NOW + 60_001 })), 'undo_too_late');
  assert.equal(code(made(moved.state, undo(events), hand(APP, 'reader'))), 'nothing_to_undo');
  assert.equal(code(made(ticket, undo([opened.event]))), 'nothing_to_undo');
  assert.equal(code(made(moved.state, undo([moved.event]))), 'nothing_to_undo');
  const byTheFrame = { ...moved.event, actor: { kind: 'system', id: null } } as TicketEvent;
  assert.equal(code(made(moved.state, undo([opened.event, byTheFrame]), system)), 'nothing_to_undo');
  const at = (steps: readonly string[]): Actor => ({
    ...full,
    within: { app: APP.app, steps, justMoved: ticket.id },
  });
  assert.equal(code(made(moved.state, undo(events), at(['open']))), 'done');
  assert.equal(code(made(moved.state, undo(events), at(['work']))), 'nothing_to_undo', 'not from here');
  if (moved.event.type !== 'moved') assert.fail();
  const settled = { ...moved.event, body: { ...moved.event.body, move: null } } as TicketEvent;
  assert.equal(code(made(moved.state, undo([opened.event, settled]))), 'nothing_to_undo');
});

test('what only the frame does, nobody else does, whatever they may', () => {
  const everyone = [full, { ...full, kind: 'key' as const }, importer];
  for (const actor of everyone)
    assert.equal(code(made(closed, { type: 'erase' }, actor)), 'forbidden', actor.kind);
  assert.equal(code(made(closed, { type: 'erase' }, system)), 'done');
  assert.equal(code(made(ticket, { type: 'erase' }, system)), 'nothing_to_change');
  assert.equal(code(made({ ...closed, sealed: {} }, { type: 'erase' }, system)), 'nothing_to_change');

  const settle: Command = { type: 'settle', step: 'done' };
  assert.equal(code(made(ticket, settle)), 'forbidden');
  assert.equal(code(made(ticket, settle, system)), 'forbidden');
  assert.equal(code(made(ticket, settle, importer)), 'done');
  assert.equal(code(made(ticket, { type: 'settle', step: 'nowhere' }, importer)), 'unknown_move');

  const migration = {
    renames: { fields: {}, choices: {}, roles: {}, steps: { open: 'work' } },
    drops: ['done'],
    seals: [],
    unseals: [],
  };
  const migrate: Command = { type: 'migrate', migration };
  for (const actor of everyone) assert.equal(code(made(ticket, migrate, actor)), 'forbidden', actor.kind);
  const migrated = after(made({ ...ticket, fields: { ...ticket.fields, done: 'x' } }, migrate, system));
  assert.deepEqual([migrated.state.step, migrated.state.fields], ['work', { what: 'Lens' }]);
  const still = { ...migration, renames: { ...migration.renames, steps: {} } };
  assert.equal(code(made(ticket, { type: 'migrate', migration: still }, system)), 'nothing_to_change');

  assert.equal(code(made(ticket, { type: 'wake' }, system)), 'nothing_to_change');
});
