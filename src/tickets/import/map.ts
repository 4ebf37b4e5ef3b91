import { z } from 'zod';
import { type DefinitionError, nearest, Report } from '../../engine/check/report.ts';
import type { AppDefinition } from '../../engine/index.ts';

const values = z.record(z.string(), z.string(), { error: 'write a table: `{ "1": "graffiti" }`' });

/** The column as it is; with `values`, through a table, where what is not in it is `otherwise`, or a wrong row. */
const column = z.strictObject({
  column: z.string(),
  values: values.optional(),
  otherwise: z.string().optional(),
});
const place = z.strictObject({
  latitude: z.string(),
  longitude: z.string(),
  accuracy: z.string().optional(),
  address: z.string().optional(),
});
/** `{column}` in the text is what the row says there; `values` has a table for each column that needs one. */
const text = z.strictObject({ text: z.string(), values: z.record(z.string(), values).optional() });
const constant = z.strictObject({ always: z.union([z.string(), z.number(), z.boolean()]) });

const source = z.union([column, place, text, constant], {
  error:
    'write `{ "column": … }`, `{ "latitude": …, "longitude": … }`, `{ "text": "… {column} …" }` or `{ "always": … }`',
});

const timeZone = z.string().refine(
  (name) => {
    try {
      return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
    } catch {
      return false;
    }
  },
  { error: 'write the name of a time zone, such as `"Europe/Paris"`' },
);

const mapSchema = z.strictObject({
  app: z.string(),
  /** Where the rows come from, and the column whose value is never given twice: no row is imported twice. */
  source: z.strictObject({
    name: z.string().regex(/^[a-z0-9-]+$/u, { error: 'write small letters, digits and `-`' }),
    key: z.string(),
  }),
  /** The time zone of the dates that say none. */
  timeZone,
  /** Column of the date and time a ticket was opened: `2020-01-31 14:05:00`, or ISO 8601. */
  opened: z.string(),
  /** Column of when it ended, empty while it has not, and the step where it then stands. */
  closed: z.strictObject({ column: z.string(), step: z.string() }).optional(),
  /** Slug of the site of every ticket. */
  site: z.string().optional(),
  fields: z.record(z.string(), source),
});

/** How the rows of a CSV become tickets of an app. */
export type ImportMap = z.infer<typeof mapSchema>;
export type FieldSource = z.infer<typeof source>;
export type MapError = DefinitionError;

/** The columns a field is read from. */
export const columnsOf = (from: FieldSource): readonly string[] => {
  if ('column' in from) return [from.column];
  if ('latitude' in from)
    return [from.latitude, from.longitude, from.accuracy, from.address].filter((name) => name !== undefined);
  return 'text' in from ? [...from.text.matchAll(/\{([^}]*)\}/gu)].map(([, name = '']) => name) : [];
};

const checkFields = (map: ImportMap, definition: AppDefinition, report: Report): void => {
  for (const [name, from] of Object.entries(map.fields)) {
    const path = `fields.${name}`;
    if (!report.known(path, 'field', name, Object.keys(definition.fields))) continue;
    const field = definition.fields[name];
    if (field?.is === 'place' && !('latitude' in from))
      report.add(
        path,
        `\`${name}\` is a place: write \`{ "latitude": "…", "longitude": "…" }\`, with the columns.`,
      );
    if (field?.is !== 'place' && 'latitude' in from)
      report.add(path, `\`${name}\` is of type ${field?.is}, not a place: write \`{ "column": "…" }\`.`);
    if (field?.is === 'files')
      report.add(
        path,
        `\`${name}\` holds files, which no column brings: remove it, and add them afterwards.`,
      );
    if (field?.is !== 'choice') continue;
    const choices = Object.keys(field.of);
    const known = (at: string, value: string): boolean =>
      report.known(at, `choice of \`${name}\``, value, choices);
    if ('column' in from) {
      for (const [value, choice] of Object.entries(from.values ?? {}))
        known(`${path}.values.${value}`, choice);
      if (from.otherwise !== undefined) known(`${path}.otherwise`, from.otherwise);
    }
    if ('always' in from) known(`${path}.always`, String(from.always));
  }
  for (const [name, field] of Object.entries(definition.fields))
    if (field.required && !field.retired && !(name in map.fields))
      report.add(
        'fields',
        `\`${name}\` is required to open a ticket: write where it comes from, \`"${name}": { "column": "…" }\`.`,
      );
};

/**
 * Reads an import map for an app: `apps/voirie/311-map.json` is one.
 * Says everything that is wrong with it at once.
 */
export const readImportMap = (
  value: unknown,
  definition: AppDefinition,
):
  | { readonly ok: true; readonly map: ImportMap }
  | { readonly ok: false; readonly errors: readonly MapError[] } => {
  const report = new Report();
  const parsed = mapSchema.safeParse(value);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const path = issue.path.map(String).join('.');
      if (issue.code !== 'unrecognized_keys')
        report.add(path, `\`${path || 'map'}\` is missing or wrong: ${issue.message}.`);
      else
        for (const key of issue.keys)
          report.add(path, `There is nothing called \`${key}\` in an import map: ${hint(key)}`);
    }
    return { ok: false, errors: report.errors };
  }
  const map = parsed.data;
  if (map.app !== definition.app)
    report.add(
      'app',
      `The map is for \`${map.app}\`, not for \`${definition.app}\`: name its app in the command.`,
    );
  checkFields(map, definition, report);
  if (
    map.closed &&
    report.known('closed.step', 'step', map.closed.step, Object.keys(definition.steps)) &&
    !definition.steps[map.closed.step]?.end
  )
    report.add(
      'closed.step',
      `\`${map.closed.step}\` does not end a ticket: name a step with \`end: true\`.`,
    );
  return report.errors.length === 0 ? { ok: true, map } : { ok: false, errors: report.errors };
};

const hint = (key: string): string => {
  const near = nearest(key, Object.keys(mapSchema.shape));
  return near ? `did you mean \`${near}\`?` : 'remove it.';
};

/** The columns that the map names and the file does not have. */
export const checkColumns = (map: ImportMap, header: readonly string[]): readonly MapError[] => {
  const report = new Report();
  const known = (path: string, name: string): boolean => report.known(path, 'column', name, header);
  known('source.key', map.source.key);
  known('opened', map.opened);
  if (map.closed) known('closed.column', map.closed.column);
  for (const [field, from] of Object.entries(map.fields))
    for (const name of columnsOf(from)) known(`fields.${field}`, name);
  return report.errors;
};
