import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { missing } from '../../tests/harness/programs.ts';
import { type Described, xmpOf } from './xmp.ts';

/** What ExifTool reads of a sidecar. */
const readBack = (said: Described): Record<string, unknown> => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-xmp-'));
  try {
    const path = join(folder, 'photo.jpg.xmp');
    writeFileSync(path, xmpOf(said));
    const read = execFileSync('exiftool', ['-j', '-n', '-validate', '-warning', '-XMP:all', path], {
      encoding: 'utf8',
    });
    return (JSON.parse(read) as Record<string, unknown>[])[0] ?? {};
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const CHANGED = Date.UTC(2026, 2, 2, 9);

test('a photo program reads from a sidecar what was written in it', { skip: missing('exiftool') }, () => {
  const read = readBack({
    title: 'Album de la relève de 1936',
    description: 'La vedette, par mer forte.',
    keywords: ['phare', 'relève'],
    people: ['Anne Le Dantec', 'Yves'],
    location: 'Pointe des Poulains',
    period: 'vers 1936',
    source: 'Grenier',
    taken: '2024-06-30T15:04:05+02:00',
    date: '1936-07-14',
    place: { lat: 47.3089, lng: -3.2171 },
    changed: CHANGED,
  });
  assert.equal(read['Title'], 'Album de la relève de 1936');
  assert.equal(read['Description'], 'La vedette, par mer forte.');
  assert.deepEqual(read['Subject'], ['phare', 'relève']);
  assert.deepEqual(read['PersonInImage'], ['Anne Le Dantec', 'Yves']);
  assert.equal(read['Location'], 'Pointe des Poulains');
  assert.equal(read['Coverage'], 'vers 1936');
  assert.equal(read['Source'], 'Grenier');
  assert.equal(read['DateTimeOriginal'], '2024:06:30 15:04:05+02:00');
  assert.equal(read['CreateDate'], '2024:06:30 15:04:05+02:00');
  assert.equal(read['DateCreated'], '1936:07:14');
  assert.equal(read['GPSLatitude'], 47.3089);
  assert.equal(read['GPSLongitude'], -3.2171);
  assert.equal(read['Warning'], undefined);
  assert.equal(read['Validate'], '0 0 0');
});

test('whatever was typed is read back as it was', { skip: missing('exiftool') }, () => {
  for (const text of [
    `<script>&amp; "it's" ]]> <!-- -->`,
    'اسم الملف \u202Eexe.fdp',
    'une ligne\r\net une autre\net\tencore',
    '🗼 𝔓𝔥𝔞𝔯𝔢',
    "'; DROP TABLE ticket; --",
  ]) {
    const read = readBack({ title: text, description: text, keywords: [text], changed: CHANGED });
    assert.equal(read['Title'], text);
    assert.equal(read['Description'], text);
    assert.equal(read['Subject'], text);
  }
});

test('what XML cannot hold is left out, and the rest stays well formed', () => {
  const written = xmpOf({ title: 'a\u0000b\u0008c\ufffed\ud800e', changed: CHANGED });
  assert.match(written, />abcd\ufffde</u);
  assert.doesNotMatch(xmpOf({ changed: CHANGED }), /dc:title|GPS|DateCreated/u);
});

test('the edges of the map are written as they are', { skip: missing('exiftool') }, () => {
  for (const [lat, lng] of [
    [-90, 180],
    [0, -0.00000001],
    [59.999999999, -179.999999999],
  ] as const) {
    const read = readBack({ place: { lat, lng }, changed: CHANGED });
    assert.ok(Math.abs(Number(read['GPSLatitude']) - lat) < 1e-7, `${lat}`);
    assert.ok(Math.abs(Number(read['GPSLongitude']) - lng) < 1e-7, `${lng}`);
  }
});
