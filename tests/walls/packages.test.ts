import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const REGISTRY = 'https://registry.npmjs.org/';
const ROOT = join(import.meta.dirname, '../..');

interface Package {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
}
interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
  readonly allowScripts?: Record<string, boolean>;
}

const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(ROOT, ...path), 'utf8')) as T;

const locked = (folder: string): readonly (readonly [string, Package])[] =>
  Object.entries(read<{ packages: Record<string, Package> }>(folder, 'package-lock.json').packages).filter(
    ([path, { link, inBundle }]) => path.includes('node_modules/') && link !== true && inBundle !== true,
  );

for (const folder of ['.', 'web']) {
  // asvs 15.1.2
  test(`every package of ${folder === '.' ? 'the server' : folder} comes from the registry, and is the one that was looked at`, () => {
    const packages = locked(folder);
    assert.ok(packages.length > 50);
    for (const [path, { resolved, integrity, version, dev, optional }] of packages) {
      // Unsaid, it is the registry that npm is set to; said, it is npm's own. Never a fork, a folder or another site.
      assert.match(resolved ?? REGISTRY, /^https:\/\/registry\.npmjs\.org\//u, path);
      // npm leaves the hash out of tools for machines other than the one that wrote the file.
      if (integrity !== undefined || dev !== true || optional !== true)
        assert.match(integrity ?? '', /^sha512-/u, path);
      assert.match(version ?? '', /^\d+\.\d+\.\d+/u, path);
    }
    const { dependencies, devDependencies, optionalDependencies } = read<Manifest>(folder, 'package.json');
    for (const [name, version] of Object.entries({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
    }))
      assert.match(version, /^(?:npm:.+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/u, `${name}: a version, not a range`);
  });

  test(`no package of ${folder === '.' ? 'the server' : folder} runs anything while it is installed, but those that are named`, () => {
    assert.match(readFileSync(join(ROOT, folder, '.npmrc'), 'utf8'), /^strict-allow-scripts=true$/mu);
    const allowed = Object.keys(read<Manifest>(folder, 'package.json').allowScripts ?? {});
    const runs = locked(folder)
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
    assert.deepEqual(
      runs.filter((name) => !allowed.includes(name)),
      [],
    );
  });
}
