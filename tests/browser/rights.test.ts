import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cannotBrowse, openBrowser, windowOf } from '../harness/browser.ts';
import { takeFilm, takeOrder, TUESDAY } from '../harness/lab.ts';
import { stage } from '../harness/vigie.ts';

test(
  'an administrator hands over what somebody held, watches it go, and keeps or removes what everyone may do',
  { skip: cannotBrowse() },
  async (t) => {
    const lab = await stage(t, { at: TUESDAY });
    const { vigie } = lab;
    const [camille, theo, nadia] = await Promise.all([lab.as('camille'), lab.as('theo'), lab.as('nadia')]);
    await takeOrder(camille);
    for (const nth of [1, 2]) {
      await takeFilm(camille, 'A-0001', 'c41', `film ${nth}`);
      await theo.ask('PUT', `/argentique/travail/tickets/A-0001-${nth}/assignee`, { member: 'me' });
    }
    const page = await windowOf(t, await openBrowser(t), lab, 'nadia');
    await page.goto(`${vigie.url}/argentique/settings/members`);
    await page.getByRole('link', { name: 'Préparer son départ Théo Vasseur' }).click();
    await page.getByLabel('2 fiches dans Travaux').selectOption({ label: 'Camille Dubrulle' });
    await page.getByRole('button', { name: 'Confirmer le départ de Théo Vasseur' }).click();
    await page.getByText('2 sur 2 fiches transmises').waitFor();
    assert.equal((await theo.ask('GET', '/argentique')).status, 401);
    const { body } = await nadia.ask('GET', '/argentique/travail/tickets/A-0001-1');
    assert.equal(body.assignee?.name, 'Camille Dubrulle');

    await page.goto(`${vigie.url}/argentique/settings/review`);
    await page.getByRole('button', { name: 'Commencer une revue' }).click();
    await page.getByText('0 sur 7 droits revus').first().waitFor();
    await page.getByRole('button', { name: 'Tout garder de Nadia Berthier' }).click();
    await page.getByText('3 sur 7 droits revus').first().waitFor();
    await page.getByRole('button', { name: 'Tout garder de Inès Lemaire' }).click();
    await page.getByText('5 sur 7 droits revus').first().waitFor();
    const ofCamille = page.getByRole('region', { name: 'Camille Dubrulle' });
    await ofCamille.getByRole('button', { name: 'Garder Travaux' }).click();
    await page.getByText('6 sur 7 droits revus').first().waitFor();
    await ofCamille.getByRole('button', { name: 'Retirer Atelier' }).click();
    await page.getByText('1 droit sera retiré').waitFor();
    await page.getByRole('button', { name: 'Terminer la revue' }).click();
    await page.getByText('6 gardés, 1 retiré').waitFor();
    assert.equal((await camille.ask('GET', '/argentique/atelier/board')).status, 404);
    assert.equal((await camille.ask('GET', '/argentique/travail/board')).status, 200);

    await page.goto(`${vigie.url}/argentique/settings/journal`);
    await page.getByText('a enregistré le départ de Théo Vasseur ; 2 fiches transmises').waitFor();
    await page.getByText('a retiré à Camille Dubrulle : Atelier · Comptoir (Lille)').waitFor();
  },
);
