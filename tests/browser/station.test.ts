import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Page } from 'playwright-core';

import { cannotBrowse, openBrowser, windowOf } from '../harness/browser.ts';
import { PIN } from '../harness/confined.ts';
import { type Hand, type Stage, stage } from '../harness/vigie.ts';

const PHONE = { width: 390, height: 844 };

/** So many holes in the road, ready for the crew. */
const holes = async (clerk: Hand, count: number): Promise<readonly string[]> => {
  const made: string[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const place = { lat: 47.74, lng: -2.87, address: `Rue du Lavoir ${nth + 1}` };
    const { body } = await clerk.ask('POST', '/kerlann/voirie/tickets', {
      fields: { kind: 'pothole', place },
    });
    for (const move of ['sort', 'send'])
      await clerk.ask('POST', `/kerlann/voirie/tickets/${body.reference}/moves/${move}`, {
        fields: move === 'sort' ? { kind: 'pothole' } : {},
      });
    made.push(body.reference);
  }
  return made;
};

/** A tablet that nobody has signed in on. */
const tabletOf = async (t: Parameters<typeof stage>[0], town: Stage): Promise<Page> => {
  const context = await (await openBrowser(t)).newContext({ locale: 'fr-FR', viewport: PHONE });
  const page = await context.newPage();
  await page.clock.setSystemTime(town.clock.now());
  return page;
};

const typePin = async (page: Page): Promise<void> => {
  for (const digit of PIN) await page.getByRole('button', { name: `Chiffre ${digit}` }).click();
};

test(
  'a tablet is paired once, and two people work at it one after the other, each under their own name',
  { skip: cannotBrowse() },
  async (t) => {
    const town = await stage(t);
    const clerk = await town.as('maelle');
    const [first = '', second = ''] = await holes(clerk, 2);
    await town.pin('yann');
    await town.pin('maelle');

    // An administrator describes the station, and reads its code aloud.
    const office = await windowOf(t, await openBrowser(t), town, 'maelle');
    await office.goto(`${town.vigie.url}/kerlann/settings/stations`);
    await office.getByLabel('Nom du poste').fill('Dépôt');
    for (const step of ['Prévu', 'En travaux']) await office.getByLabel(step).check();
    await office.getByRole('button', { name: 'Ajouter un poste' }).click();
    const code = (await office.locator('.code').textContent()) ?? '';
    assert.match(code, /^[A-Z2-9]{4}-[A-Z2-9]{4}$/u);

    // It is typed on the tablet, which is a station from then on.
    const tablet = await tabletOf(t, town);
    await tablet.goto(`${town.vigie.url}/kerlann/station`);
    await tablet.getByLabel('Code du poste').fill(code.toLowerCase());
    await tablet.getByRole('button', { name: 'Associer' }).click();
    await tablet.getByRole('heading', { name: 'Qui êtes-vous' }).waitFor();
    assert.equal(await tablet.getByRole('button', { name: 'Gwenn Riou' }).count(), 0);

    // One's name, one's PIN, the ticket, the move.
    await tablet.getByRole('button', { name: 'Yann Kervadec' }).click();
    await typePin(tablet);
    await tablet.getByRole('link', { name: first }).click();
    await tablet.getByRole('button', { name: 'Fait' }).click();
    await tablet.getByRole('link', { name: first }).waitFor({ state: 'detached' });
    await tablet.getByRole('link', { name: second }).waitFor();

    // Taken back within the minute, and made again.
    await tablet.getByRole('button', { name: 'Annuler' }).click();
    await tablet.getByRole('button', { name: 'Fait' }).click();
    await tablet.getByRole('link', { name: first }).waitFor({ state: 'detached' });

    // Locked: nothing of it is left to see, not by going back either.
    await tablet.getByRole('button', { name: 'Verrouiller' }).click();
    await tablet.getByRole('heading', { name: 'Yann Kervadec' }).waitFor();
    assert.equal(await tablet.getByText('Rue du Lavoir').count(), 0);
    await tablet.goBack();
    await tablet.getByRole('group', { name: 'Code à six chiffres' }).waitFor();
    assert.equal(await tablet.getByText('Rue du Lavoir').count(), 0);

    // Somebody else, by the keys of a keyboard.
    await tablet.getByRole('button', { name: 'Quelqu’un d’autre' }).click();
    await tablet.getByRole('button', { name: 'Maëlle Le Goff' }).click();
    await tablet.keyboard.type('918237');
    await tablet.getByRole('alert').getByText('Ce n’est pas le bon code').waitFor();
    await tablet.keyboard.type(PIN);
    await tablet.getByLabel('Référence').fill(second.toLowerCase());
    await tablet.getByRole('button', { name: 'Ouvrir' }).click();
    await tablet.getByRole('button', { name: 'Commencer' }).click();
    await tablet.getByRole('heading', { name: 'À faire ici' }).waitFor();

    // Nobody's hand for two minutes: it locks by itself, and asks for the last one's PIN.
    await tablet.clock.setSystemTime(town.clock.now() + 5 * 60_000);
    await tablet.getByRole('heading', { name: 'Maëlle Le Goff' }).waitFor();
    assert.equal(await tablet.getByText(second).count(), 0);

    const who = async (reference: string) => {
      const { body } = await clerk.ask<{ events: { type: string; actor: unknown }[] }>(
        'GET',
        `/kerlann/voirie/tickets/${reference}/events`,
      );
      return body.events.findLast(({ type }) => type === 'moved')?.actor;
    };
    assert.deepEqual(await who(first), { kind: 'member', name: 'Yann Kervadec', station: 'Dépôt' });
    assert.deepEqual(await who(second), { kind: 'member', name: 'Maëlle Le Goff', station: 'Dépôt' });
  },
);

test(
  'without JavaScript a resident follows their request, answers, and closes their link',
  { skip: cannotBrowse() },
  async (t) => {
    const town = await stage(t);
    const clerk = await town.as('maelle');
    const [reference = ''] = await holes(clerk, 1);
    const yann = await town.as('yann');
    await yann.ask('POST', `/kerlann/voirie/tickets/${reference}/moves/finish`, {});

    // The clerk makes the link on the page of the request.
    const office = await windowOf(t, await openBrowser(t), town, 'maelle');
    await office.goto(`${town.vigie.url}/kerlann/voirie/${reference}`);
    await office.getByRole('button', { name: 'Lien de suivi' }).click();
    const url = await office.getByLabel('Copiez ce lien maintenant').inputValue();

    const context = await (
      await openBrowser(t)
    ).newContext({ locale: 'fr-FR', viewport: PHONE, javaScriptEnabled: false });
    const phone = await context.newPage();
    const page = await phone.goto(url);
    assert.equal(page?.headers()['referrer-policy'], 'no-referrer');
    assert.match(page?.headers()['cache-control'] ?? '', /no-store/u);
    assert.equal(await phone.locator('script').count(), 0);
    await phone.getByText('Fait', { exact: true }).waitFor();
    assert.equal(await phone.getByText('Yann').count(), 0);

    // Said without a word, it is refused, and then it is said.
    await phone.getByRole('button', { name: 'Le problème est toujours là' }).click();
    await phone.getByText('Écrivez un commentaire').waitFor();
    await phone.getByLabel('Commentaire').fill('Le trou est revenu.');
    await phone.getByRole('button', { name: 'Le problème est toujours là' }).click();
    await phone.getByText('Trié', { exact: true }).waitFor();
    await office.getByText('par lien de suivi').waitFor();

    await phone.getByText('Je n’ai plus besoin de ce lien').click();
    await phone.getByRole('button', { name: 'Fermer ce lien' }).click();
    await phone.getByRole('heading', { name: 'Ce lien est fermé' }).waitFor();
    const gone = await phone.goto(url);
    assert.equal(gone?.status(), 404);
    await phone.getByRole('heading', { name: 'Ce lien ne mène nulle part' }).waitFor();
    const closed = (await phone.locator('main').innerText()).trim();
    await phone.goto(`${town.vigie.url}/kerlann/follow/${'x'.repeat(43)}`);
    assert.equal((await phone.locator('main').innerText()).trim(), closed);
  },
);
