import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test, type TestContext } from 'node:test';

import type { CDPSession, Page } from 'playwright-core';
import sharp from 'sharp';

import { violations } from '../harness/axe.ts';
import { cannotBrowse, openBrowser, windowOf } from '../harness/browser.ts';
import { stage, type Stage } from '../harness/vigie.ts';

const skip = cannotBrowse();
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

interface Picture {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const pictures: Picture[] = [];
before(async () => {
  for (let nth = 1; nth <= 40; nth++) {
    const raw = { width: 240, height: 160, channels: 3 } as const;
    const buffer = await sharp(randomBytes(240 * 160 * 3), { raw })
      .jpeg({ quality: 90 })
      .toBuffer();
    pictures.push({ name: `scan-${String(nth).padStart(2, '0')}.jpg`, mimeType: 'image/jpeg', buffer });
  }
});

/** An order at the lab, and the page on which the bench delivers its scans. */
const delivery = async (
  t: TestContext,
  options = {},
): Promise<{ readonly set: Stage; readonly page: Page; readonly url: string }> => {
  const set = await stage(t, { vault: true });
  const camille = await set.as('camille');
  const opened = await camille.ask('POST', '/argentique/atelier/tickets', {
    fields: {
      summary: 'Mariage Lefort',
      promised: '2026-03-10T17:00:00+01:00',
      contact: { name: 'Jeanne Lefort', phone: '0612345678' },
    },
  });
  assert.equal(opened.status, 201, JSON.stringify(opened.body));
  const url = `${set.vigie.url}/argentique/atelier/${opened.body.reference}`;
  const page = await windowOf(t, await openBrowser(t), set, 'theo', options);
  await page.goto(url);
  return { set, page, url };
};

const lines = new WeakMap<Page, CDPSession>();

/** How many bytes leave this page in a second; 0 is no line at all. */
const slowly = async (page: Page, uploadThroughput: number): Promise<void> => {
  const line = lines.get(page) ?? (await page.context().newCDPSession(page));
  lines.set(page, line);
  await line.send('Network.enable');
  const conditions = {
    offline: uploadThroughput === 0,
    latency: 5,
    downloadThroughput: -1,
    uploadThroughput,
  };
  await line.send('Network.emulateNetworkConditions', conditions);
};

const adding = async (page: Page): Promise<void> => {
  await page.locator('.adding summary').click();
};

const shownPictures = (page: Page) => page.locator('.pictures img');

/** Waits until the server has looked at everything, and the page has heard of it. */
const seen = async (page: Page, count: number): Promise<void> => {
  await page
    .locator('.pictures li')
    .nth(count - 1)
    .waitFor({ timeout: 60_000 });
  assert.equal(await shownPictures(page).count(), count);
};

test(
  'forty scans are delivered from a phone; the line is cut in the middle, and they go on by themselves',
  { skip },
  async (t) => {
    const { set, page } = await delivery(t, PHONE);
    await adding(page);
    assert.deepEqual(await violations(page), []);
    await slowly(page, 400_000);
    await page.locator('#add-scans-files').setInputFiles(pictures);
    await page.getByText(/^(?:1[0-9]|[5-9]) sur 40 fichiers$/u).waitFor({ timeout: 60_000 });
    await slowly(page, 0);
    await page.getByText('Pas de réseau.').waitFor();
    assert.deepEqual(await violations(page), []);
    await page.waitForTimeout(500);
    await slowly(page, 4_000_000);
    await page.getByText('40 fichiers ajoutés').waitFor({ timeout: 90_000 });
    await set.vigie.settled();
    await seen(page, 40);
    assert.deepEqual(await violations(page), []);
    const { body } = await (
      await set.as('nadia')
    ).ask<{ files: { name: string; size: number }[] }>('GET', '/argentique/atelier/tickets/A-0001/files');
    assert.deepEqual(
      body.files
        .map(({ name, size }) => [name, size])
        .toSorted(([a], [b]) => String(a).localeCompare(String(b))),
      pictures.map(({ name, buffer }) => [name, buffer.length]),
    );
  },
);

test(
  'pictures are seen large, one after the other, by keyboard; taken out, and back in',
  { skip },
  async (t) => {
    const { set, page } = await delivery(t);
    await adding(page);
    await page.locator('#add-scans-files').setInputFiles(pictures.slice(0, 3));
    await page.getByText('3 fichiers ajoutés').waitFor();
    await set.vigie.settled();
    await seen(page, 3);
    await page.getByLabel('Voir scan-01.jpg en grand').press('Enter');
    const large = page.locator('dialog img');
    await large.waitFor();
    assert.equal(await large.getAttribute('alt'), 'scan-01.jpg');
    await page.keyboard.press('ArrowRight');
    await page.locator('dialog img[alt="scan-02.jpg"]').waitFor();
    // What is no picture, or did not come, is refused.
    await page
      .locator('dialog img')
      .evaluate((img: unknown) => (img as { decode(): Promise<void> }).decode());
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Retirer scan-02.jpg' }).click();
    await page.getByText('scan-02.jpg est retiré').waitFor();
    await page.locator('.pictures li').nth(2).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Annuler' }).click();
    await seen(page, 3);
    const href = await page.getByRole('link', { name: /Tout télécharger/u }).getAttribute('href');
    const zip = await page.request.get(new URL(href ?? '', set.vigie.url).href);
    assert.equal(zip.status(), 200);
    assert.equal((await zip.body()).subarray(0, 2).toString(), 'PK');
  },
);

test('files are paused, gone on with and taken out, one or all', { skip }, async (t) => {
  const { page } = await delivery(t, PHONE);
  await adding(page);
  await slowly(page, 60_000);
  await page.locator('#add-scans-files').setInputFiles(pictures.slice(0, 6));
  await page.getByRole('button', { name: 'Mettre en pause', exact: true }).click();
  await page.getByText('en pause').first().waitFor();
  const before = await page.locator('.overall .soft').first().textContent();
  await page.waitForTimeout(700);
  assert.equal(await page.locator('.overall .soft').first().textContent(), before, 'nothing moves');
  await page.getByRole('button', { name: 'Retirer scan-06.jpg' }).click();
  await page.getByText('scan-06.jpg est retiré').waitFor();
  assert.equal(await page.locator('.list li').count(), 5);
  await page.getByRole('button', { name: 'Annuler' }).click();
  assert.equal(await page.locator('.list li').count(), 6);
  await page.getByRole('button', { name: 'Retirer scan-05.jpg' }).click();
  await slowly(page, -1);
  await page.getByRole('button', { name: 'Reprendre', exact: true }).click();
  await page.getByText('5 fichiers ajoutés').waitFor({ timeout: 30_000 });
});

test(
  'a page that is drawn anew has what arrived, and says which files to choose again',
  { skip },
  async (t) => {
    const { page } = await delivery(t, PHONE);
    await adding(page);
    const large = {
      name: 'grand.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.concat([pictures[0]?.buffer ?? Buffer.alloc(0), randomBytes(3_000_000)]),
    };
    const small = pictures.slice(0, 2);
    await slowly(page, 300_000);
    const folder = mkdtempSync(join(tmpdir(), 'vigie-chosen-'));
    t.after(() => rmSync(folder, { recursive: true }));
    for (const { name, buffer } of [...small, large]) writeFileSync(join(folder, name), buffer);
    const paths = [...small, large].map(({ name }) => join(folder, name));
    await page.locator('#add-scans-files').setInputFiles(paths);
    await page.getByText('2 sur 3 fichiers').waitFor({ timeout: 30_000 });
    await page.waitForTimeout(2500);
    await page.reload();
    await adding(page);
    await page.getByText('Un envoi a été interrompu').waitFor();
    await page.getByText('2 sur 2 fichiers').waitFor();
    assert.equal(await page.locator('.chooser .notice li').count(), 1);
    assert.match((await page.locator('.chooser .notice li').textContent()) ?? '', /grand\.jpg/u);
    const offsets: number[] = [];
    page.on('request', (request) => {
      if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']));
    });
    await page.locator('#add-scans-files').setInputFiles(paths.slice(2));
    await page.getByText('3 fichiers ajoutés').waitFor({ timeout: 60_000 });
    assert.ok((offsets[0] ?? 0) > 100_000, `what had come was not sent again: from ${offsets[0]}`);
  },
);

test('a folder is taken whole, and its files keep their way', { skip }, async (t) => {
  const { set, page } = await delivery(t);
  const folder = mkdtempSync(join(tmpdir(), 'vigie-folder-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'Mariage', 'église'), { recursive: true });
  for (const [at, path] of ['Mariage/1.jpg', 'Mariage/église/2.jpg', 'Mariage/église/3.jpg'].entries())
    writeFileSync(join(folder, path), pictures[at]?.buffer ?? '');
  writeFileSync(join(folder, 'Mariage', '.DS_Store'), 'x');
  await adding(page);
  const box = await page.locator('.adding .chooser').boundingBox();
  assert.ok(box);
  const hand = await page.context().newCDPSession(page);
  const data = { items: [], files: [join(folder, 'Mariage')], dragOperationsMask: 1 };
  const where = { x: box.x + 40, y: box.y + box.height / 2, data };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await hand.send('Input.dispatchDragEvent', { type, ...where });
  await page.getByText('3 fichiers ajoutés').waitFor({ timeout: 30_000 });
  const { body } = await (
    await set.as('nadia')
  ).ask<{ files: { name: string; folder: string }[] }>('GET', '/argentique/atelier/tickets/A-0001/files');
  assert.deepEqual(
    body.files.map((file) => `${file.folder}/${file.name}`).toSorted((a, b) => a.localeCompare(b)),
    ['Mariage/1.jpg', 'Mariage/église/2.jpg', 'Mariage/église/3.jpg'],
  );
});

test(
  'a resident’s photos go with the form that opens their request, which waits for them',
  { skip },
  async (t) => {
    const set = await stage(t, { vault: true });
    const page = await windowOf(t, await openBrowser(t), set, 'maelle', PHONE);
    await page.goto(`${set.vigie.url}/kerlann/voirie/new`);
    await page.locator('#new-kind').selectOption('pothole');
    await page.getByLabel('Latitude').fill('47.6');
    await page.getByLabel('Longitude').fill('-2.7');
    assert.deepEqual(await violations(page), []);
    await slowly(page, 150_000);
    await page.locator('#new-photos').setInputFiles(pictures.slice(0, 8));
    await page.getByText('6 fichiers au plus : les 6 premiers sont pris').waitFor();
    await page.getByRole('button', { name: 'Ouvrir' }).click();
    await page.getByText('L’envoi finit, puis la fiche s’enregistre').waitFor();
    await page.waitForURL(/V-2026-0001/u, { timeout: 60_000 });
    await set.vigie.settled();
    await seen(page, 6);
  },
);

test('what the server refuses is said at the file, and the others go on', { skip }, async (t) => {
  const set = await stage(t, { vault: true, settings: { largestFile: 60_000 } });
  const page = await windowOf(t, await openBrowser(t), set, 'maelle');
  await page.goto(`${set.vigie.url}/kerlann/voirie/new`);
  const large = { name: 'lourd.jpg', mimeType: 'image/jpeg', buffer: randomBytes(70_000) };
  const small = { name: 'léger.jpg', mimeType: 'image/jpeg', buffer: randomBytes(10_000) };
  await page.locator('#new-photos').setInputFiles([large, small]);
  await page.getByText('1 sur 2 fichiers').waitFor();
  await page.getByText('Un fichier est plus grand que ce qui est pris ici').waitFor();
  await page.getByText('arrivé', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Ouvrir' }).click();
  await page.getByText('Un fichier n’est pas arrivé').waitFor();
});

test('without JavaScript, a plain form takes files, and says what it refused', { skip }, async (t) => {
  const set = await stage(t, { vault: true, settings: { largestFile: 200_000 } });
  const page = await windowOf(t, await openBrowser(t), set, 'maelle', { ...PHONE, javaScriptEnabled: false });
  await page.goto(`${set.vigie.url}/kerlann/voirie/new`);
  await page.locator('#new-kind').selectOption('pothole');
  await page.locator('#new-place-plain').fill('47.6, -2.7 rue des Lilas');
  await page.locator('#new-photos-plain').setInputFiles(pictures.slice(0, 2));
  await page.getByRole('button', { name: 'Ouvrir' }).click();
  await page.waitForURL(/V-2026-0001/u);
  await set.vigie.settled();
  await page.reload();
  assert.equal(await shownPictures(page).count(), 2);
  await adding(page);
  await page.locator('#add-photos-files-plain').setInputFiles(pictures.slice(2, 4));
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await set.vigie.settled();
  await page.reload();
  assert.equal(await shownPictures(page).count(), 4);
  await adding(page);
  const large = { name: 'lourd.jpg', mimeType: 'image/jpeg', buffer: randomBytes(300_000) };
  await page.locator('#add-photos-files-plain').setInputFiles([large]);
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await page.getByText('Un fichier est plus grand que ce qui est pris ici').waitFor();
  assert.equal(await shownPictures(page).count(), 4);
  await page.getByRole('button', { name: 'Retirer scan-01.jpg' }).click();
  await page.waitForURL(/V-2026-0001$/u);
  assert.equal(await shownPictures(page).count(), 3);
});
