import type { Chance } from './chance.ts';

const two = (number: number): string => String(number).padStart(2, '0');
const three = (number: number): string => String(number).padStart(3, '0');

/** Fifteen characters: an invented person's NIR, whose key is right. */
export const nirOf = (chance: Chance): string => {
  const month = chance.pick([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 5, 6, 20, 31, 42, 50, 99]);
  const place = chance.pick([
    () => two(1 + chance.below(95)) + three(1 + chance.below(700)),
    () => `2A${three(1 + chance.below(300))}`,
    () => `2B${three(1 + chance.below(300))}`,
    () => `97${1 + chance.below(6)}${two(1 + chance.below(30))}`,
    () => `99${three(100 + chance.below(300))}`,
  ])();
  const first = `${chance.pick(['1', '2'])}${two(chance.below(100))}${two(month)}${place}${three(1 + chance.below(900))}`;
  return first + keyOf(first);
};

/** As INSEE has it, in the words of whoever wrote it down, and not those of the code under test. */
const keyOf = (first: string): string => {
  const digits = first.replace('2A', '19').replace('2B', '18');
  return two(97 - Number(BigInt(digits) % 97n));
};

/** The ways in which people write it. */
export const WRITTEN: readonly ((nir: string) => string)[] = [
  (nir) => nir,
  (nir) => nir.replace(/^(.)(..)(..)(..)(...)(...)(..)$/, '$1 $2 $3 $4 $5 $6 $7'),
  (nir) => nir.replace(/^(.{13})(..)$/, '$1 $2'),
  (nir) => nir.replace(/^(.{13})(..)$/, '$1 clé $2'),
  (nir) => nir.replace(/^(.)(..)(..)(..)(...)(...)(..)$/, '$1-$2-$3-$4-$5-$6-$7'),
  (nir) => nir.replace(/^(.)(..)(..)(..)(...)(...)(..)$/, '$1.$2.$3.$4.$5.$6.$7'),
  (nir) =>
    nir.replace(
      /^(.)(..)(..)(..)(...)(...)(..)$/,
      '$1\u00a0$2\u00a0$3\u00a0$4\u00a0$5\u00a0$6\u00a0/\u00a0$7',
    ),
  (nir) => nir.toLowerCase(),
  (nir) => [...nir].join(' '),
  (nir) => `| ${[...nir].join(' | ')} |`,
];

/** Eleven digits: an invented doctor's. */
export const rppsOf = (chance: Chance): string => {
  const first = `10${chance.digits(8)}`;
  const sum = [...first].toReversed().reduce((sum, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
  return `${first}${(10 - (sum % 10)) % 10}`;
};

const LAST = [
  'MARTIN',
  'Le Goff',
  'Durand',
  'MOREAU',
  'Kerbrat',
  'Nguyen',
  'Da Silva',
  'Lefèvre',
  'Quéméner',
];
const FIRST = ['Anne', 'Yann', 'Léa', 'Gaëlle', 'Paul', 'Jeanne', 'Malo', 'Inès', 'Loïc'];
export const nameOf = (chance: Chance): string => `${chance.pick(LAST)} ${chance.pick(FIRST)}`;
export const dateOf = (chance: Chance, from: number, to: number): string =>
  `${two(1 + chance.below(28))}/${two(1 + chance.below(12))}/${from + chance.below(to - from)}`;
