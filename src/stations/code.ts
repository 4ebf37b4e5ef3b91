import { createHmac, randomInt } from 'node:crypto';

/** No letter that is read for another, or for a figure. */
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const LENGTH = 8;

/** How long a pairing code can be used, in milliseconds. */
export const CODE = 10 * 60_000;

/** Eight letters to type on a tablet, 39 bits: enough for ten minutes, once. */
export const newCode = (): string =>
  Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** As people write it: `abcd-efgh`. */
export const readCode = (typed: string): string => typed.toUpperCase().replaceAll(/[^A-Z0-9]/gu, '');

/** So few letters are soon guessed from a plain hash: it is kept under the key that PINs are. */
export const hashCode = (pepper: Buffer, code: string): Buffer =>
  createHmac('sha256', pepper).update(`pairing ${code}`).digest();
