import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkDefinition, errorLines } from '../../src/engine/check.ts';
import { type AppDefinition, defineApp } from '../../src/engine/define.ts';
import { exposureMatrix, matrixPath } from '../../src/engine/matrix.ts';

/** What every app of this house is tested for. */
export const isWellDefined = (definition: AppDefinition): void => {
  test(`${definition.app} is right in every part, and is plain JSON`, () => {
    const checked = checkDefinition(JSON.parse(JSON.stringify(definition)));
    assert.ok(checked.ok, checked.ok ? '' : errorLines(checked.errors));
    assert.deepEqual(checked.definition, definition);
  });

  test(`the matrix of ${definition.app} that was reviewed is the one it has`, () => {
    const path = matrixPath(definition);
    const committed = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
    assert.equal(
      committed,
      exposureMatrix(definition),
      `${path} is stale: run \`npm run vigie -- matrix --write\`, then review what it exposes.`,
    );
  });

  test(`${definition.app} speaks French and English`, () => {
    // What sidecars say is called as fields are, and is a name.
    const { sidecars: _names, ...told } = definition;
    const untold = Object.entries(textsOf(told, ''))
      .filter(([, text]) => typeof text === 'string')
      .map(([path]) => path);
    assert.deepEqual(untold, []);
  });
};

const TEXTS = new Set(['label', 'help', 'title', 'subject', 'text', 'one', 'many']);

/** Every text for people in a definition, by its path: a label, or a choice that is one. */
const textsOf = (value: unknown, path: string): { readonly [path: string]: unknown } => {
  if (typeof value !== 'object' || value === null) return {};
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, inner]) => {
      const at = path ? `${path}.${key}` : key;
      const isText = TEXTS.has(key) || /^fields\.\w+\.of$/u.test(path);
      return isText && (typeof inner === 'string' || 'fr' in (inner as object))
        ? { [at]: inner }
        : textsOf(inner, at);
    }),
  ) as { readonly [path: string]: unknown };
};

/** An app with health data, as none is shipped: a request to the doctor on call. */
export const GARDE = defineApp({
  app: 'garde',
  title: { fr: 'Garde', en: 'On call' },
  noun: { one: { fr: 'demande', en: 'request' }, many: { fr: 'demandes', en: 'requests' } },
  reference: 'G-{seq}',
  keep: '12 months',
  classification: 'health',
  heading: ['exam'],
  fields: {
    exam: { is: 'text', label: { fr: 'Examen', en: 'Examination' }, required: true, search: true },
    patient: { is: 'text', label: { fr: 'Patient', en: 'Patient' }, sealed: true },
  },
  roles: {
    doctor: {
      label: { fr: 'Médecin', en: 'Doctor' },
      sees: 'all',
      reveals: ['patient'],
      edits: 'all',
      opens: true,
      comments: true,
      assigns: true,
      exports: true,
    },
  },
  steps: {
    asked: { label: { fr: 'Demandé', en: 'Asked' }, start: true, waits: ['doctor'], due: '1h' },
    answered: { label: { fr: 'Répondu', en: 'Answered' }, end: true },
  },
  moves: {
    answer: {
      label: { fr: 'Répondre', en: 'Answer' },
      from: 'asked',
      to: 'answered',
      by: ['doctor'],
      main: true,
    },
  },
  notify: [{ on: 'open', to: 'doctor' }],
});
