import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readingInGeneral } from '../access.ts';
import { type AppDefinition, defineApp, type Field } from '../define.ts';
import { sayProblem } from '../messages.ts';
import { hand, opened, ticket } from '../../../tests/harness/hands.ts';
import { accepts, files } from './files.ts';

const label = 'Files';
const any: Field = { is: 'files', label };
const id = (nth: number): { readonly id: string } => ({
  id: `0197e1a0-0000-7000-8000-${String(nth).padStart(12, '0')}`,
});
const ids = (count: number): readonly { readonly id: string }[] =>
  Array.from({ length: count }, (_, nth) => id(nth));

const told = (value: unknown, field: Field = any): string => {
  const parsed = files.parse(value, field);
  return 'problem' in parsed ? `${parsed.problem}${parsed.at ? ` ${parsed.at}` : ''}` : 'taken';
};

test('files stay in the order in which people put them, and none at all is an empty field', () => {
  const given = [id(3), id(1), id(2)];
  assert.deepEqual(files.parse(given, any), { value: given });
  assert.deepEqual(files.parse([], any), { value: null });
});

// asvs 2.2.1
test('a field takes identifiers and nothing else, each once', () => {
  for (const wrong of ['', 'a.jpg', 3, true, {}, id(1)]) assert.equal(told(wrong), 'files_expected');
  for (const wrong of [
    null,
    'a.jpg',
    id(1).id,
    {},
    { id: 'a.jpg' },
    { id: id(1).id.toUpperCase() + 'A' },
    { ...id(1), name: 'a.jpg' },
    [id(1)],
  ])
    assert.equal(told([id(2), wrong]), 'files_expected 1');
  assert.equal(told([id(1), id(2), id(1)]), 'same_file_twice 2');
});

test('a field takes 200 files, or as many as it says', () => {
  assert.equal(told(ids(200)), 'taken');
  assert.equal(told(ids(201)), 'too_many_files');
  assert.equal(told(ids(6), { ...any, max: 6 }), 'taken');
  assert.equal(told(ids(7), { ...any, max: 6 }), 'too_many_files');
  assert.match(
    sayProblem({ path: '', code: 'too_many_files', params: { max: 6, count: 7 } }, 'fr'),
    /7, 6 au plus/u,
  );
});

test('whatever is given is taken as it is, or refused; what was taken is taken again', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.array(fc.uuid().map((one) => ({ id: one })))), (given) => {
      const once = files.parse(given, any);
      if ('problem' in once || once.value === null) return;
      assert.deepEqual(once.value, given);
      assert.deepEqual(files.parse(once.value, any), once);
    }),
  );
});

test('a cell of a spreadsheet says how many there are, and nobody types a file', () => {
  assert.equal(files.toText(ids(3), any), '3');
  for (const odd of [null, [], 'x', {}]) assert.equal(files.toText(odd, any), '');
  const typed = files.fromText('3', any, { instant: () => null, locale: 'fr' });
  assert.equal(told(typed), 'files_expected');
});

test('a field takes the types that it names, the families, or any', () => {
  const pictures: Field = { is: 'files', label, accept: ['image/*', 'application/pdf'] };
  for (const type of ['image/jpeg', 'IMAGE/HEIC', 'application/pdf', 'application/pdf; version=1.7'])
    assert.ok(accepts(pictures, type), type);
  for (const type of ['image/', 'image', 'imagery/png', 'application/pdfx', 'text/html', '', 'x/image/png'])
    assert.ok(!accepts(pictures, type), type);
  assert.ok(accepts(any, 'application/x-anything'));
  assert.ok(!accepts({ is: 'text', label }, 'text/plain'));
});

const album: AppDefinition = defineApp({
  app: 'album',
  title: 'Album',
  noun: { one: 'album', many: 'albums' },
  reference: 'A-{seq}',
  classification: 'internal',
  keep: '1 years',
  fields: { letters: { is: 'files', label, sealed: true }, drafts: { is: 'files', label } },
  roles: {
    keeper: { label, sees: 'all', reveals: ['letters'], opens: true },
    helper: { label, sees: 'all', hides: ['drafts'], opens: true },
  },
  steps: { open: { label, start: true }, done: { label, end: true } },
  moves: { end: { label, from: 'open', to: 'done', by: 'keeper' } },
});

// asvs 8.2.3
test('sealed and hidden files are as any other field that is sealed or hidden', () => {
  const state = ticket(album, 'keeper', { letters: [id(1)], drafts: [id(2)] });
  assert.deepEqual([state.fields, state.sealed], [{ drafts: [id(2)] }, { letters: [id(1)] }]);
  const reading = readingInGeneral(album, hand(album, 'helper'));
  assert.deepEqual(['letters', 'drafts'].map(reading), ['sealed', 'hidden']);
  assert.equal(opened(album, 'helper', { drafts: [id(2)] }), 'invalid');
});
