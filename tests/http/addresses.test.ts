import assert from 'node:assert/strict';
import { test } from 'node:test';

import { setUrl } from '../../src/organisations/index.ts';
import { linkFor } from '../../src/people/index.ts';
import { cannotBrowse } from '../harness/browser.ts';
import { askRaw, type Asking } from '../harness/raw.ts';
import { type Stage, stage } from '../harness/vigie.ts';

const OWN = 'http://signalements.kerlann.example';
const HOST = 'signalements.kerlann.example';

/** Kerlann has an address of its own, and Maëlle came in there. */
const atItsOwn = async (
  scene: Stage,
): Promise<{
  readonly ask: (path: string, asking?: Asking) => Promise<Response>;
  readonly cookie: string;
}> => {
  const { vigie, db, cast, clock } = scene;
  await setUrl(db.system, cast.maelle.organisationId, OWN);
  const ask = (path: string, { headers, ...asking }: Asking = {}) =>
    askRaw(vigie.port, path, { host: HOST, ...asking, headers: { origin: OWN, ...headers } });
  const link = await linkFor(
    db,
    { id: cast.maelle.organisationId, slug: 'kerlann' },
    OWN,
    cast.maelle.id,
    clock.now(),
  );
  const signedIn = await ask('/api/v1/kerlann/sessions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: link.split('/').at(-1) }),
  });
  assert.equal(signedIn.status, 201);
  const [cookie = ''] = signedIn.headers.getSetCookie();
  assert.match(cookie, /^vigie-kerlann=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/u);
  return { ask, cookie: cookie.split(';')[0] ?? '' };
};

const json = { 'content-type': 'application/json' };
const newSite = (slug: string): string => JSON.stringify({ slug, name: 'Atelier', openingHours: '24/7' });

// asvs 3.5.4
test('an organisation with an address of its own is reached there, and its writes are accepted from there alone', async (t) => {
  const scene = await stage(t);
  const { vigie } = scene;
  const { ask, cookie } = await atItsOwn(scene);
  const home = await ask('/api/v1/kerlann', { headers: { cookie } });
  assert.equal(((await home.json()) as { slug: string }).slug, 'kerlann');
  const session = await ask('/api/v1/session', { headers: { cookie } });
  const { signedIn } = (await session.json()) as { signedIn: { organisation: { slug: string } }[] };
  assert.deepEqual(
    signedIn.map(({ organisation }) => organisation.slug),
    ['kerlann'],
  );
  const write = (slug: string, asking: Asking) =>
    ask('/api/v1/kerlann/sites', {
      method: 'POST',
      body: newSite(slug),
      ...asking,
      headers: { cookie, ...json, ...asking.headers },
    });
  assert.equal((await write('un', {})).status, 201);
  assert.equal((await write('deux', { headers: { origin: vigie.url } })).status, 403);
  // At the installation's address its own origin is a foreign one.
  assert.equal((await write('trois', { host: new URL(vigie.url).host })).status, 403);
  const form = await ask('/forms/api/v1/kerlann/sites', {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      slug: 'quatre',
      name: 'Quatre',
      openingHours: '24/7',
      _back: '/x',
    }).toString(),
  });
  assert.equal(form.status, 303);
  const sites = await ask('/api/v1/kerlann/sites', { headers: { cookie } });
  assert.deepEqual(
    ((await sites.json()) as { sites: { slug: string }[] }).sites.map(({ slug }) => slug).toSorted(),
    ['mairie', 'quatre', 'un'],
  );
});

// asvs 6.3.8 8.4.1
test('at an organisation’s own address there is no other: what is there and what is not are told the same', async (t) => {
  const scene = await stage(t);
  const { ask, cookie } = await atItsOwn(scene);
  const nadia = await scene.as('nadia');
  const told = async (slug: string, path: string, asking: Asking = {}) => {
    const answer = await ask(`/api/v1/${slug}${path}`, asking);
    return { status: answer.status, body: await answer.text(), headers: [...answer.headers.keys()] };
  };
  for (const path of ['', '/voirie/tickets', '/stream', '/members'])
    for (const headers of [{}, { cookie }, { cookie: nadia.cookie }] as readonly Record<string, string>[]) {
      const other = await told('argentique', path, { headers });
      assert.equal(other.status, 404, path);
      assert.deepEqual(other, await told('nowhere', path, { headers }), path);
    }
  for (const [path, body] of [
    ['/sign-in-links', { email: 'nadia@argentique.example' }],
    ['/sessions', { token: 'x'.repeat(43) }],
  ] as const) {
    const asking = { method: 'POST', headers: json, body: JSON.stringify(body) };
    assert.equal((await told('argentique', path, asking)).status, 404, path);
    assert.deepEqual(await told('argentique', path, asking), await told('nowhere', path, asking), path);
  }
});

test('links that are handed over and mailed lead to the organisation’s own address', async (t) => {
  const scene = await stage(t);
  const { vigie, db, cast } = scene;
  const maelle = await scene.as('maelle');
  await setUrl(db.system, cast.maelle.organisationId, OWN);
  const path = `/kerlann/members/${cast.yann.id}/sign-in-link`;
  for (const until = Date.now() + 5000; ;) {
    const { url } = (await maelle.ask<{ url: string }>('POST', path)).body;
    if (url.startsWith(`${OWN}/kerlann/sign-in/`)) break;
    assert.ok(Date.now() < until, url);
  }
  const nadia = await scene.as('nadia');
  const elsewhere = await nadia.ask<{ url: string }>(
    'POST',
    `/argentique/members/${cast.theo.id}/sign-in-link`,
  );
  assert.ok(elsewhere.body.url.startsWith(`${vigie.url}/argentique/sign-in/`));
});

test('a host that is nobody’s is refused, and so is one that was taken away, at once', async (t) => {
  const scene = await stage(t);
  const { vigie, db, cast } = scene;
  const { ask, cookie } = await atItsOwn(scene);
  const foreign = ['evil.example', 'kerlann.example', `${HOST}:8080`, `evil.${HOST}`, '203.0.113.9', 'x y'];
  for (const host of foreign)
    for (const path of ['/api/v1/kerlann', '/', '/kerlann/sign-in', '/api/v1/openapi.json']) {
      const { status } = await ask(path, { host, headers: { cookie } });
      assert.equal(status, 421, `${host}${path}`);
    }
  // What names another host beside does not count.
  const forwarded = await askRaw(vigie.port, '/api/v1/kerlann', {
    host: 'evil.example',
    headers: { 'x-forwarded-host': HOST, forwarded: `host=${HOST}`, cookie },
  });
  assert.equal(forwarded.status, 421);
  assert.equal((await ask('/healthz', { host: '203.0.113.9' })).status, 200);
  await setUrl(db.system, cast.maelle.organisationId, null);
  for (const until = Date.now() + 5000; ;) {
    if ((await ask('/api/v1/kerlann', { headers: { cookie } })).status === 421) break;
    assert.ok(Date.now() < until);
  }
});

test(
  'the pages know whose address it is: its root leads to it, and another’s are not there',
  { skip: cannotBrowse() },
  async (t) => {
    const scene = await stage(t);
    const { ask, cookie } = await atItsOwn(scene);
    const root = await ask('/', { headers: { cookie } });
    assert.equal(root.status, 303);
    assert.equal(root.headers.get('location'), '/kerlann');
    assert.equal((await ask('/kerlann', { headers: { cookie } })).status, 200);
    const door = await ask('/kerlann');
    assert.equal(door.headers.get('location'), '/kerlann/sign-in?next=%2Fkerlann');
    for (const path of ['/argentique', '/argentique/sign-in', '/argentique/atelier', '/nowhere/sign-in'])
      assert.equal((await ask(path, { headers: { cookie } })).status, 404, path);
    const plain = (text: string): string => text.replaceAll(/nonce="[^"]*"|argentique|nowhere/gu, '');
    const [other, none] = await Promise.all(
      ['argentique', 'nowhere'].map(async (slug) => plain(await (await ask(`/${slug}/sign-in`)).text())),
    );
    assert.equal(
      other?.replaceAll(/__sveltekit_\w+|\d{3,}/gu, ''),
      none?.replaceAll(/__sveltekit_\w+|\d{3,}/gu, ''),
    );
  },
);

// asvs 3.5.1 3.5.2
test('a write comes from our own pages: every route refuses another origin, and a browser that says none nor that it is the same', async (t) => {
  const scene = await stage(t);
  const { vigie } = scene;
  const { cookie } = await scene.as('maelle', 'strong');
  type Document = { readonly paths: Record<string, Record<string, unknown>> };
  const { body } = await scene.stranger.ask<Document>('GET', '/openapi.json');
  const writes = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => method !== 'get')
      .map((method) => ({
        method: method.toUpperCase(),
        path: path.replace('{organisation}', 'kerlann').replaceAll(/\{\w+\}/gu, 'x'),
      })),
  );
  assert.ok(writes.length >= 20, `${writes.length} routes write`);
  const asked = async (path: string, method: string, headers: Record<string, string>): Promise<string> => {
    const answer = await askRaw(vigie.port, path, {
      method,
      headers: { ...json, cookie, ...headers },
      body: '{}',
    });
    const text = await answer.text();
    return `${answer.status} ${(text.startsWith('{') ? (JSON.parse(text) as { code?: string }) : {}).code ?? ''}`;
  };
  const strange: readonly Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `${vigie.url}.evil.example` },
    { origin: vigie.url.replace('http:', 'https:') },
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    {},
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site' },
  ];
  for (const { method, path } of writes) {
    for (const headers of strange)
      assert.equal(
        await asked(`/api/v1${path}`, method, headers),
        '403 foreign_origin',
        `${method} ${path} ${JSON.stringify(headers)}`,
      );
  }
  for (const headers of strange)
    assert.equal(await asked('/forms/api/v1/kerlann/sites', 'POST', headers), '403 foreign_origin');
  for (const headers of [{ origin: vigie.url }, { 'sec-fetch-site': 'same-origin' }] as const)
    assert.notEqual(await asked('/api/v1/kerlann/sites', 'POST', headers), '403 foreign_origin');
});

// asvs 13.4.5
test('the metrics are for the machine itself, or for whoever has their token', async (t) => {
  const { vigie } = await stage(t);
  const read = async (port: number, asking: Asking = {}): Promise<number> =>
    (await askRaw(port, '/metrics', asking)).status;
  assert.equal(await read(vigie.port), 200);
  for (const headers of [
    { 'x-forwarded-for': '127.0.0.1' },
    { forwarded: 'for=127.0.0.1' },
    { via: '1.1 proxy' },
  ] as readonly Record<string, string>[])
    assert.equal(await read(vigie.port, { headers }), 404);
  assert.equal(await read(vigie.port, { host: 'evil.example' }), 404);

  const away = await stage(t, { settings: { url: 'https://vigie.example.org' } });
  assert.equal(await read(away.vigie.port, { host: 'vigie.example.org' }), 404);
  assert.equal(await read(away.vigie.port), 404, 'a proxy that says nothing looks like the machine itself');

  const metricsToken = 'a-token-of-the-watcher';
  const watched = await stage(t, { settings: { url: 'https://vigie.example.org', metricsToken } });
  const bearer = (token: string) =>
    read(watched.vigie.port, { host: '203.0.113.9', headers: { authorization: `Bearer ${token}` } });
  assert.equal(await bearer(metricsToken), 200);
  assert.equal(await bearer(`${metricsToken}x`), 404);
  assert.equal(await bearer('é'), 404);
  assert.equal(await read(watched.vigie.port), 404);
});
