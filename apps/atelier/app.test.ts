import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editableFields, readingInGeneral } from '../../src/engine/access.ts';
import { isWellDefined } from '../../tests/harness/definitions.ts';
import { guestOf, hand, mayNow, moved, opened, ticket } from '../../tests/harness/hands.ts';
import atelier from './app.ts';

isWellDefined(atelier);

const order = {
  contact: { id: '0197e1a0-0000-7000-8000-000000000001' },
  summary: '3 Portra 400, scan HD',
  promised: '2026-03-04T17:00:00Z',
  phone: '+33320000000',
};

test('the counter takes an order, and the bench may not', () => {
  assert.equal(ticket(atelier, 'counter', order).step, 'taken');
  assert.equal(opened(atelier, 'bench', order), 'forbidden');
});

// asvs 2.2.3
test('an order needs a customer, its contents and a promise', () => {
  for (const field of ['contact', 'summary', 'promised'])
    assert.equal(opened(atelier, 'counter', { ...order, [field]: null }), 'invalid');
});

// asvs 8.2.3 15.3.1
test('the bench reads neither who the customer is nor the prices', () => {
  const reading = readingInGeneral(atelier, hand(atelier, 'bench'));
  assert.deepEqual(['contact', 'phone', 'lines', 'paid', 'summary', 'promised'].map(reading), [
    'sealed',
    'sealed',
    'hidden',
    'hidden',
    'shown',
    'shown',
  ]);
});

test('customers find their scans behind their link, and the bench is who puts them', () => {
  const one = { id: '0197e1a0-0000-7000-8000-000000000001' };
  assert.equal(readingInGeneral(atelier, guestOf(atelier, 'customer', 't'))('scans'), 'shown');
  assert.ok(editableFields(atelier, hand(atelier, 'bench')).includes('scans'));
  assert.deepEqual(ticket(atelier, 'counter', { ...order, scans: [one] }).fields['scans'], [one]);
  assert.equal(opened(atelier, 'counter', { ...order, scans: ['3 scans'] }), 'invalid');
});

test('the counter reads and edits everything', () => {
  const reading = readingInGeneral(atelier, hand(atelier, 'counter'));
  for (const field of Object.keys(atelier.fields)) assert.equal(reading(field), 'shown', field);
});

test('an order is ready only once its jobs have ended, whoever says so', () => {
  const state = ticket(atelier, 'counter', order);
  assert.equal(moved(atelier, state, 'counter', 'complete', { heldOpen: 1 }), 'held_not_ended');
  const ready = moved(atelier, state, 'counter', 'complete');
  assert.ok(typeof ready === 'object' && ready.step === 'ready');
});

test('the counter hands over a ready order and says whether it is paid; the bench cannot', () => {
  const ready = moved(atelier, ticket(atelier, 'counter', order), 'counter', 'complete');
  assert.ok(typeof ready === 'object');
  assert.deepEqual(mayNow(atelier, ready, 'counter')[0], 'collect');
  assert.deepEqual(mayNow(atelier, ready, 'bench'), []);
  assert.equal(moved(atelier, ready, 'counter', 'collect'), 'invalid');
  const collected = moved(atelier, ready, 'counter', 'collect', { fields: { paid: true } });
  assert.ok(typeof collected === 'object' && collected.closedAt !== null);
});
