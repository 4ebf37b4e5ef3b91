import { join } from 'node:path';

import type { Actor, AppDefinition } from '../../engine/index.ts';
import type { House } from '../../organisations/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { createLogger } from '../../platform/logging.ts';
import type { Call } from '../../tickets/index.ts';
import { anyKey, makeVault, openMaster, openShelf, type Vault } from '../../vault/index.ts';
import type { Office } from '../administer.ts';

/** The vault of this installation, with its master key. @throws VaultError `locked` */
export const vaultOf = async ({ config, db }: Office): Promise<Vault> => {
  const source = { key: config.masterKey, command: config.masterKeyCommand, data: config.data };
  const parts = {
    db,
    shelf: await openShelf(config.vault, config.data),
    staging: stagingOf(config.data),
    clock: systemClock,
    // What is damaged is in what the command answers.
    logger: createLogger('silent'),
  };
  return makeVault(parts, await openMaster(source, await anyKey(db.system)));
};

/** Where what arrives in pieces waits. */
export const stagingOf = (data: string): string => join(data, 'staging');

/** A role that no definition can name: it sees every ticket and exports; it reveals sealed fields only when told to. */
const WHOLE = '$export';

const withWhole = (definition: AppDefinition, sealed: boolean): AppDefinition => ({
  ...definition,
  roles: {
    ...definition.roles,
    [WHOLE]: {
      label: WHOLE,
      sees: 'all',
      edits: 'all',
      exports: true,
      reveals: sealed ? Object.keys(definition.fields) : [],
    },
  },
});

/** Who administers the machine, as a reader of all tickets. @param sealed also of what sealed fields hold */
export const seeingAll = ({ db }: Office, house: House, sealed: boolean): Call => {
  const apps = [...house.apps].map(
    ([app, installed]) =>
      [app, { ...installed, definition: withWhole(installed.definition, sealed) }] as const,
  );
  const actor: Actor = {
    kind: 'system',
    id: null,
    grants: apps.map(([app]) => ({ app, role: WHOLE, siteId: null })),
    administrator: false,
  };
  return { db, house: { ...house, apps: new Map(apps) }, actor, now: Date.now(), once: null };
};
