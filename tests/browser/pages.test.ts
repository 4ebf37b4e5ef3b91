import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Page } from 'playwright-core';

import { violations } from '../harness/axe.ts';
import { cannotBrowse, openBrowser, windowOf } from '../harness/browser.ts';
import { type Stage, stage } from '../harness/vigie.ts';

const TUESDAY = '2026-03-03T09:30:00Z';
const HOUR = 3_600_000;

/** Somebody's order with a film that is late, one that moves on, and a comment. */
const work = async (lab: Stage): Promise<void> => {
  const camille = await lab.as('camille');
  await camille.ask('POST', '/argentique/atelier/tickets', {
    fields: {
      contact: { name: 'Odile Marchand', email: 'odile@example.org' },
      summary: '2 films, scan HD',
      promised: '2026-03-03T12:00:00+01:00',
      lines: [{ product: 'Développement C-41', quantity: 2, unitPrice: 650, vat: 20 }],
    },
  });
  for (const what of ['Portra 400', 'Velvia 50'])
    await camille.ask('POST', '/argentique/travail/tickets', {
      holder: 'A-0001',
      fields: { kind: what.startsWith('V') ? 'e6' : 'c41', what },
    });
  await camille.ask('POST', '/argentique/travail/tickets/A-0001-1/moves/next', {});
  await camille.ask('POST', '/argentique/travail/tickets/A-0001-1/comments', {
    text: 'Attention à l’amorce.',
  });
  await lab.pass(3 * HOUR);
};

/** Somebody leaves, and rights are being reviewed: the ids that pages are named by. */
const rights = async (lab: Stage): Promise<{ readonly [name: string]: string }> => {
  const nadia = await lab.as('nadia');
  await nadia.ask('POST', '/argentique/keys', { app: 'atelier', role: 'counter', name: 'Borne' });
  await nadia.ask('GET', '/argentique/atelier/export.csv');
  const review = await nadia.ask<{ id: string }>('POST', '/argentique/reviews');
  await lab.db.owner`insert into event (organisation_id, id, type, at, actor, body)
    select organisation_id, gen_random_uuid(), 'of_another_part', at, actor, body from event where ticket_id is null limit 1`;
  const take = await lab.as('theo');
  await take.ask('PUT', '/argentique/travail/tickets/A-0001-1/assignee', { member: 'me' });
  await take.ask('PUT', '/argentique/travail/tickets/A-0001-2/assignee', { member: 'me' });
  await nadia.ask('POST', `/argentique/members/${lab.cast.theo.id}/leaving`, {
    tickets: { travail: lab.cast.camille.id },
  });
  return { REVIEW: review.body.id, LEAVER: lab.cast.camille.id, LEFT: lab.cast.theo.id };
};

const PAGES = [
  '',
  '/atelier',
  '/travail',
  '/travail/list',
  '/travail/late',
  '/late',
  '/atelier/A-0001',
  '/travail/A-0001-1',
  '/atelier/new',
  '/travail/new?holder=A-0001',
  '/search?q=portra',
  '/account/identities',
  '/account/sealed',
  '/settings/sealed',
  '/settings/sites',
  '/settings/members',
  '/settings/security',
  '/settings/vault',
  '/settings/apps',
  '/settings/keys',
  '/settings/review',
  '/settings/review/REVIEW',
  '/settings/journal',
  '/settings/reads?app=atelier&reference=A-0001',
  '/settings/members/LEAVER/leaving',
  '/settings/members/LEFT/leaving',
  '/settings/notices',
  '/settings/set-aside',
  '/settings/stations',
  '/account/pin',
  '/account',
  '/sign-in',
  '/invitation/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  '/settings/organisation',
] as const;

/** Everyone can read this page, and it is no wider than what it is shown on. */
const isForEveryone = async (page: Page, where: string): Promise<void> => {
  await page.locator('main').waitFor();
  assert.deepEqual(await violations(page), [], where);
  const over = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  assert.ok(over <= 0, `${where} is ${over} pixels too wide`);
};

for (const [device, width, colorScheme] of [
  ['phone, at night', 390, 'dark'],
  ['desk, by day', 1280, 'light'],
] as const)
  test(
    `on a ${device}, every page can be read by everyone, and fits`,
    { skip: cannotBrowse() },
    async (t) => {
      const lab = await stage(t, { at: TUESDAY });
      await work(lab);
      const ids = await rights(lab);
      const page = await windowOf(t, await openBrowser(t), lab, 'nadia', {
        colorScheme,
        viewport: { width, height: 844 },
      });
      for (const path of PAGES) {
        const answer = await page.goto(
          `${lab.vigie.url}/argentique${path.replace(/[A-Z]{4,}/u, (name) => ids[name] ?? name)}`,
        );
        assert.equal(answer?.status(), 200, path);
        await isForEveryone(page, `${path} on a ${device}`);
      }
    },
  );

for (const [device, width, colorScheme] of [
  ['phone, at night', 390, 'dark'],
  ['tablet, by day', 1024, 'light'],
] as const)
  test(
    `on a ${device}, a shared station and a guest's page can be read by everyone, and fit`,
    { skip: cannotBrowse() },
    async (t) => {
      const lab = await stage(t, { at: TUESDAY });
      await work(lab);
      await lab.pin('camille');
      const context = await (
        await openBrowser(t)
      ).newContext({ locale: 'fr-FR', colorScheme, viewport: { width, height: 844 } });
      const page = await context.newPage();
      await page.clock.setSystemTime(lab.clock.now());
      const see = async (url: string): Promise<void> => {
        await page.goto(url);
        await isForEveryone(page, `${url} on a ${device}`);
      };
      const guest = await lab.guest('camille', {
        app: 'atelier',
        reference: 'A-0001',
        role: 'customer',
      });
      for (const url of [guest.url, `${guest.url}x`, `${lab.vigie.url}/argentique/follow`]) await see(url);

      const url = `${lab.vigie.url}/argentique/station`;
      await see(url);
      const place = { app: 'atelier', steps: ['taken', 'ready'], site: 'lille', opens: true } as const;
      const station = await lab.station('nadia', place);
      const wear = (cookies: string) =>
        context.addCookies(
          cookies.split('; ').map((cookie) => {
            const [name = '', value = ''] = cookie.split('=');
            return { name, value, url: lab.vigie.url };
          }),
        );
      await wear(station.device.cookie);
      await see(url);
      await page.getByRole('button', { name: 'Camille Dubrulle' }).click();
      await page.getByRole('group').waitFor();
      await isForEveryone(page, `the keys of the lock on a ${device}`);
      await wear((await station.unlockedBy(lab.cast.camille)).cookie);
      for (const path of ['', '/A-0001', '/A-9999', '/new']) await see(`${url}${path}`);
    },
  );

test(
  'without JavaScript one signs in, opens an order, is told what is wrong without losing a word, and moves it on',
  { skip: cannotBrowse() },
  async (t) => {
    const lab = await stage(t, { at: TUESDAY });
    const page = await windowOf(t, await openBrowser(t), lab, 'camille', { javaScriptEnabled: false });
    await page.goto(`${lab.vigie.url}/argentique/atelier/new`);
    await page.locator('input[name="text.summary"]').fill('3 films');
    await page.locator('button.main').click();
    // Refused: the customer is missing. What was typed is still there.
    await page.waitForURL(/draft=/u);
    assert.equal(await page.locator('input[name="text.summary"]').inputValue(), '3 films');
    await page.locator('input[name="text.contact"]').fill('Odile Marchand, 06 39 98 01 23');
    await page.locator('input[name="text.promised"]').fill('2026-03-05T18:00');
    await page.locator('button.main').click();
    await page.waitForURL(/travail\/new\?holder=A-0001/u);
    await page.goto(`${lab.vigie.url}/argentique/atelier/A-0001`);
    const { body } = await (await lab.as('camille')).ask('GET', '/argentique/atelier/tickets/A-0001');
    assert.equal((body.fields['contact'] as { name: string }).name, 'Odile Marchand');
    assert.equal(body.promise, '2026-03-05T17:00:00.000Z');
  },
);
