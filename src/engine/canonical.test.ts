import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson } from './canonical.ts';

test('the order in which keys were written does not matter', () => {
  assert.equal(
    canonicalJson({ b: 1, a: [true, null, { d: 'é', c: 1.5 }] }),
    '{"a":[true,null,{"c":1.5,"d":"é"}],"b":1}',
  );
});

test('keys are sorted by UTF-16 code units and numbers are written as ECMAScript does, as RFC 8785 shows', () => {
  assert.equal(
    canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 }),
    '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
  );
  assert.equal(
    canonicalJson([Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27, -0]),
    '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
  );
});

test('any JSON value reads back as itself', () => {
  fc.assert(
    fc.property(
      fc.json().map((text) => JSON.parse(text) as unknown),
      (value) => {
        assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
      },
    ),
  );
});

test('what JSON cannot say is refused, not dropped', () => {
  for (const value of [
    undefined,
    { a: undefined },
    [() => 1],
    Number.NaN,
    Infinity,
    new Date(0),
    new Map(),
    '\ud800',
    1n,
  ])
    assert.throws(() => canonicalJson(value), TypeError);
});
