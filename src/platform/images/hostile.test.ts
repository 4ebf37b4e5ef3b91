import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { bomb, made, PHONE, quarters } from '../../../tests/harness/pictures.ts';
import { pictureWorkers } from '../../../tests/harness/workers.ts';
import { type Images, openImages, type Outcome } from './index.ts';

const MEGABYTE = 1024 * 1024;

const opened = (t: TestContext, options: Parameters<typeof openImages>[0] = {}): Images => {
  const images = openImages({ children: 1, ...options });
  t.after(() => images.stop());
  return images;
};

const good = await quarters().jpeg().withExif(PHONE).toBuffer();

/** The server is there, and the next picture works. */
const goesOn = async (images: Images): Promise<void> =>
  assert.equal(made(await images.facts(good)).camera, 'Phonemaker Phone 12');

const problem = (outcome: Outcome<unknown>): string => ('problem' in outcome ? outcome.problem : 'ok');

const all = async (images: Images, bytes: Buffer): Promise<string[]> => [
  problem(await images.facts(bytes)),
  problem(await images.thumbnail(bytes, { edge: 100 })),
  problem(await images.strip(bytes)),
];

test('what is no picture is told so', async (t) => {
  const images = opened(t);
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.from([0xff]),
    Buffer.from('Bonjour'),
    Buffer.from('<!doctype html><html><body><img src=x></body></html>'),
    Buffer.from('%PDF-1.7\n%âãÏÓ\n'),
    Buffer.from('PK\x03\x04\x14\0\0\0', 'latin1'),
    Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isomiso2', 'latin1'),
    Buffer.alloc(100_000),
  ])
    assert.deepEqual(
      await all(images, bytes),
      Array(3).fill('not_an_image'),
      bytes.toString('latin1', 0, 20),
    );
  await goesOn(images);
});

test('pictures that are programs, or that nobody here treats, are refused by name', async (t) => {
  const images = opened(t);
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>';
  for (const bytes of [
    svg,
    `\uFEFF  <?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n${svg}`,
    `BM\x36\0\0\0\0\0\0\0`,
    '8BPS\0\x01',
    '\0\0\0\fJXL \r\n\x87\n',
  ])
    assert.deepEqual(await all(images, Buffer.from(bytes, 'utf8')), Array(3).fill('unsupported'), bytes);
  await goesOn(images);
});

test('a picture that says it has too many pixels is not opened', async (t) => {
  const images = opened(t);
  for (const bytes of [bomb(30_000, 30_000), bomb(30_000, 30_000, true), bomb(2_000_000, 2_000_000)]) {
    const [facts, thumbnail] = await all(images, bytes);
    assert.match(`${facts} ${thumbnail}`, /^(too_many_pixels|corrupt) (too_many_pixels|corrupt)$/u);
  }
  const small = opened(t, { pixels: 1000 });
  for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const) {
    const bytes = await quarters().toFormat(format).toBuffer();
    assert.deepEqual((await all(small, bytes)).slice(0, 2), ['too_many_pixels', 'too_many_pixels'], format);
  }
  await goesOn(images);
});

test('a picture that takes too much memory ends its process, and the next one works', async (t) => {
  const images = opened(t, { pixels: 1e9, memory: 200 * MEGABYTE });
  const large = await sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: '#123' } })
    .png({ progressive: true, compressionLevel: 1 })
    .toBuffer();
  assert.equal(problem(await images.thumbnail(large, { edge: 100 })), 'too_much_memory');
  await goesOn(images);
  assert.equal(problem(await images.facts(Buffer.alloc(201 * MEGABYTE))), 'too_much_memory');
  await goesOn(images);
});

test('a picture that takes too long ends its process, and the next one works', async (t) => {
  const images = opened(t, { seconds: 0.2 });
  const slow = await sharp(randomBytes(3000 * 2000 * 3), { raw: { width: 3000, height: 2000, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  await goesOn(images);
  const began = Date.now();
  assert.equal(problem(await images.thumbnail(slow, { edge: 3000 })), 'too_slow');
  assert.ok(Date.now() - began < 5_000);
  await goesOn(images);
});

test('torn and altered pictures end in a clear outcome, and the next one works', async (t) => {
  const images = opened(t, { children: 2, seconds: 20 });
  let seed = 20_261_122;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const) {
    const whole = await quarters().toFormat(format).withExif(PHONE).toBuffer();
    for (const part of [0.02, 0.3, 0.6, 0.95]) {
      const torn = whole.subarray(0, Math.ceil(whole.length * part));
      const [, thumbnail] = await all(images, torn);
      assert.match(
        thumbnail ?? '',
        part < 0.9 ? /^(corrupt|not_an_image|unsupported)$/u : /./u,
        `${format} ${part}`,
      );
    }
    for (let time = 0; time < 25; time += 1) {
      const altered = Buffer.from(whole);
      for (let left = 1 + random(6); left > 0; left -= 1) altered[random(altered.length)] = random(256);
      await all(images, altered);
    }
    await goesOn(images);
  }
});

test('a picture that is something else as well leaves as a picture alone', async (t) => {
  const images = opened(t);
  const others = [
    '%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj',
    'PK\x03\x04\x14\0\0\0\0\0evil.exe',
    '<html><script>alert(1)</script></html>',
    'MZ\x90\0\x03',
  ];
  for (const other of others) {
    const stub = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.from(other, 'latin1')]);
    assert.deepEqual(await all(images, stub), ['corrupt', 'corrupt', 'corrupt'], other);
    const both = Buffer.concat([good, Buffer.from(other, 'latin1')]);
    const { bytes } = made(await images.strip(both));
    assert.equal(bytes.indexOf(other, 0, 'latin1'), -1);
  }
  await goesOn(images);
});

test('notes of a camera that turn in circles hold nobody up', async (t) => {
  const images = opened(t, { seconds: 10 });
  const circle = Buffer.from(
    '49492a000800000002006987040001000000080000002588040001000000080000000800',
    'hex',
  );
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), circle, Buffer.alloc(2)]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(exif.length + 2);
  const plain = await quarters().jpeg().toBuffer();
  const bytes = Buffer.concat([
    plain.subarray(0, 2),
    Buffer.from('ffe1', 'hex'),
    length,
    exif,
    plain.subarray(2),
  ]);
  const { place, takenAt } = made(await images.facts(bytes));
  assert.deepEqual([place, takenAt], [null, null]);
  made(await images.strip(bytes));
});

test('who looks into pictures knows no secret and can write nothing', { skip: linux() }, async (t) => {
  process.env['VIGIE_TEST_SECRET'] = 'hunter2';
  const images = opened(t);
  await goesOn(images);
  const [child] = pictureWorkers();
  assert.ok(child !== undefined);
  assert.doesNotMatch(readFileSync(`/proc/${child}/environ`, 'utf8'), /hunter2|HOME|USER|SECRET/u);
  const limits = readFileSync(`/proc/${child}/limits`, 'utf8');
  assert.match(limits, /Max file size +0 +0/u);
  assert.match(limits, /Max core file size +0 +0/u);
  assert.doesNotMatch(limits, /Max data size +unlimited/u);
  assert.equal(readlinkSync(`/proc/${child}/cwd`), '/');

  // Killed from outside, in the middle of it or between two pictures.
  const large = await quarters().resize(6000).png().toBuffer();
  const asked = images.thumbnail(large, { edge: 3000 });
  await sleep(50);
  process.kill(child, 'SIGKILL');
  assert.match(problem(await asked), /too_much_memory|ok/u);
  await goesOn(images);
  await images.stop();
  assert.deepEqual(pictureWorkers(), []);
  await assert.rejects(images.facts(good), /closed/u);
});

test('many pictures at once wait for each other', async (t) => {
  const images = opened(t, { children: 2 });
  const outcomes = await Promise.all(
    Array.from({ length: 60 }, (_, nth) =>
      nth % 3 === 0 ? images.facts(Buffer.from('no')) : images.thumbnail(good, { edge: 20 }),
    ),
  );
  assert.deepEqual(
    outcomes.map(problem),
    outcomes.map((_, nth) => (nth % 3 === 0 ? 'not_an_image' : 'ok')),
  );
  for (const edge of [0, -1, 1.5, NaN, 100_000])
    await assert.rejects(images.thumbnail(good, { edge }), RangeError);
});

function linux(): false | string {
  return process.platform === 'linux' ? false : 'only Linux shows what a process may do';
}
