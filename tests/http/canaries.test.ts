import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { createLogger } from '../../src/platform/logging.ts';
import { filesBelow, sightingsBelow } from '../harness/canaries.ts';
import { cannotScan, startClamd } from '../harness/clamd.ts';
import { CLUSTER_VARIABLE, startTestCluster, temporaryFolder } from '../harness/cluster.ts';
import { bring, type Brought, bytesAt, filesAt, loose, openFolder, withFolders } from '../harness/files.ts';
import { docxOf, mailOf, pdfOf, zipOf } from '../harness/guard/containers.ts';
import { PHONE, quarters } from '../harness/pictures.ts';
import { tusOf } from '../harness/tus.ts';
import { stage } from '../harness/vigie.ts';

/** What all canaries begin with, so that one search finds them all; it stands nowhere else. */
const BIRD = `Serin${randomBytes(9).toString('hex')}`;
let hatched = 0;
const canary = (what: string): string => `${BIRD}${what}${(hatched += 1)}`;

test('what the search for canaries must find, it finds', async (t) => {
  const folder = temporaryFolder('vigie-planted-', t);
  const word = canary('planted');
  const forms: Readonly<Record<string, string | Uint8Array>> = {
    plain: `avant ${word} après`,
    utf16: Buffer.from(`é${word}`, 'utf16le'),
    base64a: Buffer.from(`x${word}yz`).toString('base64'),
    base64b: Buffer.from(`xx${word}yz`).toString('base64'),
    base64c: Buffer.from(`xxx${word}yz`).toString('base64url'),
    hex: Buffer.from(word).toString('hex'),
    gzip: Buffer.concat([Buffer.from('début'), gzipSync(`avant ${word}`), Buffer.from('fin')]),
    zip: zipOf({ 'un.txt': Buffer.from(`${'long '.repeat(50)}${word}`) }),
    pdf: pdfOf(word, { packed: true }),
  };
  for (const [name, content] of Object.entries(forms)) writeFileSync(join(folder, name), content);
  writeFileSync(join(folder, word), '');
  const found = new Set(sightingsBelow([folder], BIRD).map(({ where }) => where.split('/').at(-1) ?? ''));
  assert.deepEqual([...found].toSorted(), [...Object.keys(forms), word].toSorted());
});

test(
  'what is put in a space for health data stands nowhere in clear: not on the disk, not in the database, not in its log, not in ours',
  { skip: process.env['TEST_DATABASE_URL'] ? 'The disk of another PostgreSQL cannot be looked at' : false },
  async (t) => {
    // Whatever is written for a while is written where we look.
    const here = temporaryFolder('vigie-canaries-');
    // The server and its database stop in between.
    process.once('exit', () => rmSync(here, { recursive: true, force: true }));
    const outside = tmpdir();
    const before = new Set(readdirSync(outside));
    process.env['TMPDIR'] = here;
    const cluster = await startTestCluster();
    process.env[CLUSTER_VARIABLE] = cluster.url;
    const clamd = cannotScan ? undefined : (await startClamd(t)).unix;
    const lines: string[] = [];
    const heard = (line: string): boolean => {
      lines.push(line);
      return true;
    };
    // Also what libraries say past our log.
    for (const out of ['stdout', 'stderr'] as const)
      t.mock.method(process[out], 'write', (text: string | Uint8Array) =>
        heard(Buffer.from(text).toString()),
      );
    const data = temporaryFolder('vigie-canaries-data-');
    const scene = await stage(t, {
      vault: true,
      settings: { data, ...(clamd !== undefined && { clamd }) },
      logger: createLogger('trace', { write: heard }),
    });
    await withFolders(scene);
    const { cast, db, vigie } = scene;
    const maelle = await scene.as('maelle', 'strong');
    const [place, second] = [
      await openFolder(maelle, 'dossier-sante'),
      await openFolder(maelle, 'dossier-sante'),
    ];

    const photo = quarters().jpeg();
    const exif = {
      ...PHONE,
      IFD0: { ...PHONE.IFD0, Artist: canary('artist'), Copyright: canary('copyright') },
    };
    const files: readonly Brought[] = [
      {
        name: `${canary('name')}.txt`,
        content: `Patient ${canary('text')}`,
        folder: `${canary('folder')}/${canary('inner')}`,
      },
      { name: `${canary('name')}.txt`, content: `${canary('long')} `.repeat(20_000) },
      { name: `${canary('name')}.pdf`, content: pdfOf(canary('pdf'), { packed: true }) },
      { name: `${canary('name')}.docx`, content: docxOf(canary('docx')) },
      { name: `${canary('name')}.eml`, content: mailOf(canary('mail')) },
      {
        name: `${canary('name')}.zip`,
        content: zipOf({ [`${canary('entry')}.txt`]: Buffer.from(`${canary('zipped')} `.repeat(50)) }),
      },
      { name: `${canary('name')}.jpg`, content: await photo.clone().withExif(exif).toBuffer() },
      { name: `${canary('name')}.png`, content: await photo.clone().png().withExif(exif).toBuffer() },
      // What does not hold together goes by other ways: errors speak.
      {
        name: `${canary('name')}.jpg`,
        content: Buffer.concat([
          (await photo.clone().withExif(exif).toBuffer()).subarray(0, 900),
          Buffer.from(canary('broken')),
        ]),
      },
      { name: `${canary('name')}.pdf`, content: `%PDF-1.7\n${canary('broken')} obj << /Type` },
      { name: `${canary('name')}\r\n\u202e.txt`, content: canary('crooked') },
      {
        name: `${canary('name')}.json`,
        content: JSON.stringify({ resourceType: 'Patient', name: canary('fhir') }),
      },
      { name: `${canary('name')}.svg`, content: `<svg><text>${canary('svg')}</text></svg>` },
    ];
    const brought = await bring(scene, cast.maelle, maelle, place, 'documents', files);
    // Loose ones are looked at before anybody says where they go.
    await loose(
      scene,
      cast.maelle,
      files.slice(0, 4).map(({ name, content }) => ({
        name: `l${name}`,
        content: Buffer.concat([Buffer.from(content), Buffer.from('!')]),
      })),
    );
    await vigie.settled();

    // As browsers send: in pieces, one cut in its middle, one refused, one left half.
    const tus = tusOf(scene, 'kerlann', maelle);
    const body = Buffer.from(`${canary('tus')} `.repeat(40_000));
    const path = await tus.begin(body.length, {
      filename: `${canary('name')}.txt`,
      relativePath: `${canary('folder')}/a.txt`,
    });
    assert.equal((await tus.piece(path, 0, body.subarray(0, 200_000))).status, 204);
    await tus.cut(path, 200_000, body.length - 200_000, body.subarray(200_000, 300_000));
    const offset = await tus.offset(path);
    const done = await tus.piece(path, offset, body.subarray(offset));
    assert.ok(done.headers.get('vigie-file'), done.body);
    const wrong = await tus.begin(10, { filename: canary('wrong') });
    await tus.piece(wrong, 0, Buffer.from(canary('toolong')));
    await tus.piece(wrong, 5, Buffer.from('abc'));
    const half = await tus.begin(1_000_000, { filename: `${canary('half')}.txt` });
    await tus.piece(half, 0, Buffer.from(`${canary('halfbody')} `.repeat(5_000)));

    // Everything that is done with files.
    for (const { id } of brought)
      for (const way of ['content', 'content?shown=1', 'preview', 'preview?size=large'])
        await bytesAt(scene, maelle, `${place}/files/${id}/${way}`, { range: 'bytes=0-50' });
    await bytesAt(scene, maelle, `${place}/files.zip`);
    await bytesAt(scene, maelle, `${place}/files.zip?folder=${encodeURIComponent(canary('asked'))}`);
    await maelle.ask('GET', '/kerlann/search?q=patient');
    await maelle.ask('GET', '/kerlann/dossier-sante/export.csv');
    const [first, other] = brought;
    const to = { app: 'dossier-sante', reference: second.split('/').at(-1), field: 'documents' };
    assert.equal((await maelle.ask('POST', `${place}/files/${first?.id ?? ''}/move`, to)).status, 204);
    assert.equal((await maelle.ask('DELETE', `${place}/files/${other?.id ?? ''}`)).status, 204);
    await maelle.ask('POST', `${place}/files`, { field: canary('nofield'), files: [canary('noid')] });
    await vigie.settled();
    assert.equal((await filesAt(maelle, second)).length, 1);
    // They are there, and come back.
    const text = await bytesAt(scene, maelle, `${second}/files/${first?.id ?? ''}/content`);
    assert.ok(text.bytes.includes(BIRD));

    await db.owner`checkpoint`;
    const [cluster0] = await db.owner<
      { folder: string }[]
    >`select current_setting('data_directory') as folder`;
    assert.ok(cluster0);
    // What PostgreSQL packs is unpacked by asking for it.
    const tables = await db.owner<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`;
    for (const { name } of tables) {
      const rows = await db.owner.unsafe<{ row: string }[]>(`select t::text as row from ${name} t`);
      writeFileSync(join(here, `${name}.dump`), rows.map(({ row }) => row).join('\n'));
    }
    writeFileSync(join(here, 'log.dump'), lines.join('\n'));
    const made = readdirSync(outside)
      .filter((name) => !before.has(name))
      .map((name) => join(outside, name));
    const sightings = sightingsBelow([...new Set([here, data, cluster0.folder, ...made])], BIRD);
    assert.deepEqual(sightings, []);
    assert.ok(lines.length > 0, 'the log was heard');
    // Looked at: the sealed files themselves, what waits, and the write-ahead log.
    const looked = [...filesBelow(data), ...filesBelow(cluster0.folder)].join('\n');
    for (const part of [/vault\/.*\.age$/mu, /staging\/.*$/mu, /pg_wal\/[0-9A-F]{24}$/mu])
      assert.match(looked, part);
    t.mock.restoreAll();
  },
);
