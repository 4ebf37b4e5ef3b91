import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

import type { Page } from 'playwright-core';

import { violations } from '../harness/axe.ts';
import { cannotBrowse, openBrowser, windowOf } from '../harness/browser.ts';
import { bring, filesAt, type Listed, type Place } from '../harness/files.ts';
import { chanceOf } from '../harness/guard/chance.ts';
import { nirOf } from '../harness/guard/people.ts';
import { type Hand, stage, type Stage } from '../harness/vigie.ts';

const skip = cannotBrowse();
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };
/** Where to leave pictures of the pages, for somebody to look at. */
const SHOTS = process.env['VIGIE_SHOTS'];
const chance = chanceOf(29);
const PATIENTS = `tube;patient;nir\nT1;Exemple, Jeanne;${nirOf(chance)}\nT2;Exemple, Paul;${nirOf(chance)}\n`;
const MANUAL = `Exercice du manuel.\nPatient : Exemple Anne, NIR ${nirOf(chance)}\n`;

interface Hospital extends Stage {
  readonly briac: Hand;
  /** The hand-over among rabbits, and the one among patients. */
  readonly rabbits: Place;
  readonly patients: Place;
  readonly held: readonly Listed[];
}

const handOver = async (hand: Hand, suffix: '' | '-sante', asked: string): Promise<Place> => {
  const fields = { subject: 'Dosages, série 12', house: 'Laboratoire Garenne', until: '2026-12-31' };
  const space = await hand.ask('POST', `/rade/echange${suffix}/tickets`, { fields });
  const held = await hand.ask('POST', `/rade/remise${suffix}/tickets`, {
    fields: { asked, direction: 'both' },
    holder: space.body.reference,
  });
  assert.equal(held.status, 201, JSON.stringify(held.body));
  return `/rade/remise${suffix}/tickets/${held.body.reference}`;
};

/** Briac puts patients and a training manual beside the rabbits: both are stopped. */
const hospital = async (t: TestContext): Promise<Hospital> => {
  const scene = await stage(t, { also: ['rade'], vault: true });
  const briac = await scene.as('briac', 'strong');
  const rabbits = await handOver(briac, '', 'Dosage de la plaque 3');
  const patients = await handOver(briac, '-sante', 'Sérums témoins de la série 12');
  const held = await bring(scene, scene.cast.briac, briac, rabbits, 'sent', [
    { name: 'temoins.csv', content: PATIENTS },
    { name: 'manuel.txt', content: MANUAL },
    { name: 'plaque-3.csv', content: 'puits;lapin;mg/l\nA1;301;0,8\n' },
  ]);
  assert.deepEqual(
    held.map(({ state }) => state),
    ['quarantined', 'quarantined', 'kept'],
  );
  return { ...scene, briac, rabbits, patients, held };
};

const pageOf = (place: Place): string => place.replace('/tickets/', '/');
const nameOf = (place: Place): string => place.split('/').at(-1) ?? '';

const shot = async (page: Page, name: string, scripted = true): Promise<void> => {
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
  if (scripted) assert.deepEqual(await violations(page), [], name);
  const wide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
  assert.equal(wide, false, `${name} is wider than the screen`);
};

for (const { scripted, viewport, colorScheme } of [
  { scripted: true, viewport: PHONE, colorScheme: 'light' },
  { scripted: true, viewport: DESK, colorScheme: 'dark' },
  { scripted: false, viewport: PHONE, colorScheme: 'dark' },
] as const) {
  const how = `${viewport === PHONE ? 'on a phone' : 'at a desk'}, ${scripted ? 'with' : 'without'} JavaScript`;
  test(`patients that were put beside rabbits go to the health space, ${how}`, { skip }, async (t) => {
    const scene = await hospital(t);
    const { vigie, briac, rabbits, patients } = scene;
    const page = await windowOf(t, await openBrowser(t), scene, 'briac', {
      viewport,
      colorScheme,
      javaScriptEnabled: scripted,
    });
    const [name = '', value = ''] = briac.cookie.split('=');
    await page.context().addCookies([{ name, value, url: vigie.url, httpOnly: true, sameSite: 'Lax' }]);
    const label = `${viewport.width}-${colorScheme}-${scripted}`;

    await page.goto(`${vigie.url}${pageOf(rabbits)}`);
    const row = page.getByRole('listitem').filter({ hasText: 'temoins.csv' });
    await row.getByText('Numéro de sécurité sociale').waitFor();
    await row.getByText(/ligne 2/u).waitFor();
    assert.doesNotMatch(await row.innerText(), /line/u);
    await shot(page, `quarantine-ticket-${label}`, scripted);
    await page.getByRole('link', { name: 'Que faire de temoins.csv ?' }).click();
    await page.getByRole('heading', { name: 'Fichier retenu' }).waitFor();
    await page.getByText('Il ne pourra pas revenir ici').waitFor();
    // She is no administrator: releasing is not hers.
    assert.equal(await page.getByLabel('Pourquoi ce n’en est pas une').count(), 0);
    await shot(page, `quarantine-choose-${label}`, scripted);
    await page.getByRole('link', { name: nameOf(patients) }).click();
    await page.getByText('Il ira dans').waitFor();
    await shot(page, `quarantine-confirm-${label}`, scripted);
    await page.getByRole('button', { name: `Mettre dans ${nameOf(patients)}` }).click();
    await page.waitForURL(`${vigie.url}${pageOf(patients)}`);
    if (scripted) await page.getByText(`temoins.csv est dans ${nameOf(patients)}.`).waitFor();
    await vigie.settled();
    await page.goto(`${vigie.url}${pageOf(patients)}`);
    await page.getByRole('link', { name: 'Télécharger temoins.csv' }).waitFor();
    await page.getByText('Un fichier est venu de').waitFor();
    await shot(page, `quarantine-there-${label}`, scripted);
    await page.goto(`${vigie.url}${pageOf(rabbits)}`);
    await page.getByText('Un fichier est parti dans').waitFor();
    assert.equal(await page.getByText('temoins.csv').count(), 0);
    await page.getByRole('link', { name: nameOf(patients) }).click();
    await page.waitForURL(`${vigie.url}${pageOf(patients)}`);
  });
}

for (const { scripted, viewport, colorScheme } of [
  { scripted: true, viewport: PHONE, colorScheme: 'dark' },
  { scripted: true, viewport: DESK, colorScheme: 'light' },
  { scripted: false, viewport: PHONE, colorScheme: 'light' },
] as const) {
  const how = `${viewport === PHONE ? 'on a phone' : 'at a desk'}, ${scripted ? 'with' : 'without'} JavaScript`;
  test(`an administrator releases a false alarm with a reason that stays, ${how}`, { skip }, async (t) => {
    const scene = await hospital(t);
    const { vigie, cast, rabbits, held } = scene;
    const solenn = await scene.as('solenn', 'strong');
    // Whoever administers decides about what they see themselves.
    const roles = [{ app: 'remise', role: 'coordinator', site: null }];
    const made = await solenn.ask('PATCH', `/rade/members/${cast.solenn.id}`, { roles });
    assert.equal(made.status, 204, JSON.stringify(made.body));
    const page = await windowOf(t, await openBrowser(t), scene, 'solenn', {
      viewport,
      colorScheme,
      javaScriptEnabled: scripted,
    });
    const label = `${viewport.width}-${colorScheme}-${scripted}`;
    await page.goto(`${vigie.url}${pageOf(rabbits)}`);
    await page.getByRole('link', { name: 'Que faire de manuel.txt ?' }).click();
    await page.getByText('Aucun espace de santé n’est à vous').waitFor();
    await page.getByLabel('Pourquoi ce n’en est pas une').fill('Non.');
    await page.getByRole('button', { name: 'Libérer ce fichier' }).click();
    await page.getByText('Dix caractères au moins').waitFor();
    assert.equal(await page.getByLabel('Pourquoi ce n’en est pas une').inputValue(), 'Non.');
    await shot(page, `quarantine-refused-${label}`, scripted);
    await page.getByLabel('Pourquoi ce n’en est pas une').fill('NIR inventé d’un manuel de formation.');
    await page.getByRole('button', { name: 'Libérer ce fichier' }).click();
    await page.waitForURL(`${vigie.url}${pageOf(rabbits)}`);
    await page.getByRole('link', { name: 'Télécharger manuel.txt' }).waitFor();
    await page.getByText('Fausse alerte : manuel.txt est libéré').waitFor();
    assert.equal(await page.getByText('NIR inventé d’un manuel de formation.').count(), 2);
    await shot(page, `quarantine-released-${label}`, scripted);
    const files = await filesAt(scene.briac, rabbits);
    assert.deepEqual(
      files.map(({ state }) => state),
      ['quarantined', 'kept', 'kept'],
    );
    // It is held back no more: nothing is to decide.
    await page.goto(`${vigie.url}${pageOf(rabbits)}/held/${held[1]?.id}`);
    await page.waitForURL(`${vigie.url}${pageOf(rabbits)}`);
  });
}

test(
  'who came in by a link is asked to confirm before their health spaces are shown',
  { skip },
  async (t) => {
    const scene = await hospital(t);
    const { vigie, rabbits, held } = scene;
    const page = await windowOf(t, await openBrowser(t), scene, 'briac', { viewport: PHONE });
    await page.goto(`${vigie.url}${pageOf(rabbits)}/held/${held[0]?.id}`);
    await page.getByText('demandent une connexion plus sûre').waitFor();
    await shot(page, 'quarantine-withheld');
    await page.getByRole('link', { name: 'Confirmer que c’est moi' }).click();
    await page.waitForURL(/sure=1$/u);
    await page.getByRole('heading', { name: 'Confirmez que c’est bien vous' }).waitFor();
  },
);
