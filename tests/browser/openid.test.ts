import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';

import type { Page } from 'playwright-core';

import { violations } from '../harness/axe.ts';
import { cannotBrowse, openBrowser, windowOf } from '../harness/browser.ts';
import { type Desk, openDesk } from '../harness/openid.ts';
import { stage, type Stage } from '../harness/vigie.ts';

const ACTIVITIES = { path: 'SubjectRefPro.*', label: ['name'] };

const scene = async (t: TestContext): Promise<{ desk: Desk; lab: Stage }> => {
  const desk = await openDesk(t);
  const lab = await stage(t, {
    at: new Date().toISOString(),
    openid: { providers: [desk.setting({ userinfo: 'json', activities: ACTIVITIES, signOut: true })] },
  });
  desk.register(lab.vigie.url);
  desk.asks = true;
  desk.person.claims = { name: 'M. Le Goff' };
  return { desk, lab };
};

/** Nothing a page may not do, and nothing wider than it. */
const fits = async (page: Page, what: string): Promise<void> => {
  assert.deepEqual(await violations(page), [], what);
  const over = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  assert.ok(over <= 0, `${what} is ${over} pixels too wide`);
};

for (const javaScriptEnabled of [true, false])
  // asvs 7.6.2
  test(
    `${javaScriptEnabled ? 'with' : 'without'} JavaScript one links an identity, leaves, and comes back in by it, in an activity`,
    { skip: cannotBrowse() },
    async (t) => {
      const { desk, lab } = await scene(t);
      const { url } = lab.vigie;
      const browser = await openBrowser(t);
      const page = await windowOf(t, browser, lab, 'maelle', {
        javaScriptEnabled,
        viewport: { width: 390, height: 844 },
      });
      const through = async (): Promise<void> => {
        if (!javaScriptEnabled) await page.locator('main a.main').click();
        await page.waitForURL((at) => at.origin === desk.issuer);
        await page.getByRole('link', { name: 'C’est moi' }).click();
      };
      await page.goto(`${url}/kerlann/account/identities`);
      await page.getByRole('button', { name: 'Relier mon compte Le Guichet' }).click();
      await through();
      await page.waitForURL(/openid=linked/u);
      await page.getByRole('button', { name: 'Ne plus relier Le Guichet M. Le Goff' }).waitFor();
      if (javaScriptEnabled) await fits(page, 'the page of identities');

      await page.context().clearCookies();
      desk.person.claims = { name: 'M. Le Goff', SubjectRefPro: [{ name: 'Mairie' }, { name: 'École' }] };
      await page.goto(`${url}/kerlann/late`);
      await page.waitForURL(/\/sign-in\?next=/u);
      if (javaScriptEnabled) await fits(page, 'the sign-in page');
      await page.getByRole('link', { name: 'S’identifier avec Le Guichet' }).click();
      await page.getByRole('link', { name: 'C’est moi' }).click();
      await page.waitForURL(/\/sign-in\/activity\//u);
      if (javaScriptEnabled) await fits(page, 'the page of activities');
      await page.getByRole('button', { name: 'École' }).click();
      await page.waitForURL(`${url}/kerlann/late`);
      await page.goto(`${url}/kerlann/account/identities`);
      await page.getByText('Activité : École.').waitFor();

      await page.getByRole('button', { name: 'Se déconnecter ici et de Le Guichet' }).click();
      if (!javaScriptEnabled) await page.locator('main a.main').click();
      await page.waitForURL((at) => at.origin === desk.issuer);
      await page.goto(`${url}/kerlann/late`);
      await page.waitForURL(/\/sign-in\?next=/u);
    },
  );

test('whoever does not come in is told why, and what else there is', { skip: cannotBrowse() }, async (t) => {
  const { desk, lab } = await scene(t);
  const browser = await openBrowser(t);
  const page = await browser.newPage({ locale: 'fr-FR', viewport: { width: 390, height: 844 } });
  const go = async (): Promise<void> => {
    await page.goto(`${lab.vigie.url}/kerlann/sign-in`);
    await page.getByRole('link', { name: 'S’identifier avec Le Guichet' }).click();
  };
  await go();
  await page.getByRole('link', { name: 'C’est moi' }).click();
  const alert = page.getByRole('alert');
  await alert.getByText('n’est reliée à personne ici').waitFor();
  await fits(page, 'the page that says why');
  desk.away = true;
  await go();
  await alert.getByText('Le Guichet ne répond pas').waitFor();
  assert.ok(await page.getByRole('button', { name: 'M’envoyer un lien' }).isVisible());
});
