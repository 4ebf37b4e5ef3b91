import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soundEnglish, soundFrench } from './phonetic.ts';

const alike = (sound: (word: string) => string | null, ...groups: string[]): void => {
  for (const group of groups) {
    const [first = '', ...others] = group.split(' ');
    for (const other of others) assert.equal(sound(other), sound(first), `${other} sounds like ${first}`);
  }
};

test('names and words a French ear confuses have the same key', () => {
  alike(
    soundFrench,
    'wazemmes wazemes wazem vasem wasemme',
    'lefebvre lefevre',
    'wattignies watignies vatigni watigny',
    'gauthier gautier gotier gaultier',
    'philippe filip',
    'thibault tibo thibaud',
    'beauchamp bochan',
    'renault reno renaud',
    'meunier meunie',
    'quimper kimper',
    'hellemmes elemme hellem',
    'baroeul bareul',
    'photographie fotografi',
    'lampadaire lempadere',
    'graffiti grafiti graphiti',
    'etang etan',
    'moulins moulin',
    'chausson choson',
    'republique republik',
  );
});

test('names an English ear confuses have the same key', () => {
  alike(
    soundEnglish,
    'catherine kathryn',
    'wright rite right',
    'philip filip',
    'schmidt schmit',
    'knight nite',
  );
});

test('words that sound otherwise have other keys', () => {
  const words =
    'lampadaire graffiti etang moulin fives wazemmes lomme portra ektar negatif scanner branche trottoir'.split(
      ' ',
    );
  assert.equal(new Set(words.map(soundFrench)).size, words.length);
  assert.notEqual(soundFrench('bain'), soundFrench('banc'));
  assert.notEqual(soundFrench('don'), soundFrench('ton'));
  assert.notEqual(soundFrench('balade'), soundFrench('malade'));
});

test('numbers, codes, other scripts and very short words have no sound', () => {
  for (const word of ['42', 'c41', 'de', 'v', '漢字', 'ωμεγα', '']) {
    assert.equal(soundFrench(word), null, word);
    assert.equal(soundEnglish(word), null, word);
  }
});
