/**
 * How a word sounds, as a short key: words with the same key sound alike, to a French or an English ear.
 *
 * French: our own ordered rules, in the manner of Phonex (Frédéric Brouard, 1999) for the order in which
 * letters merge, with the nasal vowels and silent endings of Sonnex (Frédéric Bisson, 2014). Words arrive
 * without accents, so e, é, è and ê are one vowel. Unlike Phonex we keep neighbouring consonants apart
 * (d and t, b and v, m and n): in a lexicon of every word, not of surnames alone, too much would sound alike.
 *
 * English: Double Metaphone (Lawrence Philips, "The Double Metaphone Search Algorithm", C/C++ Users Journal,
 * June 2000), primary code, from the `double-metaphone` package.
 */
import { doubleMetaphone } from 'double-metaphone';

/** In this order: each rule reads what the ones before it left. */
const french: readonly (readonly [RegExp, string])[] = [
  // Consonants. C is "ch", N is "gn"; z is s, as who writes from memory mixes them.
  [/sch|sh|ch/g, 'C'],
  [/ph/g, 'f'],
  [/h/g, ''],
  [/w|bv/g, 'v'],
  [/z/g, 's'],
  [/nn$/, 'n'],
  [/mn(?=[aeiouy])/g, 'n'],
  [/pt(?=[aeiouy])/g, 't'],
  [/(?<!s)tio/g, 'sio'],
  [/s?c(?=[eiy])/g, 's'],
  [/gn/g, 'N'],
  [/ge(?=[aou])|g(?=[eiy])/g, 'j'],
  [/gu(?=[eiy])/g, 'g'],
  [/cqu|qu|ck|[cqk]/g, 'k'],
  [/(?<=.)x(?=.)/g, 'ks'],
  // Vowels. 1 is "in", 2 "an", 3 "on", 4 "ou", 5 "eu", W "oi".
  [/(?<=[aeou])il(?:l|(?=s?$))/g, 'Y'],
  [/eau|au(?:l(?=[^aeiouy]))?/g, 'o'],
  [/oin(?![aeiouyn])/g, 'W1'],
  [/oi|oy/g, 'W'],
  [/ou|oo/g, '4'],
  [/o?eu|oe/g, '5'],
  [/(?<=[iy])en(?![aeiouyn])/g, '1'],
  [/(?:ai|ei|ay|ey)(?:n(?![aeiouyn])|m(?![aeiouym]))/g, '1'],
  [/ai|ei|ay|ey/g, 'e'],
  [/[iyu](?:n(?![aeiouyn])|m(?=[bp]))/g, '1'],
  [/[ae](?:n(?![aeiouyn])|m(?=[bp]))/g, '2'],
  [/o(?:n(?![aeiouyn])|m(?![aeiouym]))/g, '3'],
  [/y/g, 'i'],
  [/(.)\1+/g, '$1'],
  // Endings one writes and does not hear.
  [/(?<=..)[stdx]+$/, ''],
  [/(?<=.[1234])[gkp]$/, ''],
  [/(?<=..)(?:er|e)$/, ''],
];

/** The French key, or `null` for what has no sound of its own (numbers, codes, one letter). */
export const soundFrench = (word: string): string | null => {
  if (!/^[a-z]{3,}$/.test(word)) return null;
  const key = french.reduce((left, [letters, sound]) => left.replace(letters, sound), word);
  return key.length < 2 ? null : key;
};

/** The English key, or `null`. */
export const soundEnglish = (word: string): string | null => {
  if (!/^[a-z]{3,}$/.test(word)) return null;
  const [key] = doubleMetaphone(word);
  return key.length < 2 ? null : key;
};
