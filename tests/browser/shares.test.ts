import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import sharp from 'sharp';

import { violations } from '../harness/axe.ts';
import { cannotBrowse, openBrowser, windowOf } from '../harness/browser.ts';
import { bring } from '../harness/files.ts';
import { codeIn, scannedOrder, shareFiles } from '../harness/shares.ts';

const skip = cannotBrowse();
const PHONE = { width: 390, height: 844 };
/** Where to leave pictures of the pages, for somebody to look at. */
const SHOTS = process.env['VIGIE_SHOTS'];

const upright = (): Promise<Buffer> =>
  sharp({ create: { width: 300, height: 900, channels: 3, background: 'olive' } })
    .jpeg()
    .toBuffer();

for (const javaScriptEnabled of [false, true])
  test(
    `a customer sees and takes their scans on a phone, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`,
    { skip },
    async (t) => {
      const { lab, post, camille, order, path } = await scannedOrder(t);
      await bring(lab, lab.cast.camille, camille, `/argentique/atelier/tickets/${order}`, 'scans', [
        { name: 'tirages.zip', content: Buffer.from('504b0506000000000000000000000000000000000000', 'hex') },
        { name: 'debout.jpg', content: await upright() },
      ]);
      const { links } = await shareFiles(camille, path, {
        to: ['claire@example.org'],
        message: 'Voici vos trois vues.\nÀ bientôt : https://argentique.example/heures !',
        watermark: true,
        downloads: 3,
      });
      const browser = await openBrowser(t);
      const context = await browser.newContext({
        locale: 'fr-FR',
        timezoneId: 'Europe/Paris',
        viewport: PHONE,
        javaScriptEnabled,
        colorScheme: javaScriptEnabled ? 'dark' : 'light',
      });
      const page = await context.newPage();
      const shot = async (name: string) => {
        if (SHOTS)
          await page.screenshot({ path: join(SHOTS, `${name}-${javaScriptEnabled}.png`), fullPage: true });
        // Without it, axe itself does not run.
        if (javaScriptEnabled) assert.deepEqual(await violations(page), [], name);
        const wide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
        assert.equal(wide, false, `${name} is wider than the phone`);
      };
      const answer = await page.goto(links[0]?.url ?? '');
      assert.equal(answer?.headers()['referrer-policy'], 'no-referrer');
      await page.getByRole('heading', { name: 'Camille Dubrulle partage des fichiers avec vous' }).waitFor();
      await shot('closed');
      await page.getByRole('button', { name: 'Recevoir le code' }).click();
      await page.getByText('Un code est parti à c•••@example.org').waitFor();
      await page.getByLabel('Code').fill('0000 0001');
      await page.getByRole('button', { name: 'Voir les fichiers' }).click();
      await page.getByText('Ce n’est pas cela').waitFor();
      await shot('wrong');
      await page.getByLabel('Code').fill(codeIn((await post.arrived(2))[1]?.text));
      await page.getByRole('button', { name: 'Voir les fichiers' }).click();
      await page.getByText('Voici vos trois vues.').waitFor();
      const named = page.getByRole('link', { name: 'https://argentique.example/heures', exact: true });
      assert.equal(await named.getAttribute('href'), 'https://argentique.example/heures');
      assert.equal(await page.locator('img').count(), 4);
      for (const image of await page.locator('img').all()) {
        await image.scrollIntoViewIfNeeded();
        await image.evaluate((one) => (one as unknown as { decode(): Promise<void> }).decode());
      }
      assert.equal(page.url(), links[0]?.url);
      const cut = await page
        .locator('li.sheet')
        .evaluateAll((all) => all.filter((one) => one.scrollHeight > one.clientHeight).length);
      assert.equal(
        cut,
        0,
        'also of a picture that is higher than wide, the name and the way to take it are seen',
      );
      await shot('open');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: /Tout télécharger/u }).click(),
      ]);
      assert.equal(download.suggestedFilename(), `${order}.zip`);
      await download.delete();
      await page.getByRole('link', { name: 'Voir s’il y est' }).click();
      await page.getByRole('link', { name: 'Télécharger le reçu' }).waitFor();
      const gone = await page.goto(`${lab.vigie.url}/argentique/share/${'x'.repeat(43)}`);
      assert.equal(gone?.status(), 404);
      await page.getByText('Ce lien n’ouvre rien').waitFor();
      await shot('gone');
    },
  );

test(
  'at the counter, one gesture shares all scans with the customer whom the order names',
  { skip },
  async (t) => {
    const { lab, post, order } = await scannedOrder(t);
    const browser = await openBrowser(t);
    for (const [width, colorScheme] of [
      [390, 'light'],
      [1280, 'dark'],
    ] as const) {
      const page = await windowOf(t, browser, lab, 'camille', {
        viewport: { width, height: 900 },
        colorScheme,
      });
      const before = post.delivered.length;
      await page.goto(`${lab.vigie.url}/argentique/atelier/${order}`);
      await page.getByRole('button', { name: 'Tout partager avec Claire Vandewalle' }).click();
      await page.getByText('Un courriel est parti à claire.vandewalle@example.org').waitFor();
      assert.equal(
        (await post.arrived(before + 1)).at(-1)?.to?.[0]?.address,
        'claire.vandewalle@example.org',
      );
      await page.getByText('Partager…').click();
      await page.getByLabel('Qui peut ouvrir').selectOption('worded');
      await page.getByLabel('Phrase de passe').fill('trois bobines');
      await page.locator('#share-new').getByText('Plus de choix').click();
      if (SHOTS) await page.screenshot({ path: join(SHOTS, `ticket-${width}.png`), fullPage: true });
      assert.deepEqual(await violations(page), []);
      await page.getByRole('button', { name: 'Partager', exact: true }).click();
      await page.getByLabel('Copiez ce lien maintenant').waitFor();
      await page.goto(`${lab.vigie.url}/argentique/account/links`);
      await page.getByText('Qui a le lien et la phrase de passe').first().waitFor();
      if (SHOTS) await page.screenshot({ path: join(SHOTS, `links-${width}.png`), fullPage: true });
      assert.deepEqual(await violations(page), []);
      await page
        .getByRole('button', { name: /^Fermer Qui a le lien/u })
        .first()
        .click();
      await page.getByRole('button', { name: /^Fermer Qui a le lien/u }).waitFor({ state: 'detached' });
    }
  },
);

test(
  'without JavaScript files are shared too, and the link is shown once, in no address and in no database',
  { skip },
  async (t) => {
    const { lab, post, order } = await scannedOrder(t);
    const page = await windowOf(t, await openBrowser(t), lab, 'camille', {
      viewport: PHONE,
      javaScriptEnabled: false,
    });
    const ticket = `${lab.vigie.url}/argentique/atelier/${order}`;
    await page.goto(ticket);
    await page.getByRole('button', { name: 'Tout partager avec Claire Vandewalle' }).click();
    await page.getByText('Un courriel est parti à claire.vandewalle@example.org').waitFor();
    assert.equal((await post.arrived(1))[0]?.to?.[0]?.address, 'claire.vandewalle@example.org');
    assert.equal(page.url(), ticket);

    await page.getByText('Partager…').click();
    await page.getByLabel('Quoi').selectOption({ label: 'Dossier Film 1' });
    await page.getByLabel('Phrase de passe').fill('trois bobines');
    await page.getByRole('button', { name: 'Partager', exact: true }).click();
    await page.getByText('Qui est nommé reçoit un code').waitFor();
    // What was chosen is still there; a passphrase is kept nowhere.
    assert.equal(await page.getByLabel('Phrase de passe').inputValue(), '');
    await page.getByLabel('Adresses').fill('');
    await page.getByLabel('Phrase de passe').fill('court');
    await page.getByRole('button', { name: 'Partager', exact: true }).click();
    await page.locator('#share-passphrase-wrong').getByText('Huit caractères au moins').waitFor();
    if (SHOTS) await page.screenshot({ path: join(SHOTS, 'share-unscripted.png'), fullPage: true });
    await page.getByLabel('Adresses').fill('');
    await page.getByLabel('Phrase de passe').fill('trois bobines');
    await page.getByRole('button', { name: 'Partager', exact: true }).click();
    const link = await page.getByLabel('Copiez ce lien maintenant').inputValue();
    assert.match(link, /\/argentique\/share\/[\w-]{43}$/u);
    assert.equal(page.url(), ticket);
    if (SHOTS) await page.screenshot({ path: join(SHOTS, 'share-unscripted-made.png'), fullPage: true });
    assert.deepEqual(
      await page
        .context()
        .cookies(lab.vigie.url)
        .then((all) => all.map(({ name }) => name)),
      ['vigie-argentique'],
    );
    await page.reload();
    assert.equal(await page.getByLabel('Copiez ce lien maintenant').count(), 0);
    const drafts = await lab.db.owner<
      { said: string }[]
    >`select form::text || problem::text as said from draft`;
    for (const { said } of drafts) assert.doesNotMatch(said, /trois bobines|\/share\//u);

    await page.goto(link);
    await page.getByLabel('Phrase de passe').fill('trois bobines');
    await page.getByRole('button', { name: 'Voir les fichiers' }).click();
    await page.getByRole('img', { name: 'vue-01.jpg' }).waitFor();
    assert.equal(await page.locator('img').count(), 2, 'the folder, and nothing else');
  },
);
