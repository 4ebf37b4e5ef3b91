import assert from 'node:assert/strict';
import { test } from 'node:test';

import { joined, type Requirement } from './join.ts';
import { tagsIn } from './tags.ts';
import { write } from './write.ts';

const REQUIREMENTS: readonly Requirement[] = [
  { id: '1.1.1', level: 1, says: 'first' },
  { id: '1.1.2', level: 2, says: 'second' },
  { id: '17.1.1', level: 2, says: 'third | with a bar' },
];
const everywhere = (): boolean => true;

test('a tag belongs to the test below it, however that is written', () => {
  const text = [
    '// asvs 1.1.1 1.1.2',
    `test('a door that\\'s closed', async (t) => {`,
    '// asvs 17.1.1',
    '  await t.test(',
    '    `seed ${seed}`,',
    '// asvs is not a tag when it is followed by words of a sentence',
  ];
  assert.deepEqual(tagsIn('x.test.ts', text.slice(0, 5).join('\n')), [
    { file: 'x.test.ts', title: `a door that's closed`, ids: ['1.1.1', '1.1.2'] },
    { file: 'x.test.ts', title: 'seed ${seed}', ids: ['17.1.1'] },
  ]);
  assert.throws(() => tagsIn('x.test.ts', text.join('\n')), /x\.test\.ts:6/u);
});

test('a tag above what is no test, or a test that does not run, is an error', () => {
  for (const below of ['const a = 1;', `test.skip('x', () => {});`, `// test('x')`, ''])
    assert.throws(() => tagsIn('x.test.ts', `// asvs 1.1.1\n${below}`), /x\.test\.ts:1: .* above a test/u);
  for (const tag of ['// ASVS 1.1.1', '// asvs V1.1.1', '/* asvs 1.1.1 */', '// asvs: 1.1.1', '// asvs'])
    assert.throws(() => tagsIn('x.test.ts', `${tag}\ntest('x', () => {});`), /a tag is written/u, tag);
});

test('a known gap stays one although a part of it is tested, and what nobody decided on is a gap', () => {
  const tags = [{ file: 'x.test.ts', title: 'shows it', ids: ['1.1.1', '1.1.2'] }];
  const rows = joined(REQUIREMENTS, { '1.1.2': { gap: 'half of it' } }, tags, everywhere);
  assert.deepEqual(
    rows.map(({ id, status, tests }) => [id, status, tests.length]),
    [
      ['1.1.1', 'tested', 1],
      ['1.1.2', 'gap', 1],
      ['17.1.1', 'gap', 0],
    ],
  );
  const page = write(rows);
  assert.match(page, /\| \*\*all\*\* \| 1 \| 0 \| 0 \| 2 \|/u);
  assert.match(page, /third \\\| with a bar/u);
  assert.ok(page.indexOf('half of it') < page.indexOf('\n## 1. '), 'gaps come first');
});

test('a tag or a decision of no requirement, and a file that is not there, are told all at once', () => {
  const tags = [{ file: 'x.test.ts', title: 'shows it', ids: ['9.9.9'] }];
  const decisions = { '8.8.8': { gap: 'x' }, '1.1.1': { design: 'See `src/people/nothing.ts`.' } };
  assert.throws(
    () => joined(REQUIREMENTS, decisions, tags, () => false),
    /9\.9\.9[\s\S]*8\.8\.8[\s\S]*nothing\.ts/u,
  );
});
