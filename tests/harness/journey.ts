import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

import type { Browser, BrowserContextOptions, Download, Page } from 'playwright-core';

import { violations } from './axe.ts';
import { temporaryFolder } from './cluster.ts';

const VERIFIER = join(import.meta.dirname, '../../client/verify-receipt.mjs');

/** A telephone, held upright. */
export const PHONE = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
} satisfies BrowserContextOptions;

/** Where pictures of the pages are put, for somebody to look at; nowhere unless it is said. */
const SHOTS = process.env['VIGIE_SHOTS'];

/** Everybody can read this page: axe finds nothing, and it is no wider than the phone. */
export const wellShown = async (page: Page, name: string): Promise<void> => {
  assert.deepEqual(await violations(page), [], name);
  const wide = await page.evaluate<readonly string[]>(`(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth <= clientWidth ? [] : [...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
      .filter((one) => one.children.length === 0)
      .map((one) => Math.round(one.getBoundingClientRect().right) + ' ' + one.outerHTML.slice(0, 80))
      .toSorted((a, b) => parseInt(b) - parseInt(a)).slice(0, 5);
  })()`);
  assert.deepEqual(wide, [], `${name} is no wider than the phone`);
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  const was = page.viewportSize();
  for (const [device, size] of [
    ['phone', PHONE.viewport],
    ['desk', { width: 1280, height: 900 }],
  ] as const)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(SHOTS, `${name}-${device}-${colorScheme}.png`), fullPage: true });
    }
  await page.emulateMedia({ colorScheme: null });
  if (was) await page.setViewportSize(was);
};

/** The phone of somebody outside. What goes wrong in a page fails the test. */
export const phoneOf = async (t: TestContext, browser: Browser, now: number): Promise<Page> => {
  const context = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', ...PHONE });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  t.after(() => assert.deepEqual(wrong, []));
  await page.clock.setSystemTime(now);
  return page;
};

/** What a person gets by a gesture that downloads. */
export const taken = async (page: Page, gesture: () => Promise<unknown>): Promise<Download> => {
  const [download] = await Promise.all([page.waitForEvent('download'), gesture()]);
  return download;
};

export const bytesOf = async (download: Download): Promise<Buffer> => readFileSync(await download.path());

/** Takes a zip apart with the ordinary `unzip`. @returns the folder */
export const unzipped = (t: TestContext, zip: string): string => {
  const folder = temporaryFolder('vigie-unzipped-', t);
  const { status, stderr } = spawnSync('unzip', ['-q', zip, '-d', folder], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return folder;
};

/** Anybody's check of a receipt, with what is published: the script that comes along, and no network. */
export const receiptHolds = (t: TestContext, receipt: Buffer, key: Buffer, files: string): void => {
  const folder = temporaryFolder('vigie-receipt-', t);
  const put = (name: string, text: Buffer): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const words = [VERIFIER, put('receipt.txt', receipt), put('key.txt', key), files];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /Tout concorde/u);
};

/** How fast this page sends, in bytes a second; 0 is no line at all, -1 as fast as it goes. */
export const speedOf = async (page: Page): Promise<(bytes: number) => Promise<void>> => {
  const line = await page.context().newCDPSession(page);
  await line.send('Network.enable');
  return async (uploadThroughput) => {
    const offline = uploadThroughput === 0;
    const conditions = { offline, latency: 5, downloadThroughput: -1, uploadThroughput };
    await line.send('Network.emulateNetworkConditions', conditions);
  };
};
