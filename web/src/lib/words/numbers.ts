import type { Locale } from './locale.ts';

const formats = new Map<string, Intl.NumberFormat>();
const format = (locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
  const key = `${locale}|${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', options);
  formats.set(key, known);
  return known;
};

export const number = (value: number, locale: Locale): string =>
  format(locale, { maximumFractionDigits: 3 }).format(value);

/** Cents as people read them: `47,80 €`. */
export const money = (cents: number, locale: Locale): string =>
  format(locale, { style: 'currency', currency: 'EUR' }).format(cents / 100);

/** Cents as people type them: `47,80`. */
export const typedMoney = (cents: number, locale: Locale): string =>
  format(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2, useGrouping: false }).format(
    cents / 100,
  );

/** Cents from what was typed; `null` when it is no sum. */
export const readMoney = (text: string): number | null => {
  const bare = text.replaceAll(/[€\s\u00a0\u202f]/g, '').replace(',', '.');
  return /^-?(\d+\.?\d*|\.\d+)$/.test(bare) ? Math.round(Number(bare) * 100) : null;
};

/** A number from what was typed; `null` when it is none. */
export const readNumber = (text: string): number | null => {
  const bare = text.replaceAll(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  return /^-?(\d+\.?\d*|\.\d+)$/.test(bare) ? Number(bare) : null;
};

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Bytes as people read them: `4,2 Mo`. */
export const bytes = (count: number, locale: Locale): string => {
  const step = count < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(count) / 3));
  const digits = step === 0 || count / 1000 ** step >= 100 ? 0 : 1;
  return format(locale, {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    // In English the short one has no plural: `70 byte`.
    unitDisplay: step === 0 && locale === 'en' ? 'long' : 'short',
    maximumFractionDigits: digits,
  }).format(count / 1000 ** step);
};
