import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import phototheque from '../../apps/phototheque/app.ts';
import { bringBag, checkBag } from '../../src/bags/index.ts';
import type { AppDefinition } from '../../src/engine/define.ts';
import { openHouses } from '../../src/organisations/index.ts';
import { install } from '../../src/organisations/versions/install.ts';
import { bring, bytesAt, filesAt, type Place } from '../harness/files.ts';
import { missing } from '../harness/programs.ts';
import { photo } from '../harness/shares.ts';
import { type Hand, stage, type Stage } from '../harness/vigie.ts';
import { folderFor } from '../harness/zip.ts';

const skip = missing('exiftool', 'unzip', 'sha256sum');
const TITLE = `L'album <de> "1936" & la relève`;
const ABOUT = 'Trois gardiens\r\ndevant la lanterne. اسم الملف';
const BROUGHT = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><!-- Loïc’s own --></x:xmpmeta>\r\n';

interface Archive extends Stage {
  readonly keeper: Hand;
  readonly onlooker: Hand;
  readonly place: Place;
}

/** Kerlann keeps photographs: Maëlle reads all of them, Yann not what is seen in them. */
const archive = async (t: TestContext): Promise<Archive> => {
  const scene = await stage(t, { vault: true });
  const { db, cast, clock, as } = scene;
  const onlooker = { label: 'Regard', sees: 'all', hides: ['about'] } as const;
  const app: AppDefinition = { ...phototheque, roles: { ...phototheque.roles, onlooker } };
  await install(db, cast.maelle.organisationId, app, clock.now());
  await sleep(1100);
  const keeper = await as('maelle', 'strong');
  for (const [name, role] of [
    ['maelle', 'keeper'],
    ['yann', 'onlooker'],
  ] as const)
    await keeper.ask('PATCH', `/kerlann/members/${cast[name].id}`, {
      roles: [{ app: 'phototheque', role, site: null }],
    });
  const { body } = await keeper.ask('POST', '/kerlann/phototheque/tickets', {
    fields: {
      title: TITLE,
      kind: 'prints',
      about: ABOUT,
      people: 'Anne Le Dantec, Yves; Maï',
      place: 'Pointe des Poulains',
      taken: 'vers 1936',
      origin: 'Grenier',
    },
  });
  const place: Place = `/kerlann/phototheque/tickets/${body.reference}`;
  await bring(scene, cast.maelle, keeper, place, 'pictures', [
    { name: 'relève-01.jpg', folder: 'Boîte 1', content: await photo('teal', { place: true }) },
    { name: 'relève-01.jpg', folder: 'Boîte 1', content: await photo('navy') },
    { name: 'Brute.jpg', content: await photo('tomato') },
    { name: 'brute.XMP', content: BROUGHT },
  ]);
  return { ...scene, keeper, onlooker: await as('yann'), place };
};

const unpack = (t: TestContext, zip: Buffer): string => {
  const folder = folderFor(t);
  writeFileSync(join(folder, 'all.zip'), zip);
  mkdirSync(join(folder, 'out'));
  execFileSync('unzip', ['-q', join(folder, 'all.zip'), '-d', join(folder, 'out')]);
  return join(folder, 'out');
};
const below = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(folder.length + 1))
    .toSorted();
const exif = (path: string): Record<string, unknown> =>
  (
    JSON.parse(execFileSync('exiftool', ['-j', '-n', path], { encoding: 'utf8' })) as [
      Record<string, unknown>,
    ]
  )[0];

test('photographs go out with what is known of them, for any photo program to read', { skip }, async (t) => {
  const scene = await archive(t);
  const { keeper, onlooker, place } = scene;
  const zip = async (hand: Hand): Promise<string> => {
    const { status, bytes } = await bytesAt(scene, hand, `${place}/files.zip`);
    assert.equal(status, 200);
    return unpack(t, bytes);
  };
  const folder = await zip(keeper);
  assert.deepEqual(below(folder), [
    'Boîte 1/relève-01 (2).jpg',
    'Boîte 1/relève-01 (2).jpg.xmp',
    'Boîte 1/relève-01.jpg',
    'Boîte 1/relève-01.jpg.xmp',
    'Brute.jpg',
    'Brute.jpg.ticket.xmp',
    'brute.XMP',
  ]);
  assert.equal(readFileSync(join(folder, 'brute.XMP'), 'utf8'), BROUGHT, 'what was brought is as it was');
  const said = exif(join(folder, 'Boîte 1/relève-01.jpg.xmp'));
  assert.equal(said['Title'], TITLE);
  assert.equal(said['Description'], 'Trois gardiens\ndevant la lanterne. اسم الملف');
  assert.deepEqual(said['Subject'], ['Anne Le Dantec', 'Yves', 'Maï', 'Pointe des Poulains']);
  assert.deepEqual(said['PersonInImage'], ['Anne Le Dantec', 'Yves', 'Maï']);
  assert.equal(said['Location'], 'Pointe des Poulains');
  assert.equal(said['Coverage'], 'vers 1936');
  assert.ok(Math.abs(Number(said['GPSLatitude']) - 50.633333) < 1e-5, 'where this one was taken');
  assert.equal(exif(join(folder, 'Boîte 1/relève-01 (2).jpg.xmp'))['GPSLatitude'], undefined);

  await t.test('one at a time too, and of what is no photograph there is none', async () => {
    const files = await filesAt(keeper, place);
    const [photo, , , own] = files;
    const alone = await bytesAt(scene, keeper, `${place}/files/${photo?.id}/sidecar`);
    assert.ok(alone.bytes.equals(readFileSync(join(folder, 'Boîte 1/relève-01.jpg.xmp'))));
    assert.match(alone.headers.get('content-disposition') ?? '', /attachment.*01\.jpg\.xmp/u);
    assert.equal((await bytesAt(scene, keeper, `${place}/files/${own?.id}/sidecar`)).status, 404);
  });

  await t.test('and says nothing of a field that its reader does not read', async () => {
    const mine = await zip(onlooker);
    assert.equal(exif(join(mine, 'Brute.jpg.ticket.xmp'))['Description'], undefined);
    assert.equal(exif(join(mine, 'Brute.jpg.ticket.xmp'))['Title'], TITLE);
  });

  await t.test(
    'what was broken off goes on where it was, and is another zip once the ticket changed',
    async () => {
      const whole = await bytesAt(scene, keeper, `${place}/files.zip`);
      const tag = whole.headers.get('etag') ?? '';
      const range = { range: 'bytes=1000-', 'if-range': tag };
      const rest = await bytesAt(scene, keeper, `${place}/files.zip`, range);
      assert.equal(rest.status, 206);
      assert.ok(rest.bytes.equals(whole.bytes.subarray(1000)));
      const { body } = await keeper.ask('GET', place);
      await keeper.ask('PATCH', place, { version: body.version, fields: { title: 'Autre' } });
      assert.equal((await bytesAt(scene, keeper, `${place}/files.zip`, range)).status, 200);
    },
  );
});

test('a bag holds them too, is whole, and brings back the photographs without them', { skip }, async (t) => {
  const scene = await archive(t);
  const { keeper, place, vigie, cast, db, clock } = scene;
  const answer = await fetch(`${vigie.url}/api/v1${place}/bag`, {
    method: 'POST',
    headers: { cookie: keeper.cookie, origin: vigie.url },
  });
  assert.equal(answer.status, 200);
  const out = unpack(t, Buffer.from(await answer.arrayBuffer()));
  const bag = join(out, readdirSync(out)[0] ?? '');
  execFileSync('sha256sum', ['-c', '--quiet', 'manifest-sha256.txt'], { cwd: bag });
  assert.ok(below(join(bag, 'data')).includes('files/pictures/Boîte 1/relève-01 (2).jpg.xmp'));
  assert.equal(exif(join(bag, 'data/files/pictures/Boîte 1/relève-01 (2).jpg.xmp'))['Title'], TITLE);

  const { body } = await keeper.ask('POST', '/kerlann/phototheque/tickets', {
    fields: { title: 'Retour', kind: 'prints' },
  });
  const house = await openHouses(db).byId(cast.maelle.organisationId);
  assert.ok(house);
  const checked = await checkBag(bag);
  assert.deepEqual(checked.wrong, []);
  const actor = {
    kind: 'member',
    id: cast.maelle.id,
    grants: [{ app: 'phototheque', role: 'keeper', siteId: null }],
    administrator: false,
  } as const;
  const call = { db, house, actor, now: clock.now(), once: null };
  const which = { app: 'phototheque', reference: body.reference };
  const done = await bringBag(vigie.vault, call, which, 'pictures', bag, checked.payload);
  assert.equal(done.added, 4);
  const there = await filesAt(keeper, `/kerlann/phototheque/tickets/${body.reference}`);
  assert.deepEqual(there.map(({ name }) => name).toSorted(), [
    'Brute.jpg',
    'brute.XMP',
    'relève-01 (2).jpg',
    'relève-01.jpg',
  ]);
});
