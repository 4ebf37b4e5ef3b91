import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Hono } from 'hono';

import { giveSession } from './cookie.ts';
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
