import type { Line } from '../values.ts';
import { type FieldKind, type Parsed, problem } from './kind.ts';
import { readCents, writeCents } from './money.ts';
import { readNumber } from './number.ts';

const MOST = 200;
const PRODUCT = 200;

/** `a × b ÷ divisor`, rounded half away from zero, exact whatever the size. */
const scaled = (a: number, b: number, divisor: bigint): number => {
  const product = BigInt(a) * BigInt(b);
  const half = divisor / 2n;
  return Number((product < 0n ? product - half : product + half) / divisor);
};

/** Thousandths of a quantity, so that 1.1 × 10 cents is 11 and not 11.000000000000002. */
const thousandths = (quantity: number): number => Math.round(quantity * 1000);

/** Cents of one line, VAT included. */
export const lineTotal = (line: Line): number => scaled(thousandths(line.quantity), line.unitPrice, 1000n);

export interface Totals {
  /** Cents, VAT included. */
  readonly total: number;
  /** Cents of VAT in it, by rate in per cent. */
  readonly vat: { readonly [rate: string]: number };
}

/** Sums of an order: VAT is taken once from the sum of each rate, so that lines never drift by a cent each. */
export const totals = (lines: readonly Line[]): Totals => {
  const byRate = new Map<number, number>();
  for (const line of lines) byRate.set(line.vat, (byRate.get(line.vat) ?? 0) + lineTotal(line));
  const vat = Object.fromEntries(
    [...byRate].map(([rate, sum]) => {
      const hundredths = Math.round(rate * 100);
      return [String(rate), scaled(sum, hundredths, BigInt(10_000 + hundredths))];
    }),
  );
  return { total: [...byRate.values()].reduce((sum, part) => sum + part, 0), vat };
};

const parseLine = (given: unknown, at: string): Line | Parsed => {
  if (typeof given !== 'object' || given === null) return problem('lines_expected', {}, at);
  const { product, quantity, unitPrice, vat } = given as { readonly [key: string]: unknown };
  if (typeof product !== 'string' || product.trim() === '') return problem('required', {}, `${at}.product`);
  if (product.length > PRODUCT)
    return problem('too_long', { max: PRODUCT, length: product.length }, `${at}.product`);
  if (typeof quantity !== 'number' || !(Math.abs(quantity) <= 1e6))
    return problem('number_expected', {}, `${at}.quantity`);
  if (typeof unitPrice !== 'number' || !(Math.abs(unitPrice) <= 1e9) || !Number.isInteger(unitPrice))
    return problem('whole_number_expected', {}, `${at}.unitPrice`);
  if (typeof vat !== 'number' || !(vat >= 0 && vat <= 100))
    return problem('number_expected', {}, `${at}.vat`);
  return { product: product.trim(), quantity: thousandths(quantity) / 1000, unitPrice, vat };
};

export const lines: FieldKind = {
  parse(value, field) {
    if (!Array.isArray(value)) return problem('lines_expected');
    const max = (field.is === 'lines' && field.max) || MOST;
    if (value.length > max) return problem('too_many', { max });
    const read: Line[] = [];
    for (const [index, given] of value.entries()) {
      const line = parseLine(given, String(index));
      if (!('product' in line)) return line;
      read.push(line);
    }
    return { value: read.length === 0 ? null : read.map((line) => ({ ...line })) };
  },
  /** A line of text each: `2 × Développement C-41 @ 6,50 TVA 20`. */
  fromText(text) {
    return text
      .split('\n')
      .filter((row) => row.trim() !== '')
      .map((row) => {
        const parts =
          /^\s*(?:([\d.,]+)\s*[x×*]\s*)?(.+?)\s*@\s*([-\d., ]+)€?\s*(?:(?:TVA|VAT)\s*([\d.,]+)\s*%?)?\s*$/iu.exec(
            row,
          );
        if (!parts) return row;
        return {
          quantity: parts[1] ? readNumber(parts[1]) : 1,
          product: parts[2],
          unitPrice: readCents(parts[3] ?? ''),
          vat: parts[4] ? readNumber(parts[4]) : 20,
        };
      });
  },
  toText: (value) =>
    (value as unknown as readonly Line[])
      .map((line) => `${line.quantity} × ${line.product} @ ${writeCents(line.unitPrice)} TVA ${line.vat}`)
      .join('\n'),
};
