import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';

import type { AppDefinition } from '../../src/engine/index.ts';
import { install } from '../../src/organisations/versions/install.ts';
import { permitDesk } from '../harness/drops.ts';
import { bring, openFolder, withFolders } from '../harness/files.ts';
import { permits } from '../harness/permits.ts';
import { photo, scannedOrder, shareFiles, visitor, type Visitor } from '../harness/shares.ts';
import { type Hand, stage, type Stage } from '../harness/vigie.ts';

const PASSPHRASE = 'trois bobines';
const DAY = 86_400_000;

/** Shares by passphrase, and opens it. */
const openedBy = async (
  town: Pick<Stage, 'vigie'>,
  organisation: string,
  hand: Hand,
  path: string,
  asked: object = {},
): Promise<Visitor> => {
  const { links } = await shareFiles(hand, path, { passphrase: PASSPHRASE, ...asked });
  const held = visitor(town, organisation, links[0] ?? { id: '', url: '' });
  assert.equal((await held.open({ passphrase: PASSPHRASE })).status, 204);
  return held;
};

const statusOf = async (held: Visitor): Promise<number> => (await held.ask('GET', '/share')).status;

test('what was opened stays open for a day in the browser in which it was, and no longer', async (t) => {
  const { lab, camille, path, scans } = await scannedOrder(t);
  const { links } = await shareFiles(camille, path, { passphrase: PASSPHRASE, days: 30 });
  const held = visitor(lab, 'argentique', links[0] ?? { id: '', url: '' });
  const answer = await held.open({ passphrase: PASSPHRASE });
  const content = async () => (await held.get(`/files/${scans[0]}/content`)).status;
  const isOpen = async () =>
    ((await (await held.ask('GET', '/share')).json()) as { open: unknown }).open !== null;
  assert.deepEqual([await content(), await isOpen()], [200, true]);
  lab.clock.advance(DAY);
  assert.deepEqual([await content(), await isOpen()], [200, true]);
  lab.clock.advance(1);
  assert.deepEqual([await content(), await isOpen()], [401, false]);
  // Nor is anything open in a browser that made its cookie up.
  const [name = ''] = (answer.headers.getSetCookie()[0] ?? '').split('=');
  const made = await fetch(
    `${lab.vigie.url}/api/v1/argentique/shared/${held.link}/files/${scans[0]}/content`,
    { headers: { cookie: `${name}=${'x'.repeat(43)}` } },
  );
  assert.equal(made.status, 401);
  assert.equal((await held.open({ passphrase: PASSPHRASE })).status, 204);
  assert.equal(await content(), 200);
});

test('a picture of which the place cannot be taken away leaves by no way', async (t) => {
  const { lab, camille, order, path } = await scannedOrder(t);
  const whole = await photo('gold', { place: true });
  const [torn] = await bring(
    lab,
    lab.cast.camille,
    camille,
    `/argentique/atelier/tickets/${order}`,
    'scans',
    [{ name: 'dechiree.jpg', content: whole.subarray(0, 500) }],
  );
  assert.equal(torn?.state, 'kept');
  const held = await openedBy(lab, 'argentique', camille, path, { file: torn.id });
  const answers = await Promise.all(
    [`/files/${torn.id}/content`, `/files/${torn.id}/preview`, '/files.zip'].map((at) => held.get(at)),
  );
  assert.deepEqual(
    answers.map(({ status }) => status),
    [409, 404, 404],
  );
});

test('what a program shares ends when its key expires or is revoked', async (t) => {
  const { lab, path } = await scannedOrder(t);
  const nadia = await lab.as('nadia', 'strong');
  const makeKey = async (more: object = {}) => {
    const { status, body } = await nadia.ask<{ id: string; key: string }>('POST', '/argentique/keys', {
      app: 'atelier',
      role: 'counter',
      name: 'borne',
      ...more,
    });
    assert.equal(status, 201, JSON.stringify(body));
    return body;
  };
  const brief = await makeKey({ expires: new Date(lab.clock.now() + DAY).toISOString() });
  const long = await makeKey();
  const first = await openedBy(lab, 'argentique', lab.withKey(brief.key), path, { days: 30 });
  const second = await openedBy(lab, 'argentique', lab.withKey(long.key), path, { days: 30 });
  assert.deepEqual([await statusOf(first), await statusOf(second)], [200, 200]);
  lab.clock.advance(DAY);
  assert.deepEqual([await statusOf(first), await statusOf(second)], [401, 200]);
  const later = await lab.as('nadia', 'strong');
  assert.equal((await later.ask('DELETE', `/argentique/keys/${long.id}`)).status, 204);
  assert.equal(await statusOf(second), 401);
});

test('what somebody who leaves has shared ends for good where nobody who may share it takes over', async (t) => {
  const { lab, camille, path } = await scannedOrder(t);
  const held = await openedBy(lab, 'argentique', camille, path);
  const nadia = await lab.as('nadia', 'strong');
  const change = async (name: 'ines' | 'theo', to: object) => {
    const { status } = await nadia.ask('PATCH', `/argentique/members/${lab.cast[name].id}`, to);
    assert.equal(status, 204);
  };
  await change('ines', { roles: [{ app: 'travail', role: 'counter', site: 'lille' }] });
  await change('theo', { disabled: true });
  const leave = await nadia.ask('POST', `/argentique/members/${lab.cast.camille.id}/leaving`, {
    // Inès has no part in the app, Théo is gone, and there is no such app here.
    tickets: { atelier: lab.cast.ines.id, travail: lab.cast.theo.id, voirie: lab.cast.nadia.id },
  });
  assert.equal(leave.status, 201, JSON.stringify(leave.body));
  assert.equal(await statusOf(held), 401);
  // Who comes to the app later has not shared it.
  await change('ines', { roles: [{ app: 'atelier', role: 'counter', site: 'lille' }] });
  assert.equal(await statusOf(held), 401);
});

test('whoever may read and not speak of a ticket shares nothing of it, and nobody shares what they do not see', async (t) => {
  const town = await stage(t, { vault: true });
  await withFolders(town);
  const [maelle, yann] = [await town.as('maelle', 'strong'), await town.as('yann', 'strong')];
  const place = await openFolder(maelle);
  await bring(town, town.cast.maelle, maelle, place, 'documents', [{ name: 'plan.txt', content: 'Un plan' }]);
  assert.equal((await yann.ask('GET', `${place}/files`)).status, 200);
  const asked = async (hand: Hand, at: string, more: object = {}) => {
    const { status, body } = await hand.ask<{ code?: string }>('POST', `${at}/shares`, {
      passphrase: PASSPHRASE,
      ...more,
    });
    return `${status} ${body.code}`;
  };
  assert.equal(await asked(yann, place), '403 forbidden');
  assert.equal(await asked(maelle, '/kerlann/dossier/tickets/D-999'), '404 not_found');
  // Where photos were taken stays here: nothing in this field says that it may leave.
  assert.equal(await asked(maelle, place, { metadata: 'kept' }), '422 metadata_stripped');
  const { body } = await maelle.ask<{ shares: unknown[] }>('GET', `${place}/shares`);
  assert.deepEqual(body.shares, []);
});

test('a share ends when its maker no longer reads its field, may no longer speak of it, or the app asks for more', async (t) => {
  const { town, armelle, maelle, path } = await permitDesk(t);
  const place = path as `/kerlann/permis/tickets/${string}`;
  for (const field of ['plans', 'papers'])
    await bring(town, town.cast.armelle, armelle, place, field, [
      { name: `${field}.txt`, content: 'Une pièce' },
    ]);
  const plans = await openedBy(town, 'kerlann', armelle, `${path}/shares`, { field: 'plans' });
  const papers = await openedBy(town, 'kerlann', armelle, `${path}/shares`, { field: 'papers' });
  const stand = async () => [await statusOf(plans), await statusOf(papers)];
  assert.deepEqual(await stand(), [200, 200]);

  // A reader has the plans, and the papers are sealed to them.
  const { status } = await maelle.ask('PATCH', `/kerlann/members/${town.cast.armelle.id}`, {
    roles: [{ app: 'permis', role: 'reader', site: null }],
  });
  assert.equal(status, 204);
  assert.deepEqual(await stand(), [200, 401]);

  const becomes = async (definition: AppDefinition) => {
    await install(town.db, town.cast.maelle.organisationId, definition, town.clock.now());
    // What another process installed is known within a second.
    await sleep(1100);
  };
  const { roles, ...rest } = permits('internal');
  const label = { fr: 'Lecture', en: 'Reader' };
  await becomes({ ...rest, roles: { ...roles, reader: { label, sees: 'all' } } });
  assert.deepEqual(await stand(), [401, 401]);
  await becomes(permits('internal'));
  assert.deepEqual(await stand(), [200, 401]);
  // A passphrase does not open health data.
  await becomes(permits('health'));
  assert.deepEqual(await stand(), [401, 401]);
});
