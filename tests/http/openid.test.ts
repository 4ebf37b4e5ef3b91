import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';

import { hashSecret, newSecret } from '../../src/people/index.ts';
import { createLogger } from '../../src/platform/logging.ts';
import type { Name } from '../harness/cast.ts';
import { type Desk, openDesk, Walker } from '../harness/openid.ts';
import { type Hand, stage, type Stage } from '../harness/vigie.ts';

const MINUTE = 60_000;

interface Scene {
  readonly desk: Desk;
  readonly lab: Stage;
  /** What the server said of its work. */
  readonly said: readonly string[];
}

interface Identities {
  readonly identities: readonly {
    id: string;
    label: string;
    provider: { id: string };
    used: string | null;
  }[];
  readonly session: { provider: { id: string } | null; activity: string | null; leaves: boolean };
}

/** A server and a provider that know each other. The provider lives by the real clock, so the server begins at it. */
const scene = async (
  t: TestContext,
  setting: Record<string, unknown> = {},
  others: readonly Desk[] = [],
): Promise<Scene> => {
  const desk = await openDesk(t);
  const said: string[] = [];
  const lab = await stage(t, {
    at: new Date().toISOString(),
    openid: { providers: [desk.setting(setting), ...others.map((other) => other.setting())] },
    logger: createLogger('debug', { write: (line: string) => void said.push(line) }),
  });
  for (const one of [desk, ...others]) one.register(lab.vigie.url);
  return { desk, lab, said };
};

const startAt = ({ lab }: Scene, organisation = 'kerlann', query = ''): string =>
  `${lab.vigie.url}/api/v1/${organisation}/openid/desk/start${query}`;

const isOurs =
  ({ lab }: Scene) =>
  (url: URL): boolean =>
    url.origin === lab.vigie.url && !url.pathname.startsWith('/api/');

const isCallback = (url: URL): boolean => url.pathname.endsWith('/callback');

/** Where somebody ends up, without what is the same for all. */
const comeIn = async (at: Scene, walker: Walker, from = startAt(at)): Promise<string> =>
  (await walker.walk(from, isOurs(at))).slice(at.lab.vigie.url.length);

/** Begins something that needs a form, in somebody's browser; @returns where to go on */
const begin = async (
  { lab }: Scene,
  walker: Walker,
  path: string,
  body?: unknown,
): Promise<{ status: number; code: string | undefined; on: string }> => {
  const [, organisation] = path.split('/');
  const response = await walker.ask(`${lab.vigie.url}/api/v1${path}`, {
    method: 'POST',
    headers: { origin: lab.vigie.url, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const { reference, code } = (await response.json()) as { reference?: string; code?: string };
  return {
    status: response.status,
    code,
    on: `${lab.vigie.url}/api/v1/${organisation}/openid/attempts/${reference}`,
  };
};

const browserOf = ({ lab }: Scene, { cookie }: Hand): Walker => {
  const walker = new Walker();
  walker.give(lab.vigie.url, cookie);
  return walker;
};

/** Somebody links who they are at the provider. */
const link = async (at: Scene, name: Name): Promise<Hand> => {
  const hand = await at.lab.as(name);
  const walker = browserOf(at, hand);
  const { on } = await begin(at, walker, `/${at.lab.cast[name].organisation}/openid/desk/link`);
  assert.match(await comeIn(at, walker, on), /\/account\/identities\?openid=linked$/u);
  return hand;
};

const ask = async <T>({ lab }: Scene, walker: Walker, path: string): Promise<{ status: number; body: T }> => {
  const response = await walker.ask(`${lab.vigie.url}/api/v1${path}`);
  const text = await response.text();
  return { status: response.status, body: (text.startsWith('{') ? JSON.parse(text) : text) as T };
};

const me = async (at: Scene, walker: Walker): Promise<string | undefined> =>
  (await ask<{ me?: { name: string } }>(at, walker, '/kerlann')).body.me?.name;

const count = async ({ lab }: Scene, table: 'session' | 'openid_identity'): Promise<number> => {
  const [row] = await lab.db.owner<{ n: number }[]>`select count(*)::int as n from ${lab.db.owner(table)}`;
  return row?.n ?? 0;
};

// asvs 7.6.2
test('whoever linked their identity comes in by it, to where they wanted to go', async (t) => {
  const at = await scene(t, { userinfo: 'json' });
  at.desk.person.claims = { name: 'Maëlle au guichet' };
  const hand = await link(at, 'maelle');
  const walker = new Walker();
  assert.equal(await comeIn(at, walker, startAt(at, 'kerlann', '?next=/kerlann/late')), '/kerlann/late');
  assert.equal(await me(at, walker), 'Maëlle Le Goff');
  const { body } = await ask<Identities>(at, walker, '/kerlann/openid/identities');
  assert.deepEqual(
    body.identities.map(({ label, provider }) => [label, provider.id]),
    [['Maëlle au guichet', 'desk']],
  );
  assert.equal(body.session.provider?.id, 'desk');
  assert.ok(body.identities[0]?.used);
  assert.equal((await hand.ask<Identities>('GET', '/kerlann/openid/identities')).body.session.provider, null);
  // Elsewhere is nowhere to go.
  for (const next of [
    'https://evil.example/',
    '//evil.example',
    '/argentique',
    '/kerlannx',
    '/kerlann/..//evil.example',
  ])
    assert.equal(
      await comeIn(at, new Walker(), startAt(at, 'kerlann', `?next=${encodeURIComponent(next)}`)),
      '/kerlann',
      next,
    );
});

// asvs 10.5.2
test('somebody the organisation does not know stays outside, also with the address of a member', async (t) => {
  const at = await scene(t, { userinfo: 'json' });
  at.desk.person.claims = { email: 'maelle@kerlann.example', email_verified: true };
  const walker = new Walker();
  assert.equal(await comeIn(at, walker), '/kerlann/sign-in?openid=unknown&provider=desk');
  assert.equal(walker.cookies(at.lab.vigie.url), '');
  assert.equal(await count(at, 'session'), 0);
  assert.equal(await count(at, 'openid_identity'), 0);
});

test('one subject comes in to two organisations, as the member it is in each', async (t) => {
  const at = await scene(t);
  await link(at, 'maelle');
  await link(at, 'nadia');
  const walker = new Walker();
  assert.equal(await comeIn(at, walker), '/kerlann');
  assert.equal(await comeIn(at, walker, startAt(at, 'argentique')), '/argentique');
  assert.equal(await me(at, walker), 'Maëlle Le Goff');
  const { body } = await ask<{ me: { name: string } }>(at, walker, '/argentique');
  assert.equal(body.me.name, 'Nadia Berthier');
});

// asvs 6.8.1 10.5.2
test('a subject that is a member’s is nobody else’s, and linking it again changes nothing', async (t) => {
  const at = await scene(t);
  await link(at, 'maelle');
  const walker = browserOf(at, await at.lab.as('yann'));
  const { on } = await begin(at, walker, '/kerlann/openid/desk/link');
  assert.equal(await comeIn(at, walker, on), '/kerlann/account/identities?openid=taken&provider=desk');
  await link(at, 'maelle');
  assert.equal(await count(at, 'openid_identity'), 1);
  const deeds = await at.lab.db.owner<{ body: { member: string } }[]>`
    select body from event where type = 'identity_linked'`;
  assert.deepEqual(
    deeds.map(({ body }) => body.member),
    [at.lab.cast.maelle.id],
  );
});

test('linking asks for a fresh proof and a page of ours, and ends in the session in which it began', async (t) => {
  const at = await scene(t);
  const walker = browserOf(at, await at.lab.as('yann'));
  const foreign = await walker.ask(`${at.lab.vigie.url}/api/v1/kerlann/openid/desk/link`, {
    method: 'POST',
    headers: { origin: 'https://evil.example' },
  });
  assert.equal(foreign.status, 403);
  const { on } = await begin(at, walker, '/kerlann/openid/desk/link');
  const back = await walker.walk(on, isCallback);
  // Meanwhile somebody else signed in on this browser.
  walker.give(at.lab.vigie.url, (await at.lab.as('armelle')).cookie);
  assert.equal(
    await comeIn(at, walker, back),
    '/kerlann/account/identities?openid=other_person&provider=desk',
  );
  assert.equal(await count(at, 'openid_identity'), 0);
  await at.lab.pass(16 * MINUTE);
  const late = await begin(at, walker, '/kerlann/openid/desk/link');
  assert.deepEqual([late.status, late.code], [403, 'step_up']);
});

// asvs 10.1.2 10.2.1 10.5.1
test('an answer counts once, in the browser that asked, within ten minutes, and as it was asked', async (t) => {
  const at = await scene(t);
  await link(at, 'maelle');
  const { url } = at.lab.vigie;
  const before = await count(at, 'session');

  const walker = new Walker();
  const back = await walker.walk(startAt(at), isCallback);
  const cookie = walker.cookies(url);
  const elsewhere = await comeIn(at, new Walker(), back);
  assert.equal(elsewhere, '/kerlann/sign-in?openid=other_browser&provider=desk');
  const changed = new URL(back);
  changed.searchParams.set(
    'state',
    (changed.searchParams.get('state') ?? '').replace(/^./u, (first) => (first === 'A' ? 'B' : 'A')),
  );
  assert.match(await comeIn(at, walker, changed.href), /openid=other_browser/u);
  assert.equal(await comeIn(at, walker, back), '/kerlann');
  const again = new Walker();
  again.give(url, cookie);
  assert.equal(await comeIn(at, again, back), '/kerlann/sign-in?openid=too_late&provider=desk');
  assert.equal(await count(at, 'session'), before + 1);

  const slow = new Walker();
  const late = await slow.walk(startAt(at), isCallback);
  at.lab.clock.advance(10 * MINUTE + 1);
  assert.match(await comeIn(at, slow, late), /openid=too_late/u);

  const swapped = new Walker();
  const asked = new URL(await swapped.walk(startAt(at), ({ origin }) => origin === at.desk.issuer));
  asked.searchParams.set('nonce', newSecret());
  assert.match(await comeIn(at, swapped, asked.href), /openid=not_trusted/u);
  assert.equal(await count(at, 'session'), before + 1);
});

// asvs 6.5.1
test('fifty answers at once begin one session', async (t) => {
  const at = await scene(t);
  await link(at, 'maelle');
  const before = await count(at, 'session');
  const walker = new Walker();
  const back = await walker.walk(startAt(at), isCallback);
  const cookie = walker.cookies(at.lab.vigie.url);
  const ends = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const one = new Walker();
      one.give(at.lab.vigie.url, cookie);
      return comeIn(at, one, back);
    }),
  );
  assert.equal(ends.filter((end) => end === '/kerlann').length, 1);
  assert.equal(ends.filter((end) => end.includes('too_late')).length, 49);
  assert.equal(await count(at, 'session'), before + 1);
});

// asvs 6.8.1 10.2.2
test('a provider answers for itself alone', async (t) => {
  const other = await openDesk(t, 'other');
  const at = await scene(t, {}, [other]);
  await link(at, 'maelle');
  const before = await count(at, 'session');
  const walker = new Walker();
  const posing = new URL(await walker.walk(startAt(at), isCallback));
  posing.searchParams.set('iss', other.issuer);
  assert.match(await comeIn(at, walker, posing.href), /openid=not_trusted/u);
  const moved = new URL(await walker.walk(startAt(at), isCallback));
  moved.pathname = moved.pathname.replace('/desk/', '/other/');
  assert.match(await comeIn(at, walker, moved.href), /openid=not_trusted/u);
  const silent = new URL(await walker.walk(startAt(at), isCallback));
  silent.searchParams.delete('iss');
  assert.match(await comeIn(at, walker, silent.href), /openid=not_trusted/u);
  // The same subject, of somebody else's book.
  assert.match(
    await comeIn(at, walker, startAt(at).replace('/desk/', '/other/')),
    /openid=unknown&provider=other/u,
  );
  assert.equal(await count(at, 'session'), before);
});

// asvs 6.8.2 9.1.1 9.1.3
test('keys may change at any time, and what they did not sign is not believed', async (t) => {
  const at = await scene(t);
  await link(at, 'maelle');
  assert.equal(await comeIn(at, new Walker()), '/kerlann');
  at.desk.rotate();
  assert.equal(await comeIn(at, new Walker()), '/kerlann');
  at.desk.lies = true;
  assert.match(await comeIn(at, new Walker()), /openid=not_trusted/u);
});

// asvs 6.8.2 9.1.1 9.1.2
test('what a provider signs about people is verified, and unsigned it is refused', async (t) => {
  const at = await scene(t, { userinfo: 'signed', label: ['usual_name'] });
  at.desk.person.claims = { usual_name: 'Le Goff' };
  await link(at, 'maelle');
  const walker = new Walker();
  assert.equal(await comeIn(at, walker), '/kerlann');
  const { body } = await ask<Identities>(at, walker, '/kerlann/openid/identities');
  assert.equal(body.identities[0]?.label, 'Le Goff');
  at.desk.signs = false;
  at.desk.register(at.lab.vigie.url);
  assert.match(await comeIn(at, new Walker()), /openid=not_trusted/u);
});

// asvs 16.5.2
test('who says no at the provider is back at the door; a provider that is away is said to be', async (t) => {
  const at = await scene(t);
  at.desk.away = true;
  const away = '/kerlann/sign-in?openid=unreachable&provider=desk';
  assert.equal(await comeIn(at, new Walker()), away);
  // What could not be asked is asked again.
  at.desk.away = false;
  await link(at, 'maelle');
  at.desk.away = true;
  assert.equal(await comeIn(at, new Walker()), away, 'nobody is sent to a page that does not open');
  at.desk.away = false;
  at.desk.person.denies = true;
  assert.equal(await comeIn(at, new Walker()), '/kerlann/sign-in?openid=denied&provider=desk');
  at.desk.person.denies = false;
  const walker = new Walker();
  const back = await walker.walk(startAt(at), isCallback);
  at.desk.away = true;
  assert.equal(await comeIn(at, walker, back), away);
  assert.ok(at.said.some((line) => line.includes('unreachable')));
});

// asvs 6.8.4
test('a level that is too low is refused, what is at least it is accepted, and none is guessed', async (t) => {
  const at = await scene(t, { minimum: 'eidas2' });
  at.desk.person.acr = 'eidas2';
  await link(at, 'maelle');
  const ends: Record<string, string> = {};
  for (const acr of ['eidas1', 'eidas2', 'eidas3', 'loa9', undefined]) {
    at.desk.person.acr = acr;
    const walker = new Walker();
    ends[acr ?? 'none'] = await comeIn(at, walker);
    const asked = new URL(walker.seen.find((url) => url.startsWith(at.desk.issuer)) ?? '');
    assert.equal(asked.searchParams.get('acr_values'), 'eidas2 eidas3');
  }
  const low = '/kerlann/sign-in?openid=level&provider=desk';
  assert.deepEqual(ends, { eidas1: low, eidas2: '/kerlann', eidas3: '/kerlann', loa9: low, none: low });
});

// asvs 7.2.4 7.6.1
test('stepping up asks again, needs what was asked for, gives a new session and the place one was at', async (t) => {
  const at = await scene(t);
  at.desk.person.acr = 'eidas1';
  const hand = await link(at, 'maelle');
  const walker = browserOf(at, hand);
  await at.lab.pass(20 * MINUTE);
  const { body } = await hand.ask<Identities>('GET', '/kerlann/openid/identities');
  const path = `/kerlann/openid/identities/${body.identities[0]?.id}`;
  assert.equal((await hand.ask<{ code: string }>('DELETE', path)).body.code, 'step_up');

  const wanted = { stepUp: 'strong', next: '/kerlann/account/identities' };
  const weak = await begin(at, walker, '/kerlann/openid/desk/start', wanted);
  assert.equal(await comeIn(at, walker, weak.on), '/kerlann/account/identities?openid=level&provider=desk');
  assert.equal((await hand.ask('GET', '/kerlann')).status, 200, 'who did not make it keeps what they had');

  at.desk.person.acr = 'eidas3';
  const strong = await begin(at, walker, '/kerlann/openid/desk/start', wanted);
  assert.equal(await comeIn(at, walker, strong.on), '/kerlann/account/identities');
  const asked = new URL(walker.seen.findLast((url) => url.startsWith(`${at.desk.issuer}/auth?`)) ?? '');
  assert.deepEqual(
    ['prompt', 'max_age', 'acr_values'].map((name) => asked.searchParams.get(name)),
    ['login', '0', 'eidas3'],
  );
  assert.equal((await hand.ask('GET', '/kerlann')).status, 401, 'the session of before is over');
  const [session] = await at.lab.db.owner<{ assurance: string; methods: string[] }[]>`
    select assurance, methods from session where revoked_at is null`;
  assert.deepEqual(session, { assurance: 'strong', methods: ['openid'] });
  const removed = await walker.ask(`${at.lab.vigie.url}/api/v1${path}`, {
    method: 'DELETE',
    headers: { origin: at.lab.vigie.url },
  });
  assert.equal(removed.status, 204);

  const stranger = browserOf(at, await at.lab.as('yann'));
  await link(at, 'maelle');
  const { on } = await begin(at, stranger, '/kerlann/openid/desk/start', {});
  assert.match(await comeIn(at, stranger, on), /openid=other_person/u);
});

test('confirming never makes a session less sure, and what no level gives is refused before leaving', async (t) => {
  const at = await scene(t, { levels: [{ acr: 'eidas1', gives: 'medium' }] });
  await link(at, 'maelle');
  const strong = await at.lab.as('maelle', 'strong');
  const walker = browserOf(at, strong);
  const { status, code } = await begin(at, walker, '/kerlann/openid/desk/start', {});
  assert.deepEqual([status, code], [422, 'level_unavailable']);
  const medium = browserOf(at, await at.lab.as('maelle', 'medium'));
  const { on } = await begin(at, medium, '/kerlann/openid/desk/start', {});
  assert.match(await comeIn(at, medium, on), /openid=level/u, 'the provider gave less than there was');
  assert.equal((await strong.ask('GET', '/kerlann')).status, 200);
});

// asvs 6.8.4 7.6.1
test('who signed in at the provider long ago has not proved anything just now', async (t) => {
  const at = await scene(t);
  await link(at, 'maelle');
  const walker = new Walker();
  assert.equal(await comeIn(at, walker), '/kerlann');
  // The provider was not asked when: it does not say, and so it does not count.
  const { status, code } = await begin(at, walker, '/kerlann/openid/desk/link');
  assert.deepEqual([status, code], [403, 'step_up']);
});

test('a provider that is asked by claims says when, and that counts', async (t) => {
  const at = await scene(t, { ask: 'claims', maxAge: false });
  at.desk.person.acr = 'eidas3';
  await link(at, 'maelle');
  const walker = new Walker();
  assert.equal(await comeIn(at, walker), '/kerlann');
  assert.equal((await begin(at, walker, '/kerlann/openid/desk/link')).status, 201);
  const { on } = await begin(at, walker, '/kerlann/openid/desk/start', { stepUp: 'strong' });
  assert.equal(await comeIn(at, walker, on), '/kerlann');
  const asked = new URL(walker.seen.findLast((url) => url.startsWith(`${at.desk.issuer}/auth?`)) ?? '');
  assert.deepEqual(JSON.parse(asked.searchParams.get('claims') ?? ''), {
    id_token: { auth_time: { essential: true }, acr: { essential: true, values: ['eidas3'] } },
  });
  assert.deepEqual(
    ['prompt', 'max_age', 'acr_values'].map((name) => asked.searchParams.get(name)),
    ['login', null, null],
  );
});

// asvs 6.8.4
test('a step-up that the provider answers without asking the person is refused', async (t) => {
  const at = await scene(t);
  const hand = await link(at, 'maelle');
  const walker = browserOf(at, hand);
  const { on } = await begin(at, walker, '/kerlann/openid/desk/start', {});
  const asked = new URL(await walker.walk(on, ({ origin }) => origin === at.desk.issuer));
  for (const name of ['prompt', 'max_age']) asked.searchParams.delete(name);
  assert.match(await comeIn(at, walker, asked.href), /openid=not_fresh/u);
});

test('an invitation is used up by linking, opens for one, and not for a subject that is somebody’s', async (t) => {
  const at = await scene(t);
  const { gwenn } = at.lab.cast;
  await link(at, 'maelle');
  const token = newSecret();
  const now = at.lab.clock.now();
  const invite = (secret: string) => at.lab.db.owner`
    insert into sign_in_link (organisation_id, secret_hash, member_id, purpose, created_at, expires_at)
    values (${gwenn.organisationId}, ${hashSecret(secret)}, ${gwenn.id}, 'invitation', ${new Date(now)}, ${new Date(now + 60 * MINUTE)})`;
  await invite(token);
  const path = '/kerlann/openid/desk/invitation';
  const taken = new Walker();
  const first = await begin(at, taken, path, { token });
  assert.equal(await comeIn(at, taken, first.on), '/kerlann/sign-in?openid=taken&provider=desk');

  at.desk.person.subject = 'sub-of-gwenn';
  const walker = new Walker();
  const { on } = await begin(at, walker, path, { token });
  assert.equal(await comeIn(at, walker, on), '/kerlann', 'it was not used up by who could not');
  assert.equal(await me(at, walker), 'Gwenn Riou');
  assert.equal((await begin(at, new Walker(), path, { token })).code, 'bad_link');
  assert.equal((await begin(at, new Walker(), path, { token: newSecret() })).code, 'bad_link');
  assert.equal(await comeIn(at, new Walker()), '/kerlann', 'from now on the identity is enough');

  const handed = newSecret();
  await at.lab.db.owner`
    insert into sign_in_link (organisation_id, secret_hash, member_id, purpose, created_at, expires_at)
    values (${gwenn.organisationId}, ${hashSecret(handed)}, ${gwenn.id}, 'sign-in', ${new Date(now)}, ${new Date(now + 60 * MINUTE)})`;
  assert.equal(
    (await begin(at, new Walker(), path, { token: handed })).code,
    'bad_link',
    'a link to come in is no invitation',
  );
});

// asvs 6.5.6 7.4.2
test('who has left does not come in, and unlinking ends what came in by it', async (t) => {
  const at = await scene(t);
  const hand = await link(at, 'maelle');
  const walker = new Walker();
  await comeIn(at, walker);
  const { body } = await hand.ask<Identities>('GET', '/kerlann/openid/identities');
  const path = `/kerlann/openid/identities/${body.identities[0]?.id}`;
  assert.equal((await (await at.lab.as('yann')).ask('DELETE', path)).status, 404, 'nobody else’s');
  assert.equal((await hand.ask('DELETE', path)).status, 204);
  assert.equal((await ask(at, walker, '/kerlann')).status, 401);
  assert.equal((await hand.ask('GET', '/kerlann')).status, 200);
  assert.match(await comeIn(at, new Walker()), /openid=unknown/u);

  at.desk.person.subject = 'sub-of-yann';
  await link(at, 'yann');
  await hand.ask('PATCH', `/kerlann/members/${at.lab.cast.yann.id}`, { disabled: true });
  assert.match(await comeIn(at, new Walker()), /openid=unknown/u);
});

const SUBJECT_REF_PRO = {
  codeCivilite: 'M',
  exercices: [
    {
      codeProfession: '10',
      activities: [
        { codeModeExercice: 'S', raisonSocialeSite: 'CH DE QUIMPER', codePostal: '29000' },
        { codeModeExercice: 'L', raisonSocialeSite: 'CABINET DU PORT', codePostal: '29900' },
      ],
    },
    { codeProfession: '60', activities: [{ raisonSocialeSite: 'CH DE QUIMPER', codePostal: '' }] },
  ],
};
const ACTIVITIES = {
  path: 'SubjectRefPro.exercices.*.activities.*',
  label: ['codeProfession', 'raisonSocialeSite'],
  names: { codeProfession: { '10': 'Médecin', '60': 'Infirmier' } },
};

test('who has several professional activities chooses one, which the session keeps; an address is not needed', async (t) => {
  const at = await scene(t, { userinfo: 'json', activities: ACTIVITIES });
  at.desk.person.claims = { SubjectRefPro: SUBJECT_REF_PRO };
  await link(at, 'maelle');
  const before = await count(at, 'session');
  const walker = new Walker();
  const page = await comeIn(at, walker, startAt(at, 'kerlann', '?next=/kerlann/late'));
  assert.match(page, /^\/kerlann\/sign-in\/activity\/[0-9a-f]{16}$/u);
  assert.equal(await count(at, 'session'), before, 'nobody is in yet');
  const path = `/kerlann/openid/arrivals/${page.split('/').at(-1)}`;
  const { body } = await ask<{ activities: string[]; next: string }>(at, walker, path);
  assert.deepEqual(body.activities, [
    'Médecin · CH DE QUIMPER',
    'Médecin · CABINET DU PORT',
    'Infirmier · CH DE QUIMPER',
  ]);
  assert.equal(body.next, '/kerlann/late');
  assert.equal((await ask(at, new Walker(), path)).status, 404, 'another browser sees nothing');
  const choose = (activity: unknown) =>
    walker.ask(`${at.lab.vigie.url}/api/v1${path}`, {
      method: 'POST',
      headers: { origin: at.lab.vigie.url, 'content-type': 'application/json' },
      body: JSON.stringify({ activity }),
    });
  assert.equal((await choose(7)).status, 401);
  const [kept] = await at.lab.db.owner<
    { arrival: Buffer }[]
  >`select arrival from openid_attempt where arrival is not null`;
  assert.ok(!kept?.arrival.toString('latin1').includes('QUIMPER'), 'what waits is sealed');
  assert.equal((await choose(1)).status, 201);
  const shown = await ask<Identities>(at, walker, '/kerlann/openid/identities');
  assert.equal(shown.body.session.activity, 'Médecin · CABINET DU PORT');
  assert.equal((await choose(1)).status, 401, 'once');

  at.desk.person.claims = { SubjectRefPro: { exercices: [SUBJECT_REF_PRO.exercices[1]] } };
  const only = new Walker();
  assert.equal(await comeIn(at, only), '/kerlann', 'who has one is not asked');
  assert.equal(
    (await ask<Identities>(at, only, '/kerlann/openid/identities')).body.session.activity,
    'Infirmier · CH DE QUIMPER',
  );
  at.desk.person.claims = { SubjectRefPro: null };
  assert.equal(await comeIn(at, new Walker()), '/kerlann', 'nor who has none');
});

// asvs 7.6.1
test('signing out can end the session at the provider too', async (t) => {
  const at = await scene(t, { signOut: true });
  await link(at, 'maelle');
  const walker = new Walker();
  await comeIn(at, walker);
  const { body } = await ask<Identities>(at, walker, '/kerlann/openid/identities');
  assert.equal(body.session.leaves, true);
  const [row] = await at.lab.db.owner<
    { hint: Buffer }[]
  >`select openid_hint as hint from session where openid_hint is not null`;
  assert.ok(!row?.hint.toString('latin1').includes('eyJ'), 'the token is sealed');
  const response = await walker.ask(`${at.lab.vigie.url}/api/v1/kerlann/openid/sign-out`, {
    method: 'POST',
    headers: { origin: at.lab.vigie.url },
  });
  const { leave } = (await response.json()) as { leave: string };
  assert.equal((await ask(at, walker, '/kerlann')).status, 401);
  const there = new URL(
    await walker.walk(`${at.lab.vigie.url}${leave}`, ({ origin }) => origin === at.desk.issuer),
  );
  assert.equal(there.pathname, '/session/end');
  assert.ok(there.searchParams.get('id_token_hint')?.startsWith('eyJ'));
  assert.equal(there.searchParams.get('post_logout_redirect_uri'), `${at.lab.vigie.url}/`);
  assert.equal((await walker.ask(there.href)).status, 200);
  assert.match(await walker.walk(`${at.lab.vigie.url}${leave}`, isOurs(at)), /\/kerlann\/sign-in$/u, 'once');
});

test('an organisation uses the providers it may use, and no other', async (t) => {
  const at = await scene(t, { organisations: ['argentique'] });
  const list = async (slug: string) =>
    (
      await at.lab.stranger.ask<{ providers: { id: string }[] }>('GET', `/${slug}/openid/providers`)
    ).body.providers.map(({ id }) => id);
  assert.deepEqual(await list('argentique'), ['desk']);
  assert.deepEqual(await list('kerlann'), []);
  assert.deepEqual(await list('nowhere'), []);
  for (const path of [
    '/kerlann/openid/desk/start',
    '/kerlann/openid/nobody/start',
    '/nowhere/openid/desk/start',
  ]) {
    const { status, body } = await at.lab.stranger.ask<{ code: string }>('GET', path);
    assert.deepEqual([status, body.code], [404, 'not_found'], path);
  }
});

// asvs 14.2.1 16.2.5
test('nothing that opens a door, and nobody’s data, is in the log or in our addresses', async (t) => {
  const at = await scene(t, { userinfo: 'json' });
  at.desk.person.claims = { name: 'Maëlle au guichet', email: 'maelle@guichet.example' };
  await link(at, 'maelle');
  const walker = new Walker();
  await comeIn(at, walker);
  at.desk.person.denies = true;
  await comeIn(at, walker);
  at.desk.person.denies = false;
  at.desk.lies = true;
  await comeIn(at, walker);
  at.desk.away = true;
  await comeIn(at, walker);
  const log = at.said.join('\n');
  const secrets = walker.seen.flatMap((url) =>
    ['code', 'state', 'nonce'].flatMap((name) => new URL(url).searchParams.get(name) ?? []),
  );
  assert.ok(secrets.length > 4);
  for (const secret of [...secrets, 'sub-of-maelle', 'guichet', 'eyJ', 'a secret of the tests'])
    assert.ok(!log.includes(secret), secret);
  const ours = walker.seen.filter((url) => url.startsWith(at.lab.vigie.url) && !url.includes('/callback?'));
  for (const url of ours) assert.doesNotMatch(url, /code=|state=|sub-of|guichet|eyJ/u);
});
