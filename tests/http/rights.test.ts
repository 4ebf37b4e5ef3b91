import assert from 'node:assert/strict';
import { test } from 'node:test';

import { remindReview } from '../../src/review/index.ts';
import { openHouses } from '../../src/organisations/index.ts';
import { keyFor } from '../harness/cast.ts';
import { takeFilm, takeOrder, TUESDAY } from '../harness/lab.ts';
import { type Hand, stage, type Stage, type Ticket } from '../harness/vigie.ts';

const compare = (one: string, other: string): number => one.localeCompare(other);
const DAY = 86_400_000;
const YEAR = 366 * DAY;

interface Key {
  readonly id: string;
  readonly expires: string | null;
  readonly owner: { readonly name: string } | null;
  readonly demoted: string | null;
}

interface Deed {
  readonly id: string;
  readonly type: string;
  readonly actor: { readonly kind: string; readonly name: string };
  readonly body: Record<string, unknown>;
  readonly names: Record<string, string>;
}

const makeKey = async (hand: Hand, more: object = {}): Promise<{ id: string; key: string }> => {
  const { status, body } = await hand.ask<{ id: string; key: string }>('POST', '/argentique/keys', {
    app: 'atelier',
    role: 'counter',
    name: 'borne',
    ...more,
  });
  assert.equal(status, 201, JSON.stringify(body));
  return body;
};

const keysSeen = async (hand: Hand): Promise<readonly Key[]> =>
  (await hand.ask<{ keys: readonly Key[] }>('GET', '/argentique/keys')).body.keys;

const deeds = async (hand: Hand, query = ''): Promise<readonly Deed[]> =>
  (await hand.ask<{ deeds: readonly Deed[] }>('GET', `/argentique/deeds${query}`)).body.deeds;

/** Makes Théo run the lab too. */
const promote = async (nadia: Hand, { cast }: Stage): Promise<void> => {
  await nadia.ask('PATCH', `/argentique/members/${cast.theo.id}`, { administrator: true });
};

// asvs 13.3.4
test('a key belongs to whoever made it, for a year at most, and stops with them', async (t) => {
  const scene = await stage(t, { at: TUESDAY });
  const { as, cast, clock, withKey } = scene;
  const nadia = await as('nadia');
  await promote(nadia, scene);
  const theo = await as('theo');
  const { key } = await makeKey(theo);
  const program = withKey(key);
  const enters = async (): Promise<number> => (await program.ask('GET', '/argentique')).status;
  assert.equal(await enters(), 200);
  const [listed] = await keysSeen(nadia);
  assert.deepEqual([listed?.owner?.name, listed?.demoted], ['Théo Vasseur', null]);
  assert.equal(listed?.expires?.slice(0, 10), '2027-03-03');
  for (const days of [-1, 400])
    assert.equal(
      (
        await theo.ask('POST', '/argentique/keys', {
          app: 'atelier',
          role: 'counter',
          name: 'x',
          expires: new Date(clock.now() + days * DAY).toISOString(),
        })
      ).status,
      422,
    );

  const change = (what: object) => nadia.ask('PATCH', `/argentique/members/${cast.theo.id}`, what);
  const refused = (await program.ask('GET', '/argentique', undefined, { authorization: `Bearer ${key}x` }))
    .body;
  await change({ administrator: false });
  const demoted = await program.ask('GET', '/argentique');
  assert.deepEqual([demoted.status, demoted.body], [401, refused], 'the same as for a key that never was');
  assert.equal((await keysSeen(nadia))[0]?.demoted, 'owner_not_administrator');
  await change({ administrator: true });
  assert.equal(await enters(), 200);
  await change({ disabled: true });
  assert.equal(await enters(), 401);
  assert.equal((await keysSeen(nadia))[0]?.demoted, 'owner_disabled');
});

test('a key of the installation belongs to nobody and outlives everyone', async (t) => {
  const { as, cast, db, clock, withKey } = await stage(t, { at: TUESDAY });
  const key = await keyFor(
    db,
    cast.nadia.organisationId,
    { app: 'atelier', role: 'counter', site: null },
    clock.now(),
  );
  const nadia = await as('nadia');
  assert.equal((await keysSeen(nadia))[0]?.owner, null);
  clock.advance(YEAR * 3);
  assert.equal((await withKey(key).ask('GET', '/argentique')).status, 200);
});

// asvs 16.2.1 16.3.3
test('what administrators do is in the journal: who, what and when, by person and by kind, page by page and as a file', async (t) => {
  const scene = await stage(t, { at: TUESDAY });
  const { as, cast } = scene;
  const nadia = await as('nadia');
  assert.deepEqual(await deeds(nadia), [], 'setting the house up is nobody’s deed');
  const { body: added } = await nadia.ask<{ id: string }>('POST', '/argentique/members', {
    name: 'Lou Petit',
    email: 'lou@argentique.example',
    roles: [{ app: 'atelier', role: 'bench', site: 'lille' }],
  });
  const change = (what: object) => nadia.ask('PATCH', `/argentique/members/${added.id}`, what);
  await change({ roles: [{ app: 'travail', role: 'bench', site: null }], name: 'Lou Grand' });
  await nadia.ask('POST', `/argentique/members/${added.id}/sign-in-link`);
  await change({ administrator: true });
  const { id: keyId } = await makeKey(nadia);
  await nadia.ask('DELETE', `/argentique/keys/${keyId}`);
  await nadia.ask('PATCH', '/argentique/sites/lille', { version: 1, name: 'Lille centre' });
  await nadia.ask('PATCH', '/argentique/apps/atelier', { overrides: { title: 'Comptoir' } });
  await change({ disabled: true });
  await change({});
  const all = await deeds(nadia);
  assert.deepEqual(
    all.map(({ type }) => type),
    [
      'member_disabled',
      'app_changed',
      'site_changed',
      'key_revoked',
      'key_made',
      'administrator_given',
      'sign_in_link_made',
      'roles_changed',
      'member_changed',
      'member_added',
    ],
  );
  assert.ok(all.every(({ actor }) => actor.name === 'Nadia Berthier'));
  const roles = all.find(({ type }) => type === 'roles_changed');
  assert.deepEqual(roles?.body['given'], [{ app: 'travail', role: 'bench', site: null }]);
  assert.deepEqual(Object.values(roles?.names ?? {}).toSorted(compare), ['Lille centre', 'Lou Grand']);
  assert.doesNotMatch(JSON.stringify(all.map(({ body }) => body)), /Lou|lou@/u, 'the log names nobody');

  assert.deepEqual(
    (await deeds(nadia, '?kind=key_made,key_revoked')).map(({ type }) => type),
    ['key_revoked', 'key_made'],
  );
  assert.equal((await deeds(nadia, `?person=${added.id}`)).length, 6);
  assert.equal((await deeds(nadia, `?person=${cast.theo.id}`)).length, 0);
  const first = await nadia.ask<{ deeds: Deed[]; next: string }>('GET', '/argentique/deeds?limit=4');
  const second = await deeds(nadia, `?limit=200&after=${first.body.next}`);
  assert.deepEqual(
    [...first.body.deeds, ...second].map(({ id }) => id),
    all.map(({ id }) => id),
  );
  const file = await nadia.ask<string>('GET', '/argentique/deeds.csv');
  assert.equal(file.body.trim().split('\n').length, 11);
  assert.match(file.body, /Nadia Berthier.*roles_changed/u);
  assert.equal((await (await as('camille')).ask('GET', '/argentique/deeds')).status, 404);
});

// asvs 7.4.2 8.3.2
test('somebody leaves: what they held goes to whom was chosen, they are out at once, and may come back', async (t) => {
  const scene = await stage(t, { at: TUESDAY });
  const { as, cast, vigie, withKey } = scene;
  const nadia = await as('nadia');
  await promote(nadia, scene);
  const [theo, camille] = await Promise.all([as('theo'), as('camille')]);
  await takeOrder(camille);
  for (const film of ['un', 'deux', 'trois']) await takeFilm(camille, 'A-0001', 'c41', film);
  for (const nth of [1, 2, 3])
    await theo.ask('PUT', `/argentique/travail/tickets/A-0001-${nth}/assignee`, { member: 'me' });
  const [kept, ended] = [await makeKey(theo), await makeKey(theo, { name: 'vieille' })];
  const path = `/argentique/members/${cast.theo.id}/leaving`;
  interface Holdings {
    readonly tickets: readonly { app: string; count: number }[];
    readonly keys: readonly { id: string }[];
    readonly roles: readonly { app: string; role: string; others: number }[];
    readonly sessions: number;
    readonly left: { readonly total: number; readonly done: number; readonly finished: string | null } | null;
  }
  const { body: held } = await nadia.ask<Holdings>('GET', path);
  assert.deepEqual(held.tickets, [{ app: 'travail', count: 3 }]);
  assert.equal(held.keys.length, 2);
  assert.deepEqual(
    held.roles.map(({ app, others }) => [app, others]),
    [
      ['atelier', 0],
      ['travail', 0],
    ],
    'nobody else has these roles',
  );
  assert.equal(held.sessions, 1);
  const wrong = await nadia.ask<{ code: string }>('POST', path, { keys: { [kept.id]: cast.camille.id } });
  assert.deepEqual([wrong.status, wrong.body.code], [422, 'unknown_member'], 'she could not make one');
  assert.equal((await theo.ask('GET', '/argentique')).status, 200, 'and nothing was done');

  const left = await nadia.ask('POST', path, {
    tickets: { travail: cast.ines.id },
    keys: { [kept.id]: cast.nadia.id },
    roles: { 'travail/bench/': cast.ines.id },
  });
  assert.equal(left.status, 201, JSON.stringify(left.body));
  assert.equal((await theo.ask('GET', '/argentique')).status, 401);
  assert.equal((await withKey(kept.key).ask('GET', '/argentique')).status, 200);
  assert.equal((await withKey(ended.key).ask('GET', '/argentique')).status, 401);
  let now = (await nadia.ask<Holdings>('GET', path)).body.left;
  for (const until = Date.now() + 10_000; now?.finished === null && Date.now() < until;) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    now = (await nadia.ask<Holdings>('GET', path)).body.left;
  }
  assert.deepEqual([now?.done, now?.total, typeof now?.finished], [3, 3, 'string']);
  await vigie.settled();
  const { body: film } = await nadia.ask('GET', '/argentique/travail/tickets/A-0001-2');
  assert.equal(film.assignee?.name, 'Inès Lemaire');
  const { body: book } = await nadia.ask<{ events: { type: string; actor: { name: string } }[] }>(
    'GET',
    '/argentique/travail/tickets/A-0001-2/events',
  );
  assert.deepEqual(
    [book.events.at(-1)?.type, book.events.at(-1)?.actor.name],
    ['assigned', 'Nadia Berthier'],
    'the history of each says who did it',
  );
  assert.deepEqual(
    (await deeds(nadia, `?kind=member_left,key_given,key_revoked,roles_changed`)).map(({ type }) => type),
    ['member_left', 'roles_changed', 'key_revoked', 'key_given'],
  );

  await nadia.ask('PATCH', `/argentique/members/${cast.theo.id}`, { disabled: false });
  const back = await as('theo');
  assert.equal((await back.ask('GET', '/argentique')).status, 200);
  const mine = await back.ask<{ tickets: Ticket[] }>('GET', '/argentique/travail/tickets?assignee=me');
  assert.equal(mine.body.tickets.length, 0, 'what was handed over stays');
});

// asvs 7.4.2
test('a link that was handed to somebody who left lets nobody in, also when they come back', async (t) => {
  const scene = await stage(t, { at: TUESDAY });
  const { as, cast, stranger } = scene;
  const nadia = await as('nadia');
  const { body } = await nadia.ask<{ url: string }>(
    'POST',
    `/argentique/members/${cast.ines.id}/sign-in-link`,
  );
  assert.equal((await nadia.ask('POST', `/argentique/members/${cast.ines.id}/leaving`, {})).status, 201);
  await nadia.ask('PATCH', `/argentique/members/${cast.ines.id}`, { disabled: false });
  const token = body.url.split('/').at(-1);
  assert.equal((await stranger.ask('POST', '/argentique/sessions', { token })).status, 401);
  const last = await nadia.ask<{ code: string }>('POST', `/argentique/members/${cast.nadia.id}/leaving`, {});
  assert.deepEqual([last.status, last.body.code], [409, 'last_administrator']);
});

interface Line {
  readonly id: string;
  readonly kind: string;
  readonly member: { readonly id: string; readonly name: string } | null;
  readonly app: string | null;
  readonly role: string | null;
  readonly givenBy: string | null;
  readonly lastUsed: string | null;
  readonly answer: string | null;
}

test('once a year, each right is kept or removed; nothing is removed before the end, and then all of it', async (t) => {
  const scene = await stage(t, { at: TUESDAY });
  const { as, cast, clock, withKey } = scene;
  const before = await as('nadia');
  await before.ask('PATCH', `/argentique/members/${cast.theo.id}`, {
    roles: [
      { app: 'atelier', role: 'bench', site: null },
      { app: 'travail', role: 'bench', site: null },
      { app: 'travail', role: 'counter', site: 'lille' },
    ],
  });
  const { key } = await makeKey(before);
  await withKey(key).ask('GET', '/argentique');
  clock.advance(DAY);
  const [nadia, camille] = await Promise.all([as('nadia'), as('camille')]);
  await camille.ask('GET', '/argentique/travail/board');
  await new Promise((resolve) => setTimeout(resolve, 200));
  const begun = await nadia.ask<{ id: string }>('POST', '/argentique/reviews');
  assert.equal(begun.status, 201);
  assert.equal((await nadia.ask('POST', '/argentique/reviews')).status, 409, 'one at a time');
  const path = `/argentique/reviews/${begun.body.id}`;
  const lines = async (): Promise<readonly Line[]> =>
    (await nadia.ask<{ lines: readonly Line[] }>('GET', path)).body.lines;
  const all = await lines();
  assert.equal(all.length, 9 + 1 + 1, 'roles, an administrator, a key');
  const of = (name: string, app: string, role: string): Line => {
    const found = all.find((one) => one.member?.name === name && one.app === app && one.role === role);
    assert.ok(found, `${name} ${app} ${role}`);
    return found;
  };
  assert.equal(of('Théo Vasseur', 'travail', 'counter').givenBy, 'Nadia Berthier');
  assert.equal(of('Théo Vasseur', 'travail', 'bench').givenBy, null, 'nobody knows any more');
  assert.equal(of('Camille Dubrulle', 'travail', 'counter').lastUsed?.slice(0, 10), '2026-03-04');
  assert.equal(of('Camille Dubrulle', 'atelier', 'counter').lastUsed, null);
  assert.ok(all.find(({ kind }) => kind === 'key')?.lastUsed);
  assert.ok(all.find(({ kind }) => kind === 'administrator')?.lastUsed);

  const answer = (ids: readonly string[], given: string | null) =>
    nadia.ask('PUT', `${path}/answers`, { lines: ids, answer: given });
  const removed = [
    of('Théo Vasseur', 'travail', 'counter').id,
    all.find(({ kind }) => kind === 'key')?.id ?? '',
  ];
  await answer(removed, 'remove');
  const early = await nadia.ask<{ code: string }>('POST', `${path}/finish`);
  assert.deepEqual([early.status, early.body.code], [409, 'unanswered']);
  await answer(
    all.filter(({ id }) => !removed.includes(id)).map(({ id }) => id),
    'keep',
  );
  assert.equal((await withKey(key).ask('GET', '/argentique')).status, 200, 'nothing is removed yet');
  const admin = all.find(({ kind }) => kind === 'administrator')?.id ?? '';
  await answer([admin], 'remove');
  assert.equal((await nadia.ask('POST', `${path}/finish`)).status, 409, 'somebody must administer');
  await answer([admin], 'keep');
  const done = await nadia.ask<{ kept: number; removed: number }>('POST', `${path}/finish`);
  assert.deepEqual([done.status, done.body], [200, { kept: 9, removed: 2 }]);
  assert.equal((await withKey(key).ask('GET', '/argentique')).status, 401);
  const { body } = await nadia.ask<{ members: { id: string; roles: object[] }[] }>(
    'GET',
    '/argentique/members',
  );
  assert.equal(body.members.find(({ id }) => id === cast.theo.id)?.roles.length, 2);
  assert.deepEqual(
    (await deeds(nadia))
      .slice(0, 3)
      .map(({ type }) => type)
      .toSorted(compare),
    ['key_revoked', 'review_finished', 'roles_changed'],
  );
  assert.equal((await answer(removed, 'keep')).status, 404, 'what is finished is not changed');
});

test('when the last review is older than a year, administrators are told, once, until there is one', async (t) => {
  const scene = await stage(t, { at: TUESDAY });
  const { as, cast, clock, db, vigie } = scene;
  const due = async (): Promise<boolean> =>
    (await (await as('nadia')).ask<{ due: boolean }>('GET', '/argentique/reviews')).body.due;
  const house = await openHouses(db).byId(cast.nadia.organisationId);
  assert.ok(house);
  const remind = () => remindReview(db, house, vigie.url, clock.now());
  assert.deepEqual([await due(), await remind()], [false, false]);
  clock.advance(YEAR);
  assert.equal(await due(), true);
  assert.deepEqual((await Promise.all([remind(), remind()])).filter(Boolean), [true]);
  clock.advance(DAY);
  assert.equal(await remind(), false);
  const nadia = await as('nadia');
  const { body } = await nadia.ask<{ notices: { to: string; subject: string }[] }>(
    'GET',
    '/argentique/notices',
  );
  assert.deepEqual(
    body.notices.map(({ to, subject }) => [to, subject]),
    [['nadia@argentique.example', 'Revue annuelle des droits · Argentique']],
  );
  const { body: review } = await nadia.ask<{ id: string }>('POST', '/argentique/reviews');
  const { body: read } = await nadia.ask<{ lines: Line[] }>('GET', `/argentique/reviews/${review.id}`);
  await nadia.ask('PUT', `/argentique/reviews/${review.id}/answers`, {
    lines: read.lines.map(({ id }) => id),
    answer: 'keep',
  });
  await nadia.ask('POST', `/argentique/reviews/${review.id}/finish`);
  assert.deepEqual([await due(), await remind()], [false, false]);
});
