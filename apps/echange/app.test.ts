import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readingInGeneral } from '../../src/engine/access.ts';
import { isWellDefined } from '../../tests/harness/definitions.ts';
import { guestOf, hand, mayNow, moved, opened, ticket, walk } from '../../tests/harness/hands.ts';
import echange from './app.ts';

isWellDefined(echange);

const space = { subject: 'Dosages lapin, série 12', house: 'Laboratoire Garenne', until: '2026-12-31' };

// asvs 2.2.3
test('a space says what it is for, with whom, and until when', () => {
  assert.equal(ticket(echange, 'coordinator', space).step, 'prepared');
  for (const field of Object.keys(space))
    assert.equal(opened(echange, 'coordinator', { ...space, [field]: null }), 'invalid');
  assert.equal(opened(echange, 'reader', space), 'forbidden');
});

test('documents are put in a space by their identifiers, each once', () => {
  const one = { id: '0197e1a0-0000-7000-8000-000000000001' };
  assert.deepEqual(ticket(echange, 'coordinator', { ...space, documents: [one] }).fields['documents'], [one]);
  assert.equal(opened(echange, 'coordinator', { ...space, documents: [one, one] }), 'invalid');
});

test('a space is closed once all that it holds has ended, and extended as often as needed', () => {
  const open = walk(echange, ticket(echange, 'coordinator', space), 'coordinator', ['openUp', 'extend']);
  assert.equal(open.step, 'open');
  assert.equal(moved(echange, open, 'coordinator', 'close', { heldOpen: 1 }), 'held_not_ended');
  assert.equal(walk(echange, open, 'coordinator', ['close']).step, 'closed');
});

test('whoever reads sees a space once it is open, and does not end it', () => {
  const fresh = ticket(echange, 'coordinator', space);
  assert.equal(moved(echange, fresh, 'reader', 'openUp'), 'not_found');
  assert.deepEqual(mayNow(echange, walk(echange, fresh, 'owner', ['openUp']), 'reader'), []);
});

// asvs 8.2.3
test('a partner behind their link reads what is shared, and neither who they are to us nor what we say among us', () => {
  const reading = readingInGeneral(echange, guestOf(echange, 'partner', 't'));
  assert.deepEqual(['subject', 'documents', 'partner', 'ours', 'note'].map(reading), [
    'shown',
    'shown',
    'hidden',
    'hidden',
    'hidden',
  ]);
  assert.equal(readingInGeneral(echange, hand(echange, 'reader'))('partner'), 'sealed');
});
