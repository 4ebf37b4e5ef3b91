import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import type { Page } from 'playwright-core';

import { cannotBrowse, openBrowser, windowOf } from '../harness/browser.ts';
import { type Stage, stage } from '../harness/vigie.ts';

const AXE = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');
const TUESDAY = '2026-03-03T09:30:00Z';
const HOUR = 3_600_000;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}

/** What axe finds against WCAG 2.2 AA, a line each. */
const violations = async (page: Page): Promise<readonly string[]> => {
  const found = await page.evaluate<readonly Violation[]>(`(async () => {
    ${AXE};
    const { violations } = await globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] });
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target }) => ({ target: target.map(String) })) }));
  })()`);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
};

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
  '/settings/sites',
  '/settings/members',
  '/settings/apps',
  '/settings/keys',
  '/settings/notices',
  '/settings/set-aside',
] as const;

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
      const page = await windowOf(t, await openBrowser(t), lab, 'nadia', {
        colorScheme,
        viewport: { width, height: 844 },
      });
      for (const path of PAGES) {
        const answer = await page.goto(`${lab.vigie.url}/argentique${path}`);
        assert.equal(answer?.status(), 200, path);
        await page.locator('main').waitFor();
        assert.deepEqual(await violations(page), [], `${path} on a ${device}`);
        const over = await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        assert.ok(over <= 0, `${path} is ${over} pixels wider than a ${device}`);
      }
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
