import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { APPS } from '../../src/cli/doors/apps.ts';
import { openLine } from '../../src/cli/doors/line.ts';
import { DOORS_PAGE } from '../../src/cli/doors/page.ts';
import { STAND_IN } from '../../src/cli/doors/provider.ts';
import { everyRoute, type Route } from '../../src/cli/doors/routes.ts';
import { removeOrganisations } from '../../src/cli/doors/remove.ts';
import { nameOf, walkDoors } from '../../src/cli/doors/walk.ts';
import { makeWorld } from '../../src/cli/doors/world.ts';
import { ROOT } from '../../src/cli/project.ts';
import { openHouses } from '../../src/organisations/index.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLogger } from '../../src/platform/logging.ts';
import { openOwner } from '../../src/platform/postgres/index.ts';
import { startVigie } from '../../src/server.ts';
import { temporaryFolder } from '../harness/cluster.ts';
import { testDatabase } from '../harness/database.ts';

/** Whom the committed page says that each route lets in: what was reviewed, whatever the code says by now. */
const reviewed = (): ReadonlyMap<string, string> =>
  new Map(
    [
      ...readFileSync(join(ROOT, DOORS_PAGE), 'utf8').matchAll(
        /^\| (\w+) \| `([^`]+)` \| \*\*([^*]+)\*\* \|/gmu,
      ),
    ].map(([, method = '', path = '', permit = '']) => [`${method} ${path}`, permit]),
  );

test('every door of the API opens to those whom docs/doors.md lets in, and to nobody else', async (t) => {
  const stops: (() => Promise<void>)[] = [];
  t.after(async () => {
    for (const stop of stops) await stop();
  });
  const db = await testDatabase(t);
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    VIGIE_DEMO: '0',
    VIGIE_LIMITS: 'off',
    VIGIE_OPENID: STAND_IN,
    VIGIE_DATA: temporaryFolder('vigie-walk-', t),
    DATABASE_URL: db.url,
    LOG_LEVEL: 'silent',
  });
  const vigie = await startVigie({ ...config, url: 'http://127.0.0.1:0' }, createLogger('silent'));
  const owner = openOwner(db.url);
  const line = openLine(vigie.url, 16);
  stops.push(
    () => Promise.resolve(line.close()),
    () => vigie.stop(),
    () => owner.end(),
  );
  const office = { config, address: db.url, db, houses: openHouses(db), owner };
  const permits = reviewed();
  const routes = everyRoute()
    .routes.filter(({ kind }) => kind === 'api')
    .map((route) => ({
      ...route,
      permit: (permits.get(nameOf(route)) ?? 'administrator') as Route['permit'],
    }));
  const made: string[] = [];
  const walk = await walkDoors(await makeWorld(office, line, vigie.url, made), routes, { crooked: false });
  // All of them, one a line: where several doors are opened on purpose, one sees of each whether it was found.
  const found = [...walk.open, ...walk.untried].map(
    ({ route, caller, request, wrong }) => `${route} · ${caller[1]}: ${wrong} · ${request}`,
  );
  for (const one of found) t.diagnostic(`open: ${one}`);
  assert.deepEqual(found, []);

  // Somebody came in by most doors: one that refuses everybody proves nothing. The others ask for what no caller has,
  // such as the signature of a device, or the bytes that were announced.
  const shut = walk.rows.filter(({ verdicts }) => !verdicts.includes('in')).map(({ route }) => nameOf(route));
  assert.ok(shut.length < (routes.length * 2) / 5, `nobody came in by ${shut.join(', ')}`);
  await removeOrganisations(
    owner,
    made,
    Object.values(APPS).map(({ app }) => app),
  );
});
