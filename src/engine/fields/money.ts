import { type FieldKind, problem } from './kind.ts';
import { readNumber } from './number.ts';

/** Cents from what a person typed (`47,80 €`), without passing by a rounded product. */
export const readCents = (text: string): number | string => {
  const read = readNumber(text.replaceAll(/[€\s\u00a0\u202f]/gu, ''));
  return typeof read === 'number' ? Number(read.toFixed(2).replace('.', '')) : text;
};

export const writeCents = (cents: number): string => {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** Whole cents: a sum of money is never a floating number. */
export const money: FieldKind = {
  parse(value, field) {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) return problem('whole_number_expected');
    if (field.is === 'money' && field.min !== undefined && value < field.min)
      return problem('too_small', { min: field.min });
    if (field.is === 'money' && field.max !== undefined && value > field.max)
      return problem('too_large', { max: field.max });
    return { value };
  },
  fromText: (text) => readCents(text),
  toText: (value) => writeCents(Number(value)),
};
