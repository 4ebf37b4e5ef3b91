import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';

import { linkFor } from '../../src/people/index.ts';
import { takeOrder, tablesWith, TUESDAY } from '../harness/lab.ts';
import { postOffice } from '../harness/mail.ts';
import { type Hand, stage, type Stage, type Ticket } from '../harness/vigie.ts';

const POTHOLE = {
  kind: 'pothole',
  place: { lat: 47.7412, lng: -2.8754, address: 'Route de Kerdaniel' },
  note: 'Un trou profond',
};
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const tokenOf = (url: string): string => url.trim().split('/').at(-1) ?? '';

const enter = ({ stranger }: Stage, token: string) =>
  stranger.ask<{ code: string }>('POST', '/kerlann/sessions', { token });

const cookieOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

const handed = ({ db, cast, vigie, clock }: Stage, name: 'maelle' | 'yann' | 'armelle'): Promise<string> =>
  linkFor(db, { id: cast[name].organisationId, slug: 'kerlann' }, vigie.url, cast[name].id, clock.now()).then(
    tokenOf,
  );

// asvs 6.3.8 6.5.1
test('a sign-in link lets in once, also when it is opened fifty times at once', async (t) => {
  const scene = await stage(t);
  const token = await handed(scene, 'yann');
  const answers = await Promise.all(Array.from({ length: 50 }, () => enter(scene, token)));
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, ...Array.from({ length: 49 }, () => 401)],
  );
  const [count] = await scene.db.owner<{ sessions: number }[]>`select count(*)::int as sessions from session`;
  assert.equal(count?.sessions, 1);
  assert.equal((await enter(scene, token)).body.code, 'bad_link');
  for (const wrong of [`${token}x`, token.toUpperCase(), 'x'.repeat(43)])
    assert.equal((await enter(scene, wrong)).status, 401);
  assert.equal(
    (await scene.stranger.ask('POST', '/argentique/sessions', { token: await handed(scene, 'yann') })).status,
    401,
    'nor into another organisation',
  );
  assert.deepEqual(
    (await scene.stranger.ask('POST', '/nowhere/sessions', { token })).body,
    (await enter(scene, token)).body,
    'which organisations there are is not told',
  );
});

// asvs 6.3.8 6.4.1 7.3.1 7.3.2
test('a link that was mailed works for a quarter of an hour, one that was handed over for a day, and a session for a week of use', async (t) => {
  const post = await postOffice(t);
  const scene = await stage(t, { smtpUrl: post.url });
  const { stranger, clock, db } = scene;
  const mail = async (email: string) =>
    (await stranger.ask('POST', '/kerlann/sign-in-links', { email })).status;
  assert.equal(await mail('yann@kerlann.example'), 202);
  assert.equal(await mail('nobody@kerlann.example'), 202, 'the answer says nothing of who is known');
  assert.equal(await mail('YANN@Kerlann.example'), 202);
  const [first, second] = await post.arrived(2);
  assert.deepEqual(
    [first?.to?.[0]?.address, first?.subject],
    ['yann@kerlann.example', 'Votre lien de connexion · Commune de Kerlann'],
  );
  const token = (text: string | undefined): string => tokenOf(/http\S+/u.exec(text ?? '')?.[0] ?? '');
  assert.deepEqual(await tablesWith(db, token(first?.text)), [], 'the secret is kept nowhere');
  clock.advance(14 * MINUTE);
  const entered = await enter(scene, token(first?.text));
  assert.equal(entered.status, 201);
  clock.advance(2 * MINUTE);
  assert.equal((await enter(scene, token(second?.text))).status, 401);

  const cookie = cookieOf(entered.headers);
  assert.deepEqual(await tablesWith(db, cookie.split('=')[1] ?? ''), []);
  const handedOver = await handed(scene, 'yann');
  const read = async () => (await stranger.ask('GET', '/kerlann', undefined, { cookie })).status;
  for (let turn = 0; turn < 13; turn += 1) {
    assert.equal(await read(), 200);
    clock.advance(11 * HOUR);
  }
  assert.equal((await enter(scene, handedOver)).status, 401);
  assert.equal(await read(), 200);
  clock.advance(13 * HOUR);
  assert.equal(await read(), 401, 'nobody has used it for half a day');

  const again = cookieOf((await enter(scene, await handed(scene, 'yann'))).headers);
  for (let turn = 0; turn < 20; turn += 1) {
    await stranger.ask('GET', '/kerlann', undefined, { cookie: again });
    clock.advance(10 * HOUR);
  }
  assert.equal(
    (await stranger.ask('GET', '/kerlann', undefined, { cookie: again })).status,
    401,
    'a week is all',
  );
});

// asvs 2.3.2
test('nobody is buried in sign-in mails by somebody who knows their address', async (t) => {
  const post = await postOffice(t);
  const { stranger, clock } = await stage(t, { smtpUrl: post.url });
  const ask = () => stranger.ask('POST', '/kerlann/sign-in-links', { email: 'yann@kerlann.example' });
  for (let nth = 0; nth < 9; nth += 1) {
    assert.equal((await ask()).status, 202);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  await post.arrived(5);
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(post.delivered.length, 5);
  clock.advance(61 * MINUTE);
  await ask();
  await post.arrived(6);
});

// asvs 7.5.1
test('an address that lets somebody in is changed by who has just proved who they are, and both addresses are told', async (t) => {
  const { as, cast, clock } = await stage(t);
  const maelle = await as('maelle');
  const path = `/kerlann/members/${cast.yann.id}`;
  const YANN = 'yann@kerlann.example';
  const told = async () => {
    const { body } = await maelle.ask<{ notices: { to: string; subject: string }[] }>(
      'GET',
      '/kerlann/notices',
    );
    return body.notices.filter(({ subject }) => subject.includes('adresse')).map(({ to }) => to);
  };
  clock.advance(16 * 60_000);
  const late = await maelle.ask<{ code: string }>('PATCH', path, { email: 'yann@ailleurs.example' });
  assert.deepEqual([late.status, late.body.code], [403, 'step_up']);
  assert.deepEqual(await told(), []);
  // What lets nobody in takes no proof, also when the address is said as it is.
  assert.equal((await maelle.ask('PATCH', path, { name: 'Yann K.', email: YANN })).status, 204);
  const fresh = await as('maelle');
  assert.equal((await fresh.ask('PATCH', path, { email: 'yann@ailleurs.example' })).status, 204);
  assert.deepEqual((await told()).toSorted(), ['yann@ailleurs.example', YANN].toSorted());
});

// asvs 7.4.2 8.3.2
test('whoever is let go is out at once, with every session and link they had, and may come back', async (t) => {
  const scene = await stage(t);
  const { as, cast, stranger } = scene;
  const [maelle, yann, elsewhere, link] = await Promise.all([
    as('maelle'),
    as('yann'),
    as('yann'),
    handed(scene, 'yann'),
  ]);
  const change = (disabled: boolean) => maelle.ask('PATCH', `/kerlann/members/${cast.yann.id}`, { disabled });
  assert.equal(
    (await yann.ask('PATCH', `/kerlann/members/${cast.yann.id}`, { administrator: true })).status,
    404,
  );
  assert.equal((await change(true)).status, 204);
  for (const hand of [yann, elsewhere]) assert.equal((await hand.ask('GET', '/kerlann')).status, 401);
  assert.equal((await enter(scene, link)).status, 401);
  assert.equal((await maelle.ask('POST', `/kerlann/members/${cast.yann.id}/sign-in-link`)).status, 404);
  const names = async (hand: Hand) =>
    (await hand.ask<{ members: { name: string; disabled?: boolean }[] }>('GET', '/kerlann/members')).body
      .members;
  assert.equal(
    (await names(await as('gwenn'))).some(({ name }) => name === 'Yann Kervadec'),
    false,
  );
  assert.equal((await names(maelle)).find(({ name }) => name === 'Yann Kervadec')?.disabled, true);
  assert.equal((await change(false)).status, 204);
  assert.equal((await yann.ask('GET', '/kerlann')).status, 401, 'an old session stays ended');
  assert.equal((await (await as('yann')).ask('GET', '/kerlann')).status, 200);

  // What one may do follows the roles as they are now, not as they were at the sign-in.
  const crew = await as('yann');
  await maelle.ask('POST', '/kerlann/voirie/tickets', { fields: POTHOLE });
  await maelle.ask('PATCH', `/kerlann/members/${cast.yann.id}`, { roles: [] });
  assert.equal((await crew.ask('GET', '/kerlann/voirie/tickets')).status, 404);
  await maelle.ask('PATCH', `/kerlann/members/${cast.yann.id}`, {
    roles: [
      { app: 'voirie', role: 'clerk', site: 'mairie' },
      { app: 'voirie', role: 'clerk', site: 'mairie' },
    ],
  });
  assert.equal(
    (await crew.ask<{ tickets: Ticket[] }>('GET', '/kerlann/voirie/tickets')).body.tickets.length,
    1,
  );
  const wrong = await maelle.ask<{ code: string; detail: string }>(
    'PATCH',
    `/kerlann/members/${cast.yann.id}`,
    { name: 'Autre', roles: [{ app: 'voirie', role: 'king', site: null }] },
  );
  assert.deepEqual([wrong.status, wrong.body.code], [422, 'unknown_role']);
  assert.match(wrong.body.detail, /clerk, crew, mayor/u);
  assert.equal(
    (await names(maelle)).some(({ name }) => name === 'Autre'),
    false,
    'what is refused changes nothing',
  );
  assert.equal((await stranger.ask('GET', '/kerlann/members')).status, 401);
});

// asvs 2.3.2
test('the last administrator stays one, also when two remove each other at once', async (t) => {
  const { as, cast } = await stage(t);
  const maelle = await as('maelle');
  const change = (hand: Hand, id: string, body: object) =>
    hand.ask<{ code: string }>('PATCH', `/kerlann/members/${id}`, body);
  for (const body of [{ administrator: false }, { disabled: true }]) {
    const refused = await change(maelle, cast.maelle.id, body);
    assert.deepEqual([refused.status, refused.body.code], [409, 'last_administrator']);
  }
  for (let round = 0; round < 5; round += 1) {
    assert.equal((await change(maelle, cast.armelle.id, { administrator: true })).status, 204);
    const armelle = await as('armelle');
    const [one, other] = await Promise.all([
      change(maelle, cast.armelle.id, { administrator: false }),
      change(armelle, cast.maelle.id, { administrator: false }),
    ]);
    const left = [one, other].filter(({ status }) => status === 204).length;
    assert.equal(left, 1, `${one.status} ${other.status}`);
    // Whoever is left makes Maëlle the one again.
    const last = one.status === 204 ? maelle : armelle;
    assert.equal((await change(last, cast.maelle.id, { administrator: true })).status, 204);
    await change(maelle, cast.armelle.id, { administrator: false });
  }
  const taken = await maelle.ask<{ code: string }>('POST', '/kerlann/members', {
    name: 'Autre',
    email: 'YANN@kerlann.example',
  });
  assert.deepEqual([taken.status, taken.body.code], [409, 'address_taken']);
});

// asvs 8.2.1
test('a key is shown once, stored hashed, does what its role does in its app and site, and ends when it expires or is revoked', async (t) => {
  const scene = await stage(t, { at: TUESDAY });
  const { as, db, clock, withKey } = scene;
  const [nadia, camille] = await Promise.all([as('nadia'), as('camille')]);
  await takeOrder(camille);
  const make = (body: object) =>
    nadia.ask<{ id: string; key: string; code: string }>('POST', '/argentique/keys', {
      name: 'caisse',
      app: 'atelier',
      role: 'counter',
      ...body,
    });
  const { status, body: made } = await make({
    site: 'wattignies',
    expires: new Date(clock.now() + DAY).toISOString(),
  });
  assert.equal(status, 201);
  assert.match(made.key, /^vigie_[0-9a-f]{32}_[\w-]{43}$/u);
  const secret = made.key.split('_').slice(2).join('_');
  assert.deepEqual(await tablesWith(db, secret), []);
  const [row] = await db.owner<
    { hash: Buffer }[]
  >`select secret_hash as hash from api_key where id = ${made.id}`;
  assert.deepEqual(row?.hash, createHash('sha256').update(secret).digest());
  const shown = await nadia.ask<{ keys: { id: string; lastUsed: string | null; site: string | null }[] }>(
    'GET',
    '/argentique/keys',
  );
  assert.equal(JSON.stringify(shown.body).includes(secret), false);
  assert.deepEqual(
    shown.body.keys.map(({ id, site, lastUsed }) => [id, site, lastUsed]),
    [[made.id, 'wattignies', null]],
  );

  const till = withKey(made.key);
  const list = async (hand: Hand) =>
    (await hand.ask<{ tickets: Ticket[] }>('GET', '/argentique/atelier/tickets')).body.tickets?.map(
      ({ reference }) => reference,
    );
  assert.deepEqual(await list(till), []);
  assert.equal((await takeOrder(till)).site, 'wattignies');
  assert.deepEqual(await list(till), ['A-0002']);
  assert.deepEqual(await list(withKey((await make({ site: null })).body.key)), ['A-0001', 'A-0002']);
  for (const path of [
    '/argentique/travail/tickets',
    '/argentique/keys',
    '/argentique/notices',
    '/argentique/apps',
  ])
    assert.equal((await till.ask('GET', path)).status, 404, path);
  assert.equal(
    (await till.ask('POST', '/argentique/keys', { name: 'x', app: 'atelier', role: 'owner' })).status,
    404,
  );
  const { body: history } = await nadia.ask<{ events: { actor: object }[] }>(
    'GET',
    '/argentique/atelier/tickets/A-0002/events',
  );
  assert.deepEqual(history.events[0]?.actor, { kind: 'key', name: 'caisse' });
  assert.equal(
    (await withKey(`${made.key.slice(0, -1)}${made.key.endsWith('A') ? 'B' : 'A'}`).ask('GET', '/argentique'))
      .status,
    401,
  );
  for (const [body, code] of [
    [{ role: 'king' }, 'unknown_role'],
    [{ app: 'voirie' }, 'unknown_app'],
    [{ site: 'paris' }, 'unknown_site'],
  ] as const)
    assert.equal((await make(body)).body.code, code);

  clock.advance(DAY);
  assert.equal((await till.ask('GET', '/argentique')).status, 401, 'it has expired');
  const nadiaAgain = await as('nadia');
  const [forever] = (
    await nadiaAgain.ask<{ keys: { id: string }[] }>('GET', '/argentique/keys')
  ).body.keys.filter(({ id }) => id !== made.id);
  const { body: kept } = await nadiaAgain.ask<{ key: string; id: string }>('POST', '/argentique/keys', {
    name: 'borne',
    app: 'atelier',
    role: 'counter',
  });
  assert.equal((await withKey(kept.key).ask('GET', '/argentique')).status, 200);
  const revoke = (id = kept.id) => nadiaAgain.ask('DELETE', `/argentique/keys/${id}`);
  assert.deepEqual(
    [(await revoke()).status, (await revoke()).status, (await revoke(forever?.id)).status],
    [204, 404, 204],
  );
  assert.equal((await withKey(kept.key).ask('GET', '/argentique')).status, 401);
});

test('opening hours that cannot be read are refused with what is wrong, in the language of who writes them', async (t) => {
  const { as } = await stage(t);
  const maelle = await as('maelle');
  type Refusal = { code: string; errors: { path: string; message: string }[] };
  for (const openingHours of [
    'Mo-Fr 25:00-26:00 foo',
    'lundi-vendredi de 9h à midi',
    'Mo-Fr 09:00-',
    '((((',
  ]) {
    const refused = await maelle.ask<Refusal>('PATCH', '/kerlann/sites/mairie', { version: 1, openingHours });
    assert.equal(refused.status, 422, openingHours);
    assert.equal(refused.body.errors[0]?.path, 'openingHours');
    assert.ok((refused.body.errors[0]?.message.length ?? 0) > 10, openingHours);
    const made = await maelle.ask<Refusal>('POST', '/kerlann/sites', {
      slug: 'annexe',
      name: 'Annexe',
      openingHours,
    });
    assert.equal(made.status, 422);
  }
  for (const body of [{ timeZone: 'Europe/Kerlann' }, { holidays: 'Bretagne' }, { openingHours: '' }])
    assert.equal((await maelle.ask('PATCH', '/kerlann/sites/mairie', { version: 1, ...body })).status, 400);
  const { body } = await maelle.ask<{ sites: { version: number; openingHours: string }[] }>(
    'GET',
    '/kerlann/sites',
  );
  assert.deepEqual(
    body.sites.map(({ version, openingHours }) => [version, openingHours]),
    [[1, 'Mo-Fr 08:30-12:00,13:30-17:30; PH off']],
  );
  assert.equal(
    (
      await maelle.ask('POST', '/kerlann/sites', {
        slug: 'annexe',
        name: 'Annexe',
        openingHours: 'Mo 10:00-12:00',
      })
    ).status,
    201,
  );
  assert.equal(
    (
      await maelle.ask<Refusal>('POST', '/kerlann/sites', {
        slug: 'annexe',
        name: 'Annexe',
        openingHours: 'Mo 10:00-12:00',
      })
    ).body.code,
    'site_taken',
  );
  assert.equal(
    (await maelle.ask('PATCH', '/kerlann/sites/mairie', { version: 1, name: 'Hôtel de ville' })).status,
    204,
  );
  const stale = await maelle.ask<Refusal>('PATCH', '/kerlann/sites/mairie', { version: 1, name: 'Autre' });
  assert.deepEqual([stale.status, stale.body.code], [409, 'version_conflict']);
});

test('changing the hours of a site counts anew what is late there', async (t) => {
  const { as, pass, db } = await stage(t);
  const maelle = await as('maelle');
  const { body: opened } = await maelle.ask('POST', '/kerlann/voirie/tickets', { fields: POTHOLE });
  assert.equal(opened.due, '2026-03-04T16:30:00.000Z');
  const read = async () => (await maelle.ask('GET', `/kerlann/voirie/tickets/${opened.reference}`)).body;
  // Open on Mondays only: two open days later is in two weeks.
  assert.equal(
    (
      await maelle.ask('PATCH', '/kerlann/sites/mairie', {
        version: 1,
        openingHours: 'Mo 08:30-17:30; PH off',
      })
    ).status,
    204,
  );
  await pass(MINUTE);
  assert.deepEqual([(await read()).due, (await read()).lateness], ['2026-03-16T16:30:00.000Z', 'on time']);
  await pass(10 * HOUR);
  assert.equal(
    (await maelle.ask('PATCH', '/kerlann/sites/mairie', { version: 2, openingHours: '24/7' })).status,
    204,
  );
  await pass(MINUTE);
  assert.equal((await read()).due, '2026-03-04T23:00:00.000Z');
  // Each recount is in the history, and says nothing of being late.
  const events = await db.owner<{ to: string }[]>`
    select body -> 'standing' ->> 'lateness' as to from event where type = 'lateness'`;
  assert.deepEqual(
    events.map(({ to }) => to),
    ['on time', 'on time'],
  );
});

test('what happens at no site in particular goes by the hours of the first, and is counted anew with them', async (t) => {
  const { as, pass } = await stage(t, { at: TUESDAY });
  const nadia = await as('nadia');
  await takeOrder(nadia, { promised: '2026-06-01T10:00:00Z' });
  await nadia.ask('POST', '/argentique/travail/tickets', {
    holder: 'A-0001',
    fields: { kind: 'c41', what: 'Portra 400' },
  });
  const film = async () => (await nadia.ask('GET', '/argentique/travail/tickets/A-0001-1')).body;
  assert.deepEqual([(await film()).site, (await film()).due], [null, '2026-03-04T18:00:00.000Z']);
  assert.equal(
    (
      await nadia.ask('PATCH', '/argentique/sites/lille', {
        version: 1,
        openingHours: 'Tu-Sa 10:00-16:00; PH off',
      })
    ).status,
    204,
  );
  await pass(MINUTE);
  assert.equal((await film()).due, '2026-03-04T15:00:00.000Z');
});

test('a site whose hours went wrong in the database holds up no other: what is late elsewhere is told', async (t) => {
  const { as, pass, db, cast } = await stage(t);
  const [maelle, camille] = await Promise.all([as('maelle'), as('camille')]);
  await takeOrder(camille, { promised: '2026-03-04T10:00:00Z' });
  await maelle.ask('POST', '/kerlann/voirie/tickets', { fields: POTHOLE });
  for (const broken of [cast.camille, cast.maelle]) {
    await db.owner`update site set opening_hours = 'n''importe quoi' where organisation_id = ${broken.organisationId}`;
    await db.owner`update site set opening_hours = '24/7' where organisation_id <> ${broken.organisationId}`;
    await db.owner`update ticket set lateness = 'on time', wake_at = due_at`;
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await pass(3 * DAY);
    const late = await db.owner<
      { id: string }[]
    >`select organisation_id as id from ticket where lateness = 'late'`;
    const other = broken === cast.camille ? cast.maelle : cast.camille;
    assert.deepEqual(
      late.map(({ id }) => id),
      [other.organisationId],
    );
  }
});

test('an organisation says an app in its own words and with its own deadlines, never with other rights', async (t) => {
  const { as, pass } = await stage(t);
  const [maelle, yann] = await Promise.all([as('maelle'), as('yann')]);
  await maelle.ask('POST', '/kerlann/voirie/tickets', { fields: POTHOLE });
  const override = (overrides: object) =>
    maelle.ask<{ code: string; errors: { path: string }[] }>('PATCH', '/kerlann/apps/voirie', { overrides });
  const overrides = {
    title: { fr: 'La rue', en: 'The street' },
    fields: { note: { label: 'Quoi donc' } },
    choices: { kind: { pothole: 'Trou' } },
    steps: { received: { label: 'Arrivé', due: '4d' } },
  };
  assert.equal((await override(overrides)).status, 204);
  const { body } = await yann.ask<{
    definition: {
      title: object;
      fields: Record<string, { label: unknown; of?: Record<string, unknown> }>;
      steps: Record<string, { due?: string }>;
    };
  }>('GET', '/kerlann/voirie/definition');
  assert.deepEqual(body.definition.title, overrides.title);
  assert.deepEqual(
    [
      body.definition.fields['note']?.label,
      body.definition.fields['kind']?.of?.['pothole'],
      body.definition.steps['received']?.due,
    ],
    ['Quoi donc', 'Trou', '4d'],
  );
  await pass(MINUTE);
  const ticket = async () => (await maelle.ask('GET', '/kerlann/voirie/tickets/V-2026-0001')).body;
  assert.match((await ticket()).heading, /^Trou · /u);
  assert.equal((await ticket()).due, '2026-03-06T16:30:00.000Z', 'also for what was open already');

  for (const [wrong, paths] of [
    [{ fields: { colour: { label: 'x' } } }, ['overrides.fields.colour']],
    [{ steps: { limbo: { due: '1d' } } }, ['overrides.steps.limbo']],
    [
      { choices: { kind: { volcano: 'x' }, note: { a: 'b' } } },
      ['overrides.choices.kind.volcano', 'overrides.choices.note'],
    ],
  ] as const) {
    const refused = await override(wrong);
    assert.deepEqual([refused.status, refused.body.errors.map(({ path }) => path)], [422, paths]);
  }
  for (const more of [
    { roles: { crew: { sees: 'all' } } },
    { fields: { reporter: { label: 'x', sealed: false } } },
    { steps: { received: { due: 'soon' } } },
    { moves: {} },
  ])
    assert.equal((await override(more)).status, 400, JSON.stringify(more));
  assert.equal((await yann.ask('PATCH', '/kerlann/apps/voirie', { overrides: {} })).status, 404);
  assert.equal((await override({})).status, 204);
  await pass(MINUTE);
  assert.equal((await ticket()).due, '2026-03-04T16:30:00.000Z');
});

// asvs 7.2.1 7.2.2 7.4.1
test('a browser is told where it is signed in, and a signed-out session opens nothing', async (t) => {
  const { as, stranger } = await stage(t);
  const [maelle, nadia] = await Promise.all([as('maelle'), as('nadia')]);
  const read = async (cookie: string) =>
    (
      await stranger.ask<{ signedIn: { organisation: { slug: string }; member: { name: string } }[] }>(
        'GET',
        '/session',
        undefined,
        { cookie },
      )
    ).body.signedIn.map(({ organisation, member }) => `${organisation.slug} ${member.name}`);
  assert.deepEqual((await read(`${maelle.cookie}; ${nadia.cookie}; vigie-nowhere=x; vigie-=y`)).toSorted(), [
    'argentique Nadia Berthier',
    'kerlann Maëlle Le Goff',
  ]);
  assert.deepEqual(await read(''), []);
  assert.equal((await maelle.ask('DELETE', '/kerlann/sessions/current')).status, 204);
  assert.equal((await maelle.ask('GET', '/kerlann')).status, 401);
  assert.deepEqual(await read(`${maelle.cookie}; ${nadia.cookie}`), ['argentique Nadia Berthier']);
});
