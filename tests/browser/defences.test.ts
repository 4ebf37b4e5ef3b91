import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cannotBrowse, openBrowser, windowOf } from '../harness/browser.ts';
import { takeFilm, takeOrder, TUESDAY } from '../harness/lab.ts';
import { stage } from '../harness/vigie.ts';

const PAGES = [
  '',
  '/atelier',
  '/travail/list',
  '/late',
  '/atelier/A-0001',
  '/atelier/new',
  '/search?q=portra',
  '/settings/sites',
  '/settings/members',
  '/settings/keys',
  '/settings/organisation',
];

test(
  'the pages work under their policy: nothing of them breaks it, drawn by the server or gone to by a link',
  { skip: cannotBrowse() },
  async (t) => {
    const scene = await stage(t, { at: TUESDAY });
    const camille = await scene.as('camille');
    await takeOrder(camille, { summary: '2 films' });
    await takeFilm(camille, 'A-0001', 'c41', 'Portra 400');
    const browser = await openBrowser(t);
    const page = await windowOf(t, browser, scene, 'nadia');
    const broken: string[] = [];
    await page.exposeFunction('vigieBroken', (line: string) => broken.push(line));
    await page.addInitScript(`document.addEventListener('securitypolicyviolation', (event) =>
      globalThis.vigieBroken(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample))`);
    page.on('console', (message) => {
      if (/content security policy|refused to/iu.test(message.text())) broken.push(message.text());
    });
    for (const path of PAGES) {
      await page.goto(`${scene.vigie.url}/argentique${path}`);
      await page.locator('h1').first().waitFor();
    }
    // A page gone to in the browser is announced by Kit's hidden element.
    await page.goto(`${scene.vigie.url}/argentique`);
    await page.locator('a[href="/argentique/atelier"]').first().click();
    await page.waitForURL('**/argentique/atelier');
    const announcer = page.locator('#svelte-announcer');
    await announcer.waitFor({ state: 'attached' });
    assert.equal(await announcer.getAttribute('style'), null);
    const box = await announcer.boundingBox();
    assert.ok(box === null || (box.width <= 1 && box.height <= 1), 'it is hidden without a style attribute');
    assert.equal(broken.join('\n'), '');

    // That nothing was seen is worth something: what the policy forbids is.
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }))`,
    );
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<p style="color: red">x</p>')`);
    await page.waitForTimeout(200);
    assert.equal(await page.evaluate('window.ran'), undefined);
    assert.ok(
      broken.some((line) => line.startsWith('script-src')),
      broken.join('\n'),
    );
    assert.ok(
      broken.some((line) => line.startsWith('style-src-attr')),
      broken.join('\n'),
    );
  },
);

test(
  'an administrator takes everything out, asks for the end, sees when, and takes it back; others see it and cannot',
  { skip: cannotBrowse() },
  async (t) => {
    const scene = await stage(t, { at: TUESDAY });
    const browser = await openBrowser(t);
    const page = await windowOf(t, browser, scene, 'nadia');
    await page.goto(`${scene.vigie.url}/argentique/settings/organisation`);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Tout exporter' }).click();
    const download = await downloading;
    assert.equal(download.suggestedFilename(), 'argentique-2026-03-03.tar');
    await page.getByText('L’export est dans vos téléchargements.').waitFor();
    const name = page.getByLabel('Pour confirmer, écrivez argentique');
    await name.fill('argentik');
    await page.getByRole('button', { name: 'Demander la suppression' }).click();
    await page.getByText('Écrivez argentique pour confirmer.').first().waitFor();
    await name.fill('argentique');
    await page.getByRole('button', { name: 'Demander la suppression' }).click();
    const banner = page.locator('.ending');
    await banner.waitFor();
    assert.match((await banner.textContent()) ?? '', /seront supprimés .*10 mars/u);

    const theo = await windowOf(t, browser, scene, 'theo');
    await theo.goto(`${scene.vigie.url}/argentique`);
    await theo.locator('.ending').waitFor();
    assert.equal(await theo.getByRole('button', { name: 'Ne pas supprimer' }).count(), 0);

    await page.getByRole('button', { name: 'Ne pas supprimer' }).click();
    await banner.waitFor({ state: 'detached' });
    await theo.reload();
    await theo.locator('h1').first().waitFor();
    assert.equal(await theo.locator('.ending').count(), 0);
  },
);
