/** Values as the database, the API and the events hold them: JSON and nothing else. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A place on the ground: WGS84 degrees, accuracy in metres. */
export interface Place {
  readonly lat: number;
  readonly lng: number;
  readonly accuracy?: number;
  readonly address?: string;
}

/** One line of an order. Prices are cents, VAT included; `vat` is the rate in per cent. */
export interface Line {
  readonly product: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly vat: number;
}

/** One file of a field: only which it is. The vault keeps the rest, sealed. */
export interface FileRef {
  readonly id: string;
}

export type Fields = { readonly [name: string]: Json };

/** True when both are the same JSON, whatever the order of keys. */
export const sameJson = (a: Json | undefined, b: Json | undefined): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  const right = b as { readonly [key: string]: Json };
  return (
    left.length === Object.keys(b).length &&
    left.every(([key, value]) => key in b && sameJson(value, right[key]))
  );
};

/** One line of text for a value that is text, a number or the like; JSON for anything else. */
export const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
