/**
 * The runner of tests. Arguments are files or folders (all of them without any); options such as
 * `--name=pattern` choose among the tests. CI=true makes a skipped test a failure.
 */
import { existsSync, globSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';
import { CLUSTER_VARIABLE, startTestCluster } from '../tests/harness/cluster.ts';

const root = resolve(import.meta.dirname, '..');
const EVERYTHING = ['src', 'apps', 'client', 'tests', 'scripts'];
const CONCURRENCY = 2;
const FILE_MINUTES = 10;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    name: { type: 'string', multiple: true, default: [] },
    concurrency: { type: 'string', default: String(CONCURRENCY) },
  },
});

const files = [
  ...new Set(
    (positionals.length > 0 ? positionals : EVERYTHING.map((folder) => join(root, folder))).flatMap(testsIn),
  ),
];
if (files.length === 0) {
  console.error('No test file there.');
  process.exit(1);
}

// Names of files are UTF-8 wherever the tests run: in the C locale, unzip and Chromium write them otherwise.
process.env['LC_ALL'] = 'C.UTF-8';

// One PostgreSQL for all files, unless another server is to be tested, or none is needed.
const cluster = process.env['TEST_DATABASE_URL'] ? undefined : await startTestCluster();
if (cluster) process.env[CLUSTER_VARIABLE] = cluster.url;

const skipped: string[] = [];
let failures = 0;
const interrupted = new AbortController();
const stream = run({
  files,
  signal: interrupted.signal,
  concurrency: Number(values.concurrency),
  timeout: FILE_MINUTES * 60_000,
  testNamePatterns: values.name.map((name) => new RegExp(name, 'u')),
});
stream.on('test:fail', ({ todo }) => {
  if (todo === undefined) failures += 1;
});
stream.on('test:pass', ({ name, file, skip }) => {
  // With --name, all the others count as skipped, for no reason of theirs.
  if (skip !== undefined && values.name.length === 0) {
    skipped.push(`${relative(root, file ?? '')}: ${name}${typeof skip === 'string' ? ` (${skip})` : ''}`);
  }
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interrupted.abort();
    void (cluster?.stop() ?? Promise.resolve()).finally(() => process.exit(130));
  });
}

const report = stream.compose(new spec());
report.pipe(process.stdout, { end: false });
await finished(report);
await cluster?.stop();

if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((one) => `  ${one}`).join('\n')}`);
if (process.env['CI'] === 'true' && skipped.length > 0) {
  console.log('With CI=true a skipped test is a failure.');
  failures += 1;
}
process.exit(failures === 0 ? 0 : 1);

function testsIn(path: string): string[] {
  const full = resolve(path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [full];
  return globSync('**/*.test.ts', { cwd: full, exclude: ['**/node_modules/**', '**/fixtures/**'] })
    .toSorted()
    .map((file) => join(full, file));
}
