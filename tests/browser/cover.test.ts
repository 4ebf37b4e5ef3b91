import assert from 'node:assert/strict';
import { test } from 'node:test';

import sharp from 'sharp';

import { cannotBrowse, openBrowser, windowOf } from '../harness/browser.ts';
import { bring } from '../harness/files.ts';
import { stage } from '../harness/vigie.ts';

test(
  'on the board a pothole is seen as it was photographed, and what cannot be drawn leaves no gap',
  { skip: cannotBrowse() },
  async (t) => {
    const set = await stage(t, { vault: true });
    const maelle = await set.as('maelle');
    const photo = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#c81e1e' } })
      .jpeg()
      .toBuffer();
    const report = async (content?: Buffer): Promise<string> => {
      const { status, body } = await maelle.ask('POST', '/kerlann/voirie/tickets', {
        fields: { kind: 'pothole', place: { lat: 47.6, lng: -2.8 } },
      });
      assert.equal(status, 201, JSON.stringify(body));
      const place = `/kerlann/voirie/tickets/${body.reference}` as const;
      if (content)
        await bring(set, set.cast.maelle, maelle, place, 'photos', [{ name: 'photo.jpg', content }]);
      return body.reference;
    };
    const drawn = await report(photo);
    const broken = await report(photo.subarray(0, 200));
    const without = await report();

    const page = await windowOf(t, await openBrowser(t), set, 'maelle');
    await page.goto(`${set.vigie.url}/kerlann/voirie`);
    const pictureOf = (reference: string) => page.locator('li.card', { hasText: reference }).locator('img');
    await pictureOf(drawn).waitFor();
    await page.waitForFunction(`document.querySelector('li.card img')?.naturalWidth > 0`);
    await pictureOf(broken).waitFor({ state: 'detached' });
    assert.equal(await pictureOf(without).count(), 0);
  },
);
