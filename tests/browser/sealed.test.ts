import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

import type { Browser, Page } from 'playwright-core';

import { openBlob } from '../../src/vault/index.ts';
import { violations } from '../harness/axe.ts';
import { cannotBrowse, openBrowser, windowOf } from '../harness/browser.ts';
import type { Name } from '../harness/cast.ts';
import { temporaryFolder } from '../harness/cluster.ts';
import { type Device, deviceOf, newWindow } from '../harness/device.ts';
import { invitationBy } from '../harness/passkeys.ts';
import { stage, type Stage } from '../harness/vigie.ts';

const SPACE = { subject: 'Dosages lapin, série 12', house: 'Laboratoire Garenne', until: '2026-12-31' };
const AGE = '/usr/bin/age';

/** The hospital, with a hand-over that Briac opened. @returns the address of its page of sealed files */
const hospital = async (t: TestContext) => {
  const scene = await stage(t, { also: ['rade', 'garenne'], vault: true });
  const briac = await scene.as('briac', 'strong');
  const space = await briac.ask('POST', '/rade/echange/tickets', { fields: SPACE });
  const held = await briac.ask('POST', '/rade/remise/tickets', {
    fields: { asked: 'Dosage de la plaque 1', direction: 'both' },
    holder: space.body.reference,
  });
  assert.equal(held.status, 201, JSON.stringify(held.body));
  const url = `${scene.vigie.url}/rade`;
  return {
    scene,
    url,
    page: `${url}/remise/${held.body.reference}/sealed`,
    ticket: `${url}/remise/${held.body.reference}`,
  };
};

/** Somebody at their telephone, who makes a passkey by their invitation. */
const enrolled = async (
  t: TestContext,
  browser: Browser,
  scene: Stage,
  name: Name,
  prf = true,
): Promise<{ page: Page; device: Device }> => {
  const page = await newWindow(t, browser, scene);
  const device = await deviceOf(page, false, prf);
  const token = await invitationBy(scene, await scene.as('solenn', 'strong'), name);
  await page.goto(`${scene.vigie.url}/rade/invitation/${token}`);
  await page.getByLabel('Nom de cette clé').fill('Téléphone');
  await page.getByRole('button', { name: 'Faire ma clé d’accès' }).click();
  await page.waitForURL(`${scene.vigie.url}/rade`);
  return { page, device };
};

const makeKey = async (page: Page, url: string): Promise<void> => {
  await page.goto(`${url}/account/sealed`);
  await page.getByRole('button', { name: 'Faire ma clé' }).click();
  await page.getByText('Votre clé est faite.').waitFor();
};

/** The escrow, as an administrator prints it. @returns its secret half, from the paper */
const makeEscrow = async (page: Page, url: string): Promise<string> => {
  await page.goto(`${url}/settings/sealed`);
  await page.getByRole('button', { name: 'Faire un séquestre' }).click();
  const paper = (await page.locator('.secret').innerText()).replaceAll(/\s/gu, '');
  await page.getByLabel(/six derniers/u).fill('AAAAAA');
  await page.getByRole('button', { name: /Il est sur le papier/u }).click();
  await page.getByText('Ce ne sont pas les six derniers').waitFor();
  await page.getByLabel(/six derniers/u).fill(paper.slice(-6).toLowerCase());
  await page.getByRole('button', { name: /Il est sur le papier/u }).click();
  await page.getByText('Le séquestre est en place.').waitFor();
  return paper;
};

const sendTo = async (
  page: Page,
  at: string,
  person: string,
  name: string,
  content: string,
): Promise<void> => {
  await page.goto(at);
  const form = page.getByRole('region', { name: 'Envoyer scellé' });
  await form.getByRole('checkbox', { name: person }).check();
  await form
    .getByLabel('Fichiers')
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });
  await form.getByRole('button', { name: 'Sceller et envoyer' }).click();
  await page.getByText(/fichier scellé est arrivé/u).waitFor();
};

/** What the recipient gets, as their browser saves it. */
const save = async (page: Page): Promise<{ name: string; content: string }> => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /^Enregistrer/u }).click(),
  ]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path(), 'utf8') };
};

/** Where these words stand in the database, table by table. */
const tablesWith = async ({ db }: Stage, word: string): Promise<readonly string[]> => {
  const tables = await db.owner<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await db.owner`select 1 from ${db.owner(name)} t where t::text like ${`%${word}%`} limit 1`;
    if (rows.length > 0) found.push(name);
  }
  return found;
};

/** What the server reads of everything it keeps, with all its keys. */
const blobs = async ({ vigie, db, cast }: Stage): Promise<readonly Buffer[]> => {
  const { organisationId } = cast.briac;
  const rows = await db.owner<
    { id: string }[]
  >`select id from blob where organisation_id = ${organisationId}`;
  return Promise.all(
    rows.map(async ({ id }) => {
      const { size, read } = await openBlob(vigie.vault, organisationId, id);
      return Buffer.concat(await Array.fromAsync(read(0, size)));
    }),
  );
};

test(
  'a file is sealed to a colleague, who opens it by passkey; the server never has a word of it, the printed escrow opens it with the ordinary age',
  { skip: cannotBrowse() || (!existsSync(AGE) && 'age is not installed') },
  async (t) => {
    const { scene, url, page: at, ticket } = await hospital(t);
    const browser = await openBrowser(t);
    const solenn = await windowOf(t, browser, scene, 'solenn');
    const paper = await makeEscrow(solenn, url);
    assert.match(paper, /^AGE-SECRET-KEY-1[0-9A-Z]{58}$/u);

    const { page: tugdual } = await enrolled(t, browser, scene, 'tugdual');
    await makeKey(tugdual, url);
    assert.deepEqual(await violations(tugdual), []);
    const [row] = await scene.db.owner<{ how: string }[]>`select how from sealed_lock`;
    assert.equal(row?.how, 'passkey');

    const briac = await windowOf(t, browser, scene, 'briac', { viewport: { width: 390, height: 844 } });
    const canary = `canari-${'x'.repeat(20)}-lapin-${Date.now()}`;
    const name = 'Été, plaque n° 1 — canarifichier.txt';
    await sendTo(briac, at, 'Tugdual Le Meur', name, `${canary}\n`.repeat(5000));
    await scene.vigie.settled();
    await briac.goto(ticket);
    await briac.getByText('Scellé : ni antivirus, ni garde n’ont pu regarder dedans.').waitFor();

    assert.deepEqual(await tablesWith(scene, canary), []);
    assert.deepEqual(await tablesWith(scene, 'canarifichier'), []);
    assert.deepEqual(await tablesWith(scene, 'AGE-SECRET'), []);
    const kept = await blobs(scene);
    assert.equal(kept.length, 1);
    for (const blob of kept) {
      assert.equal(blob.includes(canary), false);
      assert.equal(blob.includes('canarifichier'), false);
    }

    await tugdual.goto(at);
    await tugdual.getByRole('button', { name: /^Ouvrir scelle-/u }).click();
    await tugdual.getByRole('button', { name: 'Ouvrir avec « Téléphone »' }).click();
    await tugdual.getByText(name).first().waitFor();
    assert.deepEqual(await violations(tugdual), []);
    assert.deepEqual(await save(tugdual), { name, content: `${canary}\n`.repeat(5000) });
    await tugdual.getByRole('button', { name: 'Vérifier ce fichier' }).click();
    await tugdual.getByText('Le garde n’y voit pas de données de santé.').waitFor();
    assert.equal((await blobs(scene)).length, 1);

    // Whoever it was not sealed to opens nothing, the sender among them.
    await briac.goto(at);
    await briac.getByRole('button', { name: /^Ouvrir scelle-/u }).click();
    await briac.getByText('Faites d’abord votre clé d’échange.').waitFor();

    const folder = temporaryFolder('vigie-escrow-');
    writeFileSync(join(folder, 'escrow.txt'), `${paper}\n`);
    writeFileSync(join(folder, 'scelle.tar.age'), kept[0] ?? Buffer.alloc(0));
    execFileSync('sh', ['-c', 'age -d -i escrow.txt scelle.tar.age | tar x'], { cwd: folder });
    assert.equal(readFileSync(join(folder, name), 'utf8'), `${canary}\n`.repeat(5000));
    // And the key of somebody who left, with what was sealed to it.
    const [left] = await scene.db.owner<{ escrowed: Buffer }[]>`select escrowed from sealed_key`;
    writeFileSync(join(folder, 'key.age'), left?.escrowed ?? Buffer.alloc(0));
    const opened = execFileSync(
      'sh',
      ['-c', 'age -d -i escrow.txt key.age > key.txt && age -d -i key.txt scelle.tar.age | tar t'],
      { cwd: folder, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } },
    );
    assert.match(opened, /canarifichier/u);

    // Another key is announced before anything is sealed to it.
    await tugdual.goto(`${url}/account/sealed`);
    await tugdual.getByText('Faire une autre clé').first().click();
    await tugdual.getByRole('button', { name: 'Faire une autre clé' }).click();
    await tugdual.getByText('Votre clé est faite.').waitFor();
    await briac.goto(at);
    const alert = briac.getByRole('alert').first();
    await alert.getByText('La clé de Tugdual Le Meur a changé').waitFor();
    const box = briac.getByRole('region', { name: 'Envoyer scellé' }).getByRole('checkbox');
    assert.equal(await box.isDisabled(), true);
    assert.deepEqual(await violations(briac), []);
    await alert.getByRole('button', { name: /J’ai comparé/u }).click();
    await box.check();
    // What was sealed to the former key still opens, by the former key.
    await tugdual.goto(at);
    await tugdual.getByRole('button', { name: /^Ouvrir scelle-/u }).click();
    await tugdual.getByRole('button', { name: 'Ouvrir avec « Téléphone »' }).click();
    await tugdual.getByText('Ouvrez aussi celle d’avant.').waitFor();
    await tugdual.getByRole('button', { name: 'Ouvrir avec « Téléphone »' }).click();
    await tugdual.getByText(name).first().waitFor();
  },
);

test(
  'where a passkey keeps no secret the page says so, and a passphrase closes and opens the key instead',
  { skip: cannotBrowse() },
  async (t) => {
    const { scene, url, page: at } = await hospital(t);
    const browser = await openBrowser(t);
    const { page: tugdual } = await enrolled(t, browser, scene, 'tugdual', false);
    await tugdual.goto(`${url}/account/sealed`);
    await tugdual.getByRole('button', { name: 'Faire ma clé' }).click();
    await tugdual.getByText(/ne garde pas de secret \(PRF\)/u).waitFor();
    await tugdual.getByRole('button', { name: 'Faire ma clé' }).click();
    await tugdual.getByRole('alert').getByText('Au moins 16 caractères').waitFor();
    await tugdual.getByRole('button', { name: 'En proposer une' }).click();
    const phrase = await tugdual.getByLabel('Phrase de passe', { exact: true }).inputValue();
    assert.match(phrase, /^(?:[a-z2-9]{4}-){5}[a-z2-9]{4}$/u);
    assert.equal(await tugdual.getByRole('button', { name: 'Faire ma clé' }).isDisabled(), true);
    await tugdual.getByLabel('Je l’ai notée').check();
    await tugdual.getByRole('button', { name: 'Faire ma clé' }).click();
    await tugdual.getByText('Votre clé est faite.').waitFor();

    const briac = await windowOf(t, browser, scene, 'briac');
    await sendTo(briac, at, 'Tugdual Le Meur', 'outil.exe', 'MZ of a program');
    await scene.vigie.settled();
    await tugdual.goto(at);
    await tugdual.getByRole('button', { name: /^Ouvrir scelle-/u }).click();
    const dialog = tugdual.getByRole('dialog');
    await dialog.getByLabel('Phrase de passe').fill('another passphrase altogether');
    await dialog.getByRole('button', { name: 'Ouvrir', exact: true }).click();
    await dialog.getByText('Cette phrase de passe n’ouvre pas.').waitFor();
    await dialog.getByLabel('Phrase de passe').fill(phrase);
    await dialog.getByRole('button', { name: 'Ouvrir', exact: true }).click();
    await tugdual.getByText(/Ce genre de fichier peut exécuter un programme/u).waitFor();
    assert.deepEqual(await save(tugdual), { name: 'outil.exe', content: 'MZ of a program' });
  },
);

test(
  'somebody without an account brings a file by a link, sealed in their browser; a link whose keys are others is refused',
  { skip: cannotBrowse() },
  async (t) => {
    const { scene, url, page: at } = await hospital(t);
    const browser = await openBrowser(t);
    const { page: briac } = await enrolled(t, browser, scene, 'briac');
    await makeKey(briac, url);
    await briac.goto(at);
    const asking = briac.getByRole('region', { name: 'Se faire apporter des fichiers scellés' });
    await asking.getByRole('checkbox', { name: 'Briac Guéguen' }).check();
    await asking.getByLabel('Ce que vous attendez').fill('Le bilan du laboratoire');
    await asking.getByRole('button', { name: 'Faire le lien' }).click();
    const link = await asking.getByLabel(/Donnez ce lien entier/u).inputValue();
    assert.match(link, /\/rade\/sealed\/[\w-]{43}#[0-9a-f]{64}$/u);

    const stranger = await newWindow(t, browser, scene);
    await stranger.goto(`${link.split('#')[0]}#${'0'.repeat(64)}`);
    await stranger.getByText(/Les clés ne sont pas celles du lien/u).waitFor();
    assert.equal(await stranger.getByLabel('Fichiers').count(), 0);

    const bringer = await newWindow(t, browser, scene);
    await bringer.goto(link);
    await bringer.getByText('Le lien porte l’empreinte de ces clés, et elle correspond.').waitFor();
    await bringer.getByText(/Ni antivirus, ni aperçu, ni contrôle/u).waitFor();
    assert.deepEqual(await violations(bringer), []);
    const canary = `bilan-${Date.now()}-sealed-by-a-stranger`;
    await bringer.getByLabel('Qui êtes-vous').fill('Laboratoire Garenne');
    await bringer
      .getByLabel('Fichiers')
      .setInputFiles({ name: 'bilan.csv', mimeType: 'text/csv', buffer: Buffer.from(canary) });
    await bringer.getByRole('button', { name: 'Sceller et envoyer' }).click();
    await bringer.getByText('C’est arrivé, scellé.').waitFor();
    await bringer.getByRole('link', { name: 'Garder le reçu' }).waitFor();
    await scene.vigie.settled();
    assert.deepEqual(await tablesWith(scene, canary), []);
    for (const blob of await blobs(scene)) assert.equal(blob.includes(canary), false);

    await briac.goto(at);
    await briac.getByRole('button', { name: /^Ouvrir scelle-/u }).click();
    await briac.getByRole('button', { name: 'Ouvrir avec « Téléphone »' }).click();
    await briac.getByText('bilan.csv').first().waitFor();
    assert.equal((await save(briac)).content, canary);

    // Without what follows the # the bringer is asked to compare by telephone first.
    await stranger.goto('about:blank');
    await stranger.goto(link.split('#')[0] ?? '');
    await stranger.getByText(/Ce lien est arrivé sans son empreinte/u).waitFor();
    assert.equal(await stranger.getByLabel('Fichiers').count(), 0);
    await stranger.getByLabel('J’ai appelé').check();
    await stranger.getByLabel('Fichiers').waitFor();
  },
);
