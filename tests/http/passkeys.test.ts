import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type Asked, softAuthenticator } from '../harness/authenticator.ts';
import { tablesWith } from '../harness/lab.ts';
import {
  accept,
  browserOf,
  confirm,
  enrolled,
  enterWith,
  invitationBy,
  type Refusal,
  tokenOf,
} from '../harness/passkeys.ts';
import { postOffice } from '../harness/mail.ts';
import { openLive } from '../harness/stream.ts';
import { type Hand, stage, type Stage } from '../harness/vigie.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FIFTY = Array.from({ length: 50 });

interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly lastUsed: string | null;
  readonly deviceBound: boolean;
  readonly backedUp: boolean;
}
interface Session {
  readonly id: string;
  readonly methods: readonly string[];
  readonly assurance: string;
  readonly current: boolean;
  readonly agent: string;
}

const passkeys = async (hand: Hand): Promise<readonly Passkey[]> =>
  (await hand.ask<{ passkeys: Passkey[] }>('GET', '/kerlann/account/passkeys')).body.passkeys;
const sessions = async (hand: Hand): Promise<readonly Session[]> =>
  (await hand.ask<{ sessions: Session[] }>('GET', '/kerlann/account')).body.sessions;
const lines = async (hand: Hand): Promise<readonly string[]> =>
  (await hand.ask<{ notices: { text: string }[] }>('GET', '/kerlann/account/notices')).body.notices.map(
    ({ text }) => text,
  );
const deeds = async ({ db }: Stage): Promise<readonly { type: string; body: Record<string, unknown> }[]> =>
  db.owner<{ type: string; body: Record<string, unknown> }[]>`
    select type, body from event where ticket_id is null order by id`;
const status = ({ status: one }: { readonly status: number }): number => one;

// asvs 6.3.3 6.4.1 6.7.2
test('somebody invited makes a passkey, is in at once and strongly, and comes in with it afterwards without typing a name', async (t) => {
  const scene = await stage(t);
  const { cast, clock, db } = scene;
  const maelle = await scene.as('maelle');
  const token = await invitationBy(scene, maelle, 'yann');
  assert.deepEqual(await tablesWith(db, token), [], 'the secret is kept nowhere');
  const agent = { 'user-agent': 'Mozilla/5.0 (Android 15; Mobile) Gecko/128.0 Firefox/128.0' };
  const browser = browserOf(scene, 'kerlann', agent);
  const device = softAuthenticator(scene.vigie.url);
  const open = () =>
    browser.ask<{ name: string; asked: Asked }>('POST', '/kerlann/invitations/challenge', { token });
  for (let look = 0; look < 3; look += 1)
    assert.equal((await open()).body.name, 'Yann Kervadec', 'looking uses nothing up');
  const { asked } = (await open()).body;
  assert.equal(
    Buffer.from(asked.user?.id ?? '', 'base64url').toString('hex'),
    cast.yann.id.replaceAll('-', ''),
  );
  assert.deepEqual(asked.rp, { id: 'localhost', name: 'Commune de Kerlann' });

  assert.equal((await accept(browser, token, device)).status, 201);
  const [only] = await sessions(browser);
  assert.deepEqual(
    [only?.methods, only?.assurance, only?.current, only?.agent],
    [['passkey'], 'strong', true, 'Firefox · Android'],
  );
  assert.deepEqual(
    (await passkeys(browser)).map(({ name, deviceBound, backedUp, lastUsed }) => [
      name,
      deviceBound,
      backedUp,
      lastUsed,
    ]),
    [['Firefox · Android', true, false, null]],
  );
  assert.deepEqual((await accept(browserOf(scene, 'kerlann'), token, device)).body.code, 'bad_link', 'once');

  clock.advance(HOUR);
  const elsewhere = browserOf(scene, 'kerlann');
  const { body: ask } = await elsewhere.ask<Asked & { userVerification: string }>(
    'POST',
    '/kerlann/passkeys/challenge',
  );
  assert.deepEqual([ask.allowCredentials, ask.userVerification, ask.rpId], [[], 'required', 'localhost']);
  assert.equal((await enterWith(elsewhere, device)).status, 201);
  assert.equal((await elsewhere.ask<{ me: { id: string } }>('GET', '/kerlann')).body.me.id, cast.yann.id);
  assert.equal((await passkeys(browser))[0]?.lastUsed, new Date(clock.now()).toISOString());
  assert.deepEqual(await lines(browser), [
    'Une clé d’accès a été ajoutée\u00a0: Firefox · Android',
    'Une invitation a été faite pour votre compte',
  ]);
  assert.deepEqual(
    (await deeds(scene)).map(({ type }) => type),
    ['invited', 'passkey_added'],
  );
});

// asvs 6.3.8
test('whatever is wrong with a passkey, whoever comes with it is told the same, and stays outside', async (t) => {
  const scene = await stage(t);
  const { as, cast } = scene;
  const { device } = await enrolled(scene, 'yann', 'maelle');
  const stranger = softAuthenticator(scene.vigie.url);
  stranger.make({ challenge: 'x', rp: { id: 'localhost' }, user: { id: 'eWFubg' } });
  const at = (slug = 'kerlann') => browserOf(scene, slug);
  const tries = {
    'never seen here': () => enterWith(at(), stranger),
    'another organisation': () => enterWith(at('argentique'), device),
    'no such organisation': () => enterWith(at('nowhere'), device),
    'its person was not verified': () => enterWith(at(), device, { verified: false }),
    'signed for another page': () => enterWith(at(), device, { origin: 'https://kerlann.example' }),
    'signed for another host': () => enterWith(at(), device, { rpId: 'kerlann.example' }),
    'signed something else': () => enterWith(at(), device, { forged: true }),
    'signed for another purpose': () => enterWith(at(), device, { type: 'webauthn.create' }),
    'says that it is somebody else’s': () => enterWith(at(), device, { userHandle: 'eWFubg' }),
    'answers what nobody asked': () =>
      at().ask<Refusal>('POST', '/kerlann/passkeys/sessions', {
        credential: device.sign({ challenge: Buffer.alloc(32).toString('base64url'), rpId: 'localhost' }),
      }),
  };
  const told = new Set<string>();
  for (const [why, attempt] of Object.entries(tries)) {
    const refused = await attempt();
    assert.equal(refused.status, 401, why);
    told.add(JSON.stringify(refused.body));
  }
  const maelle = await as('maelle', 'strong');
  assert.equal((await enterWith(at(), device)).status, 201, 'and nothing of that spoilt it');
  await maelle.ask('PATCH', `/kerlann/members/${cast.yann.id}`, { disabled: true });
  told.add(JSON.stringify((await enterWith(at(), device)).body));
  await maelle.ask('PATCH', `/kerlann/members/${cast.yann.id}`, { disabled: false });
  const yann = at();
  assert.equal((await enterWith(yann, device)).status, 201);
  const [own] = await passkeys(yann);
  assert.equal((await yann.ask('DELETE', `/kerlann/account/passkeys/${own?.id}`)).status, 204);
  told.add(JSON.stringify((await enterWith(at(), device)).body));
  assert.equal(told.size, 1, [...told].join('\n'));
  const foreign = await at().ask('POST', '/kerlann/passkeys/challenge', undefined, {
    origin: 'https://evil.example',
  });
  assert.equal(foreign.status, 403);
});

// asvs 6.5.1 6.7.2
test('a challenge serves once, for five minutes, for what and whom it was made', async (t) => {
  const scene = await stage(t);
  const { clock, db } = scene;
  const { browser, device } = await enrolled(scene, 'yann', 'maelle');
  const ask = async () => (await browser.ask<Asked>('POST', '/kerlann/passkeys/challenge')).body;
  const enter = (credential: object) =>
    browserOf(scene, 'kerlann').ask('POST', '/kerlann/passkeys/sessions', { credential });
  const asked = await ask();
  const signed = FIFTY.map(() => device.sign(asked));
  assert.equal((await Promise.all(signed.map(enter))).filter(({ status: one }) => one === 201).length, 1);
  assert.equal((await enter(device.sign(asked))).status, 401, 'it was answered');
  const late = await ask();
  clock.advance(5 * MINUTE);
  assert.equal((await enter(device.sign(late))).status, 401, 'too late');
  const tried = await ask();
  assert.equal((await enter(device.sign(tried, { verified: false }))).status, 401);
  assert.equal((await enter(device.sign(tried))).status, 401, 'a failed try uses it up too');
  const { body: confirming } = await browser.ask<Asked>('POST', '/kerlann/account/step-up/challenge');
  assert.equal((await enter(device.sign(confirming))).status, 401, 'it was for confirming');
  const other = await enrolled(scene, 'gwenn', 'maelle');
  const taken = await other.browser.ask('POST', '/kerlann/account/step-up', {
    credential: device.sign(confirming),
  });
  assert.equal(taken.status, 401, 'it was for somebody else');
  await ask();
  clock.advance(6 * MINUTE);
  const [waiting] = await db.owner<
    { count: number }[]
  >`select count(*)::int as count from passkey_challenge where expires_at < ${new Date(clock.now())}`;
  assert.ok((waiting?.count ?? 0) > 0, 'housekeeping takes what nobody answered');
});

// asvs 6.5.1
test('of fifty who use one invitation at once, one makes a passkey, and nobody else is in', async (t) => {
  const scene = await stage(t);
  const token = await invitationBy(scene, await scene.as('maelle'), 'yann');
  const answers = await Promise.all(
    FIFTY.map(() => accept(browserOf(scene, 'kerlann'), token, softAuthenticator(scene.vigie.url))),
  );
  assert.deepEqual(
    answers.map(status).toSorted((a, b) => a - b),
    [201, ...Array.from({ length: 49 }, () => 401)],
  );
  const [kept] = await scene.db.owner<{ passkeys: number; sessions: number }[]>`
    select (select count(*) from passkey)::int as passkeys,
      (select count(*) from session where methods = '{passkey}')::int as sessions`;
  assert.deepEqual(kept, { passkeys: 1, sessions: 1 });
});

// asvs 6.3.8 6.4.1
test('an invitation that expired, was followed by another, is of somebody let go or of another house, opens nothing', async (t) => {
  const scene = await stage(t);
  const { clock, cast } = scene;
  const maelle = await scene.as('maelle');
  const take = (token: string, slug = 'kerlann') =>
    accept(browserOf(scene, slug), token, softAuthenticator(scene.vigie.url));
  const [first, second] = [
    await invitationBy(scene, maelle, 'yann', { days: 1 }),
    await invitationBy(scene, maelle, 'yann', { days: 1 }),
  ];
  const told = [
    await take(first),
    await take(second, 'argentique'),
    await take(second, 'nowhere'),
    await take('x'.repeat(43)),
  ];
  const signIn = tokenOf(
    (await maelle.ask<{ url: string }>('POST', `/kerlann/members/${cast.yann.id}/sign-in-link`)).body.url,
  );
  told.push(await take(signIn));
  await maelle.ask('PATCH', `/kerlann/members/${cast.yann.id}`, { disabled: true });
  told.push(await take(second));
  await maelle.ask('PATCH', `/kerlann/members/${cast.yann.id}`, { disabled: false });
  clock.advance(DAY);
  told.push(await take(second));
  assert.deepEqual([...new Set(told.map(({ status, body }) => `${status} ${body.code}`))], ['401 bad_link']);
  assert.equal(
    (await scene.stranger.ask('POST', '/kerlann/sessions', { token: second })).status,
    401,
    'nor is it a sign-in link',
  );
  const again = await scene.as('maelle');
  for (const days of [0, 8, 1.5])
    assert.equal(
      (await again.ask('POST', `/kerlann/members/${cast.yann.id}/invitation`, { days })).status,
      400,
    );
  const nadia = await scene.as('nadia');
  assert.equal((await nadia.ask('POST', `/argentique/members/${cast.yann.id}/invitation`, {})).status, 404);
  assert.equal(
    (await (await scene.as('gwenn')).ask('POST', `/kerlann/members/${cast.yann.id}/invitation`, {})).status,
    404,
  );
});

test('a passkey that is not verified, for another page, or known already is not made, and the invitation stays good', async (t) => {
  const scene = await stage(t);
  const token = await invitationBy(scene, await scene.as('maelle'), 'yann');
  const device = softAuthenticator(scene.vigie.url);
  const browser = browserOf(scene, 'kerlann');
  for (const how of [
    { verified: false },
    { origin: 'https://evil.example' },
    { rpId: 'evil.example' },
    { type: 'webauthn.get' },
  ]) {
    const refused = await accept(browser, token, device, how);
    assert.deepEqual([refused.status, refused.body.code], [422, 'passkey_not_made'], JSON.stringify(how));
  }
  for (const name of ['', 'x'.repeat(81), 'deux\nlignes'])
    assert.equal((await accept(browser, token, device, {}, name)).status, 400);
  const { body } = await browser.ask<{ asked: Asked }>('POST', '/kerlann/invitations/challenge', { token });
  const credential = device.make(body.asked);
  const send = (at: string) =>
    browser.ask<Refusal>('POST', '/kerlann/invitations/passkeys', { token: at, credential });
  assert.equal((await send(token)).status, 201);
  assert.equal(
    (await send(await invitationBy(scene, await scene.as('maelle'), 'yann'))).status,
    422,
    'the same again',
  );
  const [count] = await scene.db.owner<{ count: number }[]>`select count(*)::int as count from passkey`;
  assert.equal(count?.count, 1);
});

test('a counter that goes back is refused, written down, and told to whoever owns the passkey', async (t) => {
  const scene = await stage(t);
  const { browser, device } = await enrolled(scene, 'yann', 'maelle');
  assert.equal((await enterWith(browser, device, { counter: 7 })).status, 201);
  for (const counter of [7, 3, 0])
    assert.equal((await enterWith(browserOf(scene, 'kerlann'), device, { counter })).status, 401);
  const refused = await enterWith(browserOf(scene, 'kerlann'), device, { counter: 2, forged: true });
  assert.equal(refused.status, 401);
  const back = (await deeds(scene)).filter(({ type }) => type === 'passkey_went_back');
  assert.deepEqual(
    back.map(({ body }) => [body['member'], body['counter'], body['known']]),
    [7, 3, 0].map((counter) => [scene.cast.yann.id, counter, 7]),
    'what nobody signed says nothing',
  );
  assert.match((await lines(browser))[0] ?? '', /peut-être copiée/u);
  assert.equal((await enterWith(browserOf(scene, 'kerlann'), device, { counter: 8 })).status, 201);
});

test('whether a passkey is backed up is written down at every use', async (t) => {
  const scene = await stage(t);
  const { browser, device } = await enrolled(scene, 'yann', 'maelle', { copied: true });
  const state = async () =>
    (await passkeys(browser)).map(({ deviceBound, backedUp }) => [deviceBound, backedUp]);
  assert.deepEqual(await state(), [[false, true]]);
  assert.equal((await enterWith(browser, device, { backedUp: false })).status, 201);
  assert.deepEqual(await state(), [[false, false]]);
  assert.equal((await enterWith(browser, device)).status, 201, 'whose counter stays at nothing');
  assert.deepEqual(await state(), [[false, true]]);
});

// asvs 7.2.2 7.2.4 7.4.1
test('every sign-in and every confirmation gives a new identifier, and the one before opens nothing', async (t) => {
  const scene = await stage(t);
  const { browser, device } = await enrolled(scene, 'yann', 'maelle');
  const worth = async (cookie: string) =>
    status(await scene.stranger.ask('GET', '/kerlann', undefined, { cookie }));
  const seen = [browser.cookie];
  const { body: asked } = await browser.ask<Asked>('POST', '/kerlann/account/step-up/challenge');
  assert.deepEqual(
    asked.allowCredentials?.map(({ id }) => id),
    [device.credential],
  );
  assert.equal((await confirm(browser, device)).status, 204);
  seen.push(browser.cookie);
  assert.equal((await enterWith(browser, device)).status, 201);
  seen.push(browser.cookie);
  const [own] = await sessions(browser);
  const link = await scene.as('maelle');
  const { body } = await link.ask<{ url: string }>(
    'POST',
    `/kerlann/members/${scene.cast.yann.id}/sign-in-link`,
  );
  assert.equal((await browser.ask('POST', '/kerlann/sessions', { token: tokenOf(body.url) })).status, 201);
  seen.push(browser.cookie);
  assert.equal(new Set(seen).size, 4);
  assert.deepEqual(await Promise.all(seen.map(worth)), [401, 401, 401, 200]);
  const now = await sessions(browser);
  assert.deepEqual(
    now.map(({ id, assurance, methods }) => [id === own?.id, assurance, methods]),
    [[false, 'low', ['link']]],
  );
  assert.equal((await confirm(browser, device)).status, 204);
  assert.deepEqual(
    (await sessions(browser)).map(({ assurance, methods }) => [assurance, methods]),
    [['strong', ['link', 'passkey']]],
  );
  const stolen = browser.cookie;
  const asks = await Promise.all(
    [0, 1, 2].map(() => browser.ask<Asked>('POST', '/kerlann/account/step-up/challenge')),
  );
  const at = (nth: number) => asks[nth]?.body ?? { challenge: '' };
  const both = await Promise.all(
    [0, 1, 2].map((nth) =>
      scene.stranger.ask(
        'POST',
        '/kerlann/account/step-up',
        { credential: device.sign(at(nth)) },
        { cookie: stolen },
      ),
    ),
  );
  assert.equal(both.filter(({ status: one }) => one === 204).length, 1, 'one session goes on as one');
});

// asvs 7.5.3
test('what must be confirmed takes the passkey of whoever has one, however fresh a link is', async (t) => {
  const scene = await stage(t);
  const { as, clock, cast } = scene;
  const invite = (hand: Hand) => hand.ask<Refusal>('POST', `/kerlann/members/${cast.yann.id}/invitation`, {});
  const byLink = await as('maelle');
  assert.equal((await invite(byLink)).status, 201, 'without a passkey, a fresh link will do');
  clock.advance(16 * MINUTE);
  const old = await invite(byLink);
  assert.deepEqual(
    [old.status, old.body.code, old.body.reason, old.body.passkey],
    [403, 'step_up', 'freshly', false],
  );
  const { browser, device } = await enrolled(scene, 'maelle', 'maelle');
  assert.equal((await invite(browser)).status, 201);
  const fresh = await invite(await as('maelle'));
  assert.deepEqual([fresh.status, fresh.body.reason, fresh.body.passkey], [403, 'freshly', true]);
  clock.advance(16 * MINUTE);
  assert.equal((await invite(browser)).status, 403);
  const other = await enrolled(scene, 'gwenn', 'maelle');
  const { body: asked } = await browser.ask<Asked>('POST', '/kerlann/account/step-up/challenge');
  const theirs = { credential: other.device.sign({ ...asked, allowCredentials: [] }) };
  assert.equal(
    (await browser.ask('POST', '/kerlann/account/step-up', theirs)).status,
    401,
    'another’s passkey is not theirs',
  );
  assert.equal((await confirm(browser, device, { verified: false })).status, 401);
  assert.equal((await invite(browser)).status, 403);
  assert.equal((await confirm(browser, device)).status, 204);
  assert.equal((await invite(browser)).status, 201);
});

// asvs 6.3.7 6.5.6 7.4.3 7.5.1
test('another passkey takes a fresh strong session; a link never adds one', async (t) => {
  const scene = await stage(t);
  const { as, clock } = scene;
  const ask = (hand: Hand) => hand.ask<Refusal & Asked>('POST', '/kerlann/account/passkeys/challenge');
  const none = await ask(await as('yann'));
  assert.deepEqual(
    [none.status, none.body.code, none.body.reason, none.body.passkey],
    [403, 'step_up', 'assurance', false],
  );
  const { browser, device } = await enrolled(scene, 'yann', 'maelle');
  const byLink = await as('yann');
  assert.equal((await ask(byLink)).body.code, 'step_up');
  const second = softAuthenticator(scene.vigie.url, { copied: true });
  const { body: asked } = await ask(browser);
  const credential = second.make(asked);
  assert.equal((await byLink.ask('POST', '/kerlann/account/passkeys', { credential })).status, 403);
  const made = await browser.ask<{ id: string }>('POST', '/kerlann/account/passkeys', {
    credential,
    name: ' Téléphone ',
  });
  assert.equal(made.status, 201);
  assert.deepEqual((await passkeys(browser)).map(({ name }) => name).at(-1), 'Téléphone');
  clock.advance(16 * MINUTE);
  assert.equal((await ask(browser)).body.reason, 'freshly');
  const remove = (id = made.body.id) => browser.ask('DELETE', `/kerlann/account/passkeys/${id}`);
  assert.equal((await remove()).status, 403, 'nor is one removed without confirming');
  assert.equal((await confirm(browser, device)).status, 204);

  const elsewhere = browserOf(scene, 'kerlann');
  assert.equal((await enterWith(elsewhere, second)).status, 201);
  const rename = (hand: Hand, name: string) =>
    hand.ask('PATCH', `/kerlann/account/passkeys/${made.body.id}`, { name });
  assert.equal((await rename(await as('gwenn'), 'à moi')).status, 404);
  assert.equal(
    (
      await (
        await enrolled(scene, 'gwenn', 'maelle')
      ).browser.ask('DELETE', `/kerlann/account/passkeys/${made.body.id}`)
    ).status,
    404,
  );
  assert.equal((await rename(elsewhere, 'Coffre')).status, 204);
  assert.equal((await remove()).status, 204);
  assert.equal((await remove()).status, 404);
  assert.equal(
    (await elsewhere.ask('GET', '/kerlann')).status,
    401,
    'the sessions that it may have begun end with it',
  );
  assert.equal((await browser.ask('GET', '/kerlann')).status, 200);
  assert.equal((await enterWith(elsewhere, second)).status, 401);
  assert.match((await lines(browser))[0] ?? '', /retirée\u00a0: Coffre/u);
  const removed = (await deeds(scene)).at(-1);
  assert.deepEqual(
    [removed?.type, removed?.body],
    ['passkey_removed', { member: scene.cast.yann.id, passkey: made.body.id }],
  );
});

// asvs 7.4.1 7.4.3 7.5.2 8.3.2
test('one sees one’s own sessions, ends one or all the others, and a page open elsewhere goes silent at once', async (t) => {
  const scene = await stage(t);
  const { as, vigie, cast } = scene;
  const [here, tablet, phone, gwenn] = [
    await as('yann'),
    await as('yann'),
    await as('yann'),
    await as('gwenn'),
  ];
  const listed = await sessions(here);
  assert.equal(listed.length, 3);
  const idOf = async (hand: Hand) => (await sessions(hand)).find(({ current }) => current)?.id ?? '';
  const live = (hand: Hand) => openLive(vigie.url, '/kerlann/stream', hand.cookie);
  const soon = async (ended: Promise<void>) => {
    const began = Date.now();
    await ended;
    assert.ok(Date.now() - began < 3000, `${Date.now() - began} ms`);
  };
  const page = await live(tablet);
  await page.reaches((told) => told.length === 1);
  const end = (hand: Hand, id: string) => hand.ask('DELETE', `/kerlann/account/sessions/${id}`);
  const tabletId = await idOf(tablet);
  assert.equal((await end(gwenn, tabletId)).status, 404, 'another’s is not theirs to end');
  assert.equal((await end(here, tabletId)).status, 204);
  await soon(page.ended);
  assert.equal((await tablet.ask('GET', '/kerlann')).status, 401);
  assert.equal((await end(here, tabletId)).status, 404);

  const [stays, goes] = [await live(here), await live(phone)];
  await goes.reaches((told) => told.length === 1);
  assert.equal((await here.ask('DELETE', '/kerlann/account/sessions')).status, 204);
  await soon(goes.ended);
  assert.deepEqual(
    (await sessions(here)).map(({ current }) => current),
    [true],
  );

  const maelle = await as('maelle');
  assert.equal(
    (await maelle.ask('PATCH', `/kerlann/members/${cast.yann.id}`, { disabled: true })).status,
    204,
  );
  await soon(stays.ended);
});

// asvs 7.3.1
test('an open page does not keep its session alive', async (t) => {
  const scene = await stage(t);
  const armelle = await scene.as('armelle');
  const page = await openLive(scene.vigie.url, '/kerlann/stream', armelle.cookie);
  await page.reaches((told) => told.length === 1);
  const maelle = await scene.as('maelle');
  scene.clock.advance(11 * HOUR);
  await maelle.ask('POST', '/kerlann/voirie/tickets', {
    fields: { kind: 'pothole', place: { lat: 47.7, lng: -2.8 }, note: 'un' },
  });
  await page.reaches((told) => told.length === 2);
  const again = await openLive(scene.vigie.url, '/kerlann/stream', armelle.cookie);
  await again.reaches((told) => told.length === 1);
  // Nor does what a page reads again by itself, while nobody touches it.
  const itself = { cookie: `${armelle.cookie}; vigie.resting=1` };
  assert.equal((await scene.stranger.ask('GET', '/kerlann/home', undefined, itself)).status, 200);
  scene.clock.advance(2 * HOUR);
  assert.equal((await armelle.ask('GET', '/kerlann')).status, 401);
  const other = await scene.as('maelle');
  await other.ask('DELETE', '/kerlann/sessions/current');
  await Promise.all([page.ended, again.ended]);
});

test('an organisation may ask for passkeys that stay on their device, and is told why another will not do', async (t) => {
  const scene = await stage(t);
  const { as } = scene;
  const set = (hand: Hand, body: object) => hand.ask<Refusal>('PATCH', '/kerlann/security', body);
  const manager = await enrolled(scene, 'maelle', 'maelle', { copied: true });
  const shut = await set(manager.browser, { deviceBound: true });
  assert.deepEqual([shut.status, shut.body.code], [409, 'shuts_you_out']);
  const { body: asked } = await manager.browser.ask<Asked>('POST', '/kerlann/account/passkeys/challenge');
  const stick = softAuthenticator(scene.vigie.url);
  const added = await manager.browser.ask('POST', '/kerlann/account/passkeys', {
    credential: stick.make(asked),
  });
  assert.equal(added.status, 201);
  const yann = await enrolled(scene, 'yann', 'maelle', { copied: true });
  assert.equal((await set(manager.browser, { deviceBound: true })).status, 204);

  const refused = await enterWith(browserOf(scene, 'kerlann'), yann.device);
  assert.deepEqual([refused.status, refused.body.code], [422, 'device_bound_required']);
  assert.match(refused.body.detail, /ne quitte pas son appareil/u);
  const stuck = await confirm(yann.browser, yann.device);
  assert.equal(stuck.body.code, 'device_bound_required');
  const token = await invitationBy(scene, manager.browser, 'yann');
  const fresh = browserOf(scene, 'kerlann');
  assert.equal(
    (await accept(fresh, token, softAuthenticator(scene.vigie.url, { copied: true }))).body.code,
    'device_bound_required',
  );
  assert.equal(
    (await accept(fresh, token, softAuthenticator(scene.vigie.url))).status,
    201,
    'the invitation stayed good',
  );
  assert.equal((await enterWith(browserOf(scene, 'kerlann'), stick)).status, 201);
  assert.equal((await set(await as('gwenn', 'strong'), { deviceBound: false })).status, 404);
  const changed = (await deeds(scene)).filter(({ type }) => type === 'security_changed');
  assert.deepEqual(
    changed.map(({ body }) => body['deviceBound']),
    [true],
  );
});

// asvs 6.3.3
test('an organisation may do without links, once somebody who asks for it came in without one', async (t) => {
  const scene = await stage(t);
  const { as, cast, stranger } = scene;
  const doors = async (slug = 'kerlann') =>
    (await stranger.ask<{ doors: { by: string }[] }>('GET', `/${slug}/doors`)).body.doors.map(({ by }) => by);
  assert.deepEqual(await doors(), ['passkey', 'link']);
  assert.deepEqual(await doors('nowhere'), await doors());
  const shut = await (await as('maelle')).ask<Refusal>('PATCH', '/kerlann/security', { mailLinks: false });
  assert.equal(shut.body.code, 'shuts_you_out');
  const { browser, device } = await enrolled(scene, 'maelle', 'maelle');
  const before = tokenOf(
    (await browser.ask<{ url: string }>('POST', `/kerlann/members/${cast.yann.id}/sign-in-link`)).body.url,
  );
  assert.equal((await browser.ask('PATCH', '/kerlann/security', { mailLinks: false })).status, 204);
  assert.deepEqual(await doors(), ['passkey']);
  const tried = await stranger.ask<Refusal>('POST', '/kerlann/sessions', { token: before });
  assert.deepEqual([tried.status, tried.body.code], [403, 'no_links']);
  assert.equal((await browser.ask('POST', `/kerlann/members/${cast.yann.id}/sign-in-link`)).status, 403);
  assert.equal(
    (await stranger.ask('POST', '/kerlann/sign-in-links', { email: 'yann@kerlann.example' })).status,
    202,
  );
  const [links] = await scene.db.owner<{ count: number }[]>`
    select count(*)::int as count from sign_in_link where purpose = 'sign-in' and member_id = ${cast.yann.id}`;
  assert.equal(links?.count, 1, 'nothing is mailed');
  assert.equal((await enterWith(browserOf(scene, 'kerlann'), device)).status, 201);
  assert.equal(
    (await enrolled(scene, 'yann', 'maelle')).browser.slug,
    'kerlann',
    'an invitation is no such link',
  );
});

// asvs 7.3.1 7.3.2
test('an organisation may make sessions shorter, and never longer', async (t) => {
  const scene = await stage(t);
  const { clock, as } = scene;
  const maelle = await as('maelle');
  const set = (body: object) => maelle.ask('PATCH', '/kerlann/security', body);
  for (const body of [
    { idleMinutes: 721 },
    { idleMinutes: 1 },
    { totalHours: 169 },
    { totalHours: 0.5 },
    { other: 1 },
  ])
    assert.equal((await set(body)).status, 400, JSON.stringify(body));
  assert.equal((await set({ idleMinutes: 30, totalHours: 2 })).status, 204);
  assert.deepEqual((await maelle.ask('GET', '/kerlann/security')).body, {
    deviceBound: false,
    mailLinks: true,
    idleMinutes: 30,
    totalHours: 2,
  });
  const yann = await as('yann');
  const read = async (hand: Hand) => status(await hand.ask('GET', '/kerlann'));
  clock.advance(31 * MINUTE);
  assert.deepEqual([await read(yann), await read(maelle)], [401, 401]);
  const gwenn = await as('gwenn');
  for (let turn = 0; turn < 4; turn += 1) {
    clock.advance(29 * MINUTE);
    assert.equal(await read(gwenn), 200);
  }
  clock.advance(5 * MINUTE);
  assert.equal(await read(gwenn), 401, 'two hours are all');
  assert.equal(await read(await as('nadia')), 401, 'and elsewhere nothing changed');
  assert.equal(status(await (await as('nadia')).ask('GET', '/argentique')), 200);
});

// asvs 6.3.7 6.4.4
test('somebody who lost every passkey comes back by an administrator’s invitation alone, written down and told by mail', async (t) => {
  const post = await postOffice(t);
  const scene = await stage(t, { smtpUrl: post.url });
  const { as, cast, vigie } = scene;
  const lost = await enrolled(scene, 'yann', 'maelle');
  await vigie.settled();
  await post.arrived(2);
  const byLink = await as('yann');
  assert.equal((await byLink.ask('POST', '/kerlann/account/passkeys/challenge')).status, 403);
  const maelle = await as('maelle', 'strong');
  const mailed = await maelle.ask<{ url?: string; mailed: boolean }>(
    'POST',
    `/kerlann/members/${cast.yann.id}/invitation`,
    { mail: true },
  );
  assert.deepEqual([mailed.status, mailed.body], [201, { mailed: true }], 'it is theirs alone');
  const letters = await post.arrived(4);
  assert.deepEqual(letters.map(({ subject, to }) => `${to?.[0]?.address} ${subject}`).toSorted(), [
    'yann@kerlann.example Une clé d’accès a été ajoutée\u00a0: Vigie',
    'yann@kerlann.example Une invitation a été faite pour votre compte',
    'yann@kerlann.example Une invitation a été faite pour votre compte',
    'yann@kerlann.example Votre invitation · Commune de Kerlann',
  ]);
  const letter = letters.find(({ subject }) => subject?.startsWith('Votre invitation'));
  const token = tokenOf(/http\S+/u.exec(letter?.text ?? '')?.[0] ?? '');
  const browser = browserOf(scene, 'kerlann');
  assert.equal((await accept(browser, token, softAuthenticator(vigie.url))).status, 201);
  assert.equal((await passkeys(browser)).length, 2, 'the lost one is theirs to remove');
  const [first] = await passkeys(browser);
  assert.equal((await browser.ask('DELETE', `/kerlann/account/passkeys/${first?.id}`)).status, 204);
  assert.equal((await enterWith(lost.browser, lost.device)).status, 401);
  assert.equal((await deeds(scene)).filter(({ type }) => type === 'invited').length, 2);
});
