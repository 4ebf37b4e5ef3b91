import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { crc32 } from 'node:zlib';

import { missing } from '../../../tests/harness/programs.ts';
import { planZip, uniquePaths, type ZipEntry } from '../../platform/zip/index.ts';
import { bagEntries, type BagFile, type TagFile } from './index.ts';

const info = {
  'Source-Organization': 'Mairie de Kerlann',
  'Bagging-Date': '2026-11-22',
  'External-Identifier': ['E-2026-0042', 'E-2026-0043'],
  'External-Description': 'Plans du port\r\n\r\net de la digue',
};

const sum = (algorithm: string, content: string | Buffer): string =>
  createHash(algorithm).update(content).digest('hex');

const fileOf = (path: string, content: string): BagFile => ({
  path,
  size: Buffer.byteLength(content),
  sha256: sum('sha256', content),
  sha512: sum('sha512', content),
});

/** A real folder of these files, and the tag files beside them. */
const written = (t: TestContext, contents: { readonly [path: string]: string }): string => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-bag-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [path, content] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, 'data', path)), { recursive: true });
    writeFileSync(join(folder, 'data', path), content);
  }
  const payload = Object.entries(contents).map(([path, content]) => fileOf(path, content));
  for (const { path, bytes } of bagEntries({ payload, info })) writeFileSync(join(folder, path), bytes);
  return folder;
};

const verify = (folder: string, manifest: string): { readonly ok: boolean; readonly says: string } => {
  const program = `${/sha\d+/.exec(manifest)?.[0] ?? ''}sum`;
  const { status, stdout, stderr } = spawnSync(program, ['--strict', '-c', manifest], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  return { ok: status === 0, says: stdout + stderr };
};

const MANIFESTS = ['sha256', 'sha512'].flatMap((one) => [`manifest-${one}.txt`, `tagmanifest-${one}.txt`]);

const ordinary = {
  'photo.jpg': 'a photograph',
  'with spaces, and « guillemets ».txt': 'spaces',
  'nfc/\u00e9t\u00e9.txt': 'composed',
  'nfd/e\u0301te\u0301.txt': 'decomposed',
  'deep/er/ * back\\slash.txt': 'odd',
  '\\leading.txt': 'backslash',
  empty: '',
};

test('in twenty years sha256sum and sha512sum say whether every file is as it was', (t) => {
  const folder = written(t, ordinary);
  for (const manifest of MANIFESTS) {
    const { ok, says } = verify(folder, manifest);
    assert.ok(ok, says);
    assert.equal(
      says.trim().split('\n').length,
      manifest.startsWith('tag') ? 4 : Object.keys(ordinary).length,
    );
  }
});

test('a change to a file, or to what says what it was, is noticed', (t) => {
  const folder = written(t, ordinary);
  appendFileSync(join(folder, 'data/photo.jpg'), '.');
  assert.match(verify(folder, 'manifest-sha256.txt').says, /^data\/photo\.jpg: FAILED$/m);
  assert.match(verify(folder, 'manifest-sha512.txt').says, /^data\/photo\.jpg: FAILED$/m);
  appendFileSync(join(folder, 'bag-info.txt'), 'Contact-Name: somebody else\n');
  assert.match(verify(folder, 'tagmanifest-sha256.txt').says, /^bag-info\.txt: FAILED$/m);
  rmSync(join(folder, 'data/empty'));
  assert.equal(verify(folder, 'manifest-sha256.txt').ok, false);
});

test('line breaks and percent in a name are written as the standard says, and read back', (t) => {
  const odd = {
    '100 %.txt': 'percent',
    'two\nlines.txt': 'feed',
    'two\r\nlines.txt': 'return',
    '%0A': 'percent again',
  };
  const folder = written(t, odd);
  for (const algorithm of ['sha256', 'sha512']) {
    const lines = readFileSync(join(folder, `manifest-${algorithm}.txt`), 'utf8')
      .trimEnd()
      .split('\n');
    assert.deepEqual(
      lines.map((line) => line.split('  ')[1]),
      ['data/100 %25.txt', 'data/two%0Alines.txt', 'data/two%0D%0Alines.txt', 'data/%250A'],
    );
    for (const line of lines) {
      const [expected, path = ''] = line.split('  ');
      const name = path.replace(/%(25|0A|0D)/g, (escape) => decodeURIComponent(escape));
      assert.equal(sum(algorithm, readFileSync(join(folder, name))), expected);
    }
  }
});

const textOf = (tags: readonly TagFile[], path: string): string =>
  String(tags.find((tag) => tag.path === path)?.bytes);

test('a bag says what it is, whose, and how much is in it', () => {
  const tags = bagEntries({ payload: [fileOf('a', 'four'), fileOf('b/c', 'seventy')], info });
  assert.deepEqual(
    tags.map(({ path }) => path),
    ['bagit.txt', 'bag-info.txt', ...MANIFESTS.toSorted()],
  );
  assert.equal(textOf(tags, 'bagit.txt'), 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
  assert.equal(
    textOf(tags, 'bag-info.txt'),
    `Source-Organization: Mairie de Kerlann
Bagging-Date: 2026-11-22
External-Identifier: E-2026-0042
External-Identifier: E-2026-0043
External-Description: Plans du port
  et de la digue
Payload-Oxum: 11.2
`,
  );
});

test('a value cannot pass for another line', () => {
  const text = textOf(
    bagEntries({ payload: [], info: { ...info, 'Contact-Name': 'Eve\nPayload-Oxum: 0.0\u0085X: y' } }),
    'bag-info.txt',
  );
  assert.match(text, /^Contact-Name: Eve\n {2}Payload-Oxum: 0\.0\n {2}X: y\nPayload-Oxum: 0\.0\n$/m);
});

test('what would lead out of the bag, or say nothing, is refused', () => {
  for (const path of ['', '/etc/passwd', '../a', 'a/../../b', 'a//b', './a', 'a/', 'a\0b', '\ud800'])
    assert.throws(() => bagEntries({ payload: [fileOf(path, 'x')], info }), TypeError, path);
  assert.throws(() => bagEntries({ payload: [fileOf('a', 'x'), fileOf('a', 'y')], info }), /same path/);
  assert.throws(() => bagEntries({ payload: [{ ...fileOf('a', 'x'), sha256: 'ABC' }], info }), TypeError);
  assert.throws(() => bagEntries({ payload: [{ ...fileOf('a', 'x'), sha512: '' }], info }), TypeError);
  assert.throws(() => bagEntries({ payload: [{ ...fileOf('a', 'x'), size: 0.5 }], info }), TypeError);
  for (const wrong of [
    { 'Payload-Oxum': '0.0' },
    { 'a: b': 'c' },
    { '': 'c' },
    { 'Bagging-Date': '2026-02-30' },
  ])
    assert.throws(() => bagEntries({ payload: [], info: { ...info, ...wrong } }), TypeError);
});

test('a bag that is downloaded as a zip verifies once unpacked', { skip: missing('unzip') }, async (t) => {
  const paths = uniquePaths([
    'été à la mer.jpg',
    '../100 %.txt',
    'CON',
    'con',
    'two\nlines.txt',
    'with space ',
  ]);
  const payload = paths.filter((path) => !path.includes('%')).map((path) => fileOf(path, path));
  const asEntry = (name: string, content: string | Buffer): ZipEntry => ({
    name,
    size: Buffer.byteLength(content),
    crc32: crc32(content),
    modified: 0,
    async *read(from, to) {
      yield Buffer.from(content).subarray(from, to);
    },
  });
  const zip = planZip([
    ...bagEntries({ payload, info }).map(({ path, bytes }) => asEntry(`E-2026-0042/${path}`, bytes)),
    ...payload.map(({ path }) => asEntry(`E-2026-0042/data/${path}`, path)),
  ]);
  const folder = written(t, {});
  writeFileSync(join(folder, 'bag.zip'), Buffer.concat(await Array.fromAsync(zip.read(0, zip.size))));
  const unpacked = spawnSync('unzip', ['-q', 'bag.zip'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  assert.equal(unpacked.status, 0, unpacked.stderr);
  for (const manifest of MANIFESTS) {
    const { ok, says } = verify(join(folder, 'E-2026-0042'), manifest);
    assert.ok(ok, says);
  }
});
