import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import voirie from '../../apps/voirie/app.ts';
import { createOrganisation, openHouses } from '../../src/organisations/index.ts';
import { createKey } from '../../src/people/index.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLogger } from '../../src/platform/logging.ts';
import { startVigie } from '../../src/server.ts';
import { openVaultOf } from '../../src/vault/index.ts';

/** What the server says to the test that started it. */
export type Word =
  { readonly ready: { readonly url: string; readonly key: string } } | { readonly settled: true };

const COMMUNE = {
  slug: 'kerlann',
  name: 'Commune de Kerlann',
  locale: 'fr' as const,
  sites: [{ slug: 'mairie', name: 'Mairie', openingHours: '24/7', timeZone: 'Europe/Paris', holidays: 'FR' }],
  apps: [voirie],
};

// A test that is itself killed leaves nothing behind.
process.on('disconnect', () => process.exit());

// A server as any other, on its own PostgreSQL with fsync; it is here to be killed.
const config = readConfig();
const kept = join(config.data, 'key');
const vigie = await startVigie(config, createLogger(config.logLevel), {
  prepare: async (vault) => {
    const { db } = vault;
    if (existsSync(kept)) return;
    const id = await createOrganisation(db, COMMUNE, Date.now());
    const house = await openHouses(db).byId(id);
    if (!house) throw new Error('The commune was not made.');
    const { key } = await createKey(
      db,
      house,
      { app: 'voirie', role: 'clerk', site: null, name: 'test', expires: null },
      Date.now(),
    );
    if (process.env['VIGIE_TEST_VAULT'] === '1') await openVaultOf(vault, id);
    writeFileSync(kept, key);
  },
});
const say = (word: Word): void => {
  process.send?.(word);
};
process.on('message', () => void vigie.settled().then(() => say({ settled: true })));
process.once('SIGTERM', () => void vigie.stop().then(() => process.disconnect()));
say({ ready: { url: vigie.url, key: readFileSync(kept, 'utf8') } });
