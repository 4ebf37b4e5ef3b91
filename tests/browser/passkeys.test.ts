import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Page } from 'playwright-core';

import { linkFor } from '../../src/people/index.ts';
import { cannotBrowse, openBrowser, windowOf } from '../harness/browser.ts';
import { deviceOf, newWindow } from '../harness/device.ts';
import { invitationBy } from '../harness/passkeys.ts';
import { type Hand, stage, type Stage } from '../harness/vigie.ts';

const MINUTE = 60_000;

/** Somebody at their own window and device, who opens the invitation they were given and makes their passkey. */
const enrol = async (
  page: Page,
  scene: Stage,
  name: 'yann' | 'maelle',
  administrator: Hand,
  called?: string,
): Promise<void> => {
  const token = await invitationBy(scene, administrator, name);
  await page.goto(`${scene.vigie.url}/kerlann/invitation/${token}`);
  if (called !== undefined) await page.getByLabel('Nom de cette clé').fill(called);
  await page.getByRole('button', { name: 'Faire ma clé d’accès' }).click();
  await page.waitForURL(`${scene.vigie.url}/kerlann`);
};

/** A virtual device answers by itself where the browser offers passkeys: one that recognises its person comes in again. */
const leave = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /^Menu/u }).click();
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await page.waitForURL(/sign-in/u);
};

/** Where the browser offers passkeys by itself, a virtual device may have answered before anybody pressed. */
const enter = async (page: Page): Promise<void> => {
  await page
    .getByRole('button', { name: 'Entrer avec ma clé d’accès' })
    .click({ timeout: 5000 })
    .catch(() => {});
};

const states = ({ db }: Stage) =>
  db.owner<{ deviceBound: boolean; backedUp: boolean }[]>`
    select device_bound as "deviceBound", backed_up as "backedUp" from passkey order by id`;

test(
  'an invitation makes a passkey, which opens from then on in one gesture; a device that does not recognise its person says so and loses nothing',
  { skip: cannotBrowse() },
  async (t) => {
    const scene = await stage(t);
    const maelle = await scene.as('maelle');
    const page = await newWindow(t, await openBrowser(t), scene);
    const device = await deviceOf(page, true);
    const url = `${scene.vigie.url}/kerlann`;

    const token = await invitationBy(scene, maelle, 'yann');
    await device.recognise(false);
    await page.goto(`${url}/invitation/${token}`);
    await page.getByRole('heading', { name: 'Bonjour Yann Kervadec' }).waitFor();
    await page.getByLabel('Nom de cette clé').fill('Téléphone de poche');
    await page.getByRole('button', { name: 'Faire ma clé d’accès' }).click();
    await page
      .getByRole('alert')
      .getByText(/l’appareil ne vous a pas reconnu/u)
      .waitFor();
    assert.equal(await page.getByLabel('Nom de cette clé').inputValue(), 'Téléphone de poche');
    assert.equal(await device.passkeys(), 0);
    await device.recognise(true);
    await page.getByRole('button', { name: 'Faire ma clé d’accès' }).click();
    await page.waitForURL(url);
    assert.deepEqual(await states(scene).then((rows) => [...rows]), [{ deviceBound: false, backedUp: true }]);
    await page.goto(`${url}/invitation/${token}`);
    await page.getByText(/a déjà servi ou a expiré/u).waitFor();

    await page.goto(`${url}/account`);
    await page.getByText('Téléphone de poche', { exact: true }).first().waitFor();
    await page.getByText('par clé d’accès').waitFor();
    await device.recognise(false);
    await leave(page);
    await page.goto(`${url}/account`);
    await page.waitForURL(/sign-in\?next=%2Fkerlann%2Faccount/u);
    await page.getByRole('button', { name: 'Entrer avec ma clé d’accès' }).click();
    await page
      .getByRole('alert')
      .getByText(/l’appareil ne vous a pas reconnu/u)
      .waitFor();
    await device.recognise(true);
    await device.backUp(false);
    await enter(page);
    await page.waitForURL(`${url}/account`);
    assert.deepEqual(await states(scene).then((rows) => [...rows]), [
      { deviceBound: false, backedUp: false },
    ]);
  },
);

// asvs 7.5.3
test(
  'confirming that it is you in the middle of a form goes on where one was, with nothing typed lost, also when the device first refuses',
  { skip: cannotBrowse() },
  async (t) => {
    const scene = await stage(t);
    const page = await newWindow(t, await openBrowser(t), scene);
    const device = await deviceOf(page);
    const url = `${scene.vigie.url}/kerlann`;
    await enrol(page, scene, 'maelle', await scene.as('maelle'));
    await page.goto(`${url}/settings/security`);
    await page.getByLabel('Session fermée après, sans rien faire (minutes)').fill('45');
    await page.getByLabel('Liens de connexion').selectOption({ label: 'refusés : clé d’accès seulement' });
    scene.clock.advance(20 * MINUTE);
    const save = page.getByRole('button', { name: 'Enregistrer' });
    await save.click();
    const dialog = page.getByRole('dialog', { name: 'Confirmez que c’est bien vous' });
    await dialog.waitFor();
    await device.recognise(false);
    await dialog.getByRole('button', { name: 'Confirmer avec ma clé d’accès' }).click();
    await dialog.getByText(/l’appareil ne vous a pas reconnu/u).waitFor();
    await dialog.getByText(/Rien n’est perdu/u).waitFor();

    // Given up, it is as if nothing had been sent, and what was typed is still there.
    await dialog.getByRole('button', { name: 'Fermer' }).click();
    await page.getByRole('alert').getByText('Confirmez que c’est bien vous').waitFor();
    const idle = page.getByLabel('Session fermée après, sans rien faire (minutes)');
    assert.equal(await idle.inputValue(), '45');

    await device.recognise(true);
    await save.click();
    await dialog.getByRole('button', { name: 'Confirmer avec ma clé d’accès' }).click();
    await page.getByText('Enregistré.').waitFor();
    assert.equal(await dialog.count(), 0);
    assert.equal(await idle.inputValue(), '45');
    const [row] = await scene.db.owner<{ idle: number; links: boolean }[]>`
      select idle_minutes as idle, mail_links as links from organisation_setting`;
    assert.deepEqual(row, { idle: 45, links: false });

    // Where there are no links, the door does not speak of them.
    await device.recognise(false);
    await leave(page);
    await page.getByRole('button', { name: 'Entrer avec ma clé d’accès' }).waitFor();
    assert.equal(await page.getByLabel('Votre adresse électronique').count(), 0);
  },
);

test(
  'somebody who lost their telephone comes back by an administrator’s new invitation, and removes the lost one',
  { skip: cannotBrowse() },
  async (t) => {
    const scene = await stage(t);
    const browser = await openBrowser(t);
    const page = await newWindow(t, browser, scene);
    const device = await deviceOf(page);
    const url = `${scene.vigie.url}/kerlann`;
    await enrol(page, scene, 'yann', await scene.as('maelle'), 'Ancien téléphone');
    await device.lose();
    await leave(page);
    await page.getByRole('button', { name: 'Entrer avec ma clé d’accès' }).click();
    await page.getByRole('alert').waitFor();

    // The administrator invites from the members' page, and hands the link over.
    const desk = await windowOf(t, browser, scene, 'maelle');
    await desk.goto(`${url}/settings/members`);
    await desk.getByRole('button', { name: 'Inviter Yann Kervadec' }).click();
    const link = await desk.getByLabel(/Donnez ce lien en main propre/u).inputValue();
    await page.goto(link);
    await page.getByLabel('Nom de cette clé').fill('Nouveau téléphone');
    await page.getByRole('button', { name: 'Faire ma clé d’accès' }).click();
    await page.waitForURL(url);

    await page.goto(`${url}/account`);
    const lost = page.locator('li', { hasText: 'Ancien téléphone' }).first();
    await lost.getByText('Retirer…').click();
    await lost.getByRole('button', { name: 'Retirer pour de bon' }).click();
    await page.getByText(/Une clé d’accès a été retirée\s: Ancien téléphone/u).waitFor();
    const last = page.locator('li', { hasText: 'Nouveau téléphone' }).first();
    await last.getByText('Retirer…').click();
    await last.getByText(/C’est votre dernière clé/u).waitFor();
    assert.equal(await page.getByText('Une invitation a été faite pour votre compte').count(), 2);
  },
);

// asvs 7.5.2
test(
  'on one’s account one adds a passkey, ends another session, and without a passkey is told how to get one',
  { skip: cannotBrowse() },
  async (t) => {
    const scene = await stage(t);
    const browser = await openBrowser(t);
    const url = `${scene.vigie.url}/kerlann`;
    const byLink = await windowOf(t, browser, scene, 'gwenn');
    await byLink.goto(`${url}/account`);
    await byLink.getByText('Vous n’avez pas encore de clé d’accès.').waitFor();
    const other = await scene.as('gwenn');
    await byLink.reload();
    await byLink.getByRole('button', { name: 'Fermer toutes les autres' }).click();
    await byLink.getByRole('button', { name: 'Fermer toutes les autres' }).waitFor({ state: 'detached' });
    assert.equal((await other.ask('GET', '/kerlann')).status, 401);

    const page = await newWindow(t, browser, scene);
    const device = await deviceOf(page);
    await enrol(page, scene, 'yann', await scene.as('maelle'), 'Poste du garage');
    await page.goto(`${url}/account`);
    const named = page.getByRole('textbox', { name: 'Nom de cette clé', exact: true });
    await named.fill('Seconde');
    await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click();
    // A device says by itself that it has one already.
    await page
      .getByRole('alert')
      .getByText(/Cet appareil a déjà une clé/u)
      .waitFor();
    assert.equal(await named.inputValue(), 'Seconde');
    await device.lose();
    await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click();
    await page.getByText('Clé ajoutée.').waitFor();
    const [first, second] = [
      page.locator('li', { hasText: 'Poste du garage' }),
      page.locator('li', { hasText: 'Seconde' }),
    ];
    await first.first().waitFor();
    await second.first().getByText('Renommer').click();
    await second.first().getByLabel('Nom de cette clé').fill('Coffre');
    await second.first().getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('strong').filter({ hasText: 'Coffre' }).waitFor();
  },
);

test(
  'an app with health data asks for the passkey where one stands; whoever has none is told how to get one',
  { skip: cannotBrowse() },
  async (t) => {
    const scene = await stage(t);
    await scene.db.owner`
      update definition set body = jsonb_set(body::jsonb, '{classification}', '"health"')::json where app = 'voirie'`;
    const browser = await openBrowser(t);
    const url = `${scene.vigie.url}/kerlann`;
    const armelle = await windowOf(t, browser, scene, 'armelle');
    await armelle.goto(url);
    await armelle.getByText(/demandent une connexion plus sûre/u).waitFor();
    await armelle.getByRole('link', { name: 'Voirie' }).click();
    await armelle.getByText(/Demandez une invitation à un administrateur/u).waitFor();

    const page = await newWindow(t, browser, scene);
    await deviceOf(page);
    await enrol(page, scene, 'yann', await scene.as('maelle'));
    await page.goto(`${url}/voirie/list?sort=newest`);
    await page.getByRole('heading', { name: /Liste/u }).waitFor();
    // What asks for more than a page left open for long gives, is asked again where it stands.
    scene.clock.advance(16 * MINUTE);
    await page.reload();
    await page.getByRole('heading', { name: 'Confirmez que c’est bien vous' }).waitFor();
    await page.getByRole('button', { name: 'Confirmer avec ma clé d’accès' }).click();
    await page.getByRole('heading', { name: /Liste/u }).waitFor();
    assert.equal(page.url(), `${url}/voirie/list?sort=newest`);
  },
);

test(
  'an administrator without a passkey confirms by a new link in another tab, and goes on with what was pressed',
  { skip: cannotBrowse() },
  async (t) => {
    const scene = await stage(t);
    const { cast, vigie, clock, db } = scene;
    const page = await windowOf(t, await openBrowser(t), scene, 'maelle');
    await page.goto(`${vigie.url}/kerlann/settings/members`);
    clock.advance(16 * MINUTE);
    await page.getByRole('button', { name: 'Inviter Yann Kervadec' }).click();
    const dialog = page.getByRole('dialog');
    const [tab] = await Promise.all([
      page.waitForEvent('popup'),
      dialog.getByRole('link', { name: 'Redemander un lien' }).click(),
    ]);
    await tab.waitForURL(/sign-in\?next=%2Fkerlann%2Fsettings%2Fmembers/u);
    const house = { id: cast.maelle.organisationId, slug: 'kerlann' };
    const link = await linkFor(db, house, vigie.url, cast.maelle.id, clock.now());
    await tab.goto(`${link}?next=%2Fkerlann%2Flate`);
    await tab.getByRole('button', { name: 'Se connecter' }).click();
    await tab.waitForURL(`${vigie.url}/kerlann/late`);
    await dialog.getByRole('button', { name: 'C’est fait, continuer' }).click();
    await page.getByLabel(/Donnez ce lien en main propre/u).waitFor();
    // Another's page is never where one comes back to.
    for (const next of [
      'https://evil.example/kerlann',
      '//evil.example',
      '/argentique',
      '/kerlann/../argentique',
    ]) {
      const again = await linkFor(db, house, vigie.url, cast.maelle.id, clock.now());
      await tab.goto(`${again}?next=${encodeURIComponent(next)}`);
      await tab.getByRole('button', { name: 'Se connecter' }).click();
      await tab.waitForURL(`${vigie.url}/kerlann`);
    }
  },
);
