import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cannotBrowse, openBrowser, windowOf } from '../harness/browser.ts';
import { stage } from '../harness/vigie.ts';

/** Tuesday 3 March 2026, 10:30 in Lille: the lab has just opened. */
const TUESDAY = '2026-03-03T09:30:00Z';
const HOUR = 3_600_000;

const FILMS = [
  ['C-41', 'Portra 400'],
  ['C-41', 'Gold 200'],
  ['C-41', 'Ektar 100'],
  ['C-41', 'Superia 400'],
  ['E-6', 'Velvia 50'],
  ['E-6', 'Provia 100F'],
  ['Noir et blanc', 'HP5+'],
  ['Noir et blanc', 'Tri-X 400'],
] as const;

test(
  'an order of eight films goes from the counter to its owner, and the one that is late shows by itself',
  { skip: cannotBrowse() },
  async (t) => {
    const lab = await stage(t, { at: TUESDAY });
    const { vigie, pass, clock } = lab;
    const browser = await openBrowser(t);
    const counter = await windowOf(t, browser, lab, 'camille');
    const bench = await windowOf(t, browser, lab, 'theo', { viewport: { width: 390, height: 844 } });

    // At the counter: the order, then its films one after the other.
    await counter.goto(`${vigie.url}/argentique/atelier/new`);
    await counter.getByLabel('Nom').fill('Odile Marchand');
    await counter.getByLabel('Téléphone', { exact: true }).fill('06 39 98 01 23');
    await counter.getByLabel('Contenu').fill('8 films, scan HD');
    await counter.getByLabel('Promise pour').fill('2026-03-03T18:00');
    await counter.getByRole('button', { name: 'Ouvrir' }).click();
    await counter.waitForURL(/travail\/new\?holder=A-0001/u);
    for (const [index, [kind, film]] of FILMS.entries()) {
      await counter.getByLabel(kind).check();
      await counter.getByLabel('Film ou tirage').fill(film);
      await counter.getByLabel('Film ou tirage').press('Enter');
      await counter
        .getByText(`A-0001-${index + 1}`, { exact: true })
        .first()
        .waitFor();
    }

    // A second window watches what is late; nobody touches it any more.
    await bench.goto(`${vigie.url}/argentique/late`);
    const late = bench.locator('section', { has: bench.locator('#late-late') });
    assert.equal(await late.count(), 0, 'nothing is late yet');

    // The bench takes each film along its route, but for the Velvia, which stays where it is.
    const hands = await windowOf(t, browser, lab, 'theo');
    const forward = async (reference: string, until: string): Promise<void> => {
      await hands.goto(`${vigie.url}/argentique/travail/${reference}`);
      for (
        let step = 0;
        step < 9 && (await hands.getByRole('button', { name: /Étape suivante/u }).count()) > 0;
        step += 1
      ) {
        const before = await hands.locator('[aria-current="step"]').textContent();
        if (before?.includes(until)) return;
        await hands.getByRole('button', { name: /Étape suivante/u }).click();
        await hands
          .locator('[aria-current="step"]')
          .filter({ hasNotText: before ?? '' })
          .waitFor();
      }
    };
    for (const nth of [1, 2, 3, 4, 6, 7, 8]) await forward(`A-0001-${nth}`, 'Terminé');
    await vigie.settled();
    const camille = await lab.as('camille');
    const half = (await camille.ask('GET', '/argentique/atelier/tickets/A-0001')).body;
    assert.deepEqual([half.step, half.held], ['taken', { open: 1, total: 8 }]);

    // Half past six: what was promised for six is late, and the window that nobody touched says so.
    await pass(8 * HOUR);
    await bench.clock.setSystemTime(clock.now());
    await late.getByText('A-0001-5', { exact: true }).waitFor();
    await late.getByText('A-0001', { exact: true }).waitFor();

    // The last film ends, the order is ready by itself, and the customer has it.
    await forward('A-0001-5', 'Terminé');
    await vigie.settled();
    await late.getByText('A-0001-5', { exact: true }).waitFor({ state: 'detached' });
    await counter.clock.setSystemTime(clock.now());
    await counter.goto(`${vigie.url}/argentique/atelier/A-0001`);
    await counter.getByLabel('Oui').check();
    await counter.getByRole('button', { name: /Remettre au client/u }).click();
    await counter.getByRole('button', { name: /Remettre au client/u }).waitFor({ state: 'detached' });
    const closed = (await camille.ask('GET', '/argentique/atelier/tickets/A-0001')).body;
    assert.equal(closed.step, 'collected');
    assert.ok(closed.closed);
  },
);
