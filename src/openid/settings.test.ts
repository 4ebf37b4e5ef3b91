import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { ConfigurationError } from '../platform/config.ts';
import { activitiesOf, labelOf } from './activities.ts';
import { assuranceOf, levelsFor } from './levels.ts';
import { type Provider, providerFor, providersOf, readProviders } from './settings.ts';

const DOCS = join(import.meta.dirname, '../../docs/openid');
const SECRETS = { PROCONNECT_SECRET: 'of ProConnect', PROSANTECONNECT_SECRET: 'of the ANS' };

const DESK = {
  id: 'desk',
  title: { fr: 'Le Guichet', en: 'The Desk' },
  issuer: 'https://desk.example',
  clientId: 'vigie',
  secretEnvironment: 'DESK_SECRET',
  organisations: 'all',
};

const read = (...providers: readonly object[]): readonly Provider[] =>
  readProviders(JSON.stringify({ providers }), { DESK_SECRET: 'of the desk' });

const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof ConfigurationError);
    return error.message;
  }
  return assert.fail('It was let through.');
};

const documented = (name: string): Provider => {
  const [provider] = readProviders(join(DOCS, `${name}.json`), SECRETS);
  return provider ?? assert.fail(`${name}.json names no provider.`);
};

test('ProConnect is a configuration: its levels, what it signs, and where it is', () => {
  const provider = documented('proconnect');
  assert.equal(provider.secret, 'of ProConnect');
  assert.equal(provider.userinfo, 'signed');
  assert.deepEqual(
    ['eidas1', 'eidas1-mfa', 'eidas2', 'eidas3', 'eidas9'].map((acr) => assuranceOf(provider, acr)),
    ['low', 'medium', 'strong', 'strong', 'low'],
  );
  assert.deepEqual(levelsFor(provider, 'strong'), ['eidas2', 'eidas3']);
  assert.equal(labelOf(provider, { usual_name: 'Le Goff', sub: 'x' }), 'Le Goff', 'without an address too');
});

test('Pro Santé Connect is a configuration: several activities, in words, and no address', () => {
  const provider = documented('prosanteconnect');
  const claims = {
    SubjectNameID: '899700366240',
    SubjectRefPro: {
      exercices: [
        {
          codeProfession: '10',
          activities: [
            { raisonSocialeSite: 'CAB MED BIS TOUBIB', codePostal: '75009' },
            { raisonSocialeSite: 'HOPITAL GENERIQUE', codePostal: '' },
          ],
        },
        { codeProfession: '77', activities: [{ raisonSocialeSite: 'HOPITAL GENERIQUE' }, {}] },
        { codeProfession: '60' },
      ],
    },
  };
  assert.deepEqual(activitiesOf(provider, claims), [
    'Médecin · CAB MED BIS TOUBIB · 75009',
    'Médecin · HOPITAL GENERIQUE',
    '77 · HOPITAL GENERIQUE',
    '77',
  ]);
  assert.equal(labelOf(provider, claims), '899700366240');
  for (const odd of [{}, { SubjectRefPro: 'none' }, { SubjectRefPro: { exercices: [null, 3, []] } }])
    assert.deepEqual(activitiesOf(provider, odd), []);
  assert.equal(assuranceOf(provider, 'eidas1'), 'strong');
  assert.equal(assuranceOf(provider, 'other'), null);
});

test('a secret is read from a file beside the configuration, or from the environment', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-openid-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const { secretEnvironment: _, ...rest } = DESK;
  writeFileSync(
    join(folder, 'providers.json'),
    JSON.stringify({ providers: [{ ...rest, secretFile: 'secret' }] }),
  );
  const path = join(folder, 'providers.json');
  assert.match(
    refusal(() => readProviders(path, {})),
    /The secretFile of desk .*secret cannot be read/u,
  );
  writeFileSync(join(folder, 'secret'), '\n');
  assert.match(
    refusal(() => readProviders(path, {})),
    /secretFile: secret is empty/u,
  );
  writeFileSync(join(folder, 'secret'), 'from a file\n');
  assert.equal(readProviders(path, {})[0]?.secret, 'from a file');
  assert.equal(read(DESK)[0]?.secret, 'of the desk');
  assert.match(
    refusal(() => readProviders(JSON.stringify({ providers: [DESK] }), {})),
    /DESK_SECRET is not set/u,
  );
  assert.deepEqual(readProviders(undefined, {}), []);
});

test('an organisation has the providers that name it, and those for all', () => {
  const providers = read(DESK, { ...DESK, id: 'town', organisations: ['kerlann'] });
  assert.deepEqual(
    providersOf(providers, 'kerlann').map(({ id }) => id),
    ['desk', 'town'],
  );
  assert.deepEqual(
    providersOf(providers, 'argentique').map(({ id }) => id),
    ['desk'],
  );
  assert.equal(providerFor(providers, 'argentique', 'town'), undefined);
});

test('whatever is wrong is said at once: which, why, and what is allowed', () => {
  const message = refusal(() =>
    read({
      ...DESK,
      issuer: 'http://desk.example',
      algorithm: 'none',
      levels: [{ acr: 'a', gives: 'high' }],
      secret: 'told aloud',
    }),
  );
  assert.match(message, /^VIGIE_OPENID cannot be used:/u);
  assert.match(message, /providers\.0\.issuer: is not an address that can be trusted\. It must be https:/u);
  assert.match(message, /providers\.0\.algorithm: .* It must be RS256, PS256/u);
  assert.match(message, /providers\.0\.levels\.0\.gives: .* It must be a list from the lowest/u);
  assert.match(message, /Unrecognized key: "secret"/u);
  assert.ok(!message.includes('told aloud'), 'a secret in the wrong place is not repeated');
  const each: readonly [object, RegExp][] = [
    [{ minimum: 'c' }, /minimum: is none of the levels/u],
    [
      {
        levels: [
          { acr: 'a', gives: 'strong' },
          { acr: 'b', gives: 'low' },
        ],
      },
      /gives less for a higher level/u,
    ],
    [
      {
        levels: [
          { acr: 'a', gives: 'low' },
          { acr: 'a', gives: 'low' },
        ],
      },
      /names a level twice/u,
    ],
    [{ scopes: ['profile'] }, /scopes: lacks openid/u],
    [{ secretFile: 'x' }, /or secretEnvironment is needed, and one of them/u],
    [{ authentication: 'none' }, /secretFile: is given, and there is none/u],
    [{ authentication: 'none', secretEnvironment: undefined, pkce: false }, /pkce: is off/u],
    [
      {
        metadata: {
          authorization_endpoint: 'https://d.example/a',
          token_endpoint: 'https://d.example/t',
          jwks_uri: 'https://d.example/k',
        },
        userinfo: 'signed',
        signOut: true,
      },
      /lacks userinfo_endpoint.*\n.*lacks end_session_endpoint/u,
    ],
    [{ id: 'Desk' }, /providers\.0\.id: .*lower-case/u],
    [{ organisations: [] }, /providers\.0\.organisations: /u],
  ];
  for (const [wrong, expected] of each)
    assert.match(
      refusal(() => read({ ...DESK, ...wrong })),
      expected,
    );
  assert.match(
    refusal(() => read(DESK, DESK)),
    /providers\.1\.id: desk is there twice/u,
  );
  assert.match(
    refusal(() => readProviders('{"providers": [', {})),
    /The text is not JSON/u,
  );
  assert.match(
    refusal(() => readProviders('/nowhere/openid.json', {})),
    /The file \/nowhere\/openid\.json cannot be read/u,
  );
});
