import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

import type { Name } from './cast.ts';
import type { Stage } from './vigie.ts';

const CHROMIUM = '/usr/bin/chromium';
const BUILT = join(import.meta.dirname, '../../web/build/handler.js');

/** Why browser tests cannot run on this machine, or `false` when they can. */
export const cannotBrowse = (): string | false => {
  if (!existsSync(CHROMIUM)) return 'Chromium is not installed (Debian package chromium)';
  return existsSync(BUILT) ? false : 'the pages are not built (npm start or npm test builds them)';
};

/** How Chromium is started for tests. */
export const STARTED = {
  executablePath: CHROMIUM,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/** A browser of its own for one test, with an empty profile. */
export const openBrowser = async (t: TestContext): Promise<Browser> => {
  const browser = await chromium.launch(STARTED);
  t.after(() => browser.close());
  return browser;
};

/** Somebody's own window, signed in; its clock is the server's. What goes wrong in a page fails the test. */
export const windowOf = async (
  t: TestContext,
  browser: Browser,
  stage: Pick<Stage, 'as' | 'clock'> & { readonly vigie: Pick<Stage['vigie'], 'url'> },
  name: Name,
  options: BrowserContextOptions = {},
): Promise<Page> => {
  const context: BrowserContext = await browser.newContext({
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  const { cookie } = await stage.as(name);
  const [key = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name: key, value, url: stage.vigie.url, httpOnly: true, sameSite: 'Lax' }]);
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  t.after(() => {
    if (wrong.length > 0) throw new Error(`In the window of ${name}: ${wrong.join('; ')}`);
  });
  await page.clock.setSystemTime(stage.clock.now());
  const go = page.goto.bind(page);
  // A person looks before they press; by then the script of the page is there.
  page.goto = async (...asked) => {
    const answer = await go(...asked);
    const awaits = options.javaScriptEnabled !== false && page.url().startsWith(stage.vigie.url);
    if (awaits && (await page.locator('script').count()) > 0)
      await page.locator('html[data-scripted]').waitFor({ state: 'attached' });
    return answer;
  };
  return page;
};
