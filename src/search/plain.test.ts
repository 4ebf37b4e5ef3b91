import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chunks, flatten, wholeReference, wordsOf } from './plain.ts';

const words = (text: string): string[] => [...wordsOf(text)];

test('accents, case and ligatures are put aside', () => {
  assert.equal(
    flatten('ÉTANG Œuvre Ævar Straße Ørsted Łódź ﬁn'),
    'etang oeuvre aevar strasse orsted lodz fin',
  );
  assert.equal(flatten('e\u0301'), flatten('é'));
});

test('a word loses its elided article and its English contraction, and keeps the rest', () => {
  assert.deepEqual(words("l'étang d’Arras qu'il jusqu’ici"), ['etang', 'arras', 'il', 'ici']);
  assert.deepEqual(words("O'Brien don't Mary's"), ['o', 'brien', 'don', 'mary']);
});

test('words that every text has are left out', () => {
  assert.deepEqual(words('rue de la Fontaine et du Moulin'), ['rue', 'fontaine', 'moulin']);
});

test('numbers lose their leading zeros, and zero stays', () => {
  assert.deepEqual(words('0042 42 000 0'), ['42', '0']);
});

test('codes are found in one go and by their pieces', () => {
  assert.deepEqual(words('C-41'), ['c', '41', 'c41']);
  assert.deepEqual(words('Tri-X'), ['tri', 'x', 'trix']);
  assert.deepEqual(words('V-2026-0042'), ['v', '2026', '42', 'v20260042']);
  assert.deepEqual(words('35mm'), ['35', 'mm', '35mm']);
  assert.deepEqual(words('Portra400'), ['portra', '400']);
  assert.deepEqual(words('12/03/2026'), ['12', '3', '2026']);
  assert.deepEqual(words('Nid-de-poule'), ['nid', 'poule']);
});

test('a reference is one word, however it is written', () => {
  for (const reference of ['V-2026-0042', 'v 2026 0042', 'V20260042', 'v.2026/0042']) {
    assert.equal(wholeReference(reference), 'v20260042', reference);
  }
});

test('a chunk says how it was written', () => {
  assert.deepEqual(
    chunks('Étang, Wazemmes !').map(({ text }) => text),
    ['Étang', 'Wazemmes'],
  );
});

test('words are letters and figures alone, whatever the text', () => {
  const nasty =
    ' \0 \' " \\ & | ! ( ) : * < > @ # = 🎞️ \uD800 ½ ﷺ ² Ⅳ ‮ \u200B a\u0300\u0301\u0302' + 'é'.repeat(5000);
  for (const word of wordsOf(nasty)) assert.match(word, /^[\p{L}\p{N}]{1,40}$/u);
});
