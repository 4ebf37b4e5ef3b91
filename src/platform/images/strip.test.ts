import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import sharp from 'sharp';
import {
  coloursOf,
  LOOKED_AT,
  made,
  ORIENTATIONS,
  PHONE,
  pngChunk,
  quarters,
} from '../../../tests/harness/pictures.ts';
import { openImages } from './index.ts';

const images = openImages({ children: 1 });
after(() => images.stop());

const XMP =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Secret</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>';

const strip = async (bytes: Buffer): Promise<{ bytes: Buffer; type: string }> =>
  made(await images.strip(bytes));

const pixelsOf = (bytes: Buffer): Promise<Buffer> => sharp(bytes, { autoOrient: true }).raw().toBuffer();

/** The same pixels, and no word of what was told. */
const isBare = async (after: Buffer, before: Buffer): Promise<void> => {
  const { exif, xmp, iptc } = await sharp(after).metadata();
  assert.ok((exif?.length ?? 0) <= 40 && xmp === undefined && iptc === undefined);
  for (const word of ['Secret', 'Phone', '2026:07:14', 'adobe:ns', 'http'])
    assert.equal(after.indexOf(word), -1, word);
  assert.ok((await pixelsOf(after)).equals(await pixelsOf(before)), 'other pixels');
  const { takenAt, place, camera } = made(await images.facts(after));
  assert.deepEqual({ takenAt, place, camera }, { takenAt: null, place: null, camera: null });
};

test('a photo that leaves says neither where nor when nor by whom, and no pixel has changed', async () => {
  for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
    const bytes = await quarters().toFormat(format).withExif(PHONE).withXmp(XMP).toBuffer();
    assert.ok(bytes.includes('Secret'), format);
    const { type, bytes: bare } = await strip(bytes);
    assert.equal(type, `image/${format}`);
    await isBare(bare, bytes);
  }
});

test('it is still the right way up', async () => {
  for (const format of ['jpeg', 'png', 'webp', 'avif', 'tiff'] as const) {
    for (const orientation of ORIENTATIONS) {
      const bytes = await quarters(orientation).toFormat(format).withExifMerge(PHONE).toBuffer();
      const { bytes: bare } = await strip(bytes);
      await isBare(bare, bytes);
      const thumbnail = made(await images.thumbnail(bare, { edge: 32 }));
      assert.deepEqual(await coloursOf(thumbnail), LOOKED_AT, `${format} ${orientation}`);
    }
  }
});

test('its colours are still those that were meant', async () => {
  for (const format of ['jpeg', 'png', 'webp', 'avif', 'tiff'] as const) {
    const bytes = await quarters().withIccProfile('p3').toFormat(format).toBuffer();
    const [before, after] = [
      await sharp(bytes).metadata(),
      await sharp((await strip(bytes)).bytes).metadata(),
    ];
    assert.ok(before.icc && after.icc?.equals(before.icc), format);
  }
});

test('what is hidden between or behind the pieces of a JPEG goes too', async () => {
  const bytes = await quarters().jpeg({ progressive: true }).toBuffer();
  const segment = (marker: number, text: string): Buffer => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(text.length + 2);
    return Buffer.concat([Buffer.from([0xff, marker]), length, Buffer.from(text, 'latin1')]);
  };
  const hidden = Buffer.concat([
    bytes.subarray(0, 2),
    segment(0xe0, `JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01Secret`),
    ...[0xe1, 0xe2, 0xe3, 0xeb, 0xed, 0xee, 0xef, 0xfe].map((marker) =>
      segment(marker, 'Secret '.repeat(50)),
    ),
    segment(0xe2, `MPF\0Secret`),
    Buffer.from('Secret'),
    bytes.subarray(2),
    Buffer.from('PK\x03\x04 Secret.zip, <html>Secret</html>, %PDF-1.7 Secret'),
    bytes,
  ]);
  const { bytes: bare } = await strip(hidden);
  await isBare(bare, bytes);
  assert.ok(bare.length <= bytes.length + 20);
});

test('texts, times and what nobody knows leave a PNG, moving frames and transparency stay', async () => {
  const bytes = await quarters().ensureAlpha(0.5).png().toBuffer();
  const end = bytes.length - 12;
  const told = Buffer.concat([
    bytes.subarray(0, 33),
    pngChunk('tEXt', Buffer.from('Author\0Secret')),
    pngChunk('tIME', Buffer.from([7, 234, 7, 14, 21, 5, 0])),
    pngChunk('seCr', Buffer.from('Secret')),
    bytes.subarray(33, end),
    pngChunk('iTXt', Buffer.from('XML:com.adobe.xmp\0\0\0\0\0Secret')),
    bytes.subarray(end),
    Buffer.from('Secret'),
  ]);
  assert.ok((await strip(told)).bytes.equals(bytes));
});

test('frames of a GIF and of a WebP go on moving, comments are gone', async () => {
  const frames = await Promise.all(
    ['#f00', '#0f0', '#00f'].map((background) =>
      sharp({ create: { width: 20, height: 20, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  const moving = sharp(frames, { join: { animated: true } });
  const gif = await moving
    .clone()
    .gif({ loop: 2, delay: [100, 200, 300] })
    .toBuffer();
  const comment = Buffer.from('\x21\xfe\x06Secret\0\x21\xff\x0bXMP DataXMP\x06Secret\0', 'latin1');
  const start = 13 + 3 * 2 ** (((gif[10] ?? 0) & 7) + 1);
  const told = Buffer.concat([gif.subarray(0, start), comment, gif.subarray(start), Buffer.from('Secret')]);
  const bare = (await strip(told)).bytes;
  assert.ok(bare.equals(gif));

  const webp = await moving
    .webp({ loop: 2, delay: [100, 200, 300] })
    .withExif(PHONE)
    .toBuffer();
  const { bytes, type } = await strip(webp);
  const { pages, delay, loop, exif } = await sharp(bytes, { animated: true }).metadata();
  assert.deepEqual([type, pages, delay, loop, exif], ['image/webp', 3, [100, 200, 300], 2, undefined]);
  assert.equal(bytes.indexOf('Secret'), -1);
});

test('a TIFF keeps its pages and its sixteen bits, and no tag that tells', async () => {
  const page = quarters().resize(300, 200).toColourspace('rgb16').raw({ depth: 'ushort' });
  const { data, info } = await page.toBuffer({ resolveWithObject: true });
  for (const options of [
    { compression: 'none' },
    { compression: 'deflate', tile: true },
    { compression: 'jpeg' },
  ] as const) {
    const bytes = await sharp(new Uint16Array(data.buffer, data.byteOffset, data.length / 2), {
      raw: { width: info.width, height: info.height, channels: 3 },
    })
      .toColourspace(options.compression === 'jpeg' ? 'srgb' : 'rgb16')
      .withXmp(XMP)
      .tiff(options)
      .toBuffer();
    assert.ok(bytes.includes('Secret'));
    const { bytes: bare, type } = await strip(bytes);
    const [seen, meant] = [await sharp(bare).metadata(), await sharp(bytes).metadata()];
    assert.deepEqual([type, seen.depth, seen.pages], ['image/tiff', meant.depth, meant.pages]);
    await isBare(bare, bytes);
  }
});

test('a large picture is stripped too', async () => {
  const bytes = await sharp({ create: { width: 6000, height: 6000, channels: 3, background: '#678' } })
    .withExif(PHONE)
    .png({ compressionLevel: 0 })
    .toBuffer();
  const { bytes: bare } = await strip(bytes);
  assert.ok(bytes.length > 100_000_000 && bare.length > 100_000_000);
  assert.equal(bare.indexOf('Secret'), -1);
});
