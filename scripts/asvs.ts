/**
 * Writes docs/asvs.md from the tags of the tests and what is decided of the rest; with --check, only says whether it
 * is as it would be written.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { type Decision, joined, type Requirement } from './asvs/join.ts';
import { allTags } from './asvs/tags.ts';
import { write } from './asvs/write.ts';

const root = resolve(import.meta.dirname, '..');
const page = join(root, 'docs/asvs.md');
const read = (file: string): unknown => JSON.parse(readFileSync(join(root, 'docs/asvs', file), 'utf8'));

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const rows = joined(
  read('requirements.json') as Requirement[],
  read('decisions.json') as Record<string, Decision>,
  allTags(root),
  (path) => existsSync(join(root, path)),
);
const text = write(rows);

if (!values.check) {
  writeFileSync(page, text);
  const gaps = rows.filter(({ status }) => status === 'gap').length;
  console.log(`docs/asvs.md: ${rows.length} requirements, ${gaps} gaps.`);
} else if (!existsSync(page) || readFileSync(page, 'utf8') !== text) {
  console.error('docs/asvs.md is not what the tests and decisions say: npm run asvs');
  process.exitCode = 1;
}
