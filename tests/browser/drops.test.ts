import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

import type { BrowserContextOptions, Page } from 'playwright-core';

import { violations } from '../harness/axe.ts';
import { cannotBrowse, openBrowser, windowOf } from '../harness/browser.ts';
import { askFor, type Desk, permitDesk } from '../harness/drops.ts';

const PHONE = { width: 390, height: 844 };
const file = (name: string, content: string) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(content),
});

/** Where pictures of the pages are put, to be looked at. */
const pictures = process.env['VIGIE_PICTURES'];
const picture = async (page: Page, name: string): Promise<void> => {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`), fullPage: true });
  }
  await page.emulateMedia({ colorScheme: 'light' });
};

/** Somebody outside, on their phone. */
const phone = async (t: TestContext, options: BrowserContextOptions = {}): Promise<Page> => {
  const browser = await openBrowser(t);
  const context = await browser.newContext({
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    viewport: PHONE,
    hasTouch: true,
    ...options,
  });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  t.after(() => assert.deepEqual(wrong, []));
  return page;
};

const shownWell = async (page: Page, where: string): Promise<void> => {
  assert.deepEqual(await violations(page), [], where);
  const wide = await page.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  );
  assert.equal(wide, false, `${where} is no wider than the phone`);
};

const came = async ({ armelle, path }: Desk): Promise<readonly string[]> => {
  const { body } = await armelle.ask<{
    drops: { deposits: { name: string | null; files: { name: string }[] }[] }[];
  }>('GET', `${path}/drops`);
  return body.drops.flatMap(({ deposits }) =>
    deposits.flatMap((one) => one.files.map((each) => `${one.name}: ${each.name}`)),
  );
};

const skip = cannotBrowse();

test(
  'somebody brings files from a phone without JavaScript, and keeps their receipt',
  { skip },
  async (t) => {
    const desk = await permitDesk(t);
    const link = await askFor(desk, desk.armelle, { note: 'En PDF si possible, à l’échelle.\nMerci !' });
    const page = await phone(t, { javaScriptEnabled: false });
    await page.goto(link.url);
    assert.match(await page.locator('main').innerText(), /Commune de Kerlann vous demande des fichiers/u);
    assert.ok(!(await page.content()).includes('Riou'), 'nothing of the ticket');
    await page.getByLabel('Votre nom').fill('Odile Riou');
    await page.getByLabel('Un message').fill('Bonjour.');
    await page
      .getByLabel('Vos fichiers', { exact: true })
      .setInputFiles([file('façade.txt', 'Une façade.'), file('coupe.txt', 'Une coupe.')]);
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.getByRole('heading', { name: /reçu/u }).waitFor();
    const receipt = await page.locator('pre').innerText();
    assert.match(receipt, /De \/ From: Odile Riou/u);
    assert.deepEqual(await came(desk), ['Odile Riou: façade.txt', 'Odile Riou: coupe.txt']);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /Télécharger/u }).click(),
    ]);
    assert.equal(readFileSync(await download.path(), 'utf8').trim(), receipt.trim());
    // What is refused comes back with what was typed.
    await page.goto(link.url);
    await page.getByLabel('Votre nom').fill('Odile Riou');
    await page
      .getByLabel('Vos fichiers', { exact: true })
      .setInputFiles([{ name: 'a.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') }]);
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.getByRole('alert').waitFor();
    assert.equal(await page.getByLabel('Votre nom').inputValue(), 'Odile Riou');
  },
);

test(
  'with JavaScript they see how far it is, and after a reload it goes on where it was',
  { skip },
  async (t) => {
    const desk = await permitDesk(t);
    const link = await askFor(desk, desk.armelle, { note: 'En PDF si possible, à l’échelle.' });
    const page = await phone(t);
    await page.goto(link.url);
    await page.locator('html[data-scripted]').waitFor({ state: 'attached' });
    await shownWell(page, 'the page');
    await picture(page, 'drop-phone');
    // The line is lost while the second file is on its way.
    await page.route('**/uploads/*', async (route) => {
      if (route.request().method() === 'PATCH' && route.request().postDataBuffer()?.includes('coupe'))
        await route.abort('connectionreset');
      else await route.continue();
    });
    const both = [file('façade.txt', 'Une façade.'), file('coupe.txt', 'Une coupe.')];
    await page.getByLabel('Votre nom').fill('Odile Riou');
    await page.getByLabel('Vos fichiers', { exact: true }).setInputFiles(both);
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.getByText('arrivé', { exact: true }).waitFor();
    await shownWell(page, 'while it is sent');
    await picture(page, 'drop-sending-phone');
    await page.unroute('**/uploads/*');
    await page.reload();
    await page.getByRole('heading', { name: 'Un envoi est commencé' }).waitFor();
    await page.getByText('1 sur 1 fichier').waitFor();
    await shownWell(page, 'after a reload');
    await picture(page, 'drop-resumed-phone');
    await page.locator('#files').setInputFiles([file('coupe.txt', 'Une coupe.')]);
    await page.getByText('2 sur 2 fichiers').waitFor();
    await page.getByRole('button', { name: 'Terminer' }).click();
    await page.getByRole('heading', { name: /Voici votre reçu/u }).waitFor();
    assert.deepEqual((await came(desk)).toSorted(), ['Odile Riou: coupe.txt', 'Odile Riou: façade.txt']);
    await shownWell(page, 'the receipt');
    await picture(page, 'drop-receipt-phone');
    await page.goto(link.url);
    await page.getByRole('button', { name: 'Envoyer' }).waitFor();
    const kept = await page.evaluate('JSON.stringify(localStorage)');
    assert.ok(!String(kept).includes(link.secret), 'the browser keeps nothing that lets in');
    // In another language, and once it has ended.
    const english = await phone(t, { locale: 'en-GB' });
    await english.goto(link.url);
    assert.match(await english.locator('main').innerText(), /asks you for files/u);
    await desk.armelle.ask('DELETE', `${desk.path}/drops/${link.id}`);
    await english.reload();
    assert.match(await english.locator('main').innerText(), /leads nowhere/u);
    await shownWell(english, 'a link that has ended');
    await picture(english, 'drop-gone-phone');
  },
);

test(
  'whoever instructs asks for files in few gestures, sees what came and states what was handed over',
  { skip },
  async (t) => {
    const desk = await permitDesk(t);
    const browser = await openBrowser(t);
    const page = await windowOf(t, browser, desk.town, 'armelle');
    await page.goto(`${desk.town.vigie.url}/kerlann/permis/${desk.reference}`);
    await page.getByText('Demander des fichiers').click();
    await page.getByLabel('Ce que vous demandez').fill('Plans de l’extension');
    await page.getByRole('button', { name: 'Faire le lien' }).click();
    const url = await page.getByLabel(/Copiez ce lien/u).inputValue();
    assert.match(url, /\/kerlann\/drop\/[\w-]{43}$/u);
    const outside = await phone(t);
    await outside.goto(url);
    await outside.locator('html[data-scripted]').waitFor({ state: 'attached' });
    await outside.getByLabel('Votre nom').fill('Odile Riou');
    await outside.getByLabel('Un message').fill('Voici la façade.');
    await outside
      .getByLabel('Vos fichiers', { exact: true })
      .setInputFiles([file('façade.txt', 'Une façade.')]);
    await outside.getByRole('button', { name: 'Envoyer' }).click();
    await outside.getByRole('heading', { name: /Voici votre reçu/u }).waitFor();
    await desk.town.vigie.settled();
    await page.reload();
    await page.getByText('Voici la façade.').waitFor();
    await page.getByText('reçu de Odile Riou').waitFor();
    await page.getByText('Faire un reçu').click();
    await page.getByLabel('Nom de la personne').fill('Étude Kervella');
    await page.getByRole('button', { name: 'Signer le reçu' }).click();
    await page.getByText('remis à Étude Kervella').waitFor();
    assert.deepEqual(await violations(page), []);
    await page.setViewportSize(PHONE);
    assert.deepEqual(await violations(page), []);
    await picture(page, 'drops-ticket-phone');
    await page.setViewportSize({ width: 1280, height: 900 });
    await picture(page, 'drops-ticket');
    await page.getByRole('button', { name: 'Fermer ce lien' }).click();
    await page.getByText('terminé').waitFor();
  },
);
