import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { chanceOf } from '../../tests/harness/guard/chance.ts';
import { mailOf, pdfOf, xlsxOf, zipOf } from '../../tests/harness/guard/containers.ts';
import { dicoms } from '../../tests/harness/guard/formats.ts';
import { dateOf, nameOf, nirOf } from '../../tests/harness/guard/people.ts';
import { examine, type Findings, type Limits } from './index.ts';

const chance = chanceOf(7);
const NIR = nirOf(chance);
const SENTENCE = `Patient : Le Goff Anne, NIR ${NIR}`;
const bytes = (text: string): Uint8Array => Buffer.from(text);
const look = (content: Uint8Array, limits: Partial<Limits> = {}): Promise<Findings> =>
  examine(content, 'application/octet-stream', limits);
const proofs = ({ findings }: Findings): string[] =>
  findings.filter(({ strength }) => strength === 'strong').map(({ rule, where }) => `${rule}: ${where}`);

test('a finding says where to look, and repeats neither the number, nor a name, nor the name of a file', async () => {
  const many = [...Array.from({ length: 40 }, (_, at) => `line ${at}`), SENTENCE].join('\n');
  for (const [content, where] of [
    [bytes(`\n\n${SENTENCE}`), 'line 3'],
    [pdfOf(many), 'page 2, line 1'],
    [xlsxOf(`Nom;NIR\nLe Goff;${NIR}`), 'sheet 1, line 2'],
    [zipOf({ 'Le Goff.txt': bytes('nothing'), [`${NIR}.pdf`]: pdfOf(SENTENCE) }), 'file 2, page 1, line 1'],
    [mailOf(SENTENCE), 'part 2, line 1'],
  ] as const) {
    const result = await look(content);
    assert.deepEqual(proofs(result), [`nir: ${where}`]);
    assert.doesNotMatch(JSON.stringify(result), new RegExp(`Goff|${NIR}`));
  }
});

test('what comes in pieces is looked at as a whole', async () => {
  const pdf = pdfOf(SENTENCE, { packed: true });
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < pdf.length; at += 7) yield pdf.subarray(at, at + 7);
  };
  assert.deepEqual(proofs(await examine(pieces(), 'application/pdf')), ['nir: page 1, line 1']);
  assert.deepEqual(await look(bytes('')), { findings: [], uncovered: [] });
});

test('beyond its limits it says so, and what it saw before counts', async () => {
  let given = 0;
  const endless = async function* (): AsyncGenerator<Uint8Array> {
    for (; ; given += 1) yield bytes(`${SENTENCE}\n`);
  };
  const result = await examine(endless(), 'text/plain', { bytes: 10_000 });
  assert.ok(proofs(result).length > 0 && given < 1000);
  assert.deepEqual(result.uncovered, ['too_large']);
  const cut = await look(zipOf({ a: bytes(SENTENCE), b: Buffer.alloc(200_000, 'x') }), { bytes: 300 });
  assert.ok(cut.uncovered.includes('too_large'));
  assert.equal(proofs(cut).length, 1, 'a zip without its end');
  const pages = await look(pdfOf('one\n'.repeat(500)), { pages: 2 });
  assert.deepEqual(pages.uncovered, ['too_large']);
});

test('of a long text, what was found before time is up counts, and lines are counted from its beginning', async () => {
  const numbers = `${chance.digits(15)}\n`.repeat(300_000);
  const text = bytes(`${SENTENCE}\n${numbers}${SENTENCE}\n${numbers.repeat(8)}`);
  const began = performance.now();
  const all = await look(text, { time: 120_000 });
  const needed = performance.now() - began;
  assert.deepEqual(proofs(all), ['nir: line 1', 'nir: line 300002']);
  const hurried = await look(text, { time: needed / 2 });
  assert.deepEqual(hurried.uncovered, ['too_large']);
  assert.deepEqual(proofs(hurried)[0], 'nir: line 1');
});

test('bombs end at a limit: one file of nothing, many files, zips within zips, and what takes too long', async () => {
  const nothing = new Uint8Array(60 * 1024 * 1024);
  const bomb = zipOf({ 'word/document.xml': nothing, '[Content_Types].xml': bytes('<Types/>'), b: nothing });
  assert.ok(bomb.length < 200_000);
  assert.ok((await look(bomb, { unpacked: 1_000_000 })).uncovered.includes('too_large'));
  const files = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`${at}`, bytes('x')]));
  assert.deepEqual((await look(zipOf(files), { entries: 100 })).uncovered, ['too_large']);
  let deep = bytes(SENTENCE);
  for (let level = 0; level < 6; level += 1) deep = zipOf({ inner: deep });
  assert.deepEqual(await look(deep), { findings: [], uncovered: ['too_deep'] });
  const book = pdfOf(`${'a '.repeat(40)}\n`.repeat(40_000));
  const began = performance.now();
  const slow = await look(book, { pages: 10_000, time: 700 });
  assert.deepEqual(slow.uncovered, ['too_large']);
  assert.ok(performance.now() - began < 5000);
});

test('what is encrypted, an image or damaged is said not to be covered', async () => {
  const uncovered = async (content: Uint8Array) => (await look(content)).uncovered;
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  assert.deepEqual(await uncovered(png), ['image']);
  assert.deepEqual(await uncovered(zipOf({ 'scan.png': png })), ['image']);
  assert.deepEqual(await uncovered(pdfOf('x', { extra: '/X<</Subtype /Image>>' })), ['image']);
  const word = { '[Content_Types].xml': bytes('<Types/>'), 'word/media/image1.png': png };
  assert.deepEqual(await uncovered(zipOf(word)), ['image']);
  const secret = `/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<${'41'.repeat(32)}>/U<${'42'.repeat(32)}>>>`;
  assert.deepEqual(await uncovered(pdfOf('x', { extra: secret })), ['encrypted']);
  const locked = Buffer.from(zipOf({ a: bytes(SENTENCE) }));
  locked.writeUInt16LE(1, 6);
  assert.deepEqual(await uncovered(locked), ['encrypted']);
  assert.deepEqual(await uncovered(bytes('age-encryption.org/v1\n-> X25519 abc\n')), ['encrypted']);
  const manifest = {
    mimetype: bytes('x'),
    'content.xml': bytes('?'),
    'META-INF/manifest.xml': bytes('<m:encryption-data/>'),
  };
  assert.deepEqual(await uncovered(zipOf(manifest)), ['encrypted']);
  assert.deepEqual(await uncovered(pdfOf(SENTENCE).subarray(0, 30)), ['unreadable']);
  assert.deepEqual(await uncovered(Buffer.from('377abcaf271c0004', 'hex')), ['unreadable']);
  assert.deepEqual((await examine(bytes('ID3 sound'), 'audio/mpeg')).uncovered, ['unreadable']);
});

test('an old Word document is not read, but what stands in it in clear counts', async () => {
  const old = Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(504),
    Buffer.from(SENTENCE, 'utf16le'),
    Buffer.alloc(512),
  ]);
  const result = await look(old);
  assert.equal(proofs(result).length, 1);
  assert.deepEqual(result.uncovered, ['unreadable']);
});

test('a file that is two things at once is looked at as the one that proves', async () => {
  const dicom = Buffer.from(dicoms(chance)['DICOM'] ?? []);
  dicom.write('%PDF-1.4\n');
  assert.deepEqual(proofs(await look(dicom)), ['dicom: whole file']);
  const behind = Buffer.concat([Buffer.alloc(100, 'stub '), zipOf({ a: bytes(SENTENCE) })]);
  behind.write('PK\u0003\u0004', 'latin1');
  assert.equal(proofs(await look(behind)).length, 1, 'what stands before a zip moves it');
});

test('weak signs make one ask: births, codes, a patient by name, and the words of care', async () => {
  const weak = async (text: string) =>
    (await look(bytes(text))).findings.map(({ rule, strength }) => `${rule} ${strength}`);
  const born = (count: number, from: number, to: number): string =>
    Array.from({ length: count }, () => `${nameOf(chance)} ${dateOf(chance, from, to)}`).join('\n');
  assert.deepEqual(await weak(`Nom, date de naissance\n${born(5, 1930, 2010)}`), ['births weak']);
  assert.deepEqual(await weak(born(30, 1930, 2010)), ['births weak']);
  assert.deepEqual(await weak(born(30, 2024, 2027)), []);
  assert.deepEqual(await weak('Diagnostics CIM-10 : I10, E11.9'), ['icd10 weak']);
  assert.deepEqual(await weak('Références I10, E11.9 du catalogue'), []);
  assert.deepEqual(await weak('Patiente : Le Goff Anne, née le 12/03/1957'), ['identity weak']);
  const french =
    'Hospitalisation pour douleurs thoraciques. Antécédents : diabète, hypertension. Traitement : posologie inchangée.';
  const english =
    'Diagnosed with pneumonia; history of asthma and diabetes. Medication at discharge: antibiotics.';
  for (const text of [french, english]) assert.deepEqual(await weak(text), ['words weak']);
  assert.deepEqual(await weak('Lapin 12 : dosage du cortisol, échantillon de sérum, contrôle conforme.'), []);
  assert.deepEqual(await weak(`Notre numéro : ${NIR}`), ['nir weak'], 'a number that nothing explains');
});

test('a NIR is one by its key, also of Corsica; a column of them needs no words', async () => {
  const strengths = async (text: string) =>
    (await look(bytes(text))).findings.map(({ strength }) => strength);
  // Wikipedia's example, and the same with another last digit.
  assert.deepEqual(await strengths('NIR : 2 55 08 14 168 025 38'), ['strong']);
  assert.deepEqual(await strengths('NIR : 2 55 08 14 168 025 39'), []);
  for (const wrong of ['255131416802538', '055081416802538', '255080016802538', '12550814168025380'])
    assert.deepEqual(await strengths(`NIR : ${wrong}`), [], wrong);
  assert.deepEqual(await strengths(Array.from({ length: 6 }, () => nirOf(chance)).join('\n')), ['strong']);
});

test('our lock file, full of digits, proves nothing, and is looked at in time', async () => {
  const result = await look(await readFile(resolve(import.meta.dirname, '../../package-lock.json')));
  assert.deepEqual(result, { findings: [], uncovered: [] });
});
