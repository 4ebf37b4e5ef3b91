import { type FieldKind, problem } from './kind.ts';
import { asText } from '../values.ts';

/** True for a day of the Gregorian calendar written `2026-02-28`; `2026-02-30` is none. */
export const isDay = (text: string): boolean => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  if (!parts) return false;
  const day = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])));
  return day.toISOString().slice(0, 10) === text;
};

export const date: FieldKind = {
  parse: (value) => (typeof value === 'string' && isDay(value) ? { value } : problem('date_expected')),
  fromText(text) {
    const french = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/u.exec(text.trim());
    if (!french) return text.trim();
    const [, day = '', month = '', year = ''] = french;
    return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  },
  toText: asText,
};
