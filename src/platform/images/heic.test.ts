import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import sharp from 'sharp';
import { coloursOf, LOOKED_AT, made, PHONE, quarters } from '../../../tests/harness/pictures.ts';
import { openImages } from './index.ts';

const ENCODER = '/usr/bin/heif-enc';
const encoder = existsSync(ENCODER) ? {} : { skip: 'heif-enc (Debian: libheif-examples) is not installed' };
const images = openImages({ children: 1 });
const folder = mkdtempSync(join(tmpdir(), 'vigie-heic-'));
let photo: Buffer;
let bare: Buffer;

/** No library of ours writes HEIC. */
const encoded = (bytes: Buffer, ...options: string[]): Buffer => {
  const [from, to] = [join(folder, 'photo.jpg'), join(folder, 'photo.heic')];
  writeFileSync(from, bytes);
  execFileSync(ENCODER, [...options, '-q', '90', '-o', to, from], { stdio: 'ignore' });
  return readFileSync(to);
};

before(async () => {
  if (encoder.skip) return;
  photo = encoded(
    await quarters().resize(320, 240).jpeg({ quality: 95 }).withExif(PHONE).toBuffer(),
    '-t',
    '80',
  );
  bare = made(await images.strip(photo)).bytes;
});
after(async () => {
  await images.stop();
  rmSync(folder, { recursive: true });
});

test('a HEIC photo tells when, where and with what it was taken', encoder, async () => {
  assert.deepEqual(made(await images.facts(photo)), {
    format: 'heic',
    width: 320,
    height: 240,
    takenAt: '2026-07-14T21:05:00+02:00',
    place: { lat: 47.7391667, lng: -3.1216667, accuracy: 5 },
    camera: 'Phonemaker Phone 12',
    orientation: 1,
  });
});

test('a HEIC photo is seen', encoder, async () => {
  const thumbnail = made(await images.thumbnail(photo, { edge: 100 }));
  const { width, height, format } = await sharp(thumbnail).metadata();
  assert.deepEqual([width, height, format], [100, 75, 'webp']);
  assert.deepEqual(await coloursOf(thumbnail), LOOKED_AT);
});

test('colours of a HEIC are shown as they are meant', encoder, async () => {
  const wide = await quarters()
    .withIccProfile('p3')
    .jpeg({ quality: 98, chromaSubsampling: '4:4:4' })
    .toBuffer();
  const thumbnail = made(await images.thumbnail(encoded(wide), { edge: 64 }));
  assert.deepEqual(await coloursOf(thumbnail), LOOKED_AT);
  const [red = 0, green = 0, blue = 0] = await sharp(thumbnail).raw().toBuffer();
  for (const [seen, meant] of [
    [red, 200],
    [green, 30],
    [blue, 30],
  ] as const)
    assert.ok(Math.abs(seen - meant) <= 12, `${seen} for ${meant}`);
});

test('a HEIC that leaves is the same picture, and says nothing of its maker', encoder, async () => {
  for (const word of ['Phone', 'Secret', '2026:07:14', 'Exif']) assert.equal(bare.indexOf(word), -1, word);
  const { takenAt, place, camera, width } = made(await images.facts(bare));
  assert.deepEqual(
    { takenAt, place, camera, width },
    { takenAt: null, place: null, camera: null, width: 320 },
  );
  const [seen, meant] = [
    await images.thumbnail(bare, { edge: 300 }),
    await images.thumbnail(photo, { edge: 300 }),
  ];
  assert.ok(made(seen).equals(made(meant)));
  assert.ok(made(await images.strip(bare)).bytes.equals(bare), 'nothing is left to take away');
});

test('a HEIC in an unusual container leaves as a JPEG', encoder, async () => {
  const film = Buffer.from('\0\0\0\x10moov\0\0\0\0\0\0\0\0', 'latin1');
  const { bytes, type } = made(await images.strip(Buffer.concat([photo, film])));
  const { width, height, format, exif } = await sharp(bytes).metadata();
  assert.deepEqual([type, width, height, format, exif], ['image/jpeg', 320, 240, 'jpeg', undefined]);
  assert.deepEqual(await coloursOf(bytes), LOOKED_AT);
});

test('torn and altered HEIC end in a clear outcome, and the next one works', encoder, async () => {
  for (let nth = 0; nth < 40; nth += 1) {
    const altered = Buffer.from(nth % 4 === 0 ? photo.subarray(0, (photo.length * nth) / 50) : photo);
    for (let at = nth * 7; at < altered.length; at += 211 + nth) altered[at] = (nth * 37 + at) % 256;
    for (const ask of [images.facts, images.strip]) await ask(altered);
    await images.thumbnail(altered, { edge: 50 });
  }
  assert.ok('ok' in (await images.thumbnail(photo, { edge: 50 })));
});

test('photos that others took with their phones are seen and stripped', async (t: TestContext) => {
  const others = join(import.meta.dirname, '../../../../shared/data/photos-exif');
  if (!existsSync(others)) return t.skip('there are no photos of others beside the project');
  for (const [file, width, height] of [
    ['IMG_5195.HEIC', 155, 200],
    ['iphone_13_pro_max.HEIC', 150, 200],
    ['samplefilehub.heif', 200, 133],
  ] as const) {
    const bytes = readFileSync(join(others, file));
    const stripped = made(await images.strip(bytes));
    assert.equal(stripped.type, 'image/heic');
    for (const word of ['Exif', 'iPhone', 'xmp']) assert.equal(stripped.bytes.indexOf(word), -1, word);
    const [seen, meant] = [
      made(await images.thumbnail(stripped.bytes, { edge: 200 })),
      made(await images.thumbnail(bytes, { edge: 200 })),
    ];
    assert.ok(seen.equals(meant), file);
    const { width: wide, height: high } = await sharp(seen).metadata();
    assert.deepEqual([wide, high], [width, height], file);
  }
  return undefined;
});
