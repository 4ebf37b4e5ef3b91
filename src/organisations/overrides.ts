import { z } from 'zod';

import type { AppDefinition } from '../engine/index.ts';

const text = z.union([
  z.string().min(1).max(200),
  z.strictObject({ fr: z.string().min(1).max(200), en: z.string().min(1).max(200) }),
]);
const span = z.templateLiteral([z.number().positive(), z.enum(['m', 'h', 'd'])]);

/** What an organisation may say differently of an app that it installed: words and deadlines, never rights. */
export const overridesSchema = z.strictObject({
  title: text.optional(),
  fields: z.record(z.string(), z.strictObject({ label: text })).optional(),
  choices: z.record(z.string(), z.record(z.string(), text)).optional(),
  steps: z
    .record(
      z.string(),
      z.strictObject({
        label: text.optional(),
        due: span.optional(),
        stuck: span.optional(),
        takes: span.optional(),
      }),
    )
    .optional(),
  risk: span.optional(),
});

export type Overrides = z.infer<typeof overridesSchema>;

/** What the database holds was checked when it was written. */
export const readOverrides = (stored: unknown): Overrides => overridesSchema.parse(stored ?? {});

const present = <T extends object>(object: T): T =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;

/** Names in the overrides that the definition does not have: the settings page shows them beside the field. */
export const unknownNames = (definition: AppDefinition, overrides: Overrides): readonly string[] => [
  ...Object.keys(overrides.fields ?? {})
    .filter((name) => !definition.fields[name])
    .map((name) => `fields.${name}`),
  ...Object.keys(overrides.steps ?? {})
    .filter((name) => !definition.steps[name])
    .map((name) => `steps.${name}`),
  ...Object.entries(overrides.choices ?? {}).flatMap(([name, of]) => {
    const field = definition.fields[name];
    if (field?.is !== 'choice') return [`choices.${name}`];
    return Object.keys(of)
      .filter((choice) => !field.of[choice])
      .map((choice) => `choices.${name}.${choice}`);
  }),
];

/** The definition as this organisation says it. */
export const applyOverrides = (definition: AppDefinition, overrides: Overrides): AppDefinition => {
  const steps = Object.fromEntries(
    Object.entries(definition.steps).map(([name, step]) => [
      name,
      { ...step, ...present(overrides.steps?.[name] ?? {}) },
    ]),
  );
  const fields = Object.fromEntries(
    Object.entries(definition.fields).map(([name, field]) => {
      const labelled = { ...field, ...present(overrides.fields?.[name] ?? {}) };
      const labels = overrides.choices?.[name];
      if (labelled.is !== 'choice' || !labels) return [name, labelled];
      const of = Object.fromEntries(
        Object.entries(labelled.of).map(([choice, was]) => {
          const label = labels[choice];
          if (label === undefined) return [choice, was];
          return [choice, typeof was === 'object' && 'label' in was ? { ...was, label } : label];
        }),
      );
      return [name, { ...labelled, of }];
    }),
  );
  return {
    ...definition,
    ...(overrides.title !== undefined && { title: overrides.title }),
    ...(overrides.risk !== undefined && { risk: overrides.risk }),
    fields,
    // Names come from the definition itself, and spans were checked: the types of both are kept.
    steps: steps as AppDefinition['steps'],
  };
};
