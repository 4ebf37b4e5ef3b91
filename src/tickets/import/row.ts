import { Temporal } from 'temporal-polyfill';
import type { FieldSource, ImportMap } from './map.ts';

export type Row = { readonly [column: string]: string };

/** A row as the engine takes it: instants in epoch milliseconds, values to be parsed by the types of their fields. */
export interface ImportedTicket {
  /** `los-angeles-311:1-1523590121`: the same row is never imported twice. */
  readonly source: string;
  readonly openedAt: number;
  /** `null` while it has not ended. */
  readonly closedAt: number | null;
  readonly fields: { readonly [field: string]: unknown };
}

export type ReadRow = { readonly ticket: ImportedTicket } | { readonly wrong: readonly string[] };

const cell = (row: Row, column: string): string => row[column]?.trim() ?? '';

/** An instant with its offset, or a wall time in the map's zone; a time that a clock change repeats is the first. */
const instant = (written: string, timeZone: string): number | null => {
  try {
    if (/(?:Z|[+-]\d{2}:?\d{2})$/u.test(written))
      return Temporal.Instant.from(written.replace(' ', 'T')).epochMilliseconds;
    return Temporal.PlainDateTime.from(written.replace(' ', 'T')).toZonedDateTime(timeZone).epochMilliseconds;
  } catch {
    return null;
  }
};

const degrees = (row: Row, column: string, wrong: string[]): number | null => {
  const written = cell(row, column);
  const value = Number(written);
  if (written !== '' && Number.isFinite(value)) return value;
  wrong.push(written === '' ? `${column} is empty` : `${column} "${written}" is not a number`);
  return null;
};

const translated = (
  row: Row,
  column: string,
  table: { readonly [value: string]: string } | undefined,
  otherwise: string | undefined,
  wrong: string[],
): string => {
  const written = cell(row, column);
  if (!table || written === '') return written;
  if (Object.hasOwn(table, written)) return table[written] ?? '';
  if (otherwise === undefined) wrong.push(`${column} "${written}" is not in the table of the map`);
  return otherwise ?? '';
};

const valueOf = (from: FieldSource, row: Row, wrong: string[]): unknown => {
  if ('always' in from) return from.always;
  if ('column' in from) return translated(row, from.column, from.values, from.otherwise, wrong) || undefined;
  if ('text' in from)
    return from.text
      .replaceAll(/\{([^}]*)\}/gu, (_, column: string) =>
        translated(row, column, from.values?.[column], undefined, wrong),
      )
      .trim();
  const lat = degrees(row, from.latitude, wrong);
  const lng = degrees(row, from.longitude, wrong);
  const accuracy = from.accuracy === undefined ? Number.NaN : Number.parseFloat(cell(row, from.accuracy));
  const address = from.address === undefined ? '' : cell(row, from.address);
  return { lat, lng, ...(Number.isFinite(accuracy) && { accuracy }), ...(address !== '' && { address }) };
};

/** Reads one row of the file by the map, or says all that is wrong with it. */
export const readRow = (map: ImportMap, row: Row): ReadRow => {
  const wrong: string[] = [];
  const key = cell(row, map.source.key);
  if (key === '') wrong.push(`${map.source.key} is empty`);
  const date = (column: string): number | null => {
    const written = cell(row, column);
    const at = instant(written, map.timeZone);
    if (at === null)
      wrong.push(written === '' ? `${column} is empty` : `${column} "${written}" is not a date and time`);
    return at;
  };
  const openedAt = date(map.opened);
  const closedAt = map.closed && cell(row, map.closed.column) !== '' ? date(map.closed.column) : null;
  if (openedAt !== null && closedAt !== null && closedAt < openedAt)
    wrong.push(`${map.closed?.column} is before ${map.opened}`);
  const fields = Object.fromEntries(
    Object.entries(map.fields).flatMap(([name, from]) => {
      const value = valueOf(from, row, wrong);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  if (wrong.length > 0 || openedAt === null) return { wrong: [...new Set(wrong)] };
  return { ticket: { source: `${map.source.name}:${key}`, openedAt, closedAt, fields } };
};
