import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDefinition, errorLines } from './check.ts';
import { errorsOf, library, withValue } from './check/fixture.test.ts';

const MOVE = { label: 'Move', from: 'asked', to: 'back', by: 'keeper' };

test('a definition that is right in every part is accepted as it is', () => {
  const checked = checkDefinition(library);
  assert.ok(checked.ok, checked.ok ? '' : errorLines(checked.errors));
  assert.deepEqual(checked.definition, library);
});

test('a move that the frame makes by itself can ask for nothing', () => {
  const held = withValue('holds', { app: 'parts', label: 'Parts' }) as typeof library;
  const errors = errorsOf({
    ...held,
    moves: { ...held.moves, refuse: { ...held.moves.refuse, held: 'then' } },
  });
  assert.deepEqual(
    errors.map(({ path }) => path),
    ['moves.refuse.asks'],
  );
});

test('everything wrong is said at once, shapes and names together, each thing once', () => {
  const errors = errorsOf({
    ...library,
    title: 3,
    fields: { ...library.fields, tool: { is: 'txt' } },
    moves: { ...library.moves, refuse: { ...library.moves.refuse, to: 'bak', by: 'boss' } },
  });
  const paths = errors.map(({ path }) => path);
  assert.deepEqual(paths.toSorted(), ['fields.tool.is', 'moves.refuse.by', 'moves.refuse.to', 'title']);
});

test('what can be listed is listed for tools beside the sentence', () => {
  const [error] = errorsOf(withValue('moves.refuse.to', 'bak'));
  assert.equal(error?.expected, 'asked, packed, lent, back, $next, $back');
});

test('anything at all can be checked, and is refused with a reason', () => {
  for (const value of [
    undefined,
    null,
    3,
    'app',
    [],
    {},
    { fields: null, roles: 'x', steps: [], moves: 3, notify: {} },
  ]) {
    const errors = errorsOf(value);
    assert.ok(errors.length > 0, JSON.stringify(value));
  }
  assert.match(errorsOf(undefined)[0]?.message ?? '', /There is no definition/u);
});

test('a former name that nothing has any more is allowed, for a version further on', () => {
  assert.deepEqual(errorsOf(withValue('fields.tool.was', 'instrument')), []);
});

test('two main moves are allowed when conditions tell them apart', () => {
  const value = withValue('moves.refuse', { ...MOVE, main: true, if: { broken: true } });
  assert.deepEqual(errorsOf(value), []);
});
