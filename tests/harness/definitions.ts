import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkDefinition, errorLines } from '../../src/engine/check.ts';
import type { AppDefinition } from '../../src/engine/define.ts';
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
    const untold = Object.entries(textsOf(definition, ''))
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
