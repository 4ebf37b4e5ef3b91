/** Every check that needs no running: types, lint, format, dead code, walls. Stops at none; fails if any failed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly folder?: string;
}

const folders = ['src', 'apps', 'client', 'bench', 'tests', 'scripts'].filter((folder) =>
  existsSync(join(root, folder)),
);
const checks: readonly Check[] = [
  { name: 'types', command: ['node', 'node_modules/typescript-7/bin/tsc', '--noEmit'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings', ...folders] },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  // First of those that read web/: it writes the types that its pages import.
  ...(hasScript('web', 'check')
    ? [{ name: 'pages', command: ['npm', 'run', '--silent', 'check'], folder: 'web' } as const]
    : []),
  { name: 'dead code', command: ['knip'] },
  {
    name: 'walls',
    command: [
      'depcruise',
      '--config',
      '.dependency-cruiser.js',
      ...folders,
      ...(existsSync(join(root, 'web/src')) ? ['web/src'] : []),
    ],
  },
  { name: 'asvs', command: ['node', 'scripts/asvs.ts', '--check'] },
  { name: 'doors', command: ['node', 'src/cli/vigie.ts', 'doors', '--list'] },
];

const failed: string[] = [];
for (const { name, command, folder = '.' } of checks) {
  const began = Date.now();
  console.log(`\n── ${name}: ${command.slice(0, 4).join(' ')}${command.length > 4 ? ' …' : ''}`);
  const [program, ...args] = command;
  const { status, error } = spawnSync(program, args, {
    cwd: join(root, folder),
    stdio: 'inherit',
    env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}` },
  });
  if (error) console.error(error.message);
  if (status !== 0) failed.push(name);
  console.log(`${status === 0 ? '✔' : '✖'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

console.log(
  failed.length === 0
    ? `\nAll ${checks.length} checks passed.`
    : `\n${failed.length} of ${checks.length} checks failed: ${failed.join(', ')}.`,
);
process.exit(failed.length === 0 ? 0 : 1);

function hasScript(folder: string, script: string): boolean {
  const file = join(root, folder, 'package.json');
  if (!existsSync(file)) return false;
  const { scripts } = JSON.parse(readFileSync(file, 'utf8')) as { scripts?: Record<string, string> };
  return scripts?.[script] !== undefined;
}
