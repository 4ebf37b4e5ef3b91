import { type FieldKind, problem } from './kind.ts';
import { asText } from '../values.ts';

/** `1 234,5` and `1,234.5` as people of both languages type them. */
export const readNumber = (text: string): number | string => {
  const bare = text.replaceAll(/[\s\u00a0\u202f']/gu, '');
  const decimal = /^[+-]?\d+(,\d+)?$/u.test(bare) ? bare.replace(',', '.') : bare.replaceAll(',', '');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/u.test(decimal) ? Number(decimal) : text;
};

export const number: FieldKind = {
  parse(value, field) {
    if (typeof value !== 'number' || !Number.isFinite(value)) return problem('number_expected');
    if (field.is !== 'number') return problem('number_expected');
    if (field.whole && !Number.isSafeInteger(value)) return problem('whole_number_expected');
    if (field.min !== undefined && value < field.min) return problem('too_small', { min: field.min });
    if (field.max !== undefined && value > field.max) return problem('too_large', { max: field.max });
    return { value };
  },
  fromText: (text) => readNumber(text),
  toText: asText,
};
