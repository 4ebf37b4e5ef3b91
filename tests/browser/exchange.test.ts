import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { stageApart } from '../harness/apart.ts';
import { cannotBrowse, openBrowser, windowOf } from '../harness/browser.ts';
import { bytesOf, PHONE, receiptHolds, speedOf, taken, wellShown } from '../harness/journey.ts';
import { keeperOf } from '../harness/keeper.ts';
import { postOffice } from '../harness/mail.ts';
import { codeIn } from '../harness/shares.ts';

const csv = (name: string, ...rows: readonly string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`${rows.join('\n')}\n`),
});

const wells = (rows: number, row: (nth: number) => string): readonly string[] =>
  Array.from({ length: rows }, (_, nth) => row(nth));

/** A plate of rabbits' sera, read at many wavelengths. */
const plate = csv(
  'lapins-plaque-3.csv',
  'puits;animal;prelevement;longueur_onde_nm;absorbance',
  ...wells(40_000, (nth) => `A${nth % 24};LAP-${300 + (nth % 8)};J${nth % 15};${400 + (nth % 300)};0,${nth}`),
);
const results = csv(
  'resultats-plaque-3.csv',
  'puits;animal;prelevement;crp_mg_l',
  ...wells(30_000, (nth) => `A${nth % 24};LAP-${300 + (nth % 8)};J${nth % 15};${(nth * 7) % 97},${nth % 10}`),
);
const curve = csv('courbe.csv', 'dose;signal', ...wells(24, (nth) => `${nth};${nth * 12}`));
/** People who are nobody, with numbers that would be well formed: what has no place in a space that is not for health data. */
const patients = csv(
  'temoins.csv',
  'nom;prenom;date de naissance;n° de sécurité sociale;diagnostic',
  'Exemple;Jeanne;12/03/1984;2 84 03 29 019 118 84;polyarthrite',
  'Exemple;Armand;30/07/1957;1 57 07 29 232 045 54;insuffisance rénale',
);

test(
  'rabbits’ sera go from the hospital to the laboratory and their assays come back, cut off both ways; patients stay out',
  { skip: cannotBrowse() },
  async (t) => {
    const post = await postOffice(t);
    const here = await stageApart(t, { smtpUrl: post.url, also: ['rade', 'garenne'] });
    const { line, vigie } = here;
    const browser = await openBrowser(t);
    const tugdual = await windowOf(t, browser, here, 'tugdual', PHONE);

    t.diagnostic('the hospital opens a space, and in it a hand-over');
    await tugdual.goto(`${vigie.url}/rade/echange/new`);
    await tugdual.getByLabel('Objet').fill('Dosages lapin, série 13');
    await tugdual.getByLabel('Établissement partenaire').fill('Laboratoire Garenne');
    await tugdual.getByLabel('Ouvert jusqu’au').fill('2026-06-30');
    await tugdual.getByRole('button', { name: 'Ouvrir', exact: true }).click();
    await tugdual.waitForURL(/remise\/new\?holder=E-/u);
    await tugdual.getByLabel('Ce qui est demandé').fill('Dosage des 24 sérums de la plaque 3');
    await tugdual.getByLabel('Aller et retour').check();
    await tugdual.getByLabel('Attendu pour le').fill('2026-03-13');
    await tugdual.getByLabel('Nom', { exact: true }).fill('Odile Lapeyre');
    await tugdual.getByLabel('Adresse électronique').fill('odile@garenne.example');
    await tugdual.locator('#new-sent').setInputFiles([plate, patients]);
    await tugdual.getByText('2 sur 2 fichiers').waitFor();
    await wellShown(tugdual, 'rade-opening');
    await tugdual.getByRole('button', { name: 'Ajouter et passer au suivant' }).click();
    await tugdual.getByRole('link', { name: /Terminer/u }).click();
    await tugdual.getByRole('link', { name: /Dosage des 24 sérums/u }).click();
    await tugdual.getByRole('heading', { name: /Dosage des 24 sérums/u }).waitFor();
    await vigie.settled();
    await tugdual.reload();

    t.diagnostic('patients have no place there, and he is told');
    const stopped = tugdual.getByRole('listitem').filter({ hasText: 'temoins.csv' });
    await stopped.getByText('Il contient des données de santé, qui n’ont pas leur place ici.').waitFor();
    assert.equal(await stopped.locator('a[download]').count(), 0, 'nobody is given it');
    await wellShown(tugdual, 'rade-stopped');
    await stopped.getByRole('button', { name: 'Retirer temoins.csv' }).click();
    await stopped.waitFor({ state: 'detached' });

    t.diagnostic('the sera leave');
    await tugdual.getByText('Demander des fichiers').click();
    await tugdual.getByLabel('À déposer dans').selectOption({ label: 'Fichiers rendus' });
    await tugdual.getByLabel('Ce que vous demandez').fill('Résultats de la plaque 3');
    await tugdual.getByLabel('Précisions, s’il en faut').fill('Pour le 13 mars, avec la courbe.');
    await tugdual.getByRole('button', { name: 'Faire le lien' }).click();
    const back = await tugdual.locator('#drop-link').inputValue();
    await tugdual.getByRole('button', { name: 'Lien de suivi' }).click();
    const follow = await tugdual.locator('#guest-link').inputValue();
    await tugdual.getByText('Partager…').click();
    await tugdual.locator('#share-new').getByText('Plus de choix').click();
    await tugdual
      .getByLabel('Message', { exact: true })
      .fill(`La plaque 3. Où nous en sommes : ${follow}\nPour rendre : ${back}`);
    await wellShown(tugdual, 'rade-sharing');
    await tugdual.getByRole('button', { name: 'Partager', exact: true }).click();
    await tugdual.getByText('Un courriel est parti à odile@garenne.example').waitFor();
    await tugdual.getByRole('button', { name: /^Envoyer → / }).click();
    await tugdual.locator('[aria-current="step"]').filter({ hasText: 'Envoyée' }).waitFor();
    await wellShown(tugdual, 'rade-sent');

    t.diagnostic('the laboratory fetches them');
    const theirs = await keeperOf(t, here.clock.now());
    const odile = theirs.page;
    const mail = (await post.arrived(1)).find(({ subject }) => /Fichiers partagés/u.test(subject ?? ''));
    assert.equal(mail?.to?.[0]?.address, 'odile@garenne.example');
    const links = [...(mail.text ?? '').matchAll(/https?:\/\/\S+/gu)].map(([url]) => url);
    await odile.goto(links.find((url) => url.includes('/share/')) ?? '');
    const letters = post.delivered.length;
    await odile.getByRole('button', { name: 'Recevoir le code' }).click();
    await odile.getByText('Un code est parti à o•••@garenne.example').waitFor();
    const code = (await post.arrived(letters + 1)).map(({ text }) => codeIn(text)).find((one) => one !== '');
    await odile.getByLabel('Code').fill(code ?? '');
    await odile.getByRole('button', { name: 'Voir les fichiers' }).click();
    await odile.getByText('La plaque 3.').waitFor();
    await wellShown(odile, 'garenne-open');
    assert.equal(await odile.getByText('temoins.csv').count(), 0);
    const cut = line.cutWithin(/\/content$/u, 600_000);
    await odile.getByRole('link', { name: /Télécharger lapins-plaque-3.csv/u }).click();
    await cut;
    await theirs.resume();
    assert.ok(readFileSync(await theirs.kept(plate.name)).equals(plate.buffer));
    await odile.reload();
    await odile.getByRole('link', { name: 'Télécharger le reçu' }).click();
    const sentReceipt = readFileSync(await theirs.kept('E-0001-1-2026-03-02.txt'));
    await odile.getByRole('link', { name: /key\.txt/u }).click();
    const key = readFileSync(await theirs.kept('key.txt'));
    receiptHolds(t, sentReceipt, key, theirs.folder);

    t.diagnostic('says that they arrived, and sees by when they are awaited');
    await odile.goto(follow);
    await odile
      .getByText(/13 mars/u)
      .first()
      .waitFor();
    await odile.getByLabel('Référence du partenaire').first().fill('GAR-88');
    await wellShown(odile, 'garenne-follow');
    await odile.getByRole('button', { name: 'Bien reçu' }).click();
    await odile.getByText('Retour attendu').first().waitFor();

    t.diagnostic('and returns what it found');
    await odile.goto(back);
    await odile.getByText('Pour le 13 mars, avec la courbe.').waitFor();
    await odile.getByLabel('Votre nom').fill('Odile Lapeyre');
    await odile.getByLabel('Un message').fill('Deux puits à refaire.');
    const sends = await speedOf(odile);
    await sends(400_000);
    await odile.getByLabel('Vos fichiers', { exact: true }).setInputFiles([curve, results]);
    await wellShown(odile, 'garenne-returning');
    const before = line.carried();
    await odile.getByRole('button', { name: 'Envoyer' }).click();
    await odile.getByText('1 sur 2 fichiers').waitFor();
    await sends(0);
    await odile.getByText('Pas de réseau.').waitFor();
    await wellShown(odile, 'garenne-offline');
    await here.kill();
    await here.again();
    await sends(-1);
    await odile.getByRole('heading', { name: /Voici votre reçu/u }).waitFor();
    const sent = line.carried() - before;
    assert.ok(sent < results.buffer.length * 1.5, `${sent} bytes were sent, of ${results.buffer.length}`);
    await wellShown(odile, 'garenne-receipt');
    const written = await odile.locator('pre').innerText();
    assert.match(written, /De \/ From: Odile Lapeyre/u);

    t.diagnostic('the hospital has it');
    await here.pass(90_000);
    await tugdual.clock.setSystemTime(here.clock.now());
    await tugdual.reload();
    await tugdual.getByText('Deux puits à refaire.').waitFor();
    await tugdual.getByText('ven. 13 mars').first().waitFor();
    const receipts = tugdual.getByRole('region', { name: 'Reçus' });
    const [got, gave] = [
      receipts.getByRole('listitem').filter({ hasText: 'reçu de Odile Lapeyre' }),
      receipts.getByRole('listitem').filter({ hasText: 'remis à odile@garenne.example' }),
    ];
    const receiptIn = (row: typeof got) =>
      taken(tugdual, () => row.getByRole('link', { name: /Télécharger/u }).click()).then(bytesOf);
    assert.equal(String(await receiptIn(got)).trim(), written.trim());
    assert.ok((await receiptIn(gave)).equals(sentReceipt));
    await wellShown(tugdual, 'rade-returned');
    await tugdual.getByText('Rendre…').click();
    await tugdual.getByRole('button', { name: /^Rendre/u }).click();
    await tugdual.locator('[aria-current="step"]').filter({ hasText: 'Rendue, à vérifier' }).waitFor();

    t.diagnostic('and whoever waits for it takes it up');
    const noemie = await windowOf(t, browser, here, 'noemie', PHONE);
    await noemie.goto(`${vigie.url}/rade/remise/E-0001-1`);
    const zip = await taken(noemie, () =>
      noemie.getByRole('link', { name: 'Télécharger resultats-plaque-3.csv' }).click(),
    );
    assert.ok((await bytesOf(zip)).equals(results.buffer));
    await noemie.getByRole('button', { name: /Vérifié, c’est bon/u }).click();
    await noemie.locator('[aria-current="step"]').filter({ hasText: 'Vérifiée' }).waitFor();
  },
);
