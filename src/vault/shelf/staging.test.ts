import assert from 'node:assert/strict';
import { readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../../tests/harness/cluster.ts';
import { openShelf } from './index.ts';
import { openSegment } from './staging.ts';

const failed = { name: 'ShelfFailed' };

test('a segment takes what is written in order, for nobody else’s eyes', async (t) => {
  const data = temporaryFolder('vigie-staging-', t);
  const path = join(data, 'staging', 'upload', '1');
  const segment = await openSegment(path);
  assert.equal(segment.size, 0);
  await segment.write([Buffer.from('one '), Buffer.from('two ')]);
  await segment.sync();
  await segment.write([Buffer.alloc(0), Buffer.from('three')]);
  await segment.sync();
  assert.equal(segment.size, 13);
  await segment.close();
  await segment.close();
  assert.equal(readFileSync(path, 'utf8'), 'one two three');
  assert.equal(statSync(path).mode & 0o777, 0o600);
  for (const folder of ['staging', 'staging/upload'])
    assert.equal(statSync(join(data, folder)).mode & 0o777, 0o700);
  await assert.rejects(segment.write([Buffer.from('x')]), failed);
  await assert.rejects(segment.sync(), failed);
});

test('a segment begins where nothing is: neither over a file nor through a link', async (t) => {
  const data = temporaryFolder('vigie-staging-', t);
  const path = join(data, '1');
  await (await openSegment(path)).close();
  await assert.rejects(openSegment(path), failed);
  symlinkSync(join(data, 'elsewhere'), join(data, '2'));
  await assert.rejects(openSegment(join(data, '2')), failed);
  assert.deepEqual((await readdir(data)).toSorted(), ['1', '2']);
});

test('a link in the place of a staged or a kept file leads nowhere', async (t) => {
  const data = temporaryFolder('vigie-staging-', t);
  const shelf = await openShelf({ kind: 'folder', path: undefined }, data);
  const secret = join(data, 'secret');
  writeFileSync(secret, 'secret');
  symlinkSync(secret, join(data, 'staged'));
  const organisation = '018f0000-0000-7000-8000-000000000001';
  await assert.rejects(shelf.take(`${organisation}/key.age`, join(data, 'staged')), failed);
  await mkdir(join(data, 'vault', organisation));
  symlinkSync(secret, join(data, 'vault', organisation, 'key.age'));
  await assert.rejects(Array.fromAsync(shelf.read(`${organisation}/key.age`, 0, 6)), failed);
  assert.equal(await shelf.size(`${organisation}/key.age`), null);
  assert.deepEqual(await Array.fromAsync(shelf.list('')), []);
});

test('what a killed process left half is never shown, and goes after a day', async (t) => {
  const data = temporaryFolder('vigie-staging-', t);
  const settings = { kind: 'folder', path: join(data, 'elsewhere') } as const;
  await openShelf(settings, data);
  const arriving = join(settings.path, '.arriving');
  for (const name of ['old', 'young']) writeFileSync(join(arriving, name), 'half');
  utimesSync(join(arriving, 'old'), new Date(), new Date(Date.now() - 25 * 3_600_000));
  const shelf = await openShelf(settings, data);
  assert.deepEqual(await Array.fromAsync(shelf.list('')), []);
  assert.deepEqual(await readdir(arriving), ['young']);
});
