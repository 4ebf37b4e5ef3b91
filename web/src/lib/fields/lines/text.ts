import type { Value } from '../../api/types.ts';
import { readMoney, readNumber, typedMoney } from '../../words/numbers.ts';
import type { Locale } from '../../words/locale.ts';

/** A line as it is typed. */
interface TypedLine {
  product: string;
  quantity: string;
  unitPrice: string;
  vat: string;
}

export const emptyLine = (): TypedLine => ({ product: '', quantity: '1', unitPrice: '', vat: '20' });

export const linesOf = (value: Value | undefined, locale: Locale): TypedLine[] =>
  Array.isArray(value)
    ? (value as readonly { readonly [key: string]: Value }[]).map((line) => ({
        product: String(line['product'] ?? ''),
        quantity: String(line['quantity'] ?? 1).replace('.', locale === 'fr' ? ',' : '.'),
        unitPrice: typedMoney(Number(line['unitPrice'] ?? 0), locale),
        vat: String(line['vat'] ?? 20),
      }))
    : [];

/** `2 × Développement C-41 @ 6,50 TVA 20`, a line each, read back into their parts. */
export const readLines = (text: string): TypedLine[] =>
  text
    .split('\n')
    .filter((row) => row.trim() !== '')
    .map((row) => {
      const parts =
        /^\s*(?:([\d.,]+)\s*[x×*]\s*)?(.+?)\s*@\s*([-\d., ]+)€?\s*(?:(?:TVA|VAT)\s*([\d.,]+)\s*%?)?\s*$/i.exec(
          row,
        );
      return parts
        ? {
            quantity: parts[1] ?? '1',
            product: parts[2] ?? '',
            unitPrice: (parts[3] ?? '').trim(),
            vat: parts[4] ?? '20',
          }
        : { ...emptyLine(), product: row.trim() };
    });

const isBlank = (line: TypedLine): boolean => line.product.trim() === '' && line.unitPrice.trim() === '';

/** `@` parts a product from its price, so a product cannot have one. */
export const writeLines = (lines: readonly TypedLine[]): string =>
  lines
    .filter((line) => !isBlank(line))
    .map(
      ({ product, quantity, unitPrice, vat }) =>
        `${quantity} × ${product.replaceAll('@', ' ')} @ ${unitPrice || '0'} TVA ${vat}`,
    )
    .join('\n');

/** Cents of a line as typed; `null` while it is not a sum. */
export const typedTotal = (line: TypedLine): number | null => {
  const quantity = readNumber(line.quantity);
  const price = readMoney(line.unitPrice);
  return quantity === null || price === null ? null : Math.round(quantity * price);
};
