import assert from 'node:assert/strict';
import { test } from 'node:test';

import { piecesOf } from '../../web/src/lib/words/addresses.ts';

const linksIn = (written: string): readonly (string | null)[] =>
  piecesOf(written).flatMap(({ href }) => (href === null ? [] : [href]));

test('a web address in a message leads there, without the full stop of its sentence', () => {
  assert.deepEqual(linksIn('Déposez ici : https://rade.example/garenne/drop/Ab-1_2. Merci !'), [
    'https://rade.example/garenne/drop/Ab-1_2',
  ]);
  assert.deepEqual(linksIn('(voir https://a.example/x?y=1#z), puis http://b.example/'), [
    'https://a.example/x?y=1#z',
    'http://b.example/',
  ]);
});

test('what is written is shown letter by letter, and nothing but the web is a link', () => {
  for (const written of [
    'rien',
    '',
    'javascript:alert(1) data:text/html,x ftp://a.example file:///etc/passwd',
    'https://',
    '<a href="https://a.example/">cliquez</a>',
    'https://a.example/\u202Egnp.exe et la suite\nà la ligne',
  ])
    assert.equal(
      piecesOf(written)
        .map(({ text }) => text)
        .join(''),
      written,
    );
  assert.deepEqual(linksIn('javascript:alert(1) data:text/html,x https:// http://[bad'), []);
});
