import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

import { linkFor } from '../../src/people/index.ts';
import { readConfig } from '../../src/platform/config.ts';
import { serve } from '../../src/platform/http/serve.ts';
import { cannotBrowse } from '../harness/browser.ts';
import { keyFor } from '../harness/cast.ts';
import { askRaw, type Asking } from '../harness/raw.ts';
import { type Stage, stage } from '../harness/vigie.ts';

const SNAPSHOT = join(import.meta.dirname, '../../docs/headers.md');
const IMMUTABLE = join(import.meta.dirname, '../../web/build/client/_app/immutable');
/** `REWRITE=headers node --test tests/http/headers.test.ts` writes the snapshot again, for somebody to review. */
const REWRITE = process.env['REWRITE'] === 'headers';

/** What is no defence, and differs from one answer to the next. */
const BESIDE = new Set(
  (
    'accept-ranges connection content-length content-encoding content-type date etag keep-alive link retry-after ' +
    'transfer-encoding vary x-accel-buffering x-sveltekit-page x-sveltekit-version'
  ).split(' '),
);

interface Kind {
  readonly name: string;
  readonly status: number;
  readonly lines: readonly string[];
}

const kindOf = (name: string, { status, headers }: Pick<Response, 'status' | 'headers'>): Kind => ({
  name,
  status,
  lines: [...headers]
    .filter(([header]) => !BESIDE.has(header))
    .map(([header, value]) => `${header}: ${value}`)
    .map((line) =>
      line
        .replaceAll(/'nonce-[^']+'/gu, "'nonce-…'")
        .replace(/(set-cookie: [\w-]+=)[\w-]{20,}/u, '$1…')
        .replace(/draft=[\w-]+/u, 'draft=…'),
    )
    .toSorted(),
});

/** Everything a server of this address answers with, one of each. */
const kindsAt = async (scene: Stage, url: string, secure: boolean): Promise<readonly Kind[]> => {
  const { vigie, cast, db, clock } = scene;
  const at = (path: string, { headers, ...asking }: Asking = {}): Promise<Response> =>
    askRaw(vigie.port, path, {
      host: new URL(url).host,
      ...asking,
      headers: { origin: url, ...headers },
    });
  const post = (path: string, body: unknown, headers: Record<string, string> = {}, method = 'POST') =>
    at(path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const link = await linkFor(
    db,
    { id: cast.maelle.organisationId, slug: 'kerlann' },
    url,
    cast.maelle.id,
    clock.now(),
  );
  const signedIn = await post('/api/v1/kerlann/sessions', { token: link.split('/').at(-1) });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const key = await keyFor(
    db,
    cast.maelle.organisationId,
    { app: 'voirie', role: 'clerk', site: null },
    clock.now(),
  );
  const kinds: Kind[] = [kindOf('sign-in, which gives the cookie', signedIn)];
  const look = async (name: string, answer: Promise<Response>): Promise<void> => {
    const response = await answer;
    kinds.push(kindOf(name, response));
  };
  const file = readdirSync(join(IMMUTABLE, 'assets')).find((one) => one.endsWith('.css')) ?? '';
  await look('page', at('/kerlann', { headers: { cookie } }));
  await look('page of nobody', at('/kerlann/sign-in'));
  await look('page that is not there', at('/kerlann/voirie/V-9999', { headers: { cookie } }));
  await look('page that leads to the door (303)', at('/kerlann'));
  await look('data of a page', at('/kerlann/__data.json', { headers: { cookie } }));
  await look('file that never changes', at(`/_app/immutable/assets/${file}`));
  await look(
    'file that never changes, compressed',
    at(`/_app/immutable/assets/${file}`, { headers: { 'accept-encoding': 'br' } }),
  );
  await look('file', at('/favicon.svg'));
  await look('API, JSON', at('/api/v1/kerlann', { headers: { cookie } }));
  await look('API, by key', at('/api/v1/kerlann', { headers: { authorization: `Bearer ${key}` } }));
  await look('API, its own description', at('/api/v1/openapi.json'));
  await look('API, a problem (401)', at('/api/v1/kerlann'));
  await look('API, not found (404)', at('/api/v1/kerlann/nowhere/at/all', { headers: { cookie } }));
  await look(
    'API, too large (413)',
    at('/api/v1/kerlann/sites', { method: 'POST', headers: { cookie }, body: 'x'.repeat(1_100_000) }),
  );
  await look('API, CSV', at('/api/v1/kerlann/voirie/export.csv', { headers: { cookie } }));
  await look('API, live stream', at('/api/v1/kerlann/stream', { headers: { cookie } }));
  await look(
    'API, everything exported',
    at('/api/v1/kerlann/export', { method: 'POST', headers: { cookie } }),
  );
  await look(
    'form without JavaScript (303)',
    at('/forms/api/v1/kerlann/voirie/tickets', {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ 'text.note': 'x', _back: '/kerlann' }).toString(),
    }),
  );
  await look(
    'foreign origin (403)',
    post('/api/v1/kerlann/sites', {}, { cookie, origin: 'https://evil.example' }),
  );
  await look('foreign host (421)', at('/kerlann', { host: 'evil.example' }));
  await look('health', at('/healthz'));
  await look('readiness', at('/readyz'));
  await look(secure ? 'metrics, closed' : 'metrics, from the machine itself', at('/metrics'));
  await look('sign-out', at('/api/v1/kerlann/sessions/current', { method: 'DELETE', headers: { cookie } }));
  return kinds;
};

/** What is answered before the server is ready, and to what is not HTTP. */
const early = async (t: TestContext): Promise<readonly Kind[]> => {
  const served = await serve('localhost', 0, false);
  t.after(() => served.stop());
  const starting = await fetch(`http://localhost:${served.port}/`);
  const raw = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(served.port, 'localhost', () => socket.write('NOT HTTP\r\n\r\n'));
    socket.on('data', (part) => (text += part.toString()));
    socket.on('close', () => resolve(text));
  });
  const [first = '', ...lines] = raw.trim().split('\r\n');
  const headers = new Headers(lines.map((line) => line.split(': ', 2) as [string, string]));
  return [
    kindOf('while it starts (503)', starting),
    kindOf('what is not HTTP', { status: Number(first.split(' ')[1]), headers }),
  ];
};

/** What all of these have. */
const common = (kinds: readonly Kind[]): readonly string[] =>
  (kinds[0]?.lines ?? []).filter((line) => kinds.every(({ lines }) => lines.includes(line)));

const written = (title: string, kinds: readonly Kind[]): string => {
  const groups = new Map<string, string[]>();
  const shared = common(kinds);
  for (const { name, status, lines } of kinds) {
    const text = lines.filter((line) => !shared.includes(line)).join('\n');
    groups.set(text, [...(groups.get(text) ?? []), `${name}: ${status}`]);
  }
  return [
    `## ${title}\n\nEvery answer:\n\n\`\`\`http\n${shared.join('\n')}\n\`\`\`\n\nand beside that:\n`,
    ...[...groups].map(
      ([text, names]) =>
        `${names.map((name) => `- ${name}\n`).join('')}${text === '' ? '' : `\n\`\`\`http\n${text}\n\`\`\`\n`}`,
    ),
  ].join('\n');
};

const HEAD = `# What every answer tells a browser

Written by \`REWRITE=headers node --test tests/http/headers.test.ts\` from what a running server answers, and compared by
the same test: a change to it is a change that somebody reviews. Headers that are no defence are left out.
`;

// asvs 3.2.1 3.3.1 3.3.2 3.3.3 3.3.4 3.4.1 3.4.3 3.4.4 3.4.5 3.4.6 14.2.2 14.3.2
test(
  'every kind of answer carries the defences that were reviewed, on http and on https',
  { skip: cannotBrowse() },
  async (t) => {
    const plain = await stage(t);
    const atHome = await kindsAt(plain, plain.vigie.url, false);
    const away = await stage(t, { settings: { url: 'https://vigie.example.org' } });
    const atWork = await kindsAt(away, 'https://vigie.example.org', true);
    for (const { name, lines } of [...atHome, ...atWork, ...(await early(t))]) {
      const has = (start: string): boolean => lines.some((line) => line.startsWith(start));
      assert.ok(has("content-security-policy: default-src 'none'"), name);
      assert.ok(!lines.some((line) => /unsafe-(?:inline|hashes|eval)/u.test(line)), name);
      assert.ok(has('x-content-type-options: nosniff'), name);
      assert.ok(has('x-frame-options: DENY'), name);
      assert.equal(has('server:') || has('x-powered-by:'), false, name);
      assert.equal(
        lines.some((line) => line.startsWith('cache-control:') && !line.includes('no-store')),
        name.startsWith('file that never changes'),
        name,
      );
    }
    for (const { name, lines } of atWork)
      assert.ok(
        lines.some((line) => line.startsWith('strict-transport-security: max-age=31536000')),
        name,
      );
    const text = [
      HEAD,
      written('At http://localhost', atHome),
      written('At https://vigie.example.org', atWork),
      written('Before anything else', await early(t)),
    ].join('\n');
    if (REWRITE) writeFileSync(SNAPSHOT, text);
    assert.equal(text, readFileSync(SNAPSHOT, 'utf8'), 'docs/headers.md says otherwise');
  },
);

test('a wrong setting of the defences is refused with the reason', () => {
  for (const [name, value] of [
    ['VIGIE_PROXIES', '10.0.0.0/33'],
    ['VIGIE_PROXIES', 'proxy.example.org'],
    ['VIGIE_LIMITS', 'many'],
    ['VIGIE_METRICS_TOKEN', 'short'],
  ] as const)
    assert.throws(() => readConfig({ [name]: value }), new RegExp(name, 'u'));
  assert.deepEqual(readConfig({ VIGIE_PROXIES: '127.0.0.1, ::1 10.0.0.0/8' }).proxies, [
    '127.0.0.1',
    '::1',
    '10.0.0.0/8',
  ]);
  assert.equal(readConfig({ VIGIE_LIMITS: 'off' }).limits, 0);
});
