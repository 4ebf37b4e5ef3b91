import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');

/** What stands in these files and matches, with where. */
const found = (pattern: string, what: RegExp): readonly string[] =>
  globSync(pattern, { cwd: ROOT, exclude: ['**/node_modules/**', '**/*.test.ts', '**/fixtures/**'] }).flatMap(
    (file) =>
      readFileSync(join(ROOT, file), 'utf8')
        .split('\n')
        .flatMap((line, index) => (what.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );

// asvs 1.2.1 3.2.2
test('no page writes what it is given as markup: text is text', () => {
  const markup =
    /\{@html|innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|document\.write|createContextualFragment|srcdoc/u;
  assert.deepEqual(found('web/src/**/*.{svelte,ts}', markup), []);
});

// asvs 1.3.2
test('nothing runs text as a program', () => {
  const runs =
    /\beval\(|\bnew Function\(|\bsetTimeout\(\s*['"`]|\bsetInterval\(\s*['"`]|node:vm|javascript:/u;
  assert.deepEqual(found('{src,apps,client,web/src}/**/*.{svelte,ts}', runs), []);
});

/** What is kept in the browser all the same: no name, no secret, nothing of anybody's work. */
const KEPT = [
  // Whose tile was last chosen on a shared tablet, by an identifier.
  'web/src/lib/stations/Lock.svelte',
  // Whether somebody is there, so that an open page does not keep its session alive.
  'web/src/lib/live/resting.ts',
  // Whose keys this browser has seen before, so that another one is announced: fingerprints, which are no secret.
  'web/src/lib/sealed/pins.ts',
  // Which deposit was begun here by this link, to go on with it after a reload.
  'web/src/lib/drops/open.ts',
];

/** Sums that others ask for beside SHA-256, against accidents and not against anybody; and a cipher by its name. */
const SUMS = [
  'src/vault/shelf/s3/parts.ts',
  'src/vault/shelf/s3/store.ts',
  'src/uploads/checksum.ts',
  // `CIPHER` is chacha20-poly1305, which is what age is made of.
  'src/vault/age/payload.ts',
];

// asvs 3.5.5 14.2.3 14.3.3
test('pages keep nothing in the browser, listen to no other window, and load nothing from another site', () => {
  const keeps = /localStorage|sessionStorage|indexedDB|document\.cookie|caches\.open/u;
  const listens = /postMessage|onmessage|window\.opener/u;
  const loads =
    /<(?:script|link|img|iframe|object|embed)\b[^>]*(?:src|href)=["']?(?:https?:)?\/\/|@import\s+url\(|import\(['"]https?:/u;
  for (const what of [keeps, listens, loads])
    assert.deepEqual(
      found('web/src/**/*.{svelte,ts,html,css}', what).filter(
        (line) => what !== keeps || !KEPT.some((file) => line.startsWith(`${file}:`)),
      ),
      [],
      String(what),
    );
});

// asvs 11.3.1 11.4.1 11.4.3
test('hashes and ciphers are those that nobody has broken, and chance is that of the system', () => {
  const weak =
    /['"`](?:md5|sha1|md4|ripemd160|des|rc4|aes-\d+-ecb)['"`]|createCipheriv\((?!'(?:aes-256-gcm|chacha20-poly1305)')|RSA_PKCS1_PADDING/iu;
  assert.deepEqual(
    found('{src,apps,client}/**/*.ts', weak).filter(
      (line) => !SUMS.some((file) => line.startsWith(`${file}:`)),
    ),
    [],
  );
  const chance = found('{src,apps}/**/*.ts', /Math\.random\(/u);
  assert.deepEqual(chance, [], 'a number that must not be guessed comes from node:crypto, and others too');
});
