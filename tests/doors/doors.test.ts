import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { Hono } from 'hono';

import { DOORS_PAGE, doorsPage } from '../../src/cli/doors/page.ts';
import { everyRoute, sortPages, sortRoutes } from '../../src/cli/doors/routes.ts';
import { ROOT } from '../../src/cli/project.ts';
import { run } from '../cli/run.ts';
import { tenantTables } from '../../src/cli/doors/store.ts';
import { albumOf } from '../harness/kept.ts';
import { stage } from '../harness/vigie.ts';

// asvs 8.1.1
test('every route and every page says whom it lets in, or stands in the short list of what needs none', () => {
  const { routes, strays } = everyRoute();
  assert.deepEqual(strays, []);
  assert.ok(routes.length > 50);
});

test('docs/doors.md is what the routes say of themselves', () => {
  assert.equal(
    readFileSync(join(ROOT, DOORS_PAGE), 'utf8'),
    doorsPage(everyRoute().routes),
    `${DOORS_PAGE} is stale: run \`npm run vigie -- doors --write\`, and look at which doors change.`,
  );
});

// asvs 8.3.1
test('a route added past door() is found, also at a path where a door stands, and so is a listed one that is gone', () => {
  const app = new Hono().get('/healthz', (c) => c.text('ok')).get('/secret/:id', (c) => c.text('all'));
  app.get('/healthz', (c) => c.text('a second one'));
  const { strays } = sortRoutes(app.routes, {
    'GET /healthz': [1, 'it lives'],
    'GET /gone': [1, 'was there'],
  });
  assert.deepEqual(
    strays.map(({ route }) => route),
    ['GET /healthz', 'GET /secret/{id}', 'GET /gone'],
  );
});

test('a page of a folder that nobody has spoken for is found, and so is one that would answer by itself', () => {
  const { routes, strays } = sortPages(
    [
      '+page.svelte',
      'open/[id]/+page.svelte',
      '[organisation]/(member)/[app]/list/+page.svelte',
      'x/+server.ts',
    ],
    [
      ['=/', 'anyone', 'the first page'],
      ['/[organisation]/(member)/[app]', 'app', 'of the app'],
    ],
  );
  assert.deepEqual(
    routes.map(({ path, permit }) => `${path} ${permit}`),
    ['/ anyone', '/{organisation}/{app}/list app'],
  );
  assert.deepEqual(
    strays.map(({ route }) => route),
    ['open/[id]/+page.svelte', 'x/+server.ts'],
  );
});

// asvs 8.2.1 8.2.2 8.3.1 8.4.1
test('vigie doors: nothing opens to anybody, every route is tried, and nothing is left behind', async (t) => {
  // Beside an installation that lives, and keeps files.
  const scene = await stage(t);
  const { data } = await albumOf(scene);
  const { db } = scene;
  const countOf = async (table: string): Promise<number> => {
    const [row] = await db.owner<{ count: number }[]>`select count(*)::int as count from ${db.owner(table)}`;
    return row?.count ?? 0;
  };
  const before = [await countOf('organisation'), await countOf('definition')];
  const { exit, out, err } = await run(['doors'], { DATABASE_URL: db.url, VIGIE_DATA: data });
  assert.match(out, /\n\d+ routes, \d+ callers, \d+ calls, 0 open\n$/u, out.slice(-2000) + err);
  assert.equal(exit, 0);
  assert.deepEqual([await countOf('organisation'), await countOf('definition')], before);
  for (const table of await tenantTables(db.app)) {
    const left = await db.owner`
      select from ${db.owner(table)} where organisation_id not in (select id from organisation)`;
    assert.equal(left.length, 0, `${table} holds rows of an organisation that was thrown away`);
  }
  const faulty = await db.owner`select id from blob where fault is not null`;
  assert.equal(faulty.length, 0, 'no file was lost sight of');
});
