import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import fc from 'fast-check';
import { unzipSync } from 'fflate';

import { missing } from '../../../tests/harness/programs.ts';
import { bytesOf, folderFor, holding } from '../../../tests/harness/zip.ts';
import { planZip, type ZipEntry } from './index.ts';

const three = [
  holding('été à la mer.txt', 'Il fait beau.\n'),
  holding('dossier/東京.bin', Buffer.alloc(1000, 'x'), 64),
  holding('vide', ''),
];

test(
  'unzip, Python and fflate read it, names, contents and times',
  { skip: missing('unzip', 'python3') },
  async (t) => {
    const folder = folderFor(t);
    const path = join(folder, 'three.zip');
    const bytes = await bytesOf(planZip(three));
    assert.equal(bytes.length, planZip(three).size);
    writeFileSync(path, bytes);

    const tested = spawnSync('unzip', ['-t', path], { encoding: 'utf8' });
    assert.equal(tested.status, 0, tested.stdout + tested.stderr);
    const unpacked = spawnSync('unzip', ['-q', path, '-d', folder], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    assert.equal(unpacked.status, 0, unpacked.stdout + unpacked.stderr);
    assert.equal(readFileSync(join(folder, 'été à la mer.txt'), 'utf8'), 'Il fait beau.\n');
    assert.equal(readFileSync(join(folder, 'dossier/東京.bin')).length, 1000);

    const python = spawnSync(
      'python3',
      [
        '-c',
        'import sys, zipfile, json\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n' +
          'print(json.dumps([[i.filename, i.file_size, i.date_time, oct(i.external_attr >> 16)] for i in z.infolist()]))',
        path,
      ],
      { encoding: 'utf8' },
    );
    assert.deepEqual(JSON.parse(python.stdout), [
      ['été à la mer.txt', 14, [2026, 11, 22, 9, 30, 14], '0o100644'],
      ['dossier/東京.bin', 1000, [2026, 11, 22, 9, 30, 14], '0o100644'],
      ['vide', 0, [2026, 11, 22, 9, 30, 14], '0o100644'],
    ]);
    const found = unzipSync(bytes);
    assert.deepEqual(Object.keys(found), ['été à la mer.txt', 'dossier/東京.bin', 'vide']);
    assert.equal(Buffer.from(found['été à la mer.txt'] ?? []).toString(), 'Il fait beau.\n');
  },
);

test('a download goes on where it was broken off: any range is that part of the whole', async () => {
  const entry = fc
    .record({
      name: fc.string(),
      content: fc.uint8Array({ maxLength: 60 }),
      chunk: fc.integer({ min: 1, max: 20 }),
    })
    .map(({ name, content, chunk }) => holding(name, content, chunk));
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 6 }), fc.nat(), fc.nat(), async (entries, one, other) => {
      const zip = planZip(entries);
      const whole = await bytesOf(zip);
      assert.equal(whole.length, zip.size);
      const [from = 0, to = 0] = [one % (zip.size + 1), other % (zip.size + 1)].toSorted((a, b) => a - b);
      assert.deepEqual(await bytesOf(planZip(entries), from, to), whole.subarray(from, to));
      assert.equal(Object.keys(unzipSync(whole)).length, entries.length);
    }),
    { numRuns: 300 },
  );
});

test('what is not such a range is refused', () => {
  const zip = planZip(three);
  for (const [from, to] of [
    [-1, 2],
    [3, 2],
    [0, zip.size + 1],
    [0.5, 2],
  ] as const)
    assert.throws(() => zip.read(from, to), RangeError);
  assert.throws(() => planZip([{ ...holding('a', ''), size: -1 }]), RangeError);
  assert.throws(() => planZip([{ ...holding('a', ''), crc32: -1 }]), RangeError);
});

test('a file that is not as long as it was said to be breaks the download, and moves nothing', async () => {
  const { read } = holding('a', 'Il fait beau.\n');
  for (const size of [13, 15]) {
    const entry = { ...holding('a', ''), size, read: () => read(0, 14) };
    await assert.rejects(bytesOf(planZip([entry])), /(more|fewer) bytes/);
  }
});

test('who stops downloading stops the reading of the file', async () => {
  let ended = false;
  const endless: ZipEntry = {
    ...holding('a', ''),
    size: 10 * 2 ** 20,
    async *read(from, to) {
      try {
        for (let at = from; at < to; at += 2 ** 16) yield Buffer.alloc(2 ** 16);
      } finally {
        ended = true;
      }
    },
  };
  for await (const chunk of planZip([endless]).read(0, 2 ** 20)) {
    assert.ok(chunk.length > 0);
    break;
  }
  assert.ok(ended);
});

test('times that the format cannot say are the nearest that it can', async () => {
  for (const [at, year] of [
    [0, 1980],
    [-1e15, 1980],
    [Date.UTC(2050, 1, 1), 2050],
    [8.64e15, 2107],
  ] as const) {
    const bytes = await bytesOf(planZip([{ ...holding('a', 'a'), modified: at }]));
    assert.equal((bytes.readUInt16LE(12) >> 9) + 1980, year);
    assert.deepEqual(Object.keys(unzipSync(bytes)), ['a']);
  }
});
