import type postgres from 'postgres';

/** The farthest time a JavaScript date can say stands for PostgreSQL's 'infinity', in both directions. */
export const FOREVER = new Date(8.64e15);

interface Scalar {
  parse(text: string): unknown;
  serialize(value: unknown): string;
}

const text: Scalar = { parse: (value) => value, serialize: String };
const number: Scalar = { parse: Number, serialize: String };
const boolean: Scalar = {
  parse: (value) => value === 't',
  serialize: (value) => (value === true ? 't' : 'f'),
};
const json: Scalar = {
  parse: (value): unknown => JSON.parse(value),
  serialize: (value) => JSON.stringify(value),
};
/** A bigint is a number when a number can hold it; beyond 2^53 it stays a BigInt rather than lose digits. */
const bigint: Scalar = {
  parse: (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value)),
  serialize: String,
};
const instant: Scalar = {
  parse: (value) => (value === 'infinity' ? FOREVER : new Date(value)),
  serialize: (value) => {
    const date = value instanceof Date ? value : new Date(value as string | number);
    return date.getTime() === FOREVER.getTime() ? 'infinity' : date.toISOString();
  },
};

/** Name, object id of the type and of its array (pg_type.dat), and how one value is read and written. */
const known: readonly (readonly [name: string, oid: number, array: number, scalar: Scalar])[] = [
  ['boolean', 16, 1000, boolean],
  ['bigint', 20, 1016, bigint],
  ['smallint', 21, 1005, number],
  ['integer', 23, 1007, number],
  ['text', 25, 1009, text],
  ['real', 700, 1021, number],
  ['double', 701, 1022, number],
  ['varchar', 1043, 1015, text],
  // A calendar day stays text: as a Date it would be a midnight of some time zone.
  ['day', 1082, 1182, text],
  ['instant', 1184, 1185, instant],
  ['numeric', 1700, 1231, text],
  ['uuid', 2950, 2951, text],
  ['json', 114, 199, json],
  ['jsonb', 3802, 3807, json],
];

/**
 * The types of both pools: jsonb is any JSON value, timestamptz a Date, date a 'YYYY-MM-DD', bigint a
 * number, numeric text. Arrays are declared here because the driver's own way, a query on each
 * new connection, has no one to catch its failure when the server dies meanwhile.
 */
export const types: Record<string, postgres.PostgresType> = Object.fromEntries(
  known.flatMap(([name, oid, array, scalar]) => [
    [name, { to: oid, from: [oid], parse: scalar.parse, serialize: scalar.serialize }],
    [
      `${name}[]`,
      {
        to: array,
        from: [array],
        parse: (value: string) => parseArray(value, scalar.parse),
        serialize: (values: unknown) => serializeArray(values, scalar.serialize),
      },
    ],
  ]),
);

/** For `sql.array(values)`: the array's object id of an element's. */
export const arrayTypes: Record<number, number> = Object.fromEntries(
  known.map(([, oid, array]) => [oid, array]),
);

/** Reads an array literal such as `{a,"b c",NULL,{d}}`. */
function parseArray(literal: string, parse: (text: string) => unknown): unknown[] {
  const root: unknown[] = [];
  const open: unknown[][] = [];
  const element = /"((?:[^"\\]|\\.)*)"|([^{},"]+)|([{}])/gs;
  for (const [, quoted, bare, brace] of literal.matchAll(element)) {
    if (brace === '{') {
      const inner = open.length === 0 ? root : [];
      open.at(-1)?.push(inner);
      open.push(inner);
    } else if (brace === '}') open.pop();
    else if (quoted !== undefined) open.at(-1)?.push(parse(quoted.replace(/\\(.)/gs, '$1')));
    else open.at(-1)?.push(bare === 'NULL' ? null : parse(bare ?? ''));
  }
  return root;
}

function serializeArray(values: unknown, serialize: (value: unknown) => string): string {
  if (!Array.isArray(values)) return String(values);
  const items = values.map((value: unknown) => {
    if (Array.isArray(value)) return serializeArray(value, serialize);
    if (value === null || value === undefined) return 'NULL';
    return `"${serialize(value).replace(/[\\"]/g, '\\$&')}"`;
  });
  return `{${items.join(',')}}`;
}
