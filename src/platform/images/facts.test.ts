import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Sharp } from 'sharp';
import { HEIGHT, made, ORIENTATIONS, PHONE, quarters, WIDTH } from '../../../tests/harness/pictures.ts';
import { type ImageFacts, openImages } from './index.ts';

const images = openImages({ children: 1 });
after(() => images.stop());

const factsOf = async (picture: Sharp | Buffer): Promise<ImageFacts> =>
  made(await images.facts(Buffer.isBuffer(picture) ? picture : await picture.toBuffer()));

test('a picture of each format is known by its content', async () => {
  for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const) {
    const facts = await factsOf(quarters().toFormat(format));
    assert.deepEqual(facts, {
      format,
      width: WIDTH,
      height: HEIGHT,
      takenAt: null,
      place: null,
      camera: null,
      orientation: 1,
    });
  }
});

test('a photo tells when, where and with what it was taken', async () => {
  for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
    const facts = await factsOf(quarters().toFormat(format).withExif(PHONE));
    assert.equal(facts.takenAt, '2026-07-14T21:05:00+02:00', format);
    assert.deepEqual(facts.place, { lat: 47.7391667, lng: -3.1216667, accuracy: 5 }, format);
    assert.equal(facts.camera, 'Phonemaker Phone 12', format);
  }
});

test('its size is the one that is looked at, however the camera was held', async () => {
  for (const orientation of ORIENTATIONS) {
    const facts = await factsOf(quarters(orientation).jpeg());
    assert.deepEqual([facts.width, facts.height, facts.orientation], [WIDTH, HEIGHT, orientation]);
  }
});

test('a place that makes no sense is no place', async () => {
  for (const wrong of [
    { GPSLatitude: '0/1 0/1 0/1', GPSLongitude: '0/1 0/1 0/1' },
    { GPSLatitude: '0/0 0/0 0/0' },
    { GPSLatitude: '91/1 0/1 0/1' },
    { GPSLongitude: '180/1 0/1 1/1' },
    { GPSLatitude: '47/1 61/1 0/1' },
    { GPSLatitudeRef: 'X' },
    { GPSLongitudeRef: ' ' },
    { GPSLatitude: '4294967295/1 4294967295/1 4294967295/1' },
  ]) {
    const exif = { ...PHONE, IFD3: { ...PHONE.IFD3, ...wrong } };
    assert.equal((await factsOf(quarters().jpeg().withExif(exif))).place, null, JSON.stringify(wrong));
  }
});

test('a time that never was is no time', async () => {
  for (const [written, taken] of [
    ['0000:00:00 00:00:00', null],
    ['    :  :     :  :  ', null],
    ['2026:06:31 12:00:00', null],
    ['2026:06:30 25:00:00', null],
    ['0123:06:30 12:00:00', null],
    ['2024:02:29 23:59:59', '2024-02-29T23:59:59'],
  ] as const) {
    const exif = { IFD2: { DateTimeOriginal: written, OffsetTimeOriginal: '+99:00' } };
    assert.equal((await factsOf(quarters().jpeg().withExif(exif))).takenAt, taken, written);
  }
});

const PHOTOS = join(import.meta.dirname, '../../../../shared/data');
const photos = existsSync(PHOTOS) ? {} : { skip: 'there are no photos of others beside the project' };

test('photos that others took tell what their cameras wrote', photos, async () => {
  for (const [file, place, camera, takenAt, orientation] of [
    ['photos-exif/DSCN0010.jpg', [43.4674, 11.8851], 'NIKON COOLPIX P6000', '2008-10-22T16:28:39', 1],
    [
      'photos-exif/IMG_5195.HEIC',
      [39.0513, -94.2888],
      'Apple iPhone 11 Pro Max',
      '2021-04-11T15:47:53-05:00',
      1,
    ],
    ['photos-exif/iphone_13_pro_max.HEIC', null, 'Apple iPhone 13 Pro Max', '2022-02-16T12:55:41+01:00', 1],
    ['photos-exif/portrait_5.jpg', null, null, null, 5],
    ['photos-exif/samplefilehub.heif', null, null, null, 1],
    ['photos-road/photo-1.JPG', [51.4005, -2.5993], 'Apple iPhone 4', '2017-05-19T09:58:23', 6],
  ] as const) {
    const facts = await factsOf(readFileSync(join(PHOTOS, file)));
    const seen = facts.place && [facts.place.lat, facts.place.lng].map((one) => Number(one.toFixed(4)));
    assert.deepEqual(
      [seen, facts.camera, facts.takenAt, facts.orientation],
      [place, camera, takenAt, orientation],
      file,
    );
  }
});
