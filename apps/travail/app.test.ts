import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWellDefined } from '../../tests/harness/definitions.ts';
import { mayNow, moved, ticket, walk } from '../../tests/harness/hands.ts';
import travail from './app.ts';

isWellDefined(travail);

const film = { kind: 'c41', what: 'Portra 400', format: 'small', scan: 'hd' };

for (const [kind, gestures] of [
  ['c41', 6],
  ['e6', 7],
  ['bw', 6],
  ['prints', 3],
  ['framing', 3],
] as const)
  test(`a job of kind ${kind} goes from hand to hand in ${gestures} gestures, all the same one`, () => {
    let state = ticket(travail, 'counter', { ...film, kind });
    for (let gesture = 0; gesture < gestures; gesture++) {
      assert.equal(mayNow(travail, state, 'bench')[0], 'next');
      state = walk(travail, state, 'bench', ['next']);
    }
    assert.equal(state.step, 'done');
    assert.notEqual(state.closedAt, null);
  });

test('a film of slides waits for its tank, a negative does not', () => {
  assert.equal(
    walk(travail, ticket(travail, 'counter', { ...film, kind: 'e6' }), 'bench', ['next']).step,
    'gathering',
  );
  assert.equal(walk(travail, ticket(travail, 'counter', film), 'bench', ['next']).step, 'developing');
});

test('a dry film that nobody wants scanned is cut at once', () => {
  const dry = walk(travail, ticket(travail, 'counter', { ...film, scan: 'none' }), 'bench', ['next', 'next']);
  assert.equal(walk(travail, dry, 'bench', ['skipScan']).step, 'sleeving');
  const scanned = walk(travail, ticket(travail, 'counter', film), 'bench', ['next', 'next']);
  assert.equal(moved(travail, scanned, 'bench', 'skipScan'), 'move_not_for_this_ticket');
});

test('what fails at the check is scanned again, and says what is wrong', () => {
  const checking = walk(
    travail,
    ticket(travail, 'counter', film),
    'bench',
    Array(5).fill('next') as string[],
  );
  assert.equal(checking.step, 'checking');
  assert.equal(moved(travail, checking, 'bench', 'redo'), 'invalid');
  const again = moved(travail, checking, 'bench', 'redo', {
    fields: { trouble: 'Poussières sur les vues 12 à 14' },
  });
  assert.ok(typeof again === 'object' && again.step === 'scanning');
});

test('a job taken under the wrong process starts over with the right one', () => {
  const wrong = walk(travail, ticket(travail, 'counter', { ...film, kind: 'prints' }), 'bench', ['next']);
  const right = moved(travail, wrong, 'counter', 'restart', {
    fields: { trouble: 'Saisi en tirages', kind: 'bw' },
  });
  assert.ok(typeof right === 'object');
  assert.equal(walk(travail, right, 'bench', ['next']).step, 'developing');
});
