import assert from 'node:assert/strict';
import { test } from 'node:test';

import { hand, ticket } from '../../tests/harness/hands.ts';
import { openTime } from './calendar.ts';
import { mayEdit, maySee, mayOpen, movesOf, readingOf } from './access.ts';
import type { Actor } from './actor.ts';
import { type Command, decide } from './decide.ts';
import { defineApp } from './define.ts';

const label = 'Label';
const file = (nth: number) => ({ id: `0198c0de-0000-7000-8000-00000000000${nth}` });

const album = defineApp({
  app: 'album',
  title: 'Album',
  noun: { one: 'album', many: 'albums' },
  reference: 'A-{seq}',
  classification: 'internal',
  keep: '1 years',
  fields: {
    letters: { is: 'files', label, sealed: true },
    drafts: { is: 'files', label },
    note: { is: 'text', label },
  },
  roles: { keeper: { label, sees: 'all', reveals: ['letters'], edits: 'all', opens: true } },
  steps: { open: { label, start: true }, done: { label, end: true } },
  moves: { end: { label, from: 'open', to: 'done', by: 'keeper' } },
});

const state = ticket(album, 'keeper', { letters: [file(1)], drafts: [file(2)] });

const DAY = 86_400_000;
const start = Math.floor(state.createdAt / DAY) * DAY;
/** Always open, for a year. */
const open = openTime([{ start, end: start + 365 * DAY, day: start / DAY }], {
  from: start,
  to: start + 365 * DAY,
});

const drop = (field: string, ticketId = state.id, app = 'album'): Actor => ({
  kind: 'drop',
  id: '0198c0de-0000-7000-8000-0000000000ff',
  grants: [],
  administrator: false,
  within: { app, ticketId, field },
});

const made = (actor: Actor, command: Command, of = state) => {
  const decision = decide(album, of, command, {
    actor,
    now: state.updatedAt,
    open,
    heldOpen: 0,
  });
  return 'refusal' in decision ? decision.refusal.code : decision.state;
};
const edit = (fields: object): Command => ({ type: 'edit', version: state.version, fields: { ...fields } });

test('a drop adds to its field, sealed or not, and the event says that it was a drop', () => {
  for (const field of ['letters', 'drafts'] as const) {
    const had = field === 'letters' ? file(1) : file(2);
    const after = made(drop(field), edit({ [field]: [had, file(3)] }));
    assert.ok(typeof after === 'object');
    assert.deepEqual({ ...after.fields, ...after.sealed }[field], [had, file(3)]);
  }
});

test('a drop takes nothing out, puts nothing elsewhere, and does nothing else', () => {
  const own = drop('drafts');
  for (const list of [[], null, [file(3)], [file(3), file(2)]])
    assert.equal(made(own, edit({ drafts: list })), 'forbidden', JSON.stringify(list));
  for (const fields of [
    { letters: [file(1), file(3)] },
    { note: 'x' },
    { drafts: [file(2), file(3)], note: 'x' },
  ])
    assert.equal(made(own, edit(fields)), 'forbidden', JSON.stringify(fields));
  const added = edit({ drafts: [file(2), file(3)] });
  assert.equal(made(drop('drafts', 'another'), added), 'forbidden');
  assert.equal(made(drop('drafts', state.id, 'other'), added), 'forbidden');
  assert.equal(made(drop('note'), edit({ note: 'x' })), 'forbidden', 'a field of another kind');
  assert.equal(mayEdit(album, drop('note'), state, 'note'), false);
  assert.equal(mayEdit(album, own, state, 'drafts'), true);
  for (const kind of ['guest', 'share', 'member'] as const)
    assert.equal(mayEdit(album, { ...own, kind }, state, 'drafts'), false, kind);
  const { within: _, ...unbound } = own;
  assert.equal(made(unbound, added), 'forbidden');
  for (const command of [
    { type: 'comment', text: 'x' },
    { type: 'assign', memberId: own.id },
    { type: 'move', move: 'end', fields: {}, comment: null },
    { type: 'attach', holder: null },
    { type: 'undo', events: [] },
    { type: 'erase' },
  ] as const)
    assert.equal(typeof made(own, command), 'string', command.type);
  assert.equal(made(own, { ...added, siteId: 'elsewhere' } as Command), 'forbidden');
  assert.equal(made(own, added, { ...state, closedAt: state.updatedAt }), 'closed');
});

test('a drop sees nothing, not even what it put', () => {
  const own = drop('drafts');
  assert.equal(maySee(album, own, state), false);
  assert.equal(readingOf(album, own, state)('drafts'), 'hidden');
  assert.equal(mayOpen(album, own, undefined), false);
  assert.deepEqual(movesOf(album, own), []);
  assert.equal(maySee(album, hand(album, 'keeper'), state), true);
});
