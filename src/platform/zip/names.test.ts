import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { safeName, safePath, uniquePaths } from './index.ts';

const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '/',
      '\\',
      '.',
      ' ',
      ':',
      'C',
      'con',
      'é',
      'e\u0301',
      '\u202e',
      '\n',
      '\0',
      '\u00a0',
      '%',
    ),
    fc.constantFrom('nul', 'a', 'A', '(2)', '.txt', '\ud800', '👩‍🚀', 'ﬁ', '<\u0338', '\u200d', '\u0301'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 30,
});

test('a file is called what somebody called it', () => {
  for (const name of [
    'été à Quimper.jpg',
    '.htaccess',
    'a-b_c (2).tar.gz',
    "L'île, 100 %.pdf",
    '東京.png',
    '👩‍🚀.gif',
  ])
    assert.equal(safeName(name), name);
});

test('a name cannot lead elsewhere, deceive, or be refused by Windows', () => {
  const expected = {
    '': '_',
    '.': '_',
    '..': '_',
    '../../etc/passwd': '.._.._etc_passwd',
    'a\\b:c': 'a_b_c',
    CON: '_CON',
    'con.txt': '_con.txt',
    'Com1 .log': '_Com1 .log',
    'LPT².': '_LPT²',
    'console.txt': 'console.txt',
    'facture\u202efdp.exe': 'facturefdp.exe',
    'bell\u0007\r\n.txt': 'bell___.txt',
    ' spaces. . ': 'spaces',
    'what?*<>|".md': 'what______.md',
    'e\u0301te\u0301.txt': 'été.txt',
    'half \ud83d.txt': 'half \ufffd.txt',
  };
  for (const [name, safe] of Object.entries(expected)) assert.equal(safeName(name), safe);
});

test('a name that is too long keeps its extension, and no character is cut in two', () => {
  const name = safeName(`${'é'.repeat(300)}.jpeg`);
  assert.equal(name, `${'é'.repeat(115)}.jpeg`);
  assert.ok(Buffer.byteLength(safeName('👩'.repeat(300))) <= 235);
  assert.ok(Buffer.byteLength(safePath(`${'dossier/'.repeat(2000)}a.txt`)) <= 3500);
});

test('a path stays below the folder where it is unpacked', () => {
  const expected = {
    '/etc/passwd': 'etc/passwd',
    '../../a': 'a',
    'a/../../b': 'a/b',
    'C:\\Users\\me\\x.txt': 'Users/me/x.txt',
    'c:x': 'c_x',
    '\\\\server\\share\\x': 'server/share/x',
    'a//./b/': 'a/b',
    'a/.. /b': 'a/b',
    '': '_',
    '/': '_',
  };
  for (const [path, safe] of Object.entries(expected)) assert.equal(safePath(path), safe);
});

test('two files never become one, on any system', () => {
  assert.deepEqual(uniquePaths(['a.txt', 'A.TXT', 'a.txt', 'a (2).txt']), [
    'a.txt',
    'A (3).TXT',
    'a (4).txt',
    'a (2).txt',
  ]);
  assert.deepEqual(uniquePaths(['\u00e9', 'e\u0301']), ['é', 'é (2)']);
  assert.deepEqual(uniquePaths(['a', 'a/b', '.x', '.x']), ['a (2)', 'a/b', '.x', '.x (2)']);
  assert.deepEqual(uniquePaths(['photos.d/a', 'photos.d/a']), ['photos.d/a', 'photos.d/a (2)']);
  const many = uniquePaths(Array.from({ length: 20_000 }, () => 'a.jpg'));
  assert.equal(many[19_999], 'a (20000).jpg');
});

test('whatever the names are, what comes out is safe, unique, and comes out the same again', () => {
  fc.assert(
    fc.property(fc.array(nasty, { maxLength: 8 }), (paths) => {
      const safe = uniquePaths(paths);
      assert.equal(safe.length, paths.length);
      assert.equal(new Set(safe.map((path) => path.toLowerCase())).size, paths.length);
      assert.deepEqual(uniquePaths(safe), safe);
      for (const path of [...safe, ...paths.map(safePath)]) {
        assert.equal(safePath(path), path);
        for (const name of path.split('/')) {
          assert.equal(safeName(name), name);
          assert.match(name, /^[^\p{Cc}<>:"/\\|?*\u202a-\u202e]*[^\p{Cc}<>:"/\\|?*\u202a-\u202e. ]$/u);
        }
      }
    }),
    { numRuns: 2000 },
  );
});
