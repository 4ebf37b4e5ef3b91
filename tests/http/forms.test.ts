import assert from 'node:assert/strict';
import { test } from 'node:test';

import { linkFor } from '../../src/people/index.ts';
import { type Hand, stage, type Stage, type Ticket } from '../harness/vigie.ts';

type Fields = Readonly<Record<string, string | readonly string[]>>;

const POTHOLE = {
  'text.kind': 'pothole',
  'text.place.lat': '47,7412',
  'text.place.lng': '-2.8754',
  'text.place.address': 'Route de Kerdaniel',
  'text.note': 'Un trou profond',
};

interface Sent {
  readonly status: number;
  readonly location: string;
  readonly cookies: readonly string[];
  readonly text: string;
}

/** Sends a form as a browser without JavaScript does. */
const send = async (
  { vigie }: Stage,
  path: string,
  fields: Fields,
  headers: Record<string, string> = {},
): Promise<Sent> => {
  const body = new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : value).map((one): [string, string] => [name, one]),
    ),
  );
  const response = await fetch(`${vigie.url}/forms/api/v1${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: vigie.url, ...headers },
    body,
  });
  return {
    status: response.status,
    location: response.headers.get('location') ?? '',
    cookies: response.headers.getSetCookie(),
    text: await response.text(),
  };
};

const draftOf = ({ vigie }: Stage, { location }: Sent): string =>
  new URL(location, vigie.url).searchParams.get('draft') ?? '';

interface Draft {
  readonly values: Readonly<Record<string, unknown>>;
  readonly problem: {
    readonly code: string;
    readonly detail?: string;
    readonly errors?: readonly { path: string; message: string }[];
  };
}

const readDraft = (hand: Hand, id: string) => hand.ask<Draft>('GET', `/kerlann/drafts/${id}`);

test('somebody without JavaScript opens a request, and lands on its page', async (t) => {
  const scene = await stage(t);
  const maelle = await scene.as('maelle');
  const sent = await send(
    scene,
    '/kerlann/voirie/tickets',
    { ...POTHOLE, _then: '/kerlann/voirie/{reference}', _back: '/kerlann/voirie/new' },
    { cookie: maelle.cookie },
  );
  assert.deepEqual([sent.status, sent.location], [303, '/kerlann/voirie/V-2026-0001'], sent.text);
  const { body } = await maelle.ask('GET', '/kerlann/voirie/tickets/V-2026-0001');
  assert.deepEqual(body.fields, {
    kind: 'pothole',
    place: { lat: 47.7412, lng: -2.8754, address: 'Route de Kerdaniel' },
    note: 'Un trou profond',
  });

  const sorted = await send(
    scene,
    '/kerlann/voirie/tickets/V-2026-0001/moves/sort',
    { 'text.needs': 'De l’enrobé', 'text.kind': 'Panneau, marquage', _back: '/kerlann/voirie/V-2026-0001' },
    { cookie: maelle.cookie },
  );
  assert.deepEqual([sorted.status, sorted.location], [303, '/kerlann/voirie/V-2026-0001'], sorted.text);
  const edited = await send(
    scene,
    '/kerlann/voirie/tickets/V-2026-0001',
    { version: '2', 'text.note': '', _method: 'PATCH' },
    { cookie: maelle.cookie, referer: `${scene.vigie.url}/kerlann/voirie/V-2026-0001?x=1` },
  );
  assert.deepEqual(
    [edited.status, edited.location],
    [303, '/kerlann/voirie/V-2026-0001?x=1'],
    'without `_back`, to the page it came from',
  );
  const after = await maelle.ask('GET', '/kerlann/voirie/tickets/V-2026-0001');
  assert.deepEqual(
    [after.body.step, after.body.fields['needs'], after.body.fields['kind'], after.body.fields['note']],
    ['sorted', 'tar', 'sign', undefined],
  );
  const many = await send(
    scene,
    '/kerlann/voirie/moves/send',
    { 'references[]': ['V-2026-0001', 'V-2026-0002'], _back: '/kerlann/voirie' },
    { cookie: maelle.cookie },
  );
  assert.equal(many.status, 303);
  assert.equal((await maelle.ask('GET', '/kerlann/voirie/tickets/V-2026-0001')).body.step, 'planned');
});

test('what was typed wrong comes back with why, to whoever typed it and nobody else, for an hour', async (t) => {
  const scene = await stage(t);
  const [maelle, yann, nadia] = await Promise.all([scene.as('maelle'), scene.as('yann'), scene.as('nadia')]);
  const typed = {
    ...POTHOLE,
    'text.kind': 'volcan',
    'text.place.lat': '147',
    'text.note': '<b>Été</b> & "co"',
  };
  const refused = await send(
    scene,
    '/kerlann/voirie/tickets',
    { ...typed, _key: 'k', _then: '/kerlann/voirie/{reference}', _back: '/kerlann/voirie/new?from=home' },
    { cookie: maelle.cookie },
  );
  assert.equal(refused.status, 303);
  const id = draftOf(scene, refused);
  assert.equal(refused.location, `/kerlann/voirie/new?from=home&draft=${id}`);
  const { status, body } = await readDraft(maelle, id);
  assert.equal(status, 200);
  assert.deepEqual(body.values, typed, 'all that was typed, and nothing of the form’s own');
  assert.equal(body.problem.code, 'invalid');
  assert.deepEqual(body.problem.errors?.map(({ path }) => path).toSorted(), [
    'fields.kind',
    'fields.place.lat',
  ]);
  assert.deepEqual(
    (await maelle.ask<{ tickets: Ticket[] }>('GET', '/kerlann/voirie/tickets')).body.tickets,
    [],
  );

  assert.equal((await readDraft(yann, id)).status, 404, 'a colleague does not read it');
  assert.ok([401, 404].includes((await readDraft(scene.stranger, id)).status));
  assert.ok([401, 404].includes((await readDraft(nadia, id)).status));
  assert.equal(
    (await nadia.ask('GET', `/argentique/drafts/${id}`)).status,
    404,
    'nor is it in another organisation',
  );
  scene.clock.advance(61 * 60_000);
  assert.equal((await readDraft(maelle, id)).status, 404);
});

test('somebody whose session has ended loses nothing of what they typed', async (t) => {
  const scene = await stage(t);
  const maelle = await scene.as('maelle');
  await maelle.ask('DELETE', '/kerlann/sessions/current');
  const refused = await send(
    scene,
    '/kerlann/voirie/tickets',
    { ...POTHOLE, _back: '/kerlann/voirie/new' },
    { cookie: maelle.cookie },
  );
  assert.equal(refused.status, 303);
  const { body } = await readDraft(await scene.as('maelle'), draftOf(scene, refused));
  assert.equal(body.values['text.note'], 'Un trou profond');
  assert.equal(body.problem.code, 'not_signed_in');
});

// asvs 3.5.1
test('a form of another site is refused, whatever it says, and does nothing', async (t) => {
  const scene = await stage(t);
  const maelle = await scene.as('maelle');
  for (const origin of [
    'https://evil.example',
    'null',
    '',
    `${scene.vigie.url}.evil.example`,
    scene.vigie.url.replace('localhost', '127.0.0.1'),
  ]) {
    const sent = await send(scene, '/kerlann/voirie/tickets', POTHOLE, { cookie: maelle.cookie, origin });
    assert.equal(sent.status, 403, origin);
    assert.equal(sent.location, '');
    const direct = await maelle.ask<{ code: string }>(
      'POST',
      '/kerlann/voirie/tickets',
      { fields: {} },
      { origin },
    );
    assert.deepEqual([direct.status, direct.body.code], [403, 'foreign_origin']);
  }
  const bare = await fetch(`${scene.vigie.url}/forms/api/v1/kerlann/voirie/tickets`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: maelle.cookie },
    body: new URLSearchParams(POTHOLE),
  });
  assert.equal(bare.status, 403, 'a form that does not say where it comes from');
  assert.equal((await scene.db.owner`select 1 from ticket union all select 1 from draft`).length, 0);
});

// asvs 3.7.2
test('no form sends anybody to another site, whether it succeeds or is refused', async (t) => {
  const scene = await stage(t);
  const maelle = await scene.as('maelle');
  const elsewhere = [
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    ' //evil.example',
    '/..//evil.example',
    '/.//evil.example',
    '/a/../..//evil.example',
    '/%2e%2e//evil.example',
    '/{reference}/evil.example',
    '/{reference}{reference}/evil.example',
    'javascript:alert(1)',
    '/\r\nset-cookie: x=1',
    'evil.example',
    '/{reference}\\evil.example',
  ];
  const lands = (location: string): void => {
    const target = new URL(location, `${scene.vigie.url}/forms/api/v1/x`);
    assert.equal(target.origin, new URL(scene.vigie.url).origin, location);
    // What a browser, or a proxy, makes of the path once more.
    assert.doesNotMatch(target.pathname, /^\/[/\\]/u, location);
    assert.match(location, /^\/(?![/\\])/u);
  };
  for (const path of elsewhere) {
    // A request that is opened says its reference; taking one says none of a site that was changed.
    for (const [to, fields] of [
      ['/kerlann/voirie/tickets', { ...POTHOLE, _then: path, _back: path }],
      ['/kerlann/voirie/tickets', { ...POTHOLE, 'text.kind': 'volcan', _then: path, _back: path }],
      ['/kerlann/sites/mairie', { version: '1', name: 'Mairie', _method: 'PATCH', _then: path, _back: path }],
      ['/nowhere/sessions', { token: 'x'.repeat(43), _then: path, _back: path }],
    ] as const) {
      const sent = await send(scene, to, fields, {
        cookie: maelle.cookie,
        referer: 'https://evil.example/a',
      });
      assert.equal(sent.status, 303, sent.text);
      lands(sent.location);
      await scene.db.owner`update site set version = 1`;
    }
  }
});

// asvs 7.6.2
test('somebody signs in by a form and out by another', async (t) => {
  const scene = await stage(t);
  const { id, organisationId } = scene.cast.maelle;
  const url = await linkFor(
    scene.db,
    { id: organisationId, slug: 'kerlann' },
    scene.vigie.url,
    id,
    scene.clock.now(),
  );
  const token = url.split('/').at(-1) ?? '';
  const form = { token, _then: '/kerlann', _back: `/kerlann/sign-in/${token}` };
  const entered = await send(scene, '/kerlann/sessions', form);
  assert.deepEqual([entered.status, entered.location], [303, '/kerlann'], entered.text);
  const [cookie = ''] = entered.cookies;
  assert.match(cookie, /^vigie-kerlann=[\w-]{43}; /u);
  assert.match(cookie, /HttpOnly/u);
  assert.match(cookie, /SameSite=Lax/u);
  const [pair = ''] = cookie.split(';');
  const read = async () => (await scene.stranger.ask('GET', '/kerlann', undefined, { cookie: pair })).status;
  assert.equal(await read(), 200);

  const again = await send(scene, '/kerlann/sessions', form);
  assert.equal(again.status, 303);
  assert.deepEqual(again.cookies, []);
  const { body } = await readDraft(scene.stranger, draftOf(scene, again));
  assert.equal(body.problem.code, 'bad_link');
  assert.equal(JSON.stringify(body).includes(token), false, 'the secret of a link is not kept');

  const asked = await send(scene, '/kerlann/sign-in-links', {
    email: 'maelle@kerlann.example',
    _then: '/kerlann/sign-in?sent',
  });
  assert.deepEqual([asked.status, asked.location], [303, '/kerlann/sign-in?sent']);
  const left = await send(
    scene,
    '/kerlann/sessions/current',
    { _method: 'DELETE', _then: '/kerlann/sign-in' },
    { cookie: pair },
  );
  assert.deepEqual([left.status, left.location], [303, '/kerlann/sign-in']);
  assert.match(left.cookies[0] ?? '', /^vigie-kerlann=;.*Max-Age=0/u);
  assert.equal(await read(), 401);
});

test('a form sent twice with the same key, by a double click or a reload, has one effect', async (t) => {
  const scene = await stage(t);
  const maelle = await scene.as('maelle');
  const form = { ...POTHOLE, _key: 'double', _then: '/kerlann/voirie/{reference}' };
  const sent = await Promise.all(
    Array.from({ length: 10 }, () => send(scene, '/kerlann/voirie/tickets', form, { cookie: maelle.cookie })),
  );
  // Whichever of the ten was first has the number it took; all of them lead to its ticket.
  const [first, ...others] = new Set(sent.map(({ status, location }) => `${status} ${location}`));
  assert.match(first ?? '', /^303 \/kerlann\/voirie\/V-2026-00\d\d$/u);
  assert.deepEqual(others, []);
  assert.equal(
    (await maelle.ask<{ tickets: Ticket[] }>('GET', '/kerlann/voirie/tickets')).body.tickets.length,
    1,
  );
  const other = await send(
    scene,
    '/kerlann/voirie/tickets',
    { ...form, 'text.note': 'autre', _back: '/kerlann/voirie/new' },
    { cookie: maelle.cookie },
  );
  assert.equal((await readDraft(maelle, draftOf(scene, other))).body.problem.code, 'idempotency_key_reused');
});

// asvs 2.2.2 15.3.6
test('a form made by hand to break something is answered, and breaks nothing', async (t) => {
  const scene = await stage(t);
  const maelle = await scene.as('maelle');
  const odd: readonly Fields[] = [
    { text: 'a', 'text.note': 'b' },
    { 'text.place.lat': '1', 'text.place.lat.x': '2' },
    { 'text[]': ['a', 'b'], 'text.note': 'c' },
    {
      '__proto__.polluted': 'yes',
      '__proto__[]': 'x',
      'text.__proto__.polluted': 'yes',
      'constructor.prototype.polluted': 'yes',
    },
    { fields: 'abc', 'text.place.lat': '1' },
    { 'text.place': 'x', 'text.place.lat': '1' },
    { 'a.b.c.d.e.f.g.h': 'deep', '': 'nothing', '.': 'dot', '[]': 'list' },
    { _method: 'TRACE' },
    { _key: 'an é key' },
    { 'text.note': '\u0000', '\u0000': 'x', _key: '\u0000' },
    { 'text.place.lat': 'NaN', 'text.place.lng': '1e999' },
  ];
  for (const fields of odd) {
    const { status, text } = await send(
      scene,
      '/kerlann/voirie/tickets',
      { 'text.kind': 'pothole', ...fields },
      { cookie: maelle.cookie },
    );
    assert.ok(status === 303 || status === 400, `${JSON.stringify(fields)}: ${status} ${text}`);
  }
  assert.equal(({} as { polluted?: string }).polluted, undefined);
  const large = await send(
    scene,
    '/kerlann/voirie/tickets',
    { ...POTHOLE, 'text.note': 'x'.repeat(2_000_000) },
    { cookie: maelle.cookie },
  );
  assert.equal(large.status, 413);
  assert.equal((await scene.stranger.ask('GET', '/session')).status, 200, 'and the server is well');
});

// asvs 1.3.3
test('characters that no database keeps are refused as such, wherever they are sent', async (t) => {
  const { as } = await stage(t);
  const maelle = await as('maelle');
  await maelle.ask('POST', '/kerlann/voirie/tickets', {
    fields: { kind: 'pothole', place: { lat: 47, lng: -2 } },
  });
  const path = '/kerlann/voirie/tickets/V-2026-0001';
  for (const bad of ['a\u0000b', 'a\ud800b']) {
    const answers = await Promise.all([
      maelle.ask('POST', '/kerlann/voirie/tickets', {
        fields: { kind: 'pothole', place: { lat: 47, lng: -2, address: bad }, note: bad },
      }),
      maelle.ask('PATCH', path, { version: 1, fields: { [bad]: 'x' } }),
      maelle.ask('POST', `${path}/moves/sort`, { comment: bad }),
      maelle.ask('POST', `${path}/comments`, { text: bad }),
      maelle.ask('POST', '/kerlann/voirie/tickets', {
        fields: { kind: 'pothole', place: { lat: 47, lng: -2 }, reporter: { name: bad, phone: '06' } },
      }),
      maelle.ask('POST', '/kerlann/members', { name: bad, email: 'x@example.org' }),
      maelle.ask('PATCH', '/kerlann/apps/voirie', { overrides: { title: bad } }),
      maelle.ask('GET', `/kerlann/search?q=${encodeURIComponent(bad.toWellFormed())}`),
      maelle.ask('GET', `/kerlann/voirie/tickets?field.kind=${encodeURIComponent(bad.toWellFormed())}`),
      maelle.ask('GET', `/kerlann/voirie/tickets/${encodeURIComponent(bad.toWellFormed())}`),
      maelle.ask('GET', `/${encodeURIComponent(bad.toWellFormed())}`),
      maelle.ask('POST', '/kerlann/sessions', { token: bad.repeat(20) }),
      maelle.ask('POST', '/kerlann/sign-in-links', { email: `${bad}@example.org` }),
    ]);
    if (bad.includes('\u0000')) assert.ok(answers.every(({ status }) => status >= 400));
    assert.deepEqual(
      answers.map(({ status }, nth) => (status >= 500 ? `${nth}: ${status}` : '')).filter(Boolean),
      [],
    );
  }
});
