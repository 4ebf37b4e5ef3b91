import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import sharp from 'sharp';
import {
  coloursOf,
  LOOKED_AT,
  made,
  ORIENTATIONS,
  PHONE,
  quarters,
} from '../../../tests/harness/pictures.ts';
import { dotted } from './dots.ts';
import { openImages } from './index.ts';

const images = openImages({ children: 2 });
after(() => images.stop());

test('a thumbnail is the right way up, however the camera was held', async () => {
  for (const format of ['jpeg', 'png', 'webp', 'avif', 'tiff'] as const) {
    for (const orientation of ORIENTATIONS) {
      const bytes = await quarters(orientation).toFormat(format).toBuffer();
      const thumbnail = made(await images.thumbnail(bytes, { edge: 32 }));
      const { width, height, format: kind, orientation: left } = await sharp(thumbnail).metadata();
      assert.deepEqual([width, height, kind, left], [32, 24, 'webp', undefined], `${format} ${orientation}`);
      assert.deepEqual(await coloursOf(thumbnail), LOOKED_AT, `${format} ${orientation}`);
    }
  }
});

test('a thumbnail tells nothing but the picture, and is never larger than it', async () => {
  const bytes = await quarters()
    .jpeg()
    .withExif(PHONE)
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
    .toBuffer();
  const thumbnail = made(await images.thumbnail(bytes, { edge: 1000 }));
  const { exif, xmp, icc, iptc, width, space } = await sharp(thumbnail).metadata();
  assert.deepEqual(
    { exif, xmp, icc, iptc },
    { exif: undefined, xmp: undefined, icc: undefined, iptc: undefined },
  );
  assert.deepEqual([width, space], [64, 'srgb']);
});

test('colours of a wider kind are shown as they are meant', async () => {
  const wide = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#3c8c50' } })
    .withIccProfile('p3')
    .png()
    .toBuffer();
  const thumbnail = made(await images.thumbnail(wide, { edge: 40 }));
  const [red = 0, green = 0, blue = 0] = await sharp(thumbnail).raw().toBuffer();
  for (const [seen, meant] of [
    [red, 0x3c],
    [green, 0x8c],
    [blue, 0x50],
  ] as const)
    assert.ok(Math.abs(seen - meant) <= 4, `${seen} for ${meant}`);
});

test('of a film in a picture, the first frame is shown', async () => {
  const frame = (background: string) =>
    sharp({ create: { width: 20, height: 20, channels: 3, background } })
      .png()
      .toBuffer();
  const gif = await sharp([await frame('#f00'), await frame('#00f')], { join: { animated: true } })
    .gif()
    .toBuffer();
  const thumbnail = made(await images.thumbnail(gif, { edge: 20 }));
  const { data, info } = await sharp(thumbnail).raw().toBuffer({ resolveWithObject: true });
  assert.deepEqual([info.width, info.height], [20, 20]);
  assert.ok((data[0] ?? 0) > 200 && (data[2] ?? 0) < 60);
});

test('a watermark goes all across the picture, whatever stands in it', async () => {
  for (const [width, height] of [
    [600, 400],
    [40, 900],
    [5, 5],
  ] as const) {
    const plain = await sharp({ create: { width, height, channels: 3, background: '#456' } })
      .png()
      .toBuffer();
    for (const watermark of ['Épreuve — Atelier', '<b>&amp; <span', '漢字', 'x'.repeat(400)]) {
      const thumbnail = made(await images.thumbnail(plain, { edge: 400, watermark }));
      const { data, info } = await sharp(thumbnail).raw().toBuffer({ resolveWithObject: true });
      assert.equal(Math.max(info.width, info.height), Math.min(400, Math.max(width, height)));
      if (width !== 600 || watermark.startsWith('<')) continue;
      const half = data.length / 2;
      for (const part of [data.subarray(0, half), data.subarray(half)])
        assert.ok(
          part.filter((value, at) => at % 3 === 0 && Math.abs(value - 0x44) > 30).length > 200,
          watermark,
        );
    }
  }
});

test('on a server without fonts, names are written in dots, accents too', () => {
  const dots = (text: string): number => dotted(text, 8).data.filter((value) => value > 0).length;
  assert.equal(dotted('Noël', 8).width, dotted('Noel', 8).width);
  for (const [accented, plain] of ['éeÉEçc', 'àaôoñn', 'üuîiÇC'].flatMap((all) => all.match(/../gu) ?? []))
    assert.ok(dots(accented ?? '') > dots(plain ?? ''), accented);
  assert.equal(dots('漢'), dots('?'));
  assert.equal(dots('œ’'), dots("oe'"));
});

test('a contact sheet shows each picture above its name, and an empty frame for what can not be read', async () => {
  const bytes = await quarters().resize(400).jpeg().toBuffer();
  const pictures = ['a.jpg', 'été <&>.jpg', `${'long'.repeat(50)}.jpg`, '', 'b.jpg'].map((name) => ({
    name,
    bytes,
  }));
  const sheet = made(
    await images.sheet([...pictures, { name: 'torn.jpg', bytes: bytes.subarray(0, 99) }], 4),
  );
  const { data, info } = await sharp(sheet).raw().toBuffer({ resolveWithObject: true });
  assert.deepEqual([info.width, info.height], [16 + 4 * 256, 16 + 2 * 284]);
  const at = (x: number, y: number): number[] => [
    ...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3),
  ];
  const near = (seen: number[], meant: number[]) =>
    assert.ok(
      seen.every((value, nth) => Math.abs(value - (meant[nth] ?? 0)) < 16),
      `${seen.join()} for ${meant.join()}`,
    );
  near(at(16 + 60, 16 + 90), [200, 30, 30]);
  near(at(16 + 256 + 180, 16 + 284 + 120), [0xe4, 0xe4, 0xe4]);
  near(at(16 + 512 + 120, 16 + 284 + 120), [255, 255, 255]);
  assert.deepEqual(
    await images.sheet(
      Array.from({ length: 3000 }, () => ({ name: '', bytes: Buffer.alloc(0) })),
      1,
    ),
    {
      problem: 'too_many_pixels',
    },
  );
});
