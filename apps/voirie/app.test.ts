import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readingInGeneral } from '../../src/engine/access.ts';
import { isWellDefined } from '../../tests/harness/definitions.ts';
import { hand, mayNow, moved, opened, ticket, walk } from '../../tests/harness/hands.ts';
import voirie from './app.ts';

isWellDefined(voirie);

const hole = {
  kind: 'pothole',
  place: { lat: 47.7, lng: -2.9, address: 'Rue du Lavoir, Kerlann' },
  note: 'Un trou large comme une roue, devant le 4.',
};

// asvs 2.2.3
test('a request needs what and where; a word about it is welcome', () => {
  assert.equal(ticket(voirie, 'clerk', hole).step, 'received');
  assert.equal(ticket(voirie, 'clerk', { kind: hole.kind, place: hole.place }).step, 'received');
  for (const field of ['kind', 'place'])
    assert.equal(opened(voirie, 'clerk', { ...hole, [field]: null }), 'invalid');
});

test('a request brings six photos at most, and where they were taken does not go out with them', () => {
  const photos = (count: number) =>
    Array.from({ length: count }, (_, nth) => ({ id: `0197e1a0-0000-7000-8000-00000000000${nth}` }));
  assert.deepEqual(ticket(voirie, 'clerk', { ...hole, photos: photos(6) }).fields['photos'], photos(6));
  assert.equal(opened(voirie, 'clerk', { ...hole, photos: photos(7) }), 'invalid');
  assert.ok(!('metadata' in voirie.fields.photos));
});

test('the first three fields are what, where and a word about it', () => {
  assert.deepEqual(Object.keys(voirie.fields).slice(0, 3), ['kind', 'place', 'note']);
});

test('the crew opens what it sees on its way, and the mayor only watches', () => {
  assert.equal(ticket(voirie, 'crew', hole).step, 'received');
  assert.equal(opened(voirie, 'mayor', hole), 'forbidden');
  assert.deepEqual(mayNow(voirie, ticket(voirie, 'clerk', hole), 'mayor'), []);
});

test('the crew sees a request from the moment it is sorted, or that it opened itself', () => {
  const fresh = ticket(voirie, 'clerk', hole);
  assert.equal(moved(voirie, fresh, 'crew', 'start'), 'not_found');
  assert.deepEqual(mayNow(voirie, ticket(voirie, 'crew', hole), 'crew'), []);
  assert.deepEqual(mayNow(voirie, walk(voirie, fresh, 'clerk', ['sort']), 'crew'), ['finish', 'start']);
});

// asvs 8.2.3
test('only the clerk reads who reported it', () => {
  const readings = ['clerk', 'crew', 'mayor'].map((role) =>
    readingInGeneral(voirie, hand(voirie, role))('reporter'),
  );
  assert.deepEqual(readings, ['shown', 'sealed', 'sealed']);
});

test('gloves on, one gesture says that it is done', () => {
  const planned = walk(voirie, ticket(voirie, 'clerk', hole), 'clerk', ['sort', 'send']);
  assert.equal(planned.step, 'planned');
  assert.equal(mayNow(voirie, planned, 'crew')[0], 'finish');
  const done = walk(voirie, planned, 'crew', ['finish']);
  assert.equal(walk(voirie, done, 'clerk', ['close']).step, 'closed');
});

test('what is turned down is answered', () => {
  const fresh = ticket(voirie, 'clerk', hole);
  assert.equal(moved(voirie, fresh, 'clerk', 'refuse'), 'invalid');
  const refused = moved(voirie, fresh, 'clerk', 'refuse', {
    fields: { answer: 'Cette route est départementale.' },
  });
  assert.ok(typeof refused === 'object' && refused.closedAt !== null);
});

test('what was not put right is opened again, with a word why', () => {
  const closed = walk(voirie, ticket(voirie, 'clerk', hole), 'clerk', ['sort', 'start']);
  const done = walk(voirie, closed, 'crew', ['finish']);
  assert.equal(moved(voirie, done, 'clerk', 'reopen'), 'comment_required');
  const again = moved(voirie, done, 'clerk', 'reopen', { comment: 'Le trou est revenu avec la pluie.' });
  assert.ok(typeof again === 'object' && again.step === 'sorted' && again.closedAt === null);
});
