import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test, type TestContext } from 'node:test';

import { filesById } from '../../src/files/index.ts';
import { asOrganisation } from '../../src/platform/postgres/index.ts';
import { openDesk, tidyUploads } from '../../src/uploads/index.ts';
import { receive } from '../../src/uploads/receive.ts';
import { currentKeys, openBlob } from '../../src/vault/index.ts';
import { metadataOf, type TusHand, tusOf } from '../harness/tus.ts';
import { stage, type Stage } from '../harness/vigie.ts';

const HOUR = 3_600_000;
const content = randomBytes(300_000);

const kerlann = async (
  t: TestContext,
  settings: { quota?: number; largestFile?: number } = {},
): Promise<{ stage: Stage; maelle: TusHand; yann: TusHand }> => {
  const set = await stage(t, { vault: true, settings });
  return {
    stage: set,
    maelle: tusOf(set, 'kerlann', await set.as('maelle')),
    yann: tusOf(set, 'kerlann', await set.as('yann')),
  };
};

/** What the vault keeps of a file. */
const keptOf = async ({ vigie, cast }: Stage, id: string): Promise<Buffer> => {
  const { organisationId } = cast.maelle;
  const [file] = await asOrganisation(vigie.db, organisationId, (tx) => filesById(tx, organisationId, [id]));
  assert.ok(file);
  const { size, read } = await openBlob(vigie.vault, organisationId, file.blobId);
  return Buffer.concat(await Array.fromAsync(read(0, size)));
};

const codeOf = (body: string): string => (JSON.parse(body) as { code: string }).code;

const stagingOf = ({ vigie, cast }: Stage): string => join(vigie.vault.staging, cast.maelle.organisationId);

test('a file is sent in pieces, and becomes a file with the last one', async (t) => {
  const { stage: set, maelle } = await kerlann(t);
  const path = await maelle.begin(content.length, {
    filename: 'plan.bin',
    relativePath: 'Rues/nord/plan.bin',
  });
  assert.match(path, /^\/api\/v1\/kerlann\/uploads\/[0-9a-f-]{36}$/u);
  const first = await maelle.piece(path, 0, content.subarray(0, 100_000));
  assert.deepEqual([first.status, first.headers.get('upload-offset')], [204, '100000']);
  assert.ok(first.headers.get('upload-expires'));
  assert.equal(first.headers.get('vigie-file'), null);
  const head = await maelle.head(path);
  assert.deepEqual(
    [head.status, head.headers.get('upload-offset'), head.headers.get('upload-length')],
    [200, '100000', '300000'],
  );
  assert.match(head.headers.get('cache-control') ?? '', /no-store/u);
  const last = await maelle.piece(path, 100_000, content.subarray(100_000));
  const file = last.headers.get('vigie-file') ?? '';
  assert.deepEqual(await keptOf(set, file), content);
  const shown = JSON.parse((await maelle.send('GET', path)).body) as Record<string, unknown>;
  assert.deepEqual(
    [shown['name'], shown['folder'], shown['size'], shown['offset'], shown['file']],
    ['plan.bin', 'Rues/nord', 300_000, 300_000, file],
  );
  assert.deepEqual(readdirSync(stagingOf(set)), [], 'nothing is left where it waited');
  assert.equal((await maelle.head(path)).headers.get('vigie-file'), file, 'who lost the answer asks again');
});

test('what waits for its other pieces is sealed: neither its bytes nor its name are on the disk', async (t) => {
  const { stage: set, maelle } = await kerlann(t);
  const words = Buffer.from('Le secret de la rue des Lilas. '.repeat(5000));
  const path = await maelle.begin(words.length + 1, { filename: 'liste-des-lilas.txt' });
  await maelle.piece(path, 0, words);
  const [folder = ''] = readdirSync(stagingOf(set));
  const [piece = ''] = readdirSync(join(stagingOf(set), folder));
  const stored = readFileSync(join(stagingOf(set), folder, piece));
  assert.ok(stored.subarray(0, 21).equals(Buffer.from('age-encryption.org/v1')));
  assert.equal(stored.indexOf('secret'), -1);
  assert.equal(statSync(join(stagingOf(set), folder, piece)).mode & 0o777, 0o600);
  const rows = await set.db.system.unsafe('select about from upload').catch(() => []);
  for (const { about } of rows as unknown as { about: Buffer }[]) assert.equal(about.indexOf('lilas'), -1);
});

test('what is whole in one piece goes to the shelf as it is', async (t) => {
  const { stage: set, maelle } = await kerlann(t);
  const file = await maelle.bring('plan.bin', content);
  assert.deepEqual(await keptOf(set, file), content);
  const empty = await maelle.bring('vide.txt', Buffer.alloc(0));
  assert.equal((await keptOf(set, empty)).length, 0);
});

test('the first piece may come with the beginning', async (t) => {
  const { stage: set, maelle } = await kerlann(t);
  const told = await maelle.send(
    'POST',
    maelle.endpoint,
    {
      'upload-length': String(content.length),
      'upload-metadata': metadataOf({ filename: 'plan.bin' }),
      'content-type': 'application/offset+octet-stream',
    },
    content,
  );
  assert.deepEqual([told.status, told.headers.get('upload-offset')], [201, String(content.length)]);
  assert.deepEqual(await keptOf(set, told.headers.get('vigie-file') ?? ''), content);
});

test('a line that breaks loses nothing of what came', async (t) => {
  const { stage: set, maelle } = await kerlann(t);
  const path = await maelle.begin(content.length);
  await maelle.cut(path, 0, content.length, content.subarray(0, 123_456));
  const offset = await maelle.offset(path);
  assert.equal(offset, 123_456);
  const last = await maelle.piece(path, offset, content.subarray(offset));
  assert.deepEqual(await keptOf(set, last.headers.get('vigie-file') ?? ''), content);
});

test('an upload goes on from where it is, and from nowhere else', async (t) => {
  const { maelle } = await kerlann(t);
  const path = await maelle.begin(1000);
  await maelle.piece(path, 0, content.subarray(0, 400));
  for (const offset of [0, 399, 401, 1000]) {
    const told = await maelle.piece(path, offset, Buffer.alloc(0));
    assert.deepEqual([told.status, codeOf(told.body)], [409, 'offset_conflict']);
  }
  const past = await maelle.piece(path, 400, content.subarray(0, 700));
  assert.deepEqual([past.status, codeOf(past.body)], [413, 'too_much']);
  assert.equal(await maelle.offset(path), 400, 'of what is too much, nothing is kept');
});

test('pieces without a length are counted as they come', async (t) => {
  const { stage: set, maelle } = await kerlann(t);
  const path = await maelle.begin(1000);
  const { cookie } = await set.as('maelle');
  const told = await fetch(new URL(path, set.vigie.url), {
    method: 'PATCH',
    headers: {
      cookie,
      origin: set.vigie.url,
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    },
    body: ReadableStream.from([content.subarray(0, 900), content.subarray(0, 900)]),
    duplex: 'half',
  });
  assert.equal(told.status, 413);
  assert.equal(await maelle.offset(path), 0);
});

test('a piece is compared with the sum that came with it, and kept or not', async (t) => {
  const { stage: set, maelle } = await kerlann(t);
  const path = await maelle.begin(content.length);
  for (const algorithm of ['sha1', 'sha256', 'md5']) {
    const other = createHash(algorithm).update('another').digest('base64');
    const told = await maelle.piece(path, 0, content, { 'upload-checksum': `${algorithm} ${other}` });
    assert.deepEqual([told.status, codeOf(told.body)], [460, 'checksum_mismatch']);
    assert.equal(await maelle.offset(path), 0);
  }
  assert.equal((await maelle.piece(path, 0, content, { 'upload-checksum': 'crc9 AAAA' })).status, 400);
  const sum = createHash('sha256').update(content.subarray(0, 1000)).digest('base64');
  const kept = await maelle.piece(path, 0, content.subarray(0, 1000), { 'upload-checksum': `sha256 ${sum}` });
  assert.equal(kept.headers.get('upload-offset'), '1000');
  const rest = content.subarray(1000);
  const said = createHash('md5').update(rest).digest('base64');
  await maelle.cut(path, 1000, rest.length, rest.subarray(0, 5000), { 'upload-checksum': `md5 ${said}` });
  assert.equal(await maelle.offset(path), 1000, 'half a piece cannot be compared');
  const last = await maelle.piece(path, 1000, rest, { 'upload-checksum': `md5 ${said}` });
  assert.deepEqual(await keptOf(set, last.headers.get('vigie-file') ?? ''), content);
});

test('parts that were sent at once are put together, once', async (t) => {
  const { stage: set, maelle, yann } = await kerlann(t);
  const [a, b] = [content.subarray(0, 120_000), content.subarray(120_000)];
  const partial = { 'upload-concat': 'partial' };
  const parts = await Promise.all(
    [a, b].map((part) => maelle.begin(part.length, { filename: 'x' }, partial)),
  );
  const [first = '', second = ''] = parts;
  const final = {
    'upload-concat': `final;${first} ${second}`,
    'upload-metadata': metadataOf({ filename: 'plan.bin' }),
  };
  await maelle.piece(first, 0, a);
  const early = await maelle.send('POST', maelle.endpoint, final);
  assert.deepEqual([early.status, codeOf(early.body)], [409, 'part_unfinished']);
  await maelle.piece(second, 0, b);
  assert.equal((await maelle.head(first)).headers.get('upload-concat'), 'partial');
  assert.equal((await maelle.head(first)).headers.get('vigie-file'), null, 'a part is no file');
  assert.equal((await yann.send('POST', yann.endpoint, final)).status, 404, 'of somebody else');
  const elsewhere = { 'upload-concat': `final;/api/v1/argentique/uploads/${first.split('/').at(-1) ?? ''}` };
  assert.equal((await maelle.send('POST', maelle.endpoint, elsewhere)).status, 404);
  const told = await maelle.send('POST', maelle.endpoint, final);
  assert.equal(told.status, 201);
  const file = told.headers.get('vigie-file') ?? '';
  assert.deepEqual(await keptOf(set, file), content);
  const whole = told.headers.get('location') ?? '';
  const head = await maelle.head(whole);
  assert.deepEqual(
    [head.headers.get('upload-offset'), head.headers.get('upload-length'), head.headers.get('upload-concat')],
    ['300000', '300000', final['upload-concat']],
  );
  assert.equal((await maelle.piece(whole, 300_000, Buffer.alloc(0))).status, 403);
  const again = await maelle.send('POST', maelle.endpoint, final);
  assert.deepEqual([again.status, again.headers.get('vigie-file')], [201, file], 'an answer that was lost');
  assert.deepEqual(readdirSync(stagingOf(set)), []);
});

test('an upload whose length is not known yet says it later', async (t) => {
  const { stage: set, maelle } = await kerlann(t);
  const told = await maelle.send('POST', maelle.endpoint, {
    'upload-defer-length': '1',
    'upload-metadata': metadataOf({ filename: 'son.bin' }),
  });
  const path = told.headers.get('location') ?? '';
  await maelle.piece(path, 0, content.subarray(0, 1000));
  const head = await maelle.head(path);
  assert.deepEqual(
    [head.headers.get('upload-defer-length'), head.headers.get('upload-offset')],
    ['1', '1000'],
  );
  const last = await maelle.piece(path, 1000, content.subarray(1000), { 'upload-length': '300000' });
  assert.deepEqual(await keptOf(set, last.headers.get('vigie-file') ?? ''), content);
});

test('only whoever began an upload goes on with it, sees it or ends it', async (t) => {
  const { stage: set, maelle, yann } = await kerlann(t);
  const path = await maelle.begin(1000);
  await maelle.piece(path, 0, content.subarray(0, 500));
  const nadia = tusOf(set, 'argentique', await set.as('nadia'));
  const elsewhere = path.replace('kerlann', 'argentique');
  for (const [who, where] of [
    [yann, path],
    [nadia, elsewhere],
  ] as const) {
    for (const method of ['GET', 'HEAD', 'DELETE'])
      assert.equal((await who.send(method, where)).status, 404, method);
    const told = await who.piece(where, 500, content.subarray(500, 1000));
    const nowhere = await who.piece(where.replace(/.{4}$/u, '0000'), 500, content.subarray(500, 1000));
    assert.deepEqual([told.status, told.body], [nowhere.status, nowhere.body]);
    assert.equal(told.status, 404);
  }
  assert.equal((await nadia.head(path)).status, 401);
  assert.equal((await tusOf(set, 'kerlann', {}).head(path)).status, 401);
  assert.equal(await maelle.offset(path), 500);
});

// asvs 8.2.2
test('who unlocks a shared station does not reach there what they are sending from their own device', async (t) => {
  const { stage: set, yann } = await kerlann(t);
  const path = await yann.begin(1000);
  await yann.piece(path, 0, content.subarray(0, 500));
  await set.pin('yann');
  const station = await set.station('maelle', { app: 'voirie', steps: ['planned'] });
  const tablet = tusOf(set, 'kerlann', await station.unlockedBy(set.cast.yann));
  const nowhere = path.replace(/.{4}$/u, '0000');
  const asked = {
    POST: { 'upload-length': '10' },
    OPTIONS: {},
    GET: {},
    HEAD: {},
    PATCH: { 'upload-offset': '500', 'content-type': 'application/offset+octet-stream' },
    DELETE: {},
  };
  const told = async (method: keyof typeof asked, where: string) => {
    const piece = method === 'PATCH' ? content.subarray(500, 1000) : undefined;
    const { status, headers, body } = await tablet.send(method, where, asked[method], piece);
    return { status, headers: [...headers].filter(([name]) => name !== 'date'), body };
  };
  const refusal = await told('GET', nowhere);
  assert.equal(refusal.status, 404);
  for (const method of ['GET', 'PATCH', 'DELETE'] as const) {
    assert.deepEqual(await told(method, path), refusal, method);
    assert.deepEqual(await told(method, nowhere), refusal, method);
  }
  for (const method of ['POST', 'OPTIONS'] as const)
    assert.deepEqual(await told(method, yann.endpoint), refusal, method);
  const head = await told('HEAD', path);
  assert.equal(head.status, 404);
  assert.deepEqual(head, await told('HEAD', nowhere));
  assert.equal(await yann.offset(path), 500, 'and with their own session they go on where they were');
  assert.equal((await yann.piece(path, 500, content.subarray(500, 1000))).status, 204);
});

test('an upload is begun from our own pages, or with a key', async (t) => {
  const { stage: set } = await kerlann(t);
  const { cookie } = await set.as('maelle');
  const foreign = tusOf(set, 'kerlann', { cookie, origin: 'https://elsewhere.example' });
  const told = await foreign.send('POST', foreign.endpoint, { 'upload-length': '10' });
  assert.deepEqual([told.status, codeOf(told.body)], [403, 'foreign_origin']);
  const asked = tusOf(set, 'kerlann', await set.as('maelle'));
  const options = await asked.send('OPTIONS', asked.endpoint);
  assert.equal(options.status, 204);
  assert.match(options.headers.get('tus-extension') ?? '', /creation,.*checksum,concatenation/u);
  assert.equal(options.headers.get('tus-checksum-algorithm'), 'sha1,sha256,md5');
  assert.equal(options.headers.get('tus-max-size'), '10000000000');
  assert.equal(options.headers.get('access-control-allow-origin'), null);
});

test('who takes an upload back leaves nothing of it', async (t) => {
  const { stage: set, maelle } = await kerlann(t);
  const path = await maelle.begin(content.length);
  await maelle.piece(path, 0, content.subarray(0, 1000));
  assert.equal((await maelle.send('DELETE', path)).status, 204);
  assert.equal((await maelle.head(path)).status, 404);
  assert.deepEqual(readdirSync(stagingOf(set)), []);
  const whole = await maelle.begin(content.length);
  const file = (await maelle.piece(whole, 0, content)).headers.get('vigie-file') ?? '';
  assert.equal((await maelle.send('DELETE', whole)).status, 204);
  await assert.rejects(keptOf(set, file));
});

test('a ticket takes what its writer has sent, and nobody else has it any more', async (t) => {
  const { stage: set, maelle, yann } = await kerlann(t);
  const path = await maelle.begin(content.length);
  const id = (await maelle.piece(path, 0, content)).headers.get('vigie-file') ?? '';
  const open = async (name: 'maelle' | 'yann', file: string) =>
    (await set.as(name)).ask('POST', '/kerlann/voirie/tickets', {
      fields: { kind: 'pothole', place: { lat: 47, lng: -2 }, photos: [{ id: file }] },
    });
  const theirs = await open('yann', id);
  assert.equal(theirs.status, 422);
  assert.match(JSON.stringify(theirs.body), /unknown_file/u);
  assert.equal((await open('maelle', id)).status, 201);
  assert.equal((await maelle.head(path)).status, 410, 'who sends the same file again begins anew');
  assert.equal((await maelle.send('GET', path)).status, 404);
  assert.equal((await open('maelle', id)).status, 422, 'a file is of one ticket');
  assert.equal((await yann.head(path)).status, 404);
});

test('lengths that cannot be are refused before a byte comes', async (t) => {
  const { maelle } = await kerlann(t, { largestFile: 1_000_000 });
  for (const [length, status, code] of [
    ['-1', 400, 'malformed'],
    ['1.5', 400, 'malformed'],
    ['1e3', 400, 'malformed'],
    ['', 400, 'malformed'],
    ['9007199254740993', 400, 'malformed'],
    ['99999999999999999999999', 400, 'malformed'],
    ['1000001', 413, 'too_large'],
    ['9007199254740991', 413, 'too_large'],
  ] as const) {
    const told = await maelle.send('POST', maelle.endpoint, { 'upload-length': length });
    assert.deepEqual([told.status, codeOf(told.body)], [status, code], length);
  }
  assert.equal((await maelle.send('POST', maelle.endpoint, {})).status, 400);
  assert.equal((await maelle.send('POST', maelle.endpoint, { 'tus-resumable': '0.9' })).status, 412);
  const large = await maelle.send('POST', maelle.endpoint, { 'upload-length': '1000001' });
  assert.match(large.body, /1 MB/u, 'it says how large one may be');
});

test('an organisation keeps no more than its quota, by what it has and what is on its way', async (t) => {
  const { maelle, yann } = await kerlann(t, { quota: 1_000_000 });
  const path = await maelle.begin(700_000);
  const told = await yann.send('POST', yann.endpoint, { 'upload-length': '400000' });
  assert.deepEqual([told.status, codeOf(told.body)], [507, 'quota']);
  const at = await Promise.all(
    Array.from({ length: 5 }, () => yann.send('POST', yann.endpoint, { 'upload-length': '200000' })),
  );
  assert.deepEqual(
    at.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, 507, 507, 507, 507],
  );
  await maelle.send('DELETE', path);
  assert.equal((await yann.send('POST', yann.endpoint, { 'upload-length': '400000' })).status, 201);
});

test('what is said of a file that cannot be read is refused, and what would lead astray is taken out of its name', async (t) => {
  const { maelle } = await kerlann(t);
  for (const said of [
    'filename !!!',
    'filename a b',
    ',',
    'filename dGVzdA==,filename dGVzdA==',
    'é dGVzdA==',
  ])
    assert.equal(
      (
        await maelle.send('POST', maelle.endpoint, {
          'upload-length': '1',
          'upload-metadata': Buffer.from(said).toString('latin1'),
        })
      ).status,
      400,
      said,
    );
  for (const [filename, relativePath, name, folder] of [
    ['../../etc/passwd', '', 'passwd', ''],
    ['C:\\fakepath\\plan.pdf', '', 'plan.pdf', ''],
    ['a\r\nSet-Cookie: x=1', '', 'aSet-Cookie: x=1', ''],
    ['photo\u202Egpj.exe', '', 'photogpj.exe', ''],
    ['{{7*7}}${7*7}.txt', '', '{{7*7}}${7*7}.txt', ''],
    ['..', '', 'sans-nom', ''],
    ['', 'été/../../plage/x.jpg', 'x.jpg', 'été/plage'],
    [`${'é'.repeat(400)}.jpeg`, '', `${'é'.repeat(195)}.jpeg`, ''],
  ] as const) {
    const path = await maelle.begin(1, { filename, relativePath });
    const shown = JSON.parse((await maelle.send('GET', path)).body) as { name: string; folder: string };
    assert.deepEqual([shown.name, shown.folder], [name, folder]);
  }
});

test('an identifier leads to an upload, and nowhere else', async (t) => {
  const { stage: set, maelle } = await kerlann(t);
  const path = await maelle.begin(10);
  const id = path.split('/').at(-1) ?? '';
  for (const crooked of [
    '..%2f..%2fmaster-key',
    `${id}%2f..%2f${id}`,
    `..%5c${id}`,
    `${id}.age`,
    `${id}%00`,
    '%2e%2e',
    id.slice(0, -1),
  ])
    for (const method of ['HEAD', 'PATCH', 'DELETE', 'GET'])
      assert.equal(
        (
          await maelle.send(method, `${maelle.endpoint}/${crooked}`, {
            ...(method === 'PATCH' && {
              'upload-offset': '0',
              'content-type': 'application/offset+octet-stream',
            }),
          })
        ).status,
        404,
        `${method} ${crooked}`,
      );
  assert.ok(existsSync(set.vigie.vault.staging));
});

test('an upload that nobody goes on with is over after three days, and what came of it is gone', async (t) => {
  const { stage: set, maelle } = await kerlann(t);
  const path = await maelle.begin(1000);
  await maelle.piece(path, 0, content.subarray(0, 500));
  set.clock.advance(71 * HOUR);
  assert.equal(await tusOf(set, 'kerlann', await set.as('maelle')).offset(path), 500);
  set.clock.advance(2 * HOUR);
  const later = tusOf(set, 'kerlann', await set.as('maelle'));
  assert.equal((await later.head(path)).status, 410);
  assert.equal((await later.piece(path, 500, content.subarray(500, 1000))).status, 410);
});

test('two who send the same upload do not harm it', async (t) => {
  const { stage: set, maelle } = await kerlann(t);
  const path = await maelle.begin(content.length);
  const told = await Promise.all(Array.from({ length: 6 }, () => maelle.piece(path, 0, content)));
  assert.ok(
    told.every(({ status }) => [204, 409, 423].includes(status)),
    told.map(({ status }) => status).join(),
  );
  const file = (await maelle.head(path)).headers.get('vigie-file') ?? '';
  assert.deepEqual(await keptOf(set, file), content);
  const { organisationId } = set.cast.maelle;
  const rows = await asOrganisation(set.vigie.db, organisationId, (tx) =>
    filesById(tx, organisationId, [file]),
  );
  assert.equal(rows.length, 1);
});

test('who waits for a slow line does not: the one before ends', async (t) => {
  const { stage: set, maelle } = await kerlann(t);
  const path = await maelle.begin(content.length);
  const { cookie } = await set.as('maelle');
  const stalled = fetch(new URL(path, set.vigie.url), {
    method: 'PATCH',
    headers: {
      cookie,
      origin: set.vigie.url,
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    },
    body: new ReadableStream({ start: (c) => c.enqueue(new Uint8Array(content.subarray(0, 5000))) }),
    duplex: 'half',
  }).catch(() => null);
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(await maelle.offset(path), 5000);
  await maelle.piece(path, 5000, content.subarray(5000));
  await stalled;
  const file = (await maelle.head(path)).headers.get('vigie-file') ?? '';
  assert.deepEqual(await keptOf(set, file), content);
});

test('an organisation whose vault is closed takes nothing, and says what to do', async (t) => {
  const set = await stage(t);
  const maelle = tusOf(set, 'kerlann', await set.as('maelle'));
  const told = await maelle.send('POST', maelle.endpoint, { 'upload-length': '10' });
  assert.deepEqual([told.status, codeOf(told.body)], [409, 'vault_closed']);
  assert.match(told.body, /administrateur/u);
});

/** A disk that is soon full, where one may be mounted. */
const smallDisk = (size: string): { readonly folder: string; free(): void } | null => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-small-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).status !== 0) {
    rmdirSync(folder);
    return null;
  }
  const free = (): void => {
    spawnSync('umount', [folder]);
    rmdirSync(folder);
  };
  return { folder, free };
};

test('a disk that is full says so; the server lives, and the upload goes on when there is room', async (t) => {
  const disk = smallDisk('8m');
  if (disk === null) return t.skip('only root may mount a small disk');
  const set = await stage(t, { vault: true, settings: { data: disk.folder } });
  // Hooks run in the order they are given: the server lets go of it first.
  t.after(disk.free);
  const maelle = tusOf(set, 'kerlann', await set.as('maelle'));
  const large = randomBytes(5_000_000);
  const first = await maelle.begin(large.length);
  const later = large.subarray(0, 3_600_000);
  const second = await maelle.begin(later.length);
  assert.equal((await maelle.piece(first, 0, large)).status, 204);
  const none = await maelle.send('POST', maelle.endpoint, { 'upload-length': '9000000' });
  assert.deepEqual([none.status, codeOf(none.body)], [507, 'full'], 'said before a byte comes');
  const told = await maelle.piece(second, 0, later);
  assert.deepEqual([told.status, codeOf(told.body)], [507, 'full']);
  const offset = await maelle.offset(second);
  assert.ok(offset > 0 && offset < later.length, `what fitted is kept: ${offset}`);
  assert.equal((await maelle.send('DELETE', first)).status, 204);
  const rest = await maelle.piece(second, offset, later.subarray(offset));
  assert.equal(rest.status, 204, rest.body);
  assert.deepEqual(await keptOf(set, rest.headers.get('vigie-file') ?? ''), later);
});

test('what was whole when a server was killed becomes a file without anybody asking', async (t) => {
  const { stage: set, maelle } = await kerlann(t);
  const { organisationId, id } = set.cast.maelle;
  const path = await maelle.begin(content.length);
  const uploadId = path.split('/').at(-1) ?? '';
  const desk = openDesk({
    vault: set.vigie.vault,
    quota: null,
    largest: 1e9,
    stopping: new AbortController().signal,
    arrived: () => {},
  });
  const keys = await currentKeys(set.vigie.vault, organisationId);
  await receive(desk, keys, uploadId, 0, Readable.from([Buffer.from(content)]), null);
  const folder = join(stagingOf(set), uploadId);
  assert.equal(await tidyUploads(desk, organisationId), 0, 'what was touched just now is somebody’s');
  utimesSync(folder, 0, 0);
  assert.equal(await tidyUploads(desk, organisationId), 1);
  const file = (await maelle.head(path)).headers.get('vigie-file') ?? '';
  assert.deepEqual(await keptOf(set, file), content);
  assert.equal(existsSync(folder), false);
  const [row] = await asOrganisation(set.vigie.db, organisationId, (tx) =>
    filesById(tx, organisationId, [file]),
  );
  assert.equal(row?.createdBy, id);
  const other = await maelle.begin(1000);
  await maelle.piece(other, 0, content.subarray(0, 10));
  set.clock.advance(73 * HOUR);
  await tidyUploads(desk, organisationId);
  assert.deepEqual(readdirSync(stagingOf(set)), [], 'what has expired leaves nothing');
});

test('what the disk has lost of an upload is asked for again, and never becomes a file', async (t) => {
  const { stage: set, maelle } = await kerlann(t);
  const path = await maelle.begin(content.length);
  await maelle.piece(path, 0, content.subarray(0, 200_000));
  const folder = join(stagingOf(set), path.split('/').at(-1) ?? '');
  const [piece = ''] = readdirSync(folder);
  const stored = readFileSync(join(folder, piece));
  stored.fill(0, 70_000, 70_100);
  writeFileSync(join(folder, piece), stored);
  const told = await maelle.piece(path, 200_000, content.subarray(200_000));
  assert.deepEqual([told.status, codeOf(told.body)], [409, 'offset_conflict']);
  const offset = await maelle.offset(path);
  assert.equal(offset, 0);
  const last = await maelle.piece(path, offset, content);
  assert.deepEqual(await keptOf(set, last.headers.get('vigie-file') ?? ''), content);
});
