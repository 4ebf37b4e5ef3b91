import assert from 'node:assert/strict';
import { test } from 'node:test';

import { spanOf } from './ranges.ts';

test('one asks for a part from its beginning, from its end, or from somewhere on', () => {
  assert.deepEqual(spanOf('bytes=0-0', 10), { from: 0, to: 1 });
  assert.deepEqual(spanOf('bytes=2-5', 10), { from: 2, to: 6 });
  assert.deepEqual(spanOf('bytes=7-', 10), { from: 7, to: 10 });
  assert.deepEqual(spanOf('bytes=7-99', 10), { from: 7, to: 10 });
  assert.deepEqual(spanOf('bytes=-3', 10), { from: 7, to: 10 });
  assert.deepEqual(spanOf('bytes=-30', 10), { from: 0, to: 10 });
});

test('a part of which no byte is there is none', () => {
  assert.equal(spanOf('bytes=10-', 10), 'none');
  assert.equal(spanOf('bytes=10-12', 10), 'none');
  assert.equal(spanOf('bytes=-0', 10), 'none');
  assert.equal(spanOf('bytes=0-', 0), 'none');
});

test('what cannot be read asks for everything', () => {
  for (const header of [
    undefined,
    '',
    'bytes=',
    'bytes=-',
    'bytes=a-b',
    'bytes=5-2',
    'lines=1-2',
    'bytes=0-1,3-4',
  ])
    assert.equal(spanOf(header, 10), null, String(header));
});
