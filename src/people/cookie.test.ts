import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Hono } from 'hono';

import { cookieIn, giveSession } from './cookie.ts';
import { newSecret } from './secret.ts';

/** The cookie that a browser is given by a server reached at this address. */
const given = async (url: string, slug: string): Promise<string> => {
  const app = new Hono();
  app.get('/', (c) => {
    giveSession(c, url, slug, newSecret());
    return c.text('');
  });
  return (await app.request('/')).headers.getSetCookie().join('\n');
};

// asvs 3.3.1 3.3.2 3.3.3 3.3.4
test('on https, a session is a cookie of this host alone, that no script reads and no other site sends along', async () => {
  const cookie = await given('https://vigie.example.org', 'kerlann');
  const [pair = '', ...attributes] = cookie.split('; ');
  assert.match(pair, /^__Host-vigie-kerlann=[\w-]{43}$/u);
  assert.deepEqual(attributes.filter((one) => !one.startsWith('Max-Age=')).toSorted(), [
    'HttpOnly',
    'Path=/',
    'SameSite=Lax',
    'Secure',
  ]);
});

test('no cookie is longer than a browser keeps', async () => {
  assert.ok((await given('https://vigie.example.org', 'o'.repeat(40))).length < 4096);
});

test('a cookie is found by its whole name, wherever it stands among others', () => {
  const header = 'other=vigie-rade=no; xvigie-rade=no; vigie-rade-2=no;vigie-rade=yes ; vigie-rade=later';
  assert.equal(cookieIn(header, 'vigie-rade'), 'yes');
  assert.equal(cookieIn('vigie-rade=yes', 'vigie-rade'), 'yes');
  assert.equal(cookieIn('__Host-vigie-rade=no', 'vigie-rade'), undefined);
  assert.equal(cookieIn('other=1; vigie-rad', 'vigie-rade'), undefined);
  assert.equal(cookieIn(undefined, 'vigie-rade'), undefined);
});
