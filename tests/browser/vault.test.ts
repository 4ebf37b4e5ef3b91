import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { violations } from '../harness/axe.ts';
import { cannotBrowse, openBrowser, windowOf } from '../harness/browser.ts';
import { stage } from '../harness/vigie.ts';

test(
  'an administrator makes the recovery key on a phone, prints it on one sheet, and says that it is printed',
  { skip: cannotBrowse() },
  async (t) => {
    const scene = await stage(t);
    const { vigie } = scene;
    const phone = { viewport: { width: 390, height: 844 } };
    const page = await windowOf(t, await openBrowser(t), scene, 'maelle', phone);
    await page.goto(`${vigie.url}/kerlann/settings/vault`);
    await page.getByText('Le coffre est fermé').waitFor();
    await page.getByRole('button', { name: 'Créer la clé de secours' }).click();
    const sheet = page.getByRole('article', { name: 'Clé de secours' });
    await sheet.waitFor();
    const key = (await sheet.locator('.text').innerText()).replaceAll(/\s/gu, '');
    assert.match(key, /^AGE-SECRET-KEY-1[0-9A-Z]{58}$/u);
    await sheet.getByRole('img', { name: 'La même clé en code QR' }).waitFor();
    assert.ok(await page.evaluate("document.querySelector('article img').naturalWidth > 0"));
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
    assert.ok(wide <= 390, `${wide} px`);

    assert.deepEqual(await violations(page), []);

    const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/gu);
    assert.equal(pages?.length, 1, 'one sheet');

    const ending = page.getByLabel('Les six derniers caractères de la clé');
    await ending.fill('XXXXXX');
    await page.getByRole('button', { name: 'Elle est imprimée' }).click();
    await page.getByText('Ce ne sont pas les six derniers caractères').waitFor();
    await ending.fill(key.slice(-6).toLowerCase());
    await page.getByRole('button', { name: 'Elle est imprimée' }).click();
    await page.getByText('Imprimée et rangée').waitFor();
    assert.ok(!(await page.content()).includes(key.slice(16, 40)), 'it is shown once');
    assert.deepEqual(await violations(page), []);
    // What is printed opens what is kept.
    const beside = readFileSync(
      join(vigie.vault.staging, '../vault', scene.cast.maelle.organisationId, 'key.age'),
      'latin1',
    );
    assert.ok(beside.startsWith('age-encryption.org/v1'));
    await page.goto(`${vigie.url}/kerlann/settings/journal`);
    await page.getByText('a dit avoir imprimé la clé de secours').waitFor();
  },
);
