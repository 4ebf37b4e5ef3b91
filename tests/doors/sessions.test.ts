import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test, type TestContext } from 'node:test';

import { APPS } from '../../src/cli/doors/apps.ts';
import { createOrganisation, openHouses } from '../../src/organisations/index.ts';
import {
  addMember,
  type Assurance,
  atLeast,
  authenticate,
  beginSession,
  cookieName,
  createKey,
} from '../../src/people/index.ts';
import { asOrganisation } from '../../src/platform/postgres/index.ts';
import { testDatabase } from '../harness/database.ts';

const NOW = Date.UTC(2026, 2, 2, 10);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** An organisation with an app of health data, and one that asks for less. */
const ward = async (t: TestContext) => {
  const db = await testDatabase(t);
  const id = await createOrganisation(
    db,
    { slug: 'ward', name: 'Ward', locale: 'fr', sites: [], apps: [APPS.front, APPS.strong] },
    NOW,
  );
  const house = (await openHouses(db).byId(id)) ?? assert.fail('no organisation');
  const person = (name: string, ...apps: readonly string[]) =>
    addMember(
      db,
      house,
      {
        name,
        email: `${name}@ward.example`,
        locale: 'fr',
        administrator: false,
        roles: apps.map((app) => ({ app, role: 'full', site: null })),
      },
      NOW,
    );
  const begin = (memberId: string, assurance: Assurance) =>
    asOrganisation(db, id, (tx) =>
      beginSession(tx, id, { memberId, assurance, methods: ['passkey'], userAgent: undefined }, NOW),
    );
  const nothing = { authorization: undefined, cookie: undefined, acceptLanguage: undefined };
  const come = (cookie: string, at: number, idling = false) =>
    authenticate(db, house, { ...nothing, cookie, idling }, at);
  const key = (authorization: string) => authenticate(db, house, { ...nothing, authorization }, NOW);
  return { db, house, person, begin, come, key };
};

const apps = (caller: Awaited<ReturnType<typeof authenticate>>) => ({
  granted: caller?.actor.grants.map(({ app }) => app).toSorted(),
  withheld: [...(caller?.withheld ?? [])],
});

test('a role where there is health data is withheld from a session that is not sure enough, and no other', async (t) => {
  const { person, begin, come } = await ward(t);
  const nurse = await person('nurse', 'porte', 'intime');
  for (const assurance of ['low', 'medium'] as const)
    assert.deepEqual(apps(await come(await begin(nurse, assurance), NOW)), {
      granted: ['porte'],
      withheld: ['intime'],
    });
  assert.deepEqual(apps(await come(await begin(nurse, 'strong'), NOW)), {
    granted: ['intime', 'porte'],
    withheld: [],
  });
  assert.equal(atLeast('medium', 'low'), true);
  assert.equal(atLeast('low', 'medium'), false);
  assert.equal(atLeast('strong', 'strong'), true);
});

test('where there is health data a session stays sure for a quarter of an hour without a sign of life, and for half a day in all', async (t) => {
  const { person, begin, come } = await ward(t);
  const [nurse, porter] = await Promise.all([person('nurse', 'porte', 'intime'), person('porter', 'porte')]);
  const sure = { granted: ['intime', 'porte'], withheld: [] };
  const less = { granted: ['porte'], withheld: ['intime'] };

  const idle = await begin(nurse, 'strong');
  assert.deepEqual(apps(await come(idle, NOW + 14 * MINUTE)), sure);
  assert.deepEqual(apps(await come(idle, NOW + 28 * MINUTE)), sure);
  // A page that only stays open is no sign of life.
  assert.deepEqual(apps(await come(idle, NOW + 42 * MINUTE, true)), sure);
  assert.deepEqual(apps(await come(idle, NOW + 44 * MINUTE)), less);
  assert.deepEqual(
    apps(await come(idle, NOW + 45 * MINUTE)),
    less,
    'and it does not become sure again by itself',
  );

  const long = await begin(nurse, 'strong');
  for (let at = 14; at < 12 * 60; at += 14)
    assert.deepEqual(apps(await come(long, NOW + at * MINUTE)), sure, `after ${at} minutes`);
  assert.deepEqual(apps(await come(long, NOW + 12 * HOUR + MINUTE)), less);

  // Whoever has nothing to do with health data is asked for no more than before.
  const other = await begin(porter, 'strong');
  assert.equal((await come(other, NOW + 11 * HOUR))?.session?.assurance, 'strong');
});

test('what unlocked a station ends with the station, and never becomes a session of its person', async (t) => {
  const { db, house, person, begin, come } = await ward(t);
  const nurse = await person('nurse', 'porte');
  const secret = await begin(nurse, 'strong');
  const station = randomUUID();
  await db.owner`
    insert into station (organisation_id, id, name, app, steps, created_at, created_by)
    values (${house.id}, ${station}, 'ward', 'porte', ${['open']}, ${new Date(NOW)}, ${nurse})`;
  await db.owner`update session set station_id = ${station} where organisation_id = ${house.id}`;
  assert.equal((await come(secret, NOW))?.confined, 'station');
  // Revoking a station ends its sessions too; here only the station itself is gone.
  await db.owner`update station set revoked_at = ${new Date(NOW)} where organisation_id = ${house.id}`;
  assert.equal(await come(secret, NOW), null);
});

test('many who come at the same moment are each who they are', async (t) => {
  const { db, house, person, begin, come, key } = await ward(t);
  const people = await Promise.all(Array.from({ length: 8 }, (_, index) => person(`p${index}`, 'porte')));
  const sessions = await Promise.all(people.map((one) => begin(one, 'low')));
  const met = await Promise.all(sessions.map((secret) => come(secret, NOW)));
  assert.deepEqual(
    met.map((caller) => caller?.member?.id),
    people,
  );
  const keys = await Promise.all(
    ['full', 'reader', 'own'].map((role) =>
      createKey(db, house, { app: 'porte', role, site: null, name: role, expires: null }, NOW),
    ),
  );
  const used = await Promise.all(keys.map((one) => key(`Bearer ${one.key}`)));
  assert.deepEqual(
    used.map((caller) => [caller?.actor.id, caller?.actor.grants[0]?.role]),
    keys.map(({ id }, index) => [id, ['full', 'reader', 'own'][index]]),
  );
});

test('over https a session’s cookie is bound to its host', () => {
  assert.equal(cookieName('https://vigie.example.org', 'ward'), '__Host-vigie-ward');
  assert.equal(cookieName('http://localhost:3000', 'ward'), 'vigie-ward');
});
