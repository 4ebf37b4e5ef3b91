import { Failure, type Say } from '../terminal.ts';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
const FRENCH = ['o', 'ko', 'Mo', 'Go', 'To', 'Po'] as const;

/** Bytes as people say them, by thousands: 1.5 GB. */
export const sayBytes = (bytes: number, say: Say): string => {
  const unit = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** unit;
  const text = unit === 0 ? String(bytes) : value.toFixed(value < 10 ? 1 : 0);
  return say(`${text.replace('.', ',')} ${FRENCH[unit] ?? ''}`, `${text} ${UNITS[unit] ?? ''}`);
};

/** `50GB`, `500 Mo`, `1.5TB`; null for `none`. @throws Failure for anything else */
export const readBytes = (written: string, say: Say): number | null => {
  if (/^(?:none|aucun)$/iu.test(written)) return null;
  const [, number = '', unit = ''] = /^(\d{1,6}(?:[.,]\d{1,3})?) ?([kmgtp]?)[bo]$/iu.exec(written) ?? [];
  const power = ['', 'k', 'm', 'g', 't', 'p'].indexOf(unit.toLowerCase());
  const bytes = Math.round(Number(number.replace(',', '.')) * 1000 ** power);
  if (number !== '' && Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  throw new Failure(
    2,
    'bad_size',
    say(
      `« ${written} » ne va pas : écrivez 50Go, 500Mo, ou aucun.`,
      `"${written}" will not do: write 50GB, 500MB, or none.`,
    ),
  );
};
