import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

import sharp from 'sharp';

import { createLogger } from '../../src/platform/logging.ts';
import { keyFor } from '../harness/cast.ts';
import {
  type Brought,
  bring,
  bytesAt,
  filesAt,
  type Listed,
  loose,
  openFolder,
  type Place,
  withFolders,
} from '../harness/files.ts';
import { temporaryFolder } from '../harness/cluster.ts';
import { type Answer, type Hand, stage, type Stage } from '../harness/vigie.ts';

interface Town extends Stage {
  readonly maelle: Hand;
  readonly yann: Hand;
}

const town = async (t: TestContext): Promise<Town> => {
  const scene = await stage(t, { vault: true });
  await withFolders(scene);
  return { ...scene, maelle: await scene.as('maelle', 'strong'), yann: await scene.as('yann', 'strong') };
};

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const long = Buffer.from(Array.from({ length: 30_000 }, (_, nth) => `ligne ${nth}\n`).join(''));
const text = (name: string, content: string | Buffer = `Le contenu de ${name}`): Brought => ({
  name,
  content,
});
const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 900, height: 600, channels: 3, background: '#804020' } })
    .jpeg()
    .toBuffer();

test('what was put in a field is listed with what is known of it, and comes back byte for byte', async (t) => {
  const scene = await town(t);
  const { maelle, cast } = scene;
  const place = await openFolder(maelle);
  const [one, two] = await bring(scene, cast.maelle, maelle, place, 'documents', [
    { name: 'lignes.txt', content: long, folder: 'marché/2026' },
    { name: 'halles.jpg', content: await picture() },
  ]);
  assert.deepEqual(
    [one?.name, one?.folder, one?.size, one?.type, one?.state, one?.sha256],
    ['lignes.txt', 'marché/2026', long.length, 'text/plain', 'kept', sha256(long)],
  );
  assert.deepEqual([two?.type, two?.previews], ['image/jpeg', ['small', 'large']]);

  const path = `${place}/files/${one?.id ?? ''}/content`;
  const whole = await bytesAt(scene, maelle, path);
  assert.equal(whole.status, 200);
  assert.ok(whole.bytes.equals(long));
  assert.equal(whole.headers.get('content-length'), String(long.length));
  assert.equal(whole.headers.get('accept-ranges'), 'bytes');
  assert.match(whole.headers.get('content-disposition') ?? '', /^attachment; filename="lignes.txt"/u);

  await t.test('in parts too, and goes on where it was cut', async () => {
    const tag = whole.headers.get('etag') ?? '';
    for (const [asked, from, to] of [
      ['bytes=0-0', 0, 1],
      ['bytes=65530-65545', 65_530, 65_546],
      [`bytes=${long.length - 1}-`, long.length - 1, long.length],
      ['bytes=-10', long.length - 10, long.length],
      ['bytes=100000-', 100_000, long.length],
    ] as const) {
      const part = await bytesAt(scene, maelle, path, { range: asked, 'if-range': tag });
      assert.equal(part.status, 206, asked);
      assert.equal(part.headers.get('content-range'), `bytes ${from}-${to - 1}/${long.length}`);
      assert.ok(part.bytes.equals(long.subarray(from, to)), asked);
    }
    const beyond = await bytesAt(scene, maelle, path, { range: `bytes=${long.length}-` });
    assert.deepEqual([beyond.status, beyond.bytes.length], [416, 0]);
    assert.equal(beyond.headers.get('content-range'), `bytes */${long.length}`);
    // What was begun is another file now: the whole is given, never a mixture.
    const other = await bytesAt(scene, maelle, path, { range: 'bytes=5-', 'if-range': '"another"' });
    assert.deepEqual([other.status, other.bytes.length], [200, long.length]);
  });

  await t.test('a picture is looked at small, large, and shown in the page', async () => {
    for (const size of ['small', 'large']) {
      const seen = await bytesAt(scene, maelle, `${place}/files/${two?.id ?? ''}/preview?size=${size}`);
      assert.equal(seen.status, 200);
      assert.equal(seen.headers.get('content-type'), 'image/webp');
      assert.match(seen.headers.get('content-disposition') ?? '', /^inline/u);
      const { width } = await sharp(seen.bytes).metadata();
      assert.equal(width, size === 'small' ? 400 : 900);
    }
    assert.equal((await bytesAt(scene, maelle, `${place}/files/${one?.id ?? ''}/preview`)).status, 404);
  });

  await t.test('all of it as one zip of known length, which goes on where it was cut', async () => {
    const zip = await bytesAt(scene, maelle, `${place}/files.zip`);
    assert.equal(zip.status, 200);
    assert.equal(zip.headers.get('content-length'), String(zip.bytes.length));
    assert.ok(zip.bytes.includes('marché/2026/lignes.txt') && zip.bytes.includes('halles.jpg'));
    assert.ok(zip.bytes.includes(long));
    const range = `bytes=70000-`;
    const rest = await bytesAt(scene, maelle, `${place}/files.zip`, {
      range,
      'if-range': zip.headers.get('etag') ?? '',
    });
    assert.equal(rest.status, 206);
    assert.ok(rest.bytes.equals(zip.bytes.subarray(70_000)));
    const folder = await bytesAt(scene, maelle, `${place}/files.zip?folder=${encodeURIComponent('marché')}`);
    assert.ok(folder.bytes.includes('lignes.txt') && !folder.bytes.includes('halles.jpg'));
    assert.equal((await bytesAt(scene, maelle, `${place}/files.zip?folder=march`)).status, 404);
    assert.equal((await bytesAt(scene, maelle, `${place}/files.zip?field=few`)).status, 404);
  });
});

test('what is taken out of a field can be put back for thirty days, and not after', async (t) => {
  const scene = await town(t);
  const { maelle, cast } = scene;
  const place = await openFolder(maelle);
  const [one, two] = await bring(scene, cast.maelle, maelle, place, 'documents', [
    text('un.txt'),
    text('deux.txt'),
  ]);
  assert.ok(one && two);
  assert.equal((await maelle.ask('DELETE', `${place}/files/${one.id}`)).status, 204);
  assert.deepEqual(
    (await filesAt(maelle, place)).map(({ name }) => name),
    ['deux.txt'],
  );
  for (const way of ['content', 'preview'])
    assert.equal((await bytesAt(scene, maelle, `${place}/files/${one.id}/${way}`)).status, 404);
  assert.ok(!(await bytesAt(scene, maelle, `${place}/files.zip`)).bytes.includes('un.txt'));
  assert.equal((await maelle.ask('DELETE', `${place}/files/${one.id}`)).status, 404);

  const back = await maelle.ask('POST', `${place}/files`, { field: 'documents', files: [one.id] });
  assert.equal(back.status, 200);
  assert.equal(
    String((await bytesAt(scene, maelle, `${place}/files/${one.id}/content`)).bytes),
    'Le contenu de un.txt',
  );
  // Into another field is no putting back.
  await maelle.ask('DELETE', `${place}/files/${one.id}`);
  const other = await maelle.ask<{ code: string }>('POST', `${place}/files`, {
    field: 'few',
    files: [one.id],
  });
  assert.equal(other.status, 422);
  await scene.pass(31 * 86_400_000);
  const again = await scene.as('maelle', 'strong');
  const late = await again.ask('POST', `${place}/files`, { field: 'documents', files: [one.id] });
  assert.equal(late.status, 422);
});

test('two who add at once both add, and nothing is added twice', async (t) => {
  const scene = await town(t);
  const { maelle, yann, cast } = scene;
  const place = await openFolder(maelle);
  const ours = await loose(scene, cast.maelle, [text('a.txt'), text('b.txt'), text('c.txt')]);
  const theirs = await loose(scene, cast.yann, [text('d.txt'), text('e.txt'), text('f.txt')]);
  const add = (hand: Hand, id: string) =>
    hand.ask('POST', `${place}/files`, { field: 'documents', files: [id] });
  const answers = await Promise.all([
    ...ours.map((id) => add(maelle, id)),
    ...theirs.map((id) => add(yann, id)),
    ...ours.map((id) => add(maelle, id)),
  ]);
  // Whoever comes second with the same changes nothing.
  for (const { status } of answers) assert.ok([200, 409].includes(status), String(status));
  assert.deepEqual(
    answers.slice(3, 6).map(({ status }) => status),
    [200, 200, 200],
  );
  const names = (await filesAt(yann, place)).map(({ name }) => name);
  assert.deepEqual(names.toSorted(), ['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt', 'f.txt']);
  const { body } = await maelle.ask('GET', place);
  assert.equal((body.fields['documents'] as unknown[]).length, 6);
});

test('count totals: a field takes so many files and no more, however they come and at once', async (t) => {
  const scene = await town(t);
  const { maelle, cast } = scene;
  const place = await openFolder(maelle);
  const ids = await loose(
    scene,
    cast.maelle,
    ['1', '2', '3', '4', '5', '6'].map((nth) => text(`${nth}.txt`)),
  );
  const all = await maelle.ask<{ code: string }>('POST', `${place}/files`, { field: 'few', files: ids });
  assert.equal(all.status, 422);
  assert.deepEqual(await filesAt(maelle, place), []);
  const answers = await Promise.all(
    ids.map((id) => maelle.ask('POST', `${place}/files`, { field: 'few', files: [id] })),
  );
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 200, 200, 422, 422, 422],
  );
  assert.equal((await filesAt(maelle, place)).length, 3);
  // What was refused is not the ticket's: it can go elsewhere.
  const left = ids.filter((_, nth) => answers[nth]?.status === 422);
  const elsewhere = await maelle.ask('POST', `${place}/files`, { field: 'documents', files: left });
  assert.equal(elsewhere.status, 200);
});

/** Every way by which a file or its existence may leave. */
const ways = (place: Place, file: string, name: string): readonly string[] => [
  `${place}/files`,
  `${place}/files/${file}/content`,
  `${place}/files/${file}/content?shown=1`,
  `${place}/files/${file}/preview`,
  `${place}/files/${file}/preview?size=large`,
  `${place}/files.zip`,
  `${place}/files.zip?field=${name}`,
  place,
  `${place}/events`,
  `/kerlann/${place.split('/')[2] ?? ''}/tickets`,
  `/kerlann/${place.split('/')[2] ?? ''}/export.csv`,
  '/kerlann/search?q=photo',
];

// asvs 8.2.3
test('secondary routes: files in a field that somebody does not read are on no way out of theirs', async (t) => {
  const scene = await town(t);
  const { maelle, yann, cast } = scene;
  const place = await openFolder(maelle);
  const content = await picture();
  for (const field of ['secret', 'inside']) {
    const [file] = await bring(scene, cast.maelle, maelle, place, field, [
      { name: `photo-${field}.jpg`, content },
    ]);
    assert.ok(file);
    for (const path of ways(place, file.id, field)) {
      const { status, bytes, headers } = await bytesAt(scene, yann, path);
      assert.ok([200, 404].includes(status), `${path}: ${status}`);
      for (const word of [file.id, 'photo-', file.sha256])
        assert.ok(!bytes.includes(word) && ![...headers.values()].join().includes(word), `${path}: ${word}`);
      if (path.includes('/files/') || path.includes('zip')) assert.equal(status, 404, path);
    }
    assert.equal((await yann.ask('DELETE', `${place}/files/${file.id}`)).status, 404);
    // Nor may they put anything there.
    const [own = ''] = await loose(scene, cast.yann, [text(`${field}.txt`)]);
    const put = await yann.ask('POST', `${place}/files`, { field, files: [own] });
    assert.ok([403, 422].includes(put.status), String(put.status));
  }
  const seen = await filesAt(maelle, place);
  assert.deepEqual(seen.map(({ field }) => field).toSorted(), ['inside', 'secret']);
});

// asvs 8.2.2
test('reused identifiers: a file is of one ticket, one field and one uploader, under any other name it is not there', async (t) => {
  const scene = await town(t);
  const { maelle, yann, cast } = scene;
  const [place, other, health] = [
    await openFolder(maelle),
    await openFolder(maelle),
    await openFolder(maelle, 'dossier-sante'),
  ];
  const [file] = await bring(scene, cast.maelle, maelle, place, 'documents', [
    { name: 'photo.jpg', content: await picture() },
  ]);
  assert.ok(file);
  const nothing = '019d0000-0000-7000-8000-000000000000';

  await t.test(
    'read under another ticket’s path, or another organisation’s: as what does not exist',
    async () => {
      const nadia = await scene.as('nadia', 'strong');
      for (const way of ['content', 'preview']) {
        for (const elsewhere of [other, health]) {
          const answers: readonly Answer<object>[] = await Promise.all(
            [file.id, nothing].map((id) => maelle.ask<object>('GET', `${elsewhere}/files/${id}/${way}`)),
          );
          assert.deepEqual(
            answers.map(({ status }) => status),
            [404, 404],
          );
          assert.deepEqual(answers[0]?.body, answers[1]?.body);
        }
        const foreign = await bytesAt(scene, nadia, `${place}/files/${file.id}/${way}`);
        assert.equal(foreign.status, 401);
        const theirs = await bytesAt(
          scene,
          nadia,
          `/argentique/atelier/tickets/A-0001/files/${file.id}/${way}`,
        );
        assert.equal(theirs.status, 404);
      }
    },
  );

  const refused = async (hand: Hand, where: Place, id: string, field = 'documents'): Promise<void> => {
    const { status, body } = await hand.ask<{ errors: { path: string; code: string }[] }>(
      'POST',
      `${where}/files`,
      { field, files: [id] },
    );
    assert.deepEqual([status, body.errors[0]?.code], [422, 'unknown_file'], JSON.stringify(body));
    const edited = await hand.ask<{ errors: { code: string }[] }>('PATCH', where, {
      version: (await hand.ask('GET', where)).body.version,
      fields: { [field]: [{ id }] },
    });
    assert.deepEqual([edited.status, edited.body.errors[0]?.code], [422, 'unknown_file']);
  };

  await t.test('named by two tickets, or by two fields of one: refused as unknown', async () => {
    await refused(maelle, other, file.id);
    await refused(maelle, health, file.id);
    await refused(maelle, place, file.id, 'photos');
    await refused(maelle, place, nothing);
    const [fresh = ''] = await loose(scene, cast.maelle, [text('deux champs.txt')]);
    const opened = await maelle.ask<{ errors: { code: string }[] }>('POST', '/kerlann/dossier/tickets', {
      fields: { subject: 'Deux champs', documents: [{ id: fresh }], few: [{ id: fresh }] },
    });
    assert.deepEqual([opened.status, opened.body.errors[0]?.code], [422, 'unknown_file']);
  });

  await t.test('uploaded by somebody else and named by nobody yet: refused as unknown', async () => {
    const [theirs = ''] = await loose(scene, cast.maelle, [text('à Maëlle.txt')]);
    await refused(yann, place, theirs);
    const nadia = await scene.as('nadia', 'strong');
    const [foreign = ''] = await loose(scene, cast.nadia, [text('d’Argentique.txt')]);
    await refused(maelle, place, foreign);
    assert.equal((await nadia.ask('GET', place)).status, 401);
  });

  await t.test('five who claim the same file for five tickets: one has it', async () => {
    const [one = ''] = await loose(scene, cast.maelle, [text('très demandé.txt')]);
    const places = await Promise.all(Array.from({ length: 5 }, () => openFolder(maelle)));
    const answers = await Promise.all(
      places.map((where) => maelle.ask('POST', `${where}/files`, { field: 'documents', files: [one] })),
    );
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 422, 422, 422, 422],
    );
  });
});

test('path traversal: identifiers that are none lead nowhere', async (t) => {
  const scene = await town(t);
  const { maelle, cast } = scene;
  const place = await openFolder(maelle);
  await bring(scene, cast.maelle, maelle, place, 'documents', [text('a.txt')]);
  for (const id of [
    '../../../etc/passwd',
    '..%2f..%2fmaster-key',
    '%00',
    'a'.repeat(5000),
    '..',
    '.',
    '*',
    "'or'1'='1",
  ])
    for (const way of ['content', 'preview']) {
      const path = `${place}/files/${encodeURIComponent(id)}/${way}`;
      const { status, bytes } = await bytesAt(scene, maelle, path);
      assert.ok([400, 404, 414, 422].includes(status), `${path}: ${status}`);
      assert.ok(!bytes.includes('AGE-SECRET') && !bytes.includes('root:'));
    }
  const added = await maelle.ask('POST', `${place}/files`, { field: '__proto__', files: ['../x'] });
  assert.ok([400, 422].includes(added.status));
  for (const field of ['__proto__', 'constructor', 'subject', 'nowhere']) {
    const [id = ''] = await loose(scene, cast.maelle, [text(`${field}.txt`)]);
    const { status } = await maelle.ask('POST', `${place}/files`, { field, files: [id] });
    assert.ok([400, 403, 422].includes(status), `${field}: ${status}`);
  }
});

test('what waits to be looked at, or is in quarantine, is given to nobody by any way', async (t) => {
  const scene = await town(t);
  const { maelle, cast, db } = scene;
  const place = await openFolder(maelle);
  const [file, clean] = await bring(scene, cast.maelle, maelle, place, 'documents', [
    { name: 'photo.jpg', content: await picture() },
    text('propre.txt'),
  ]);
  assert.ok(file && clean);
  for (const [state, code] of [
    ['waiting', 'being_checked'],
    ['quarantined', 'quarantined'],
  ] as const) {
    await db.owner`update file set state = ${state} where id = ${file.id}`;
    for (const way of ['content', 'content?shown=1', 'preview', 'preview?size=large']) {
      const answer: Answer<{ code: string }> = await maelle.ask<{ code: string }>(
        'GET',
        `${place}/files/${file.id}/${way}`,
      );
      assert.deepEqual([answer.status, answer.body.code], [409, code], way);
    }
    const zip = await bytesAt(scene, maelle, `${place}/files.zip`);
    assert.ok(zip.bytes.includes('propre.txt') && !zip.bytes.includes('photo.jpg'));
    const listed: Listed | undefined = (await filesAt(maelle, place)).find(({ id }) => id === file.id);
    assert.equal(listed?.state, state);
  }
});

// asvs 16.3.3
test('who takes a file out is written down before its first byte leaves, and what cannot be written is not given', async (t) => {
  const scene = await town(t);
  const { maelle, yann, cast, db } = scene;
  const [internal, health] = [await openFolder(maelle), await openFolder(maelle, 'dossier-sante')];
  const content = await picture();
  const read = async (place: Place): Promise<readonly string[]> => {
    const { body } = await maelle.ask<{ reads: { way: string; actor: { id: string } }[] }>(
      'GET',
      `${place}/reads`,
    );
    return body.reads.filter(({ actor }) => actor.id === cast.yann.id).map(({ way }) => way);
  };
  const files = new Map<Place, string>();
  for (const place of [internal, health]) {
    const [file] = await bring(scene, cast.maelle, maelle, place, 'documents', [
      { name: 'photo.jpg', content },
    ]);
    files.set(place, file?.id ?? '');
    for (const path of [
      'files',
      `files/${file?.id ?? ''}/preview`,
      `files/${file?.id ?? ''}/content`,
      'files.zip',
    ])
      assert.equal((await bytesAt(scene, yann, `${place}/${path}`)).status, 200);
  }
  // Of internal work, files that are taken out; of health data, everything.
  assert.deepEqual(await read(internal), ['file', 'file']);
  assert.deepEqual(await read(health), ['file', 'file', 'preview', 'list']);

  await db.owner`revoke insert on read_trace from vigie_app`;
  for (const [place, id] of files)
    for (const path of [
      'files.zip',
      `files/${id}/content`,
      `files/${id}/content?shown=1`,
      `files/${id}/preview?size=large`,
    ]) {
      const refused = await bytesAt(scene, yann, `${place}/${path}`, { range: 'bytes=0-99' });
      assert.deepEqual(
        [refused.status, (JSON.parse(String(refused.bytes)) as { code: string }).code],
        [503, 'no_trace'],
        path,
      );
    }
  const id = files.get(health) ?? '';
  for (const path of ['files', `files/${id}/preview`])
    assert.equal((await bytesAt(scene, yann, `${health}/${path}`)).status, 503, path);
});

test('health files are for those who proved who they are; a key reads what its role reads; links and stations what they may', async (t) => {
  const scene = await town(t);
  const { maelle, cast } = scene;
  const [internal, health] = [await openFolder(maelle), await openFolder(maelle, 'dossier-sante')];
  const reference = (place: Place): string => place.split('/').at(-1) ?? '';
  const [a] = await bring(scene, cast.maelle, maelle, internal, 'documents', [text('a.txt')]);
  const [b] = await bring(scene, cast.maelle, maelle, health, 'documents', [text('b.txt')]);
  const weak = await scene.as('yann');
  for (const path of ['files', `files/${b?.id ?? ''}/content`, 'files.zip'])
    assert.notEqual((await weak.ask('GET', `${health}/${path}`)).status, 200, path);
  assert.equal((await weak.ask('GET', `${internal}/files/${a?.id ?? ''}/content`)).status, 200);

  // Somebody without a part in the app, and nobody in particular.
  const gwenn = await scene.as('gwenn', 'strong');
  for (const path of ['files', `files/${a?.id ?? ''}/content`, 'files.zip']) {
    assert.equal((await gwenn.ask('GET', `${internal}/${path}`)).status, 404, path);
    assert.equal((await scene.stranger.ask('GET', `${internal}/${path}`)).status, 401, path);
  }

  // A program reads what its role reads, and no more.
  const key = await keyFor(
    scene.db,
    cast.maelle.organisationId,
    { app: 'dossier', role: 'reader', site: null },
    scene.clock.now(),
  );
  const program = scene.withKey(key);
  const [sealed] = await bring(scene, cast.maelle, maelle, internal, 'secret', [text('c.txt')]);
  assert.equal((await program.ask('GET', `${internal}/files/${a?.id ?? ''}/content`)).status, 200);
  assert.equal((await program.ask('GET', `${internal}/files/${sealed?.id ?? ''}/content`)).status, 404);
  assert.equal((await program.ask('GET', `${health}/files/${b?.id ?? ''}/content`)).status, 404);

  // A link shows its ticket on the page made for it, and opens no other route.
  const guest = await scene.guest('maelle', {
    app: 'dossier',
    reference: reference(internal),
    role: 'visitor',
  });
  for (const path of ['files', `files/${a?.id ?? ''}/content`, 'files.zip'])
    assert.notEqual((await guest.ask('GET', `${internal}/${path}`)).status, 200, path);

  await scene.pin('yann');
  const station = await scene.station('maelle', { app: 'dossier', steps: ['open'] });
  const tablet = await station.unlockedBy(cast.yann);
  assert.equal((await tablet.ask('GET', `${internal}/files/${a?.id ?? ''}/content`)).status, 200);
  assert.notEqual((await tablet.ask('GET', `${health}/files/${b?.id ?? ''}/content`)).status, 200);
  const deleted = await tablet.ask('DELETE', `${internal}/files/${a?.id ?? ''}`);
  assert.ok([403, 404].includes(deleted.status), String(deleted.status));
});

// asvs 3.2.1
test('stored XSS: SVG, HTML and PDF leave as files to keep, whatever they are called, and run nothing', async (t) => {
  const scene = await town(t);
  const { maelle, cast } = scene;
  const place = await openFolder(maelle);
  const script = '<script>fetch("/api/v1/kerlann/me")</script>';
  const brought: readonly Brought[] = [
    { name: 'a.jpg', content: `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>` },
    { name: 'b.png', content: `<!doctype html><html>${script}</html>` },
    { name: 'c.jpg', content: `%PDF-1.4\n1 0 obj << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>` },
    {
      name: 'd.txt',
      content: `<?xml version="1.0"?><?xml-stylesheet href="x"?><html xmlns="http://www.w3.org/1999/xhtml">${script}</html>`,
    },
    { name: 'e.js', content: 'alert(1)' },
    { name: 'f.gif', content: `GIF89a/*${'x'.repeat(20)}*/=1;${script}` },
  ];
  for (const { id, name } of await bring(scene, cast.maelle, maelle, place, 'documents', brought))
    for (const query of ['', '?shown=1']) {
      const { status, headers } = await bytesAt(scene, maelle, `${place}/files/${id}/content${query}`);
      assert.equal(status, 200);
      const type = headers.get('content-type') ?? '';
      assert.doesNotMatch(type, /html|svg|xml|pdf|script/u, name);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'; sandbox/u);
      if (!type.startsWith('image/')) assert.match(headers.get('content-disposition') ?? '', /^attachment/u);
    }
});

test('CRLF, quotes and right-to-left names stay names: in headers, in lists and in a zip', async (t) => {
  const scene = await town(t);
  const { maelle, cast } = scene;
  const place = await openFolder(maelle);
  const names = [
    'a\r\nSet-Cookie: vigie-kerlann=x\r\n\r\n<html>',
    'b"; filename="evil.exe',
    'facture\u202Efdp.exe',
    '../../../etc/cron.d/x',
    'C:\\Windows\\evil.bat',
    'é日本語🎞.txt',
    '%0d%0aX-Injected: 1',
    `${'l'.repeat(300)}.txt`,
    '{{constructor.constructor("return process")()}}${7*7}<%= 7*7 %>#{7*7}.txt',
  ];
  const brought = await bring(
    scene,
    cast.maelle,
    maelle,
    place,
    'documents',
    names.map((name) => text(name, `contenu de ${name}`)),
  );
  for (const [nth, { id }] of brought.entries()) {
    const { status, headers, bytes } = await bytesAt(scene, maelle, `${place}/files/${id}/content`);
    assert.equal(status, 200);
    assert.equal(String(bytes), `contenu de ${names[nth] ?? ''}`);
    assert.equal(headers.get('set-cookie')?.includes('vigie-kerlann=x') ?? false, false);
    assert.equal(headers.get('x-injected'), null);
    const said = headers.get('content-disposition') ?? '';
    assert.match(said, /^attachment; filename="[^"\\\r\n]*"; filename\*=UTF-8''[\w.!#$&+^`|~%-]+$/u);
    // No name shows another ending than it has, and none leads out of the folder where it is kept.
    assert.doesNotMatch(
      decodeURIComponent(said.split("''")[1] ?? ''),
      /[\u202a-\u202e\u2066-\u2069\r\n/\\]/u,
    );
  }
  const zip = String((await bytesAt(scene, maelle, `${place}/files.zip`)).bytes);
  assert.doesNotMatch(zip.replaceAll(/contenu de [^P]*/gu, ''), /\u202E|\.\.\/|C:\\/u);

  await t.test(
    'template injection: what looks like a template is a name, also where it is shown',
    async () => {
      const listed = (await filesAt(maelle, place)).map(({ name }) => name);
      assert.ok(listed.some((name) => name.includes('${7*7}') && !name.includes('49')));
    },
  );
});

test('who has no vault has no files, and is told so without more', async (t) => {
  const scene = await stage(t);
  await withFolders(scene);
  const maelle = await scene.as('maelle', 'strong');
  const place = await openFolder(maelle);
  assert.deepEqual(await filesAt(maelle, place), []);
  assert.equal((await maelle.ask('GET', `${place}/files.zip`)).status, 404);
});

test('swapped chunks: what is not in its place on the shelf is given to nobody, and the alarm is raised', async (t) => {
  const data = temporaryFolder('vigie-swapped-', t);
  const scene = await stage(t, { vault: true, settings: { data }, logger: createLogger('silent') });
  await withFolders(scene);
  const { cast, db } = scene;
  const maelle = await scene.as('maelle', 'strong');
  const place = await openFolder(maelle);
  const [file, good] = await bring(scene, cast.maelle, maelle, place, 'documents', [
    text('longue.txt', long),
    text('bonne.txt'),
  ]);
  assert.ok(file && good);
  const [blob] = await db.owner<{ name: string; stored: number }[]>`
    select name, stored::float8 as stored from blob b join file f on f.blob_id = b.id where f.id = ${file.id}`;
  assert.ok(blob);
  const shelved = join(data, 'vault', blob.name);
  const bytes = readFileSync(shelved);
  const chunk = 65_536 + 16;
  // Its chunks, from behind: the last is shorter.
  const head = blob.stored - Math.ceil(long.length / 65_536) * 16 - long.length;
  const [second, third] = [head + chunk, head + 2 * chunk];
  writeFileSync(
    shelved,
    Buffer.concat([
      bytes.subarray(0, second),
      bytes.subarray(third, third + chunk),
      bytes.subarray(second, third),
      bytes.subarray(third + chunk),
    ]),
  );
  const path = `${place}/files/${file.id}/content`;
  for (const range of ['bytes=0-', 'bytes=70000-70010', 'bytes=140000-'])
    await assert.rejects(bytesAt(scene, maelle, path, { range }), range);
  assert.equal((await bytesAt(scene, maelle, path, { range: 'bytes=0-99' })).status, 206);
  const [fault] = await db.owner<
    { fault: string | null }[]
  >`select fault from blob where name = ${blob.name}`;
  assert.equal(fault?.fault, 'corrupt');
  // Others are served as before.
  assert.equal((await bytesAt(scene, maelle, `${place}/files/${good.id}/content`)).status, 200);
  // Another's file in its place is no file of theirs either.
  const [other] = await db.owner<{ name: string }[]>`
    select name from blob b join file f on f.blob_id = b.id where f.id = ${good.id}`;
  writeFileSync(shelved, readFileSync(join(data, 'vault', other?.name ?? '')));
  await assert.rejects(bytesAt(scene, maelle, path));
});
