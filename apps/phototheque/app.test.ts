import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepts } from '../../src/engine/fields/files.ts';
import { isWellDefined } from '../../tests/harness/definitions.ts';
import { mayNow, moved, opened, ticket, walk } from '../../tests/harness/hands.ts';
import phototheque from './app.ts';

isWellDefined(phototheque);

const album = { title: 'Album de la relève de 1936', kind: 'prints' };

// asvs 2.2.3
test('a batch needs a title and what it is made of; the rest is found out later', () => {
  assert.equal(ticket(phototheque, 'helper', album).step, 'arrived');
  for (const field of Object.keys(album))
    assert.equal(opened(phototheque, 'helper', { ...album, [field]: null }), 'invalid');
  assert.equal(opened(phototheque, 'visitor', album), 'forbidden');
});

test('pictures, raw files and their sidecars are kept as they are, and nothing else', () => {
  const { pictures } = phototheque.fields;
  for (const type of ['image/jpeg', 'image/tiff', 'image/x-adobe-dng', 'application/rdf+xml'])
    assert.ok(accepts(pictures, type), type);
  for (const type of ['application/pdf', 'text/plain', 'video/mp4'])
    assert.ok(!accepts(pictures, type), type);
  assert.ok(pictures.is === 'files' && pictures.metadata === 'kept');
});

test('what is kept is looked at again, and is due again half a year later', () => {
  const described = walk(phototheque, ticket(phototheque, 'helper', album), 'helper', ['describe']);
  assert.deepEqual(mayNow(phototheque, described, 'helper'), ['damaged']);
  assert.equal(moved(phototheque, described, 'keeper', 'verify'), 'invalid');
  const verified = moved(phototheque, described, 'keeper', 'verify', { fields: { checked: '2026-03-02' } });
  assert.ok(typeof verified === 'object');
  const kept = walk(phototheque, verified, 'keeper', ['keep']);
  assert.equal(mayNow(phototheque, kept, 'keeper')[0], 'checkAgain');
  const again = moved(phototheque, kept, 'keeper', 'checkAgain', { fields: { checked: '2026-09-01' } });
  assert.ok(typeof again === 'object' && again.step === 'kept' && again.standing.dueAt !== null);
});

test('what is found damaged is taken up again, with a word of what is wrong', () => {
  const described = walk(phototheque, ticket(phototheque, 'keeper', album), 'keeper', ['describe']);
  assert.equal(moved(phototheque, described, 'helper', 'damaged'), 'invalid');
  const taken = moved(phototheque, described, 'helper', 'damaged', {
    fields: { trouble: 'La vue 12 ne s’ouvre plus.' },
  });
  assert.ok(typeof taken === 'object' && taken.step === 'arrived');
});

test('visitors see what is kept', () => {
  const fresh = ticket(phototheque, 'keeper', album);
  assert.equal(moved(phototheque, fresh, 'visitor', 'describe'), 'not_found');
});
