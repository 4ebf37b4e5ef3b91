import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movesNow, readingInGeneral } from '../../src/engine/access.ts';
import { isWellDefined } from '../../tests/harness/definitions.ts';
import { guestOf, mayNow, moved, opened, ticket, walk } from '../../tests/harness/hands.ts';
import remise from './app.ts';

isWellDefined(remise);

const asked = { asked: 'Dosage des 24 sérums de la plaque 3', direction: 'both' };
const one = { id: '0197e1a0-0000-7000-8000-000000000001' };
const two = { id: '0197e1a0-0000-7000-8000-000000000002' };

// asvs 2.2.3
test('a hand-over says what is asked and which way it goes', () => {
  assert.equal(ticket(remise, 'coordinator', asked).step, 'prepared');
  for (const field of Object.keys(asked))
    assert.equal(opened(remise, 'coordinator', { ...asked, [field]: null }), 'invalid');
});

test('there and back: sent, arrived, returned, checked, taken up', () => {
  const sent = moved(remise, ticket(remise, 'coordinator', asked), 'coordinator', 'send', {
    fields: { sent: [one], due: '2026-03-20' },
  });
  assert.ok(typeof sent === 'object');
  assert.deepEqual(sent.fields['sent'], [one]);
  assert.equal(
    moved(remise, ticket(remise, 'coordinator', asked), 'coordinator', 'send'),
    'invalid',
    'nothing to send',
  );
  const awaited = walk(remise, sent, 'coordinator', ['arrived']);
  assert.equal(awaited.step, 'awaited');
  assert.equal(moved(remise, awaited, 'coordinator', 'giveBack'), 'invalid', 'nothing to return');
  const back = moved(remise, awaited, 'coordinator', 'giveBack', { fields: { returned: [two] } });
  assert.ok(typeof back === 'object');
  assert.deepEqual(mayNow(remise, back, 'reader'), ['check', 'incomplete']);
  const checked = walk(remise, back, 'reader', ['check']);
  assert.deepEqual(mayNow(remise, checked, 'reader'), ['incomplete']);
  assert.notEqual(walk(remise, checked, 'coordinator', ['close']).closedAt, null);
});

test('what is only sent ends when it has arrived, and what is only asked for is never sent', () => {
  const send = ticket(remise, 'coordinator', { ...asked, direction: 'send', sent: [one] });
  assert.notEqual(walk(remise, send, 'coordinator', ['send', 'arrived']).closedAt, null);
  const receive = ticket(remise, 'coordinator', { ...asked, direction: 'receive' });
  assert.equal(moved(remise, receive, 'coordinator', 'send'), 'move_not_for_this_ticket');
  assert.equal(walk(remise, receive, 'coordinator', ['ask']).step, 'awaited');
});

test('what comes back incomplete is awaited again, with a word why', () => {
  const sent = walk(remise, ticket(remise, 'coordinator', { ...asked, sent: [one] }), 'coordinator', [
    'send',
  ]);
  const back = moved(remise, sent, 'coordinator', 'giveBack', { fields: { returned: [two] } });
  assert.ok(typeof back === 'object');
  assert.equal(moved(remise, back, 'reader', 'incomplete'), 'invalid');
  const again = moved(remise, back, 'reader', 'incomplete', {
    fields: { trouble: 'Il manque la plaque 2.' },
  });
  assert.ok(typeof again === 'object' && again.step === 'awaited');
});

// asvs 8.2.3
test('a partner behind their link says that it arrived, returns or refuses, and reads no remark of ours', () => {
  const partner = guestOf(remise, 'partner', 't');
  const reading = readingInGeneral(remise, partner);
  assert.deepEqual(['asked', 'sent', 'returned', 'recipient', 'note'].map(reading), [
    'shown',
    'shown',
    'shown',
    'hidden',
    'hidden',
  ]);
  const fresh = ticket(remise, 'coordinator', { ...asked, sent: [one] });
  assert.deepEqual(movesNow(remise, partner, fresh, 0), []);
  const sent = walk(remise, fresh, 'coordinator', ['send']);
  assert.deepEqual(movesNow(remise, partner, sent, 0), ['arrived', 'giveBack', 'refuse']);
});
