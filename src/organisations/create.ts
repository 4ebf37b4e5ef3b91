import { definitionHash } from '../apps/index.ts';
import { type AppDefinition, checkDefinition, errorLines } from '../engine/index.ts';
import { newId } from '../platform/ids.ts';
import { asOrganisation, type Database } from '../platform/postgres/index.ts';
import { insertDefinition, insertOrganisation, insertSite, installApp } from './store.ts';

export interface NewSite {
  readonly slug: string;
  readonly name: string;
  readonly openingHours: string;
  readonly timeZone: string;
  readonly holidays: string;
}

export interface NewOrganisation {
  readonly slug: string;
  readonly name: string;
  readonly locale: 'fr' | 'en';
  readonly sites: readonly NewSite[];
  readonly apps: readonly AppDefinition[];
}

/**
 * Keeps a definition under its hash, once.
 * @throws Error that says where a definition is wrong and what to write instead
 */
export const keepDefinition = async (
  db: Database,
  definition: AppDefinition,
  now: number,
): Promise<string> => {
  const checked = checkDefinition(definition);
  if (!checked.ok)
    throw new Error(`The definition of "${definition.app}" is wrong:\n${errorLines(checked.errors)}`);
  const hash = definitionHash(checked.definition);
  await insertDefinition(db.system, hash, definition.app, JSON.stringify(checked.definition), new Date(now));
  return hash;
};

/** A new organisation with its sites and apps; nobody works there yet. */
export const createOrganisation = async (
  db: Database,
  input: NewOrganisation,
  now: number,
): Promise<string> => {
  const id = newId(now);
  const hashes = await Promise.all(
    input.apps.map(async (app) => ({ app: app.app, hash: await keepDefinition(db, app, now) })),
  );
  await insertOrganisation(
    db.system,
    { id, slug: input.slug, name: input.name, locale: input.locale },
    new Date(now),
  );
  await asOrganisation(db, id, async (tx) => {
    for (const site of input.sites) await insertSite(tx, id, { id: newId(now), ...site });
    for (const { app, hash } of hashes) await installApp(tx, id, app, hash, new Date(now));
  });
  return id;
};
