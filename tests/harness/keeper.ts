import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

import { chromium, type Page } from 'playwright-core';

import { STARTED } from './browser.ts';
import { temporaryFolder } from './cluster.ts';
import { PHONE } from './journey.ts';

/** Somebody outside at a browser of their own, which keeps what they download where they find it again. */
export interface Keeper {
  readonly page: Page;
  /** Where what they download is. */
  readonly folder: string;
  /** Waits until it is there whole. @returns its path */
  kept(name: string): Promise<string>;
  /** Presses "Resume" in the browser's own list of downloads, once it says that one has failed. */
  resume(): Promise<void>;
}

const PATIENCE = 30_000;

/** Opens it at phone width. What goes wrong in its page fails the test. */
export const keeperOf = async (t: TestContext, now: number): Promise<Keeper> => {
  const folder = temporaryFolder('vigie-kept-', t);
  const context = await chromium.launchPersistentContext(temporaryFolder('vigie-profile-', t), {
    ...STARTED,
    ...PHONE,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
  });
  t.after(() => context.close());
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  t.after(() => {
    if (wrong.length > 0) throw new Error(`In a page: ${wrong.join('; ')}`);
  });
  await page.clock.setSystemTime(now);
  const session = await context.newCDPSession(page);
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  return {
    page,
    folder,
    kept: async (name) => {
      const path = join(folder, name);
      for (const until = Date.now() + PATIENCE; !existsSync(path);) {
        if (Date.now() > until) throw new Error(`${name} did not come.`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return path;
    },
    resume: async () => {
      const list = await context.newPage();
      await list.setViewportSize({ width: 1000, height: 800 });
      await list.goto('chrome://downloads/');
      // Beyond its list, its words are of the browser's language.
      await list.locator('downloads-item #more-actions').first().click();
      await list.locator('downloads-item #pause-or-resume').first().click();
      await list.close();
    },
  };
};
