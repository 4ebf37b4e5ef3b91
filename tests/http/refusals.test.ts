import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';

import { createKey } from '../../src/people/index.ts';
import { openHouses } from '../../src/organisations/index.ts';
import { takeFilm, takeOrder, TUESDAY } from '../harness/lab.ts';
import { statementsOf, watchStatements } from '../harness/statements.ts';
import { type Hand, stage } from '../harness/vigie.ts';

watchStatements();

const DAY = 86_400_000;
const HIDDEN = 'A-0002';
const UNKNOWN = 'A-9999';

interface Asked {
  readonly what: string;
  readonly by: Hand;
  readonly method?: string;
  /** What is there and is not theirs, then what is not there. */
  readonly paths: readonly [string, string];
  readonly body?: unknown;
  /** The words that the caller themselves wrote, which an answer may repeat. */
  readonly named?: readonly [string, string];
}

/** The same answer, to the byte and in as many statements, for what is not theirs as for what is not there. */
const tellsApart = async (asked: Asked): Promise<void> => {
  const { what, by, method = 'GET', paths, body } = asked;
  const texts: string[] = [];
  const counts: number[] = [];
  for (const [at, path] of paths.entries()) {
    const written =
      body === undefined
        ? undefined
        : JSON.parse(JSON.stringify(body).replaceAll('NAMED', asked.named?.[at] ?? ''));
    const ask = () => by.ask<unknown>(method, path, written);
    const answer = await ask();
    const headers = [...answer.headers].filter(([name]) => !['date', 'content-length'].includes(name));
    const text = JSON.stringify([answer.status, headers, answer.body]);
    texts.push(asked.named ? text.replaceAll(asked.named[at] ?? '', 'NAMED') : text);
    counts.push(await statementsOf(ask));
  }
  assert.equal(texts[0], texts[1], `${what}: the answers tell them apart`);
  assert.equal(
    counts[0],
    counts[1],
    `${what}: the time would tell them apart (${counts.join(', ')} statements)`,
  );
};

// asvs 8.2.2
test('of a ticket of another site, another app or another organisation, one is told what one is told of no ticket', async (t) => {
  const scene = await stage(t, { at: TUESDAY });
  const [camille, ines, maelle] = await Promise.all([
    scene.as('camille'),
    scene.as('ines'),
    scene.as('maelle'),
  ]);
  await takeOrder(camille);
  await takeOrder(ines);
  await takeFilm(camille, 'A-0001', 'c41', 'canari');
  await takeFilm(ines, HIDDEN, 'c41', 'canari');
  const opened = await maelle.ask('POST', '/kerlann/voirie/tickets', {
    fields: { kind: 'pothole', place: { lat: 47.7, lng: -2.8, address: 'Ici' } },
  });
  await scene.vigie.settled();
  assert.equal((await camille.ask('GET', `/argentique/atelier/tickets/${HIDDEN}`)).status, 404);
  // What is counted is counted: who calls, the ticket, and the transactions around them.
  const read = () => camille.ask('GET', '/argentique/atelier/tickets/A-0001');
  assert.ok((await statementsOf(read)) >= 6);
  const acts: readonly (readonly [string, string, unknown?])[] = [
    ['GET', ''],
    ['GET', '/events'],
    ['PATCH', '', { version: 1, fields: { note: 'x' } }],
    ['PATCH', '', { version: 1, fields: {}, site: 'nowhere' }],
    ['POST', '/moves/complete', {}],
    ['POST', '/moves/nothing', {}],
    ['POST', '/moves/collect', { fields: { contact: { name: 'x', email: 'no' } } }],
    ['POST', '/comments', { text: 'x' }],
    ['PUT', '/assignee', { member: 'me' }],
    ['PUT', '/assignee', { member: randomUUID() }],
    ['PUT', '/holder', { holder: 'A-0001' }],
    ['PUT', '/holder', { holder: null }],
    ['POST', '/undo'],
  ];
  for (const [method, act, body] of acts)
    for (const hidden of [HIDDEN, 'A-0001-1', opened.body.reference])
      await tellsApart({
        what: `${method} ${hidden}${act}`,
        by: camille,
        method,
        paths: [
          `/argentique/atelier/tickets/${hidden}${act}`,
          `/argentique/atelier/tickets/${UNKNOWN}${act}`,
        ],
        body,
      });
  const named = [HIDDEN, UNKNOWN] as const;
  for (const [what, method, path, body] of [
    ['many at once', 'POST', '/argentique/atelier/moves/complete', { references: ['NAMED'] }],
    [
      'a film for it',
      'POST',
      '/argentique/travail/tickets',
      { fields: { kind: 'c41', what: 'x' }, holder: 'NAMED' },
    ],
    ['put in it', 'PUT', '/argentique/travail/tickets/A-0001-1/holder', { holder: 'NAMED' }],
  ] as const)
    await tellsApart({ what, by: camille, method, paths: [path, path], body, named });
  for (const path of [
    '/argentique/travail/tickets?holder=',
    '/argentique/tickets?holder=',
    '/argentique/search?q=',
  ])
    await tellsApart({ what: path, by: camille, paths: [path + HIDDEN, path + UNKNOWN] });
});

// asvs 8.2.1
test('of an app where one has no role, one is told what one is told of no app', async (t) => {
  const scene = await stage(t);
  const gwenn = await scene.as('gwenn');
  for (const [method, path, body] of [
    ['GET', '/definition'],
    ['GET', '/tickets'],
    ['GET', '/board'],
    ['GET', '/export.csv'],
    ['GET', '/tickets/V-2026-0001'],
    ['POST', '/tickets', { fields: {} }],
    ['POST', '/moves/sort', { references: ['x'] }],
  ] as const)
    await tellsApart({
      what: `${method} ${path}`,
      by: gwenn,
      method,
      paths: [`/kerlann/voirie${path}`, `/kerlann/nothing${path}`],
      body,
    });
});

// asvs 8.4.1
test('of members, keys and reviews of another organisation, an administrator is told what they are told of none', async (t) => {
  const scene = await stage(t);
  const [maelle, nadia] = await Promise.all([scene.as('maelle'), scene.as('nadia')]);
  const key = await nadia.ask<{ id: string }>('POST', '/argentique/keys', {
    app: 'atelier',
    role: 'counter',
    name: 'x',
  });
  const review = await nadia.ask<{ id: string }>('POST', '/argentique/reviews');
  for (const [method, of, id, rest, body] of [
    ['PATCH', 'members', scene.cast.nadia.id, '', { name: 'x' }],
    ['POST', 'members', scene.cast.nadia.id, '/sign-in-link', undefined],
    ['GET', 'members', scene.cast.nadia.id, '/leaving', undefined],
    ['POST', 'members', scene.cast.nadia.id, '/leaving', {}],
    ['DELETE', 'keys', key.body.id, '', undefined],
    ['GET', 'reviews', review.body.id, '', undefined],
    ['PUT', 'reviews', review.body.id, '/answers', { lines: [randomUUID()], answer: 'keep' }],
    ['POST', 'reviews', review.body.id, '/finish', undefined],
    ['GET', 'deeds?person=', scene.cast.nadia.id, '', undefined],
    ['GET', 'reads?person=', scene.cast.nadia.id, '', undefined],
  ] as const) {
    const path = (one: string): string => `/kerlann/${of}${of.endsWith('=') ? '' : '/'}${one}${rest}`;
    await tellsApart({
      what: `${method} ${of}${rest}`,
      by: maelle,
      method,
      paths: [path(id), path(randomUUID())],
      body,
    });
  }
  // And whoever does not administer is told of neither.
  const yann = await scene.as('yann');
  for (const path of [
    '/kerlann/keys',
    '/kerlann/deeds',
    '/kerlann/reviews',
    '/kerlann/notices',
    '/kerlann/set-aside',
  ])
    await tellsApart({ what: path, by: yann, paths: [path, '/kerlann/nothing/board'] });
});

// asvs 6.3.8 8.3.2
test('a key that has expired, was revoked or fell with its owner is refused as one that never was', async (t) => {
  const scene = await stage(t);
  const { db, cast, clock, withKey, stranger } = scene;
  const house = await openHouses(db).byId(cast.maelle.organisationId);
  assert.ok(house);
  const maelle = await scene.as('maelle');
  await maelle.ask('PATCH', `/kerlann/members/${cast.armelle.id}`, { administrator: true });
  const make = (by: string | null, expires: Date | null) =>
    createKey(
      db,
      house,
      { app: 'voirie', role: 'clerk', site: null, name: 'x', expires },
      clock.now(),
      by === null ? null : { kind: 'member', id: by, grants: [], administrator: true },
    );
  const [expired, revoked, demoted, disabled] = [
    await make(null, new Date(clock.now() + 60_000)),
    await make(null, null),
    await make(cast.armelle.id, null),
    await make(cast.armelle.id, null),
  ];
  clock.advance(2 * 60_000);
  await maelle.ask('DELETE', `/kerlann/keys/${revoked.id}`);
  const unknown = `${demoted.key.slice(0, -10)}AAAAAAAAAA`;
  const refusal = async (key: string) => {
    const hand = withKey(key);
    const ask = () => hand.ask<unknown>('GET', '/kerlann/voirie/tickets');
    const { status, body } = await ask();
    return [status, JSON.stringify(body), await statementsOf(ask)];
  };
  const expected = await refusal(unknown);
  assert.equal(expected[0], 401);
  assert.deepEqual(await refusal(expired.key), expected, 'expired');
  assert.deepEqual(await refusal(revoked.key), expected, 'revoked');
  await maelle.ask('PATCH', `/kerlann/members/${cast.armelle.id}`, { administrator: false });
  assert.deepEqual(await refusal(demoted.key), expected, 'demoted');
  await maelle.ask('PATCH', `/kerlann/members/${cast.armelle.id}`, { administrator: true, disabled: true });
  assert.deepEqual(await refusal(disabled.key), expected, 'disabled');
  // Nor does one learn which organisations there are.
  await tellsApart({ what: 'an organisation', by: stranger, paths: ['/kerlann', '/nowhere'] });
  clock.advance(DAY);
});

// asvs 6.3.8
test('a link that was used, has expired, is of another organisation or never was gives one answer, as do addresses', async (t) => {
  const scene = await stage(t);
  const { stranger, cast } = scene;
  const [maelle, nadia] = await Promise.all([scene.as('maelle'), scene.as('nadia')]);
  const tokenOf = async (hand: Hand, path: string) =>
    (await hand.ask<{ url: string }>('POST', path)).body.url.split('/').at(-1) ?? '';
  const link = `/kerlann/members/${cast.yann.id}/sign-in-link`;
  const used = await tokenOf(maelle, link);
  await stranger.ask('POST', '/kerlann/sessions', { token: used });
  const elsewhere = await tokenOf(nadia, `/argentique/members/${cast.theo.id}/sign-in-link`);
  const dead = await tokenOf(maelle, `/kerlann/members/${cast.gwenn.id}/sign-in-link`);
  await maelle.ask('PATCH', `/kerlann/members/${cast.gwenn.id}`, { disabled: true });
  const unknown = 'x'.repeat(43);
  for (const token of [used, elsewhere, dead])
    await tellsApart({
      what: 'a link',
      by: stranger,
      method: 'POST',
      paths: ['/kerlann/sessions', '/kerlann/sessions'],
      body: { token: 'NAMED' },
      named: [token, unknown],
    });
  for (const [organisation, email] of [
    ['kerlann', 'yann@kerlann.example'],
    ['nowhere', 'yann@kerlann.example'],
  ] as const) {
    const known = await stranger.ask('POST', `/${organisation}/sign-in-links`, { email });
    const nobody = await stranger.ask('POST', '/kerlann/sign-in-links', { email: 'nobody@kerlann.example' });
    assert.deepEqual([known.status, known.body], [nobody.status, nobody.body]);
  }
});

// asvs 8.2.2
test('what somebody else had typed is told to nobody, not even that there is something', async (t) => {
  const scene = await stage(t, { at: TUESDAY });
  const { as, vigie, stranger } = scene;
  const [camille, theo] = await Promise.all([as('camille'), as('theo')]);
  const refused = await fetch(`${vigie.url}/forms/api/v1/argentique/atelier/tickets`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: vigie.url, cookie: camille.cookie },
    body: new URLSearchParams({ 'text.note': 'brouillon', _back: '/x' }),
  });
  const draft = new URL(refused.headers.get('location') ?? '', vigie.url).searchParams.get('draft') ?? '';
  assert.equal((await camille.ask('GET', `/argentique/drafts/${draft}`)).status, 200);
  for (const by of [theo, stranger]) {
    const [own, none] = await Promise.all(
      [draft, randomUUID()].map((id) => by.ask<unknown>('GET', `/argentique/drafts/${id}`)),
    );
    assert.deepEqual([own?.status, own?.body], [404, none?.body]);
  }
});

test('whoever is refused is told why in their own language, and whoever says none in both', async (t) => {
  const scene = await stage(t);
  const [camille, ines] = await Promise.all([scene.as('camille'), scene.as('ines')]);
  interface Told {
    readonly detail: string;
    readonly errors: readonly { readonly message: string }[];
  }
  const wrong = (hand: Hand) =>
    hand
      .ask<Told>('POST', '/argentique/atelier/moves/cancel', { references: 'A-0001' })
      .then(({ body }) => body);
  const inFrench = await wrong(camille);
  assert.equal(inFrench.detail, 'La demande n’a pas la forme attendue.');
  assert.match(inFrench.errors[0]?.message ?? '', /^Entrée invalide : tableau attendu[^/]*\.$/u);
  const inEnglish = await wrong(ines);
  assert.equal(inEnglish.detail, 'The request does not have the expected form.');
  assert.match(inEnglish.errors[0]?.message ?? '', /^Invalid input: expected array[^/]*\.$/u);
  const english = await scene.stranger.ask<Told>('GET', '/kerlann/home', undefined, {
    'accept-language': 'en-GB,en;q=0.9,fr;q=0.5',
  });
  assert.equal(english.body.detail, 'Sign in, or present a key.');
  const both = await scene.stranger.ask<Told>('GET', '/kerlann/home');
  assert.equal(both.body.detail, 'Connectez-vous, ou présentez une clé. / Sign in, or present a key.');
});
