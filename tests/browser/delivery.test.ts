import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';

import sharp from 'sharp';

import { cannotBrowse, openBrowser, windowOf } from '../harness/browser.ts';
import { stageApart } from '../harness/apart.ts';
import {
  bytesOf,
  PHONE,
  phoneOf,
  receiptHolds,
  speedOf,
  taken,
  unzipped,
  wellShown,
} from '../harness/journey.ts';
import { TUESDAY } from '../harness/lab.ts';
import { codeIn } from '../harness/shares.ts';
import { keeperOf } from '../harness/keeper.ts';
import { postOffice } from '../harness/mail.ts';
import { PHONE as SEEN_BY } from '../harness/pictures.ts';

/** How many files a page sends at once: so many are begun again when the line is cut. */
const AT_ONCE = 3;
/** Bytes that requests have beside files. */
const HEADERS = 250_000;

interface Scan {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Forty frames of a film: a sky, a ground, grain; each with the time and place that the scanner was told. */
const scans: Scan[] = [];
before(async () => {
  const [width, height] = [330, 220];
  for (let nth = 1; nth <= 40; nth++) {
    const raw = Buffer.alloc(width * height * 3);
    for (let at = 0; at < raw.length; at += 3) {
      const y = Math.floor(at / 3 / width) / height;
      const grain = ((at * 7919 + nth * 104_729) % 61) - 30;
      const ground = y > 0.35 + nth / 100;
      raw[at] = Math.min(255, Math.max(0, (ground ? 150 - nth : 120 + 90 * y) + grain));
      raw[at + 1] = Math.min(255, Math.max(0, (ground ? 100 + nth * 2 : 150 + 60 * y) + grain));
      raw[at + 2] = Math.min(255, Math.max(0, (ground ? 60 + nth : 235 - 40 * y) + grain));
    }
    const buffer = await sharp(raw, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 90 })
      .withExif(SEEN_BY)
      .toBuffer();
    scans.push({ name: `portra-${String(nth).padStart(2, '0')}.jpg`, mimeType: 'image/jpeg', buffer });
  }
});

test(
  'a film comes back to its owner as forty scans: cut off twice on their way in, once on their way out, and all there',
  { skip: cannotBrowse() },
  async (t) => {
    const post = await postOffice(t);
    const lab = await stageApart(t, { at: TUESDAY, smtpUrl: post.url });
    const { line, vigie } = lab;
    const browser = await openBrowser(t);
    const counter = await windowOf(t, browser, lab, 'camille', PHONE);
    const bench = await windowOf(t, browser, lab, 'theo', PHONE);

    t.diagnostic('at the counter');
    await counter.goto(`${vigie.url}/argentique/atelier/new`);
    await counter.getByLabel('Nom').fill('Claire Vandewalle');
    await counter.getByLabel('Adresse électronique').fill('claire.vandewalle@example.org');
    await counter.getByLabel('Contenu').fill('1 Portra 400, scan HD');
    await counter.getByLabel('Promise pour').fill('2026-03-06T18:00');
    await wellShown(counter, 'counter');
    await counter.getByRole('button', { name: 'Ouvrir' }).click();
    await counter.waitForURL(/travail\/new\?holder=A-0001/u);
    await counter.getByLabel('C-41').check();
    await counter.getByLabel('Film ou tirage').fill('Portra 400');
    await counter.getByLabel('Film ou tirage').press('Enter');
    await counter.getByText('A-0001-1', { exact: true }).first().waitFor();
    await wellShown(counter, 'counter-film');

    t.diagnostic('at the bench');
    await bench.goto(`${vigie.url}/argentique/travail/A-0001-1`);
    for (const step of ['Développement', 'Séchage', 'Numérisation']) {
      await bench.getByRole('button', { name: /Étape suivante/u }).click();
      await bench.locator('[aria-current="step"]').filter({ hasText: step }).waitFor();
    }
    await wellShown(bench, 'bench-film');
    await bench
      .getByRole('link', { name: /A-0001/u })
      .first()
      .click();
    await bench.getByText('Ajouter : Numérisations').click();
    await wellShown(bench, 'bench-adding');
    const sends = await speedOf(bench);
    await sends(400_000);
    const before = line.carried();
    await bench.locator('#add-scans-files').setInputFiles(scans);
    await bench.getByText(/^(?:[5-9]|1[0-9]) sur 40 fichiers$/u).waitFor();
    await sends(0);
    await bench.getByText('Pas de réseau.').waitFor();
    await wellShown(bench, 'bench-offline');
    await sends(400_000);
    await bench.getByText(/^2[0-9] sur 40 fichiers$/u).waitFor();
    await lab.kill();
    await lab.again();
    await bench.getByText('40 fichiers ajoutés').waitFor({ timeout: 60_000 });
    // What had arrived was not sent again; what was on its way when the line was cut may have been.
    const all = scans.reduce((sum, { buffer }) => sum + buffer.length, 0);
    const largest = Math.max(...scans.map(({ buffer }) => buffer.length));
    const sent = line.carried() - before;
    assert.ok(sent < all + 2 * AT_ONCE * largest + HEADERS, `${sent} bytes were sent, of ${all}`);
    // What the server was looking at when it was killed is looked at by another once its time is over.
    await lab.pass(90_000);
    await bench.clock.setSystemTime(lab.clock.now());
    await bench.reload();
    await bench.locator('.pictures li').nth(39).waitFor();
    await wellShown(bench, 'bench-delivered');

    t.diagnostic('to their owner');
    await counter.goto(`${vigie.url}/argentique/atelier/A-0001`);
    await counter.getByRole('button', { name: 'Tout partager avec Claire Vandewalle' }).click();
    await counter.getByText('Un courriel est parti à claire.vandewalle@example.org').waitFor();
    const shares = counter.getByRole('region', { name: 'Partages' });
    await shares.getByText('0 téléchargement').waitFor();
    const [mail] = await post.arrived(1);
    assert.equal(mail?.to?.[0]?.address, 'claire.vandewalle@example.org');
    const hers = await keeperOf(t, lab.clock.now());
    const claire = hers.page;
    await claire.goto(/https?:\/\/\S+/u.exec(mail.text ?? '')?.[0] ?? '');
    await claire.getByRole('heading', { name: 'Camille Dubrulle partage des fichiers avec vous' }).waitFor();
    await claire.getByRole('button', { name: 'Recevoir le code' }).click();
    await claire.getByLabel('Code').fill(codeIn((await post.arrived(2))[1]?.text));
    await wellShown(claire, 'claire-code');
    await claire.getByRole('button', { name: 'Voir les fichiers' }).click();
    const seen = claire.getByRole('img', { name: /^Voir portra-\d\d\.jpg en grand$/u });
    await seen.nth(39).waitFor();
    for (const nth of [0, 20, 39]) {
      await seen.nth(nth).scrollIntoViewIfNeeded();
      await seen.nth(nth).evaluate((img) => (img as unknown as { decode(): Promise<void> }).decode());
    }
    await wellShown(claire, 'claire-open');

    const cut = line.cutWithin(/\/files\.zip$/u, 600_000);
    await claire.getByRole('link', { name: /Tout télécharger/u }).click();
    await cut;
    await hers.resume();
    const folder = unzipped(t, await hers.kept('A-0001.zip'));
    const ranges = line.heard.filter(({ path }) => path.endsWith('/files.zip')).map(({ range }) => range);
    assert.match(ranges.join(' '), /^ bytes=\d{6}\d*-$/u);
    // Her own pictures, given to her alone: the very bytes, with what the scanner wrote in them.
    for (const { name, buffer } of scans) assert.ok(buffer.equals(readFileSync(join(folder, name))), name);

    await claire.getByRole('link', { name: 'Voir s’il y est' }).click();
    await claire.getByRole('link', { name: 'Télécharger le reçu' }).click();
    const receipt = readFileSync(await hers.kept('A-0001-2026-03-03.txt'));
    await claire.getByRole('link', { name: /key\.txt/u }).click();
    const key = readFileSync(await hers.kept('key.txt'));
    receiptHolds(t, receipt, key, folder);
    await wellShown(claire, 'claire-taken');

    t.diagnostic('what the lab sees of it');
    await counter.reload();
    await shares.getByText('1 téléchargement').waitFor();
    await shares.getByText('1 visite').click();
    await shares.getByText('a pris tout').waitFor();
    const receipts = counter.getByRole('region', { name: 'Reçus' });
    await receipts.getByText('remis à claire.vandewalle@example.org').waitFor();
    const theirs = await bytesOf(
      await taken(counter, () => receipts.getByRole('link', { name: /Télécharger/u }).click()),
    );
    assert.ok(theirs.equals(receipt), 'both sides have the same receipt');
    assert.match(String(theirs), /Fichiers \/ Files: 40$/mu);
    await wellShown(counter, 'counter-shared');

    t.diagnostic('to somebody else of the wedding');
    await counter.getByText('Partager…').click();
    await counter.getByLabel('Qui peut ouvrir').selectOption('worded');
    await counter.getByLabel('Phrase de passe').fill('trois bobines');
    await counter.locator('#share-new').getByText('Plus de choix').click();
    await counter.getByLabel('Téléchargements').selectOption('3');
    await counter.getByLabel('Ouvert', { exact: true }).selectOption('7');
    await wellShown(counter, 'counter-sharing');
    await counter.getByRole('button', { name: 'Partager', exact: true }).click();
    const url = await counter.getByLabel('Copiez ce lien maintenant').inputValue();
    await shares.getByText('0 sur 3 téléchargements').waitFor();
    const guest = await phoneOf(t, browser, lab.clock.now());
    await guest.goto(url);
    await guest.getByText('Ouvert jusqu’au mardi 10 mars 2026').waitFor();
    await guest.getByLabel('Phrase de passe').fill('trois bobines');
    await guest.getByRole('button', { name: 'Voir les fichiers' }).click();
    await guest.getByText('Il reste 3 téléchargements.').waitFor();
    const one = await bytesOf(
      await taken(guest, () => guest.getByRole('link', { name: 'Télécharger portra-07.jpg' }).click()),
    );
    const [kept, left] = [scans[6]?.buffer ?? one, one];
    assert.equal((await sharp(left).metadata()).exif, undefined, 'without time and place');
    assert.deepEqual(await sharp(left).raw().toBuffer(), await sharp(kept).raw().toBuffer());
    await guest.reload();
    await guest.getByText('Il reste 2 téléchargements.').waitFor();
    await counter.reload();
    await shares.getByText('1 sur 3 téléchargements').waitFor();
    await shares
      .getByRole('listitem')
      .filter({ hasText: '1 sur 3' })
      .getByRole('button', { name: 'Fermer' })
      .click();
    await shares.getByText('1 sur 3 téléchargements').waitFor({ state: 'hidden' });
    await guest.reload();
    await guest.getByText('Ce lien n’ouvre rien').waitFor();
    await wellShown(guest, 'guest-gone');
    // Hers goes on.
    await claire.reload();
    await seen.first().waitFor();
  },
);
