import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';

import type { Route } from 'playwright-core';

import { cannotBrowse, openBrowser, windowOf } from '../harness/browser.ts';
import { stage } from '../harness/vigie.ts';

const DATA = /\/__data\.json/u;

test(
  'while news cannot be fetched, the line gone or the server away, a page stays with what was typed in it, and catches up',
  { skip: cannotBrowse() },
  async (t) => {
    const scene = await stage(t);
    const maelle = await scene.as('maelle');
    const { body: ticket } = await maelle.ask('POST', '/kerlann/voirie/tickets', {
      fields: { kind: 'pothole', place: { lat: 47.7412, lng: -2.8754 }, note: 'Un trou' },
    });
    const page = await windowOf(t, await openBrowser(t), scene, 'maelle');
    await page.goto(`${scene.vigie.url}/kerlann/voirie/${ticket.reference}`);
    const mine = page.locator('#comment-text');
    await mine.fill('Vu ce matin, à reboucher avant la foire.');
    await page.evaluate("document.documentElement.setAttribute('data-same-page', '')");

    // Begins to answer, and is gone.
    const halfway = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"type":"data",', () => response.destroy());
    });
    halfway.listen(0, '127.0.0.1');
    await once(halfway, 'listening');
    t.after(() => halfway.close());
    const { port } = halfway.address() as AddressInfo;

    let refused = 0;
    const say = (text: string) =>
      maelle.ask('POST', `/kerlann/voirie/tickets/${ticket.reference}/comments`, { text });
    const ways = {
      'the line is cut': (route: Route) => route.abort('internetdisconnected'),
      'the line is cut in the middle of the answer': (route: Route) =>
        route.continue({ url: `http://127.0.0.1:${port}/__data.json` }),
      'the server starts again': (route: Route) =>
        route.fulfill({ status: 503, headers: { 'retry-after': '2' }, body: 'Vigie is starting.\n' }),
    };
    for (const [what, fail] of Object.entries(ways)) {
      refused = 0;
      await page.route(DATA, async (route) => {
        refused += 1;
        await fail(route);
      });
      const said = await say(`Nouvelle pendant que ${what}`);
      assert.equal(said.status, 201, JSON.stringify(said.body));
      while (refused < 2) await page.waitForTimeout(50);
      assert.equal(await page.locator('html[data-same-page]').count(), 1, `still the same page: ${what}`);
      await page.unroute(DATA);
      await page.getByText(`Nouvelle pendant que ${what}`).waitFor();
      assert.equal(await mine.inputValue(), 'Vu ce matin, à reboucher avant la foire.');
      assert.equal(await page.locator('html[data-same-page]').count(), 1, `and after it: ${what}`);
    }
  },
);
