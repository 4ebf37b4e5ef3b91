import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AppDefinition } from '../engine/index.ts';

/** Where this Vigie is. */
export const ROOT = join(import.meta.dirname, '../..');

/** The names of the apps that come with it. */
export const appsHere = (): readonly string[] =>
  readdirSync(join(ROOT, 'apps'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();

/** What a module or an app's folder defines; unchecked. */
export const definedIn = async (path: string): Promise<unknown> =>
  ((await import(pathToFileURL(path).href)) as { readonly default: unknown }).default;

/** The definition of an app that comes with it. */
export const appHere = async (name: string): Promise<AppDefinition> =>
  (await definedIn(join(ROOT, 'apps', name, 'app.ts'))) as AppDefinition;
