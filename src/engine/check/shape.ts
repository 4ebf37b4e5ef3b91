import { z } from 'zod';
import type {
  AnyPredicate,
  AppDefinition,
  CalendarSpan,
  Choice,
  Classification,
  Comparison,
  Field,
  FieldType,
  MediaType,
  Move,
  Notify,
  OpenSpan,
  Role,
  Scalar,
  Step,
  Text,
} from '../define.ts';

// The `error` of a schema is what to write; `issues.ts` makes the sentence.

const text = z
  .string({ error: "write a text in quotes, such as `'Label'`" })
  .min(1, { error: 'write a text that is not empty' });

const label: z.ZodType<Text> = z.union([text, z.strictObject({ fr: text, en: text })], {
  error: "write a text, or one in each language: `{ fr: 'Libellé', en: 'Label' }`",
});

const yes = z.literal(true, { error: 'write `true`, or leave it out' }).exactOptional();

/** As far ahead as calendars are sure to count. */
const MOST = { m: 100_000, h: 2_500, d: 366 } as const;

const span = z.string().refine(
  (written): written is OpenSpan => {
    const [, count = '', unit] = /^(\d+(?:\.\d+)?)([mhd])$/u.exec(written) ?? [];
    if (unit === 'd') return Number.isInteger(Number(count)) && Number(count) <= MOST.d;
    return (unit === 'm' || unit === 'h') && Number(count) > 0 && Number(count) <= MOST[unit];
  },
  { error: "write open time as `'45m'`, `'4h'` or `'3d'`, a year at most" },
);

const keep = z
  .string()
  .refine((written): written is CalendarSpan => /^[1-9]\d{0,3} (days|months|years)$/u.test(written), {
    error: "write `'90 days'`, `'6 months'` or `'3 years'`",
  });

const scalar: z.ZodType<Scalar> = z.union([z.string(), z.number(), z.boolean(), z.null()], {
  error: 'write a text, a number, true, false or null',
});

const comparison: z.ZodType<Comparison> = z.union(
  [
    scalar,
    z.strictObject({ in: z.array(scalar).min(1) }),
    z.strictObject({ not: scalar }),
    z.strictObject({ lt: z.union([z.number(), z.string()]) }),
    z.strictObject({ gt: z.union([z.number(), z.string()]) }),
  ],
  { error: "write a value, or one of `{ in: ['a', 'b'] }`, `{ not: 'a' }`, `{ lt: 3 }` and `{ gt: 3 }`" },
);

const one = z.record(z.string(), comparison);
const CONDITIONS = "conditions such as `{ kind: 'pothole' }`, or a list of them when one is enough";
const conditions: z.ZodType<AnyPredicate> = z.union([one, z.array(one)], { error: `write ${CONDITIONS}` });

const names = z.array(text, { error: "write a list of names, such as `['kind', 'note']`" });
const nameOrNames = z.union([text, z.array(text).min(1)], {
  error: "write a name, or a list of names: `['clerk', 'crew']`",
});
const most = z
  .int({ error: 'write a whole number' })
  .min(1, { error: 'write a whole number above 0' })
  .exactOptional();
const number = z.number({ error: 'write a number' }).exactOptional();
const cents = z.int({ error: 'write a whole number of cents' }).exactOptional();

/** A family with its star, or one type; restricted names as RFC 6838 has them, in small letters. */
const mediaType = z
  .string()
  .refine(
    (written): written is MediaType =>
      /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/(\*|[a-z0-9][a-z0-9!#$&^_.+-]{0,126})$/u.test(written),
    { error: "write a media type in small letters, `'application/pdf'`, or a family, `'image/*'`" },
  );

const choiceShape = { label, was: text.exactOptional(), retired: yes };
/** A label alone, or a choice that says more. */
const choice: z.ZodType<Text | Choice> = z.union([label, z.strictObject(choiceShape)], {
  error: "write a label, or `{ label: 'Label', was: 'formerName' }`, or `{ label: 'Label', retired: true }`",
});

const fieldBase = {
  label,
  help: label.exactOptional(),
  required: yes,
  search: yes,
  sealed: yes,
  card: yes,
  was: text.exactOptional(),
  retired: yes,
};
const fieldShapes = [
  { ...fieldBase, is: z.enum(['text', 'longtext']), max: most },
  { ...fieldBase, is: z.literal('number'), min: number, max: number, unit: text.exactOptional(), whole: yes },
  { ...fieldBase, is: z.literal('money'), min: cents, max: cents },
  {
    ...fieldBase,
    is: z.literal('choice'),
    of: z.record(z.string(), choice, { error: "write the choices: `{ small: 'Small', large: 'Large' }`" }),
  },
  { ...fieldBase, is: z.enum(['yesno', 'date', 'datetime', 'place', 'contact', 'phone', 'email']) },
  { ...fieldBase, is: z.literal('lines'), max: most },
  {
    ...fieldBase,
    is: z.literal('files'),
    max: most,
    accept: z
      .array(mediaType, { error: "write a list, such as `['image/*', 'application/pdf']`" })
      .exactOptional(),
    metadata: z.literal('kept', { error: "write `'kept'`, or leave it out" }).exactOptional(),
  },
] as const;
const [words, figure, money, chosen, plain, lines, files] = fieldShapes;

const field: z.ZodType<Field> = z.discriminatedUnion('is', [
  z.strictObject(words),
  z.strictObject(figure),
  z.strictObject(money),
  z.strictObject(chosen),
  z.strictObject(plain),
  z.strictObject(lines),
  z.strictObject(files),
]);

const roleShape = {
  label,
  sees: z.union([z.enum(['all', 'none']), one, z.array(one)], {
    error: `write \`'all'\`, \`'none'\`, or ${CONDITIONS}`,
  }),
  reveals: names.exactOptional(),
  hides: names.exactOptional(),
  edits: z.union([z.literal('all'), names], { error: "write `'all'`, or a list of fields" }).exactOptional(),
  opens: yes,
  comments: yes,
  assigns: yes,
  exports: yes,
  guest: yes,
  was: text.exactOptional(),
};
const role: z.ZodType<Role<string>> = z.strictObject(roleShape);

const stepShape = {
  label,
  start: yes,
  end: yes,
  due: span.exactOptional(),
  stuck: span.exactOptional(),
  takes: span.exactOptional(),
  waits: names.exactOptional(),
  was: text.exactOptional(),
  retired: yes,
};
const step: z.ZodType<Step<string>> = z.strictObject(stepShape);

const moveShape = {
  label,
  from: nameOrNames,
  to: text,
  by: nameOrNames,
  asks: names.exactOptional(),
  if: conditions.exactOptional(),
  held: z.enum(['ended', 'then']).exactOptional(),
  main: yes,
  confirm: yes,
};
const move: z.ZodType<Move<string, string, string>> = z.strictObject(moveShape);

const notifyShape = {
  on: z.string({ error: 'write what it follows' }) as z.ZodType<Notify<string, string, string, string>['on']>,
  to: text,
  subject: label.exactOptional(),
  text: label.exactOptional(),
};
const notify: z.ZodType<Notify<string, string, string, string>> = z.strictObject(notifyShape);

const routesShape = { by: text, of: z.record(z.string(), z.array(text)) };
const holdsShape = { app: text, label };
const nounShape = { one: label, many: label };
const promise: z.ZodType<NonNullable<AppDefinition['promise']>> = z.union(
  [z.strictObject({ field: text }), z.strictObject({ after: span })],
  { error: "write `{ field: 'promised' }`, or `{ after: '3d' }`" },
);

const record = <T>(entry: z.ZodType<T>, what: string): z.ZodType<Record<string, T>> =>
  z.record(z.string(), entry, { error: `write the ${what} by their names: \`{ name: { … } }\`` });

const sidecarsShape = {
  of: text,
  title: text.exactOptional(),
  description: text.exactOptional(),
  keywords: names.exactOptional(),
  people: text.exactOptional(),
  location: text.exactOptional(),
  period: text.exactOptional(),
  source: text.exactOptional(),
  date: text.exactOptional(),
  place: text.exactOptional(),
};

const appShape = {
  app: text,
  title: label,
  noun: z.strictObject(nounShape),
  reference: text,
  classification: z.enum(['public', 'internal', 'health']) satisfies z.ZodType<Classification>,
  fields: record(field, 'fields'),
  roles: record(role, 'roles'),
  steps: record(step, 'steps'),
  moves: record(move, 'moves'),
  opening: names.exactOptional(),
  routes: z.strictObject(routesShape).exactOptional(),
  holds: z.strictObject(holdsShape).exactOptional(),
  heading: names.exactOptional(),
  promise: promise.exactOptional(),
  risk: span.exactOptional(),
  notify: z.array(notify).exactOptional(),
  keep: keep.exactOptional(),
  sidecars: z.strictObject(sidecarsShape).exactOptional(),
};

/** Every part of an app, to check each on its own. */
export const schemas = {
  ...appShape,
  field,
  role,
  step,
  move,
  notifyRule: notify,
  app: z.strictObject(appShape),
} as const;

const keysOf = (shape: object): readonly string[] => Object.keys(shape);
const fieldKeys = (value: unknown): readonly string[] => {
  const is = (value as { readonly is?: FieldType }).is;
  return keysOf(fieldShapes.find((shape) => shape.is.safeParse(is).success) ?? fieldBase);
};

/** The keys that an object at this path may have. */
export const keysAt = (path: readonly PropertyKey[], value: unknown): readonly string[] => {
  const [section, , inner] = path;
  if (section === undefined) return keysOf(appShape);
  if (section === 'fields') return inner === undefined ? fieldKeys(value) : keysOf(choiceShape);
  const shapes: { readonly [section: string]: object } = {
    roles: roleShape,
    steps: stepShape,
    moves: moveShape,
    notify: notifyShape,
    routes: routesShape,
    holds: holdsShape,
    noun: nounShape,
    sidecars: sidecarsShape,
  };
  return keysOf(shapes[String(section)] ?? {});
};
