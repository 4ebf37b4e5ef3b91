import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '../..');

/** A template or a string that begins like a statement, or a piece of SQL sent as it is. */
const SQL =
  /[`'"]\s*(?:with\s+\w+\s+as\s*(?:materialized\s*)?\(|select\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|create\s+(?:table|index|role)\s|alter\s+table\s|begin;|set\s+local\s)|\.unsafe\(/g;

function sqlIn(text: string): string[] {
  return (
    text
      .split('\n')
      .filter((line) => !/^\s*(?:\/\/|\*|\/\*)/.test(line))
      .join('\n')
      // Keywords are written in small letters here; in a sentence, the first is a capital.
      .replace(/\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|SET|WITH|FROM|AS)\b/g, (word) =>
        word.toLowerCase(),
      )
      .match(SQL) ?? []
  );
}

test('SQL stands in files named store.ts, and nowhere else', () => {
  const files = globSync(['src/**/*.ts', 'apps/**/*.ts', 'web/src/**/*.{ts,svelte}', 'client/*.ts'], {
    cwd: root,
  });
  const elsewhere = files.filter((file) => !/(?:^|\/)store\.ts$|\.test\.ts$|^src\/platform\//.test(file));
  assert.ok(files.some((file) => file.endsWith('store.ts')));
  const found = elsewhere.flatMap((file) =>
    sqlIn(readFileSync(join(root, file), 'utf8')).map((sql) => `${file}: ${sql.trim()}`),
  );
  assert.deepEqual(found, []);
});

test('a statement is seen for what it is, and prose is not', () => {
  for (const text of [
    'tx`select 1`',
    'tx`\n  insert into ticket',
    'sql.unsafe(text)',
    '`with found as (select',
    "'update ticket set step'",
  ]) {
    assert.equal(sqlIn(text).length > 0, true, text);
  }
  for (const text of ["'Select a step'", "'update the board'", '// tx`select 1`', "'with a lens'"]) {
    assert.deepEqual(sqlIn(text), [], text);
  }
});
