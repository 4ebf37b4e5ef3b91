import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';

import { createOrganisation, openHouses } from '../../src/organisations/index.ts';
import { asOrganisation } from '../../src/platform/postgres/index.ts';
import { createLogger } from '../../src/platform/logging.ts';
import { postOffice } from '../harness/mail.ts';
import { stage, type Stage } from '../harness/vigie.ts';

const POTHOLE = { kind: 'pothole', place: { lat: 47.7412, lng: -2.8754 }, note: 'Un trou profond' };

interface Refusal {
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly { readonly path: string; readonly code: string }[];
}

/** Bytes as they are, past every client that would put them right; what comes back until it is silent. */
const say = (url: string, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    let heard = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setTimeout(1000, () => socket.destroy());
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    socket.once('error', reject);
    socket.once('close', () => resolve(heard));
  });

const statuses = (heard: string): readonly number[] =>
  [...heard.matchAll(/^HTTP\/1\.1 (\d{3})/gmu)].map((line) => Number(line[1]));

// asvs 1.4.3 6.3.8
test('a name that no organisation has is forgotten as fast as any, however many somebody tries', async (t) => {
  const { db, clock } = await stage(t);
  const houses = openHouses(db);
  assert.equal(await houses.bySlug('neuve'), undefined);
  const made = { slug: 'neuve', name: 'Neuve', locale: 'fr' as const, sites: [], apps: [] };
  houses.forget(await createOrganisation(db, made, clock.now()));
  for (let nth = 0; nth < 5001; nth += 1) assert.equal(await houses.bySlug(`neuve-${nth}`), undefined);
  assert.equal((await houses.bySlug('neuve'))?.name, 'Neuve');
  for (const strange of ['', 'x', 'NEUVE', '../neuve', 'neuve\0', 'n'.repeat(10_000)])
    assert.equal(await houses.bySlug(strange), undefined);
});

// asvs 2.3.2
test('fifty people who ask at once for a link of one address make five mails', async (t) => {
  const post = await postOffice(t);
  const { stranger } = await stage(t, { smtpUrl: post.url });
  const email = 'yann@kerlann.example';
  const asked = Array.from({ length: 50 }, () => stranger.ask('POST', '/kerlann/sign-in-links', { email }));
  for (const { status } of await Promise.all(asked)) assert.equal(status, 202);
  await post.arrived(5);
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.equal(post.delivered.length, 5);
});

// asvs 16.2.1 16.2.2 16.3.1 16.3.2 16.3.3
test('whoever is refused stands in the log by who, what and when, and by nothing of what they sent', async (t) => {
  let written = '';
  const logger = createLogger('info', { write: (line) => void (written += line) });
  const { as, stranger, cast } = await stage(t, { logger });
  const yann = await as('yann');
  written = '';
  await stranger.ask('POST', '/kerlann/sessions', { token: 'canari'.repeat(8) });
  await stranger.ask('GET', '/kerlann/members');
  await yann.ask('GET', '/kerlann/keys');
  await yann.ask('GET', '/kerlann/voirie/tickets/V-2026-0404');
  await yann.ask('POST', '/kerlann/voirie/tickets', { fields: POTHOLE }, { origin: 'https://evil.example' });
  await yann.ask('POST', '/kerlann/voirie/tickets', { canari: 1 });
  await yann.ask('GET', '/kerlann/canari-chemin/tickets?canari=1');
  interface Line {
    readonly time: string;
    readonly code: string;
    readonly status: number;
    readonly method: string;
    readonly route: string;
    readonly actor: string | null;
    readonly msg: string;
  }
  const lines = written
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
    .filter(({ msg }) => msg === 'Refused.');
  const member = `member:${cast.yann.id}`;
  assert.deepEqual(
    lines.map(({ status, code, method, route, actor }) => [status, code, `${method} ${route}`, actor]),
    [
      [401, 'bad_link', 'POST /api/v1/:organisation/sessions', null],
      [401, 'not_signed_in', 'GET /api/v1/:organisation/members', null],
      [404, 'not_found', 'GET /api/v1/:organisation/keys', member],
      [404, 'not_found', 'GET /api/v1/:organisation/:app/tickets/:reference', member],
      [403, 'foreign_origin', 'POST /api/v1/:organisation/:app/tickets', null],
      [400, 'malformed', 'POST /api/v1/:organisation/:app/tickets', member],
      [404, 'not_found', 'GET /api/v1/:organisation/:app/tickets', member],
    ],
  );
  for (const { time } of lines) assert.match(time, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u);
  assert.doesNotMatch(written, /canari|evil/u);
});

// asvs 2.2.1 15.3.3 15.3.6
test('a program that sends more than a command asks for is refused, and nothing of it is kept', async (t) => {
  const { as, cast } = await stage(t);
  const maelle = await as('maelle');
  for (const [method, path, body] of [
    ['POST', '/kerlann/voirie/tickets', { fields: POTHOLE, step: 'done' }],
    ['POST', '/kerlann/voirie/tickets', { fields: POTHOLE, organisation: 'argentique' }],
    ['POST', '/kerlann/members', { name: 'A', email: 'a@example.org', id: cast.nadia.id }],
    ['PATCH', `/kerlann/members/${cast.yann.id}`, { organisationId: cast.nadia.organisationId }],
    ['POST', '/kerlann/keys', { name: 'k', app: 'voirie', role: 'clerk', secretHash: 'x' }],
    ['PATCH', '/kerlann/sites/mairie', { version: 1, slug: 'autre' }],
  ] as const) {
    const refused = await maelle.ask<Refusal>(method, path, body);
    assert.deepEqual([refused.status, refused.body.code], [400, 'malformed'], `${method} ${path}`);
  }
  for (const fields of [
    { ...POTHOLE, step: 'done' },
    { ...POTHOLE, toString: 'x' },
    JSON.parse('{"kind":"pothole","__proto__":{"administrator":true}}') as object,
  ])
    assert.equal((await maelle.ask('POST', '/kerlann/voirie/tickets', { fields })).status, 422);
  assert.equal(Object.hasOwn(Object.prototype, 'administrator'), false);
  const { body } = await maelle.ask<{ tickets: object[] }>('GET', '/kerlann/voirie/tickets');
  assert.deepEqual(body.tickets, []);
});

// asvs 2.2.1 15.3.5 15.3.7
test('a parameter said twice, or of another kind than it is, is refused and not guessed at', async (t) => {
  const { as } = await stage(t);
  const maelle = await as('maelle');
  for (const query of [
    'limit=1&limit=200',
    'limit=1e9',
    'limit[]=5',
    'sort=due&sort=newest',
    'sort[$ne]=due',
    'assignee=me&assignee=none',
    'step=received&step=done',
  ]) {
    const { status } = await maelle.ask('GET', `/kerlann/voirie/tickets?${query}`);
    assert.ok(status === 400 || query.includes('['), `${query}: ${status}`);
    assert.ok(status < 500);
  }
  for (const body of [
    { email: ['a@example.org', 'b@example.org'] },
    { email: { $ne: null } },
    { email: 1 },
    [],
    'x',
    null,
  ])
    assert.equal(
      (await maelle.ask('POST', '/kerlann/sign-in-links', body)).status,
      400,
      JSON.stringify(body),
    );
});

// asvs 1.5.2 3.5.2 5.2.1 15.2.2
test('a body that is not JSON, or not said to be, does nothing', async (t) => {
  const { as, vigie } = await stage(t);
  const maelle = await as('maelle');
  const send = (type: string | null, body: string) =>
    fetch(`${vigie.url}/api/v1/kerlann/voirie/tickets`, {
      method: 'POST',
      headers: { cookie: maelle.cookie, origin: vigie.url, ...(type !== null && { 'content-type': type }) },
      body: new TextEncoder().encode(body),
    });
  const good = JSON.stringify({ fields: POTHOLE });
  for (const type of [
    null,
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
  ])
    assert.ok([400, 415].includes((await send(type, good)).status), String(type));
  for (const body of ['', '{', '{"fields":', `${good}x`, '['.repeat(200_000), 'NaN'])
    assert.equal((await send('application/json', body)).status, 400, body.slice(0, 20));
  assert.equal((await send('application/json', JSON.stringify({ a: 'x'.repeat(2 ** 20) }))).status, 413);
  const { body } = await maelle.ask<{ tickets: object[] }>('GET', '/kerlann/voirie/tickets');
  assert.deepEqual(body.tickets, []);
});

// asvs 4.2.1
test('a request whose end is not sure is refused, and nothing hides behind it', async (t) => {
  const { vigie } = await stage(t);
  const hidden = 'GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n';
  const head = 'POST /api/v1/kerlann/sign-in-links HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
  for (const framing of [
    `content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `transfer-encoding: chunked\r\ncontent-length: 0\r\n\r\n0\r\n\r\n${hidden}`,
    `content-length: 0\r\ncontent-length: 44\r\n\r\n${hidden}`,
    `transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
    `content-length : 0\r\n\r\n${hidden}`,
    `x: a\n b\r\n\r\n${hidden}`,
  ])
    assert.deepEqual(statuses(await say(vigie.url, head + framing)), [400], JSON.stringify(framing));
});

// asvs 3.4.2 5.3.2 13.4.1 13.4.3 13.4.4
test('only what the API says exists: no tracing, no files of ours, no listing of folders, no other site’s scripts', async (t) => {
  const { vigie, as } = await stage(t);
  const maelle = await as('maelle');
  const host = `host: ${new URL(vigie.url).host}\r\n`;
  const traced = await say(vigie.url, `TRACE /api/v1/session HTTP/1.1\r\n${host}cookie: canari\r\n\r\n`);
  assert.ok((statuses(traced)[0] ?? 0) >= 400);
  assert.doesNotMatch(traced, /canari/u);
  for (const path of [
    '/.git/config',
    '/.env',
    '/package.json',
    '/src/server.ts',
    '/data/',
    '/migrations/',
    '/api/',
    '/api/v1/',
    '/_app/',
    '/..%2f..%2fpackage.json',
    '/_app/..%2f..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/etc/passwd',
  ]) {
    const heard = await say(vigie.url, `GET ${path} HTTP/1.1\r\n${host}connection: close\r\n\r\n`);
    // The first part of a path may be an organisation: whoever is not signed in is shown its door.
    assert.ok([303, 308, 400, 404].includes(statuses(heard)[0] ?? 0), `${path}: ${heard.slice(0, 80)}`);
    assert.doesNotMatch(heard, /\[core\]|"dependencies"|root:|Index of/u, path);
  }
  for (const method of ['OPTIONS', 'GET']) {
    const answer = await fetch(`${vigie.url}/api/v1/kerlann/members`, {
      method,
      headers: {
        origin: 'https://evil.example',
        cookie: maelle.cookie,
        'access-control-request-method': 'GET',
      },
    });
    const granted = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'));
    assert.deepEqual(granted, [], `${method}: no other site reads`);
  }
});

// asvs 16.4.2
test('what has happened is never changed nor taken out, not even by SQL of the organisation itself', async (t) => {
  const { as, db, cast } = await stage(t);
  await (await as('maelle')).ask('POST', '/kerlann/voirie/tickets', { fields: POTHOLE });
  const { organisationId } = cast.maelle;
  for (const text of [
    `update event set body = '{}'`,
    'update event set actor = null, at = now()',
    'delete from event',
    'truncate event cascade',
    'delete from event_order',
  ])
    await assert.rejects(
      asOrganisation(db, organisationId, (tx) => tx.unsafe(text)),
      { code: '42501' },
      text,
    );
});

/** A file of the pages, as they are built. */
const fileOf = (ending: string): string => {
  const [file] = globSync(`_app/immutable/**/*${ending}`, {
    cwd: join(import.meta.dirname, '../../web/build/client'),
  });
  return `/${file ?? assert.fail('the pages are not built')}`;
};

// asvs 4.1.1
test('every answer says what it is, so that no browser guesses', async (t) => {
  const { vigie, as } = await stage(t);
  const maelle = await as('maelle');
  for (const [path, type] of [
    ['/api/v1/session', /^application\/json$/u],
    ['/api/v1/kerlann/voirie/tickets', /^application\/json$/u],
    ['/api/v1/nothing', /^application\/problem\+json$/u],
    ['/api/v1/kerlann/voirie/export.csv', /^text\/csv; charset=utf-8/iu],
    ['/kerlann', /^text\/html; charset=utf-8$/u],
    ['/kerlann/nowhere/at/all', /^text\/html; charset=utf-8$/u],
    ['/favicon.svg', /^image\/svg\+xml$/u],
    ['/_app/immutable/nothing.js', /^text\/(?:plain|html); charset=utf-8$/u],
    [fileOf('.js'), /^text\/javascript; charset=utf-8$/u],
    [fileOf('.css'), /^text\/css; charset=utf-8$/u],

    ['/healthz', /^text\/plain; charset=utf-8$/iu],
  ] as const) {
    const answer = await fetch(`${vigie.url}${path}`, { headers: { cookie: maelle.cookie } });
    assert.match(answer.headers.get('content-type') ?? 'none', type, path);
  }
});

/** Something that nobody foresaw: the database no longer has what every request reads. */
const breakIt = ({ db }: Stage) => db.owner`alter table member rename column locale to langue`;

// asvs 16.3.4 16.5.1
test('what breaks on our side tells whoever asked that it broke, and nothing of how', async (t) => {
  let written = '';
  const logger = createLogger('info', { write: (line) => void (written += line) });
  const scene = await stage(t, { logger });
  const maelle = await scene.as('maelle');
  await breakIt(scene);
  const broken = await maelle.ask<Refusal>('GET', '/kerlann/voirie/tickets');
  assert.deepEqual([broken.status, broken.body.code], [500, 'our_fault']);
  assert.deepEqual(Object.keys(broken.body).toSorted(), ['code', 'detail', 'status', 'title', 'type']);
  assert.doesNotMatch(
    JSON.stringify([broken.body, ...broken.headers]),
    /member|locale|select|\.ts|postgres/iu,
  );
  assert.match(written, /"level":"error".*A request failed/u);
  await scene.db.owner`alter table member rename column langue to locale`;
  assert.equal((await maelle.ask('GET', '/kerlann/voirie/tickets')).status, 200, 'and goes on afterwards');
});
