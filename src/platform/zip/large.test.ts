import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { missing } from '../../../tests/harness/programs.ts';
import { bytesOf, folderFor, holding, zeros } from '../../../tests/harness/zip.ts';
import { planZip } from './index.ts';

const GIB = 2 ** 30;

test('five gibibytes have Zip64 records, as Python reads them', { skip: missing('python3') }, async (t) => {
  const zip = planZip([zeros('grand', 5 * GIB), holding('après.txt', 'après'), zeros('juste', 2 ** 32 - 1)]);
  const head = await bytesOf(zip, 0, 30 + 5 + 20 + 9);
  assert.equal(head.readUInt16LE(4), 45);
  assert.equal(head.readUInt32LE(18), 0xffff_ffff);
  assert.equal(head.readUInt32LE(22), 0xffff_ffff);
  assert.equal(head.readUInt16LE(35), 1);
  assert.equal(head.readUInt16LE(37), 16);
  assert.equal(head.readBigUInt64LE(39), BigInt(5 * GIB));
  assert.equal(head.readBigUInt64LE(47), BigInt(5 * GIB));

  // A file with holes: only the edges are written.
  const path = join(folderFor(t), 'sparse.zip');
  const after = head.length + 5 * GIB;
  const small = 30 + 10 + 9 + 6;
  const script = `
import sys, zipfile, json
f = open(sys.argv[1], 'wb')
for line in sys.stdin:
    at, data = line.split()
    f.seek(int(at)); f.write(bytes.fromhex(data))
f.close()
z = zipfile.ZipFile(sys.argv[1])
print(json.dumps([[[i.filename, i.file_size, i.header_offset] for i in z.infolist()], z.read('après.txt').decode()]))
print(z.open('juste').read(3))`;
  const last = after + small + 30 + 5 + 20 + 9 + 2 ** 32 - 1;
  const lines = [
    [0, head],
    [after, await bytesOf(zip, after, after + small + 64)],
    [last, await bytesOf(zip, last, zip.size)],
  ].map(([at, bytes]) => `${at as number} ${(bytes as Buffer).toString('hex')}`);
  const python = spawnSync('python3', ['-c', script, path], { input: lines.join('\n'), encoding: 'utf8' });
  assert.equal(python.stderr, '');
  const [json = '', start] = python.stdout.split('\n');
  assert.deepEqual(JSON.parse(json), [
    [
      ['grand', 5 * GIB, 0],
      ['après.txt', 6, after],
      ['juste', 2 ** 32 - 1, after + small],
    ],
    'après',
  ]);
  assert.equal(start, String.raw`b'\x00\x00\x00'`);
});

test('seventy thousand files are listed, and unzip finds each', { skip: missing('unzip') }, async (t) => {
  const zip = planZip(Array.from({ length: 70_000 }, (_, index) => holding(`${index}.txt`, String(index))));
  const path = join(folderFor(t), 'many.zip');
  const bytes = await bytesOf(zip);
  assert.equal(bytes.length, zip.size);
  writeFileSync(path, bytes);
  const tested = spawnSync('unzip', ['-tq', path], { encoding: 'utf8' });
  assert.equal(tested.status, 0, tested.stdout + tested.stderr);
  assert.match(tested.stdout, /No errors/);
  assert.equal(spawnSync('unzip', ['-p', path, '69999.txt'], { encoding: 'utf8' }).stdout, '69999');
  assert.deepEqual(await bytesOf(zip, zip.size - 500_000, zip.size), bytes.subarray(-500_000));
});

test('a gibibyte goes through without being kept', async () => {
  const zip = planZip([zeros('grand', GIB)]);
  let read = 0;
  let most = 0;
  const before = process.memoryUsage.rss();
  for await (const chunk of zip.read(0, zip.size)) {
    read += chunk.length;
    most = Math.max(most, process.memoryUsage.rss() - before);
  }
  assert.equal(read, zip.size);
  assert.ok(most < 200 * 2 ** 20, `${Math.round(most / 2 ** 20)} MiB more`);
});
