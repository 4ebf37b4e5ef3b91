import assert from 'node:assert/strict';
import { test } from 'node:test';

import { beginSession } from '../../src/people/index.ts';
import { asOrganisation } from '../../src/platform/postgres/index.ts';
import { setState } from '../../src/files/store.ts';
import { bring, openFolder, withFolders } from '../harness/files.ts';
import {
  codeIn,
  photo,
  scannedOrder,
  shareFiles,
  visitor,
  type Lab,
  type Visitor,
} from '../harness/shares.ts';
import { postOffice } from '../harness/mail.ts';
import { stage } from '../harness/vigie.ts';

const PASSPHRASE = 'trois bobines';
const DAY = 86_400_000;

const opened = async ({ lab, camille, path }: Lab, asked: object = {}): Promise<Visitor & { id: string }> => {
  const { id, links } = await shareFiles(camille, path, { passphrase: PASSPHRASE, ...asked });
  const held = visitor(lab, 'argentique', links[0] ?? { id: '', url: '' });
  assert.equal((await held.open({ passphrase: PASSPHRASE })).status, 204);
  return { ...held, id };
};

/** What every way into a share says, a word each. */
const said = async (held: Visitor, file: string): Promise<readonly string[]> => {
  const answers = await Promise.all([
    held.ask('GET', '/share'),
    held.open({ passphrase: PASSPHRASE }),
    held.get(''),
    held.get('/files.zip'),
    held.get('/files.zip', { range: 'bytes=10-' }),
    held.get(`/files/${file}/content`),
    held.get(`/files/${file}/preview`),
    held.get(`/files/${file}/preview?size=large`),
  ]);
  return Promise.all(answers.map(async (answer) => `${answer.status} ${await answer.text()}`));
};

// asvs 8.3.2 8.2.2
test('a share ends at once with the right it came from, and says nothing but what it says of what never was', async (t) => {
  const scene = await scannedOrder(t);
  const { lab, path, scans, order } = scene;
  const [first = '', second = ''] = scans;
  const nadia = await lab.as('nadia', 'strong');
  const { organisationId } = lab.cast.camille;
  const member = `/argentique/members/${lab.cast.camille.id}`;
  const counter = [
    { app: 'atelier', role: 'counter', site: 'lille' },
    { app: 'travail', role: 'counter', site: 'lille' },
  ];
  const nothing = visitor(lab, 'argentique', { id: crypto.randomUUID(), url: `/${'x'.repeat(43)}` });
  const never = await said(nothing, first);
  assert.equal(new Set(never).size, 1);
  assert.match(never[0] ?? '', /^401 /u);
  const all = await opened(scene);
  const one = await opened(scene, { file: second });
  const isOpen = async (held: Visitor, file: string) => {
    assert.equal((await held.get(`/files/${file}/content`)).status, 200);
    assert.equal((await held.ask('GET', '/share')).status, 200);
  };
  const isOver = async (held: Visitor, file: string) => assert.deepEqual(await said(held, file), never);
  await isOpen(all, first);

  // Their role is taken, and given back.
  assert.equal((await nadia.ask('PATCH', member, { roles: counter.slice(1) })).status, 204);
  await isOver(all, first);
  assert.equal((await nadia.ask('PATCH', member, { roles: counter })).status, 204);
  await isOpen(all, first);

  // A site that is not the order's is none.
  const elsewhere = counter.map((role) => ({ ...role, site: 'wattignies' }));
  assert.equal((await nadia.ask('PATCH', member, { roles: elsewhere })).status, 204);
  await isOver(all, first);
  assert.equal((await nadia.ask('PATCH', member, { roles: counter })).status, 204);

  // They are let in no more, for a while.
  assert.equal((await nadia.ask('PATCH', member, { disabled: true })).status, 204);
  await isOver(all, first);
  assert.equal((await nadia.ask('PATCH', member, { disabled: false })).status, 204);
  await isOpen(all, first);

  // A file that is quarantined: the share of it is over, and another no longer has it.
  await asOrganisation(lab.db, organisationId, (tx) =>
    setState(tx, organisationId, second, 'quarantined', 'infected'),
  );
  await isOver(one, second);
  assert.equal((await all.get(`/files/${second}/content`)).status, 404);
  assert.equal((await all.get(`/files/${second}/preview`)).status, 404);
  await asOrganisation(lab.db, organisationId, (tx) => setState(tx, organisationId, second, 'kept', null));
  await isOpen(one, second);

  // A file that is taken out of its field.
  const back = await lab.as('camille', 'strong');
  assert.equal(
    (await back.ask('DELETE', `/argentique/atelier/tickets/${order}/files/${second}`)).status,
    204,
  );
  await isOver(one, second);
  await isOpen(all, first);

  // It is ended by whoever sees the ticket.
  const theo = await lab.as('theo');
  assert.equal((await theo.ask('DELETE', `${path}/${all.id}`)).status, 204);
  assert.equal((await theo.ask('DELETE', `${path}/${all.id}`)).status, 404);
  await isOver(all, first);

  // Its day has come.
  const brief = await opened({ ...scene, camille: back }, { days: 1 });
  lab.clock.advance(DAY + 1);
  await isOver(brief, first);
  const listed = await lab.as('nadia');
  assert.equal((await listed.ask('GET', path)).status, 200);
});

test('what somebody has opened opens nothing of another share, another file, another organisation', async (t) => {
  const scene = await scannedOrder(t);
  const { lab, scans } = scene;
  const [first = ''] = scans;
  const one = await opened(scene, { file: first });
  const other = await opened(scene, { file: scans[1] });
  const base = `${lab.vigie.url}/api/v1`;
  const share = { authorization: `Share ${one.secret}` };
  for (const [path, headers] of [
    [`/argentique/shared/${other.link}/files/${scans[1]}/content`, share],
    [`/argentique/shared/${one.link}/files/${first}/content`, share],
    [`/argentique/shared/${one.link}/files/${first}/content`, {}],
    [`/kerlann/shared/${one.link}/files/${first}/content`, share],
    [`/kerlann/share`, share],
    [`/argentique/follow`, share],
    [`/argentique/drop`, share],
    [`/argentique/atelier/tickets`, share],
    [`/argentique/me/links`, share],
  ] as const)
    assert.ok([401, 404].includes((await fetch(`${base}${path}`, { headers })).status), path);
  assert.equal((await one.get(`/files/${scans[1]}/content`)).status, 404);
  // What is opened by its own link has no second address below another's.
  assert.equal((await one.ask('GET', `/shared/${one.link}/files/${first}/content`)).status, 200);
  for (const path of [`/files/${first}/content`, '/files.zip', ''])
    assert.equal((await one.ask('GET', `/shared/${other.link}${path}`)).status, 404, path);
  // A member is no holder of a link, whatever they may read otherwise.
  const camille = await lab.as('camille');
  assert.equal((await camille.ask('GET', '/argentique/share')).status, 404);
});

test('every link that lets somebody read is on one page, and each is closed from there', async (t) => {
  const scene = await scannedOrder(t);
  const { lab, camille, order, path } = scene;
  const held = await opened(scene);
  const customer = await lab.guest('camille', { app: 'atelier', reference: order, role: 'customer' });
  const nadia = await lab.as('nadia', 'strong');
  const theo = await lab.as('theo');
  interface Grants {
    links: { id: string; kind: string; ticket: string | null; by: string; uses: number; state: string }[];
  }
  const mine = (await camille.ask<Grants>('GET', '/argentique/me/links')).body.links;
  assert.deepEqual(
    mine
      .map(({ kind, ticket, by, state }) => [kind, ticket, by, state])
      .toSorted((a, b) => String(a).localeCompare(String(b))),
    [
      ['guest', order, 'Camille Dubrulle', 'open'],
      ['share', order, 'Camille Dubrulle', 'open'],
    ],
  );
  assert.deepEqual((await theo.ask<Grants>('GET', '/argentique/me/links')).body.links, []);
  assert.equal((await theo.ask('GET', '/argentique/links')).status, 404);
  assert.equal((await nadia.ask<Grants>('GET', '/argentique/links')).body.links.length, 2);
  for (const id of [held.id, customer.id])
    assert.equal((await theo.ask('DELETE', `/argentique/links/${id}`)).status, 404);
  for (const id of [held.id, customer.id])
    assert.equal((await nadia.ask('DELETE', `/argentique/links/${id}`)).status, 204);
  assert.equal((await customer.ask('GET', '/argentique/follow')).status, 401);
  assert.equal((await held.ask('GET', '/share')).status, 401);
  assert.deepEqual((await nadia.ask<Grants>('GET', '/argentique/links')).body.links, []);
  // Who opened it stays written after its end.
  const { body } = await camille.ask<{ shares: { state: string; visits: { proof: string }[] }[] }>(
    'GET',
    path,
  );
  assert.deepEqual(
    body.shares.map(({ state, visits }) => [state, visits.map(({ proof }) => proof)]),
    [['revoked', ['passphrase']]],
  );
});

test('what somebody who leaves has shared goes to who takes over, and ends with them otherwise', async (t) => {
  const scene = await scannedOrder(t);
  const { lab, camille, scans } = scene;
  const held = await opened(scene);
  const nadia = await lab.as('nadia', 'strong');
  const leave = await nadia.ask('POST', `/argentique/members/${lab.cast.camille.id}/leaving`, {
    tickets: { atelier: lab.cast.nadia.id },
  });
  assert.equal(leave.status, 201, JSON.stringify(leave.body));
  assert.equal((await camille.ask('GET', '/argentique/me/links')).status, 401);
  assert.equal((await held.get(`/files/${scans[0]}/content`)).status, 200);
  const { body } = await nadia.ask<{ links: { by: string }[] }>('GET', '/argentique/me/links');
  assert.deepEqual(
    body.links.map(({ by }) => by),
    ['Nadia Berthier'],
  );
});

test('names and messages are words, in mails, lists and headers, whatever is written in them', async (t) => {
  const { lab, post, camille, order, path } = await scannedOrder(t);
  const [evil] = await bring(
    lab,
    lab.cast.camille,
    camille,
    `/argentique/atelier/tickets/${order}`,
    'scans',
    [{ name: 'facture\u202egpj.exe\r\nX-Evil: 1.jpg', content: await photo('gold') }],
  );
  const message = '{{reference}} ${url} <b>gras</b>\r\nBcc: tous@example.org\u202e\u0007';
  const { links } = await shareFiles(camille, path, { to: ['claire@example.org'], message });
  const [notice] = await post.arrived(1);
  assert.equal(notice?.to?.length, 1);
  assert.equal(notice?.bcc, undefined);
  // What is internal is said by its reference and title: the message waits behind the code.
  assert.ok(notice?.subject?.includes(order));
  assert.equal(notice?.text?.includes('gras'), false);
  const held = visitor(lab, 'argentique', links[0] ?? { id: '', url: '' });
  await held.ask('POST', '/share/code');
  const code = (await post.arrived(2))[1];
  assert.equal(code?.subject?.includes(codeIn(code.text)), false);
  await held.open({ code: codeIn(code?.text) });
  const { open } = (await (await held.ask('GET', '/share')).json()) as {
    open: { message: string; files: { id: string; name: string }[] };
  };
  assert.equal(open.message, message);
  const name = open.files.find(({ id }) => id === evil?.id)?.name ?? '';
  assert.doesNotMatch(name, /[\p{Cc}\u202e]/u);
  const given = await held.get(`/files/${evil?.id}/content`);
  assert.equal(given.headers.get('x-evil'), null);
  assert.match(
    given.headers.get('content-disposition') ?? '',
    /^attachment; filename="[^"\r\n]*"; filename\*=UTF-8''\S*$/u,
  );
});

test('health data is shared with a member who proves by their passkey who they are, and with nobody else', async (t) => {
  const post = await postOffice(t);
  const town = await stage(t, { vault: true, smtpUrl: post.url });
  await withFolders(town);
  const maelle = await town.as('maelle', 'strong');
  const place = await openFolder(maelle, 'dossier-sante', 'Mot confidentiel');
  const [paper] = await bring(town, town.cast.maelle, maelle, place, 'documents', [
    { name: 'bilan.txt', content: 'Bilan' },
  ]);
  const path = `${place}/shares`;
  const refused = async (asked: object) => {
    const { status, body } = await maelle.ask<{ code?: string }>('POST', path, asked);
    return `${status} ${body.code}`;
  };
  assert.equal(await refused({}), '422 too_open');
  assert.equal(await refused({ passphrase: PASSPHRASE }), '422 too_open');
  assert.equal(await refused({ to: ['dehors@example.org'] }), '422 not_a_member');
  const { links } = await shareFiles(maelle, path, { to: ['gwenn@kerlann.example'], message: 'Mot secret' });
  const [link] = links;
  assert.match(link?.url ?? '', new RegExp(`/kerlann/shared/${link?.id}$`, 'u'));
  const [notice] = await post.arrived(1);
  for (const word of ['confidentiel', 'secret', 'Maëlle', 'bilan']) {
    assert.equal(notice?.text?.includes(word), false, word);
    assert.equal(notice?.subject?.includes(word), false, word);
  }
  const mine = `/kerlann/me/shared/${link?.id}`;
  const content = (cookie: string) =>
    fetch(`${town.vigie.url}/api/v1/kerlann/shared/${link?.id}/files/${paper?.id}/content`, {
      headers: { cookie },
    });
  // Another member, however sure; she herself, by mail; nobody.
  const yann = await town.as('yann', 'strong');
  assert.equal((await yann.ask('POST', `${mine}/visits`)).status, 404);
  const weak = await town.as('gwenn');
  assert.equal((await weak.ask('GET', mine)).status, 200);
  const { status, body } = await weak.ask<{ code: string }>('POST', `${mine}/visits`);
  assert.deepEqual([status, body.code], [403, 'step_up']);
  assert.equal((await town.stranger.ask('POST', `${mine}/visits`)).status, 401);
  const gwenn = await town.as('gwenn', 'strong');
  const visit = await gwenn.ask('POST', `${mine}/visits`);
  assert.equal(visit.status, 204);
  const [cookie = ''] = visit.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
  assert.equal((await content(`${cookie}; ${gwenn.cookie}`)).status, 200);
  // The cookie of the visit is nothing without her session, nor with another's.
  assert.equal((await content(cookie)).status, 401);
  assert.equal((await content(`${cookie}; ${yann.cookie}`)).status, 404);
  // Who read it is written, as the member that she is.
  const reads = await maelle.ask<{ reads: { actor: { id: string }; way: string }[] }>(
    'GET',
    `${place}/reads`,
  );
  assert.ok(reads.body.reads.some(({ actor, way }) => actor.id === town.cast.gwenn.id && way === 'file'));
  town.clock.advance(16 * 60_000);
  assert.equal((await content(`${cookie}; ${gwenn.cookie}`)).status, 404);
});

test('a member who is named reads what is shared with them until it ends, and opens it by a passkey alone', async (t) => {
  const post = await postOffice(t);
  const town = await stage(t, { vault: true, smtpUrl: post.url });
  await withFolders(town);
  const maelle = await town.as('maelle', 'strong');
  const place = await openFolder(maelle, 'dossier-sante', 'Mot confidentiel');
  await bring(town, town.cast.maelle, maelle, place, 'documents', [{ name: 'bilan.txt', content: 'Bilan' }]);
  const share = async (days: number) => {
    const { id, links } = await shareFiles(maelle, `${place}/shares`, {
      to: ['gwenn@kerlann.example'],
      days,
    });
    return { id, link: links[0]?.id, mine: `/kerlann/me/shared/${links[0]?.id}` };
  };
  const [ended, over, stands] = [await share(30), await share(1), await share(30)];
  const gwenn = await town.as('gwenn');
  const seen = async (hand: typeof gwenn) =>
    Promise.all([ended, over, stands].map(async ({ mine }) => (await hand.ask('GET', mine)).status));
  assert.deepEqual(await seen(gwenn), [200, 200, 200]);
  assert.equal((await gwenn.ask('GET', `/kerlann/me/shared/${crypto.randomUUID()}`)).status, 404);
  assert.equal((await maelle.ask('DELETE', `${place}/shares/${ended.id}`)).status, 204);
  assert.deepEqual(await seen(gwenn), [404, 200, 200]);
  // Her link alone is ended, of a share that stands.
  const hers = await share(30);
  assert.equal((await gwenn.ask('GET', hers.mine)).status, 200);
  assert.equal((await maelle.ask('DELETE', `/kerlann/links/${hers.link}`)).status, 204);
  assert.equal((await gwenn.ask('GET', hers.mine)).status, 404);
  town.clock.advance(DAY);
  const later = await town.as('gwenn');
  assert.deepEqual(await seen(later), [404, 404, 200]);

  // Another house vouches for her, however surely: it is not her passkey.
  const { id, organisationId } = town.cast.gwenn;
  const arrival = { memberId: id, methods: ['openid'], assurance: 'strong', userAgent: undefined } as const;
  const secret = await asOrganisation(town.db, organisationId, (tx) =>
    beginSession(tx, organisationId, arrival, town.clock.now()),
  );
  const vouched = await town.stranger.ask<{ code: string }>('POST', `${stands.mine}/visits`, undefined, {
    cookie: `vigie-kerlann=${secret}`,
  });
  assert.deepEqual([vouched.status, vouched.body.code], [403, 'step_up']);
  const sure = await town.as('gwenn', 'strong');
  assert.equal((await sure.ask('POST', `${stands.mine}/visits`)).status, 204);
});

test('what is public is for whoever has the link, once they open it', async (t) => {
  const town = await stage(t, { vault: true });
  const maelle = await town.as('maelle', 'strong');
  const { body } = await maelle.ask('POST', '/kerlann/voirie/tickets', {
    fields: { kind: 'pothole', place: { lat: 47.74, lng: -2.87, address: 'Rue du Lavoir' } },
  });
  const place = `/kerlann/voirie/tickets/${body.reference}` as const;
  const [hole] = await bring(town, town.cast.maelle, maelle, place, 'photos', [
    { name: 'trou.jpg', content: await photo('gray', { place: true }) },
  ]);
  const { links } = await shareFiles(maelle, `${place}/shares`, {});
  const anyone = visitor(town, 'kerlann', links[0] ?? { id: '', url: '' });
  // Looking at the page opens nothing.
  assert.equal((await anyone.ask('GET', '/share')).status, 200);
  assert.equal((await anyone.get(`/files/${hole?.id}/content`)).status, 401);
  assert.equal((await anyone.open()).status, 204);
  assert.equal((await anyone.get(`/files/${hole?.id}/content`)).status, 200);
  // Without a mail server no code can leave: it is said, and nothing is made.
  const refused = await maelle.ask<{ code: string }>('POST', `${place}/shares`, { to: ['a@example.org'] });
  assert.deepEqual([refused.status, refused.body.code], [409, 'no_mail']);
});
