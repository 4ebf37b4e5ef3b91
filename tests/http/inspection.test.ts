import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import sharp from 'sharp';
import { outgoing, ticketFiles } from '../../src/downloads/index.ts';
import type { House } from '../../src/organisations/index.ts';
import { openHouses } from '../../src/organisations/index.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createLogger } from '../../src/platform/logging.ts';
import { startVigie } from '../../src/server.ts';
import { newIdentity } from '../../src/vault/age/index.ts';
import { cannotScan, INFECTED, INFECTED_WHOLE, startClamd } from '../harness/clamd.ts';
import { temporaryFolder } from '../harness/cluster.ts';
import {
  bring,
  type Brought,
  bytesAt,
  filesAt,
  type Listed,
  loose,
  openFolder,
  type Place,
  withFolders,
} from '../harness/files.ts';
import { chanceOf } from '../harness/guard/chance.ts';
import { docxOf, pdfOf } from '../harness/guard/containers.ts';
import { dicoms } from '../harness/guard/formats.ts';
import { nirOf } from '../harness/guard/people.ts';
import { bomb, PHONE, quarters } from '../harness/pictures.ts';
import { type Hand, stage, type Stage, type StageOptions } from '../harness/vigie.ts';

interface Town extends Stage {
  readonly maelle: Hand;
}

const town = async (t: TestContext, options: StageOptions = {}): Promise<Town> => {
  const scene = await stage(t, { vault: true, ...options });
  await withFolders(scene);
  return { ...scene, maelle: await scene.as('maelle', 'strong') };
};

const quiet = createLogger('silent');
const MINUTE = 60_000;
const chance = chanceOf(11);
const NIR = nirOf(chance);
const PROOF = `Patient : Le Goff Anne, NIR ${NIR}\n`;
const SIGNS =
  'Patiente : Anne. Née le 12/04/1951. Chimiothérapie, oncologie, métastases, traitement, douleurs.\n';

const said = ({ state, reason }: Listed): readonly [string, string | null] => [state, reason];
const named = (files: readonly Listed[], name: string): Listed => {
  const found = files.find((one) => one.name === name);
  assert.ok(found, name);
  return found;
};
const contentOf = (scene: Town, place: Place, { id }: Pick<Listed, 'id'>) =>
  bytesAt(scene, scene.maelle, `${place}/files/${id}/content`);

/** What the journal of administrative acts says of files, oldest first. */
const deedsOf = async (
  { maelle, vigie }: Town,
  kind: string,
): Promise<readonly Record<string, unknown>[]> => {
  await vigie.settled();
  const { body } = await maelle.ask<{ deeds: { body: Record<string, unknown> }[] }>(
    'GET',
    `/kerlann/deeds?kind=${kind}`,
  );
  return body.deeds.map((one) => one.body).toReversed();
};

test(
  'what the scanner finds clean is kept, what it finds infected is given to nobody and written down',
  { skip: cannotScan },
  async (t) => {
    const clamd = await startClamd(t);
    const scene = await town(t, { settings: { clamd: clamd.unix } });
    const { maelle, cast } = scene;
    const place = await openFolder(maelle);
    const [clean, bad, whole] = await bring(scene, cast.maelle, maelle, place, 'documents', [
      { name: 'propre.txt', content: 'rien' },
      { name: 'mauvais.txt', content: `avant ${INFECTED} après` },
      { name: 'entier.txt', content: INFECTED_WHOLE },
    ]);
    assert.ok(clean && bad && whole);
    assert.deepEqual([clean, bad, whole].map(said), [
      ['kept', null],
      ['quarantined', 'infected'],
      ['quarantined', 'infected'],
    ]);
    assert.equal((await contentOf(scene, place, clean)).status, 200);
    assert.equal((await contentOf(scene, place, bad)).status, 409);
    assert.deepEqual(
      (await deedsOf(scene, 'file_quarantined')).map(({ file, reason }) => [file, reason]),
      [
        [bad.id, 'infected'],
        [whole.id, 'infected'],
      ],
    );
    // Nothing lets go of it: not a move, not an administrator.
    const health = await openFolder(maelle, 'dossier-sante');
    const to = { app: 'dossier-sante', reference: health.split('/').at(-1), field: 'documents' };
    const moved = await maelle.ask<{ code: string }>('POST', `${place}/files/${bad.id}/move`, to);
    assert.deepEqual([moved.status, moved.body.code], [409, 'infected']);
    const reason = { reason: 'Nous en sommes certains.' };
    const released = await maelle.ask<{ code: string }>('POST', `${place}/files/${bad.id}/release`, reason);
    assert.deepEqual([released.status, released.body.code], [409, 'not_to_release']);
  },
);

test(
  'scanner down: what it could not look at stays in quarantine, says so, and is looked at again until it is back',
  { skip: cannotScan },
  async (t) => {
    const first = await startClamd(t);
    // A place where nobody answers any more, then somebody does.
    const scene = await town(t, { settings: { clamd: first.tcp }, logger: quiet });
    const { maelle, cast, db } = scene;
    const place = await openFolder(maelle);
    await first.kill();
    const brought = await bring(scene, cast.maelle, maelle, place, 'documents', [
      { name: 'propre.txt', content: 'rien' },
      { name: 'mauvais.txt', content: INFECTED },
    ]);
    for (const one of brought) {
      assert.deepEqual(said(one), ['quarantined', 'not_scanned']);
      assert.equal((await contentOf(scene, place, one)).status, 409);
    }
    // Nothing is asked of it before its time, and it is tried for as long as it takes.
    for (let round = 0; round < 14; round += 1) await scene.pass(5 * 60 * MINUTE);
    const still = await filesAt(await scene.as('maelle', 'strong'), place);
    assert.deepEqual(still.map(said), [
      ['quarantined', 'not_scanned'],
      ['quarantined', 'not_scanned'],
    ]);
    assert.equal((await db.owner`select from file where look_at is null`).length, 0);

    const port = Number(first.tcp.split(':').at(-1));
    await startClamd(t, { port });
    await scene.pass(5 * 60 * MINUTE);
    const after = await filesAt(await scene.as('maelle', 'strong'), place);
    assert.deepEqual(after.map(said), [
      ['kept', null],
      ['quarantined', 'infected'],
    ]);
  },
);

test(
  'what is too large for the scanner, and a scanner that hangs up in the middle, are no clean answer',
  { skip: cannotScan },
  async (t) => {
    const clamd = await startClamd(t, { largest: '1M' });
    const scene = await town(t, { settings: { clamd: clamd.unix }, logger: quiet });
    const { maelle, cast } = scene;
    const place = await openFolder(maelle);
    const [large] = await bring(scene, cast.maelle, maelle, place, 'documents', [
      { name: 'large.bin', content: Buffer.alloc(3_000_000, 'abc') },
    ]);
    assert.deepEqual(large && said(large), ['quarantined', 'too_large_to_scan']);
    // It waits for its answer, and is killed meanwhile.
    clamd.signal('SIGSTOP');
    const [id = ''] = await loose(scene, cast.maelle, [{ name: 'en cours.txt', content: 'rien' }]);
    await maelle.ask('POST', `${place}/files`, { field: 'documents', files: [id] });
    const looking = scene.vigie.settled();
    await sleep(300);
    assert.equal(named(await filesAt(maelle, place), 'en cours.txt').state, 'waiting');
    await clamd.kill();
    await looking;
    assert.deepEqual(said(named(await filesAt(maelle, place), 'en cours.txt')), [
      'quarantined',
      'not_scanned',
    ]);
  },
);

test('proof of health data is held back where it does not belong, with where it is, and kept where it does', async (t) => {
  const scene = await town(t);
  const { maelle, cast } = scene;
  const [internal, health] = [await openFolder(maelle), await openFolder(maelle, 'dossier-sante')];
  const [dicom = new Uint8Array()] = Object.values(dicoms(chance));
  const brought: readonly Brought[] = [
    { name: 'texte.txt', content: `\n\n${PROOF}` },
    { name: 'lettre.docx', content: docxOf(PROOF) },
    { name: 'compte rendu.pdf', content: pdfOf(PROOF, { packed: true }) },
    { name: 'image', content: dicom },
  ];
  const there = await bring(scene, cast.maelle, maelle, internal, 'documents', [
    ...brought,
    { name: 'signes.txt', content: SIGNS },
    { name: 'lapins.csv', content: 'lapin;dosage\n12;0,4\n13;0,7\n' },
  ]);
  for (const { name } of brought) {
    const file = named(there, name);
    assert.deepEqual(said(file), ['quarantined', 'health_data'], name);
    assert.equal(file.findings[0]?.strength, 'strong');
    assert.equal((await contentOf(scene, internal, file)).status, 409);
  }
  assert.equal(named(there, 'texte.txt').findings[0]?.where, 'line 3');
  // It says where, never what.
  assert.doesNotMatch(
    JSON.stringify(there.map(({ findings, reason }) => [findings, reason])),
    new RegExp(`${NIR}|Goff`, 'u'),
  );
  assert.deepEqual(said(named(there, 'signes.txt')), ['kept', null]);
  assert.deepEqual(named(there, 'signes.txt').warnings, ['health_signs']);
  assert.deepEqual(
    [said(named(there, 'lapins.csv')), named(there, 'lapins.csv').warnings],
    [['kept', null], []],
  );

  const here = await bring(scene, cast.maelle, maelle, health, 'documents', brought);
  for (const file of here) {
    assert.deepEqual(said(file), ['kept', null], file.name);
    assert.equal((await contentOf(scene, health, file)).status, 200);
  }
});

test('a file is judged by where it is put, whenever it is put there', async (t) => {
  const scene = await town(t);
  const { maelle, cast, db } = scene;
  const [internal, health] = [await openFolder(maelle), await openFolder(maelle, 'dossier-sante')];
  const claim = async (place: Place, field: string, ids: readonly string[]): Promise<void> => {
    assert.equal((await maelle.ask('POST', `${place}/files`, { field, files: ids })).status, 200);
  };
  const content = (name: string): Brought => ({ name, content: `${PROOF}${name}` });
  const stateOf = async (place: Place, id: string) =>
    said((await filesAt(maelle, place)).find((one) => one.id === id) as Listed);

  // Looked at while it was loose, then claimed.
  const [a = '', b = '', c = ''] = await loose(scene, cast.maelle, [
    content('a'),
    content('b'),
    { name: 'c.jpg', content: 'pas une image' },
  ]);
  await scene.vigie.settled();
  await claim(internal, 'documents', [a]);
  await claim(health, 'documents', [b]);
  await claim(internal, 'photos', [c]);
  assert.deepEqual(await stateOf(internal, a), ['quarantined', 'health_data']);
  assert.deepEqual(await stateOf(health, b), ['kept', null]);
  assert.deepEqual(await stateOf(internal, c), ['quarantined', 'not_accepted']);

  // Claimed in the very moment in which it is looked at: whoever writes second sees what the first wrote.
  const [d = ''] = await loose(scene, cast.maelle, [content('d')]);
  const ticket = health.split('/').at(-1) ?? '';
  await db.owner.begin(async (tx) => {
    // The guard is off where it is put.
    await tx`update file set ticket_id = (select id from ticket where reference = ${ticket}), field = 'documents' where id = ${d}`;
    void scene.vigie.settled();
    await sleep(1500);
  });
  await scene.vigie.settled();
  assert.deepEqual(await stateOf(health, d), ['kept', null]);
  const [row] = await db.owner<{ state: string; lookAt: Date | null }[]>`
    select state, look_at as "lookAt" from file where id = ${d}`;
  assert.deepEqual([row?.state, row?.lookAt], ['kept', null]);
});

test('what was held back goes to a space for health data, by whoever may do both, and is looked at again there', async (t) => {
  const scene = await town(t);
  const { maelle, cast } = scene;
  const [internal, health] = [await openFolder(maelle), await openFolder(maelle, 'dossier-sante')];
  const to = (place: Place, field = 'documents') => ({
    app: place.split('/')[2],
    reference: place.split('/').at(-1),
    field,
  });
  const [held, scan] = await bring(scene, cast.maelle, maelle, internal, 'documents', [
    { name: 'texte.txt', content: PROOF },
    { name: 'page.txt', content: 'une page' },
  ]);
  assert.ok(held && scan);
  const path = `${internal}/files/${held.id}/move`;
  const unchanged = async (): Promise<void> => {
    assert.deepEqual(
      (await filesAt(maelle, internal)).map(({ name }) => name),
      ['texte.txt', 'page.txt'],
    );
    assert.deepEqual(await filesAt(maelle, health), []);
  };

  await t.test('and by nobody else: half a right moves nothing', async () => {
    const yann = await scene.as('yann', 'strong');
    const armelle = await scene.as('armelle', 'strong');
    // He may take it out, and not put it there; she may put it there, and does not see it.
    assert.ok([403, 422].includes((await yann.ask('POST', path, to(health, 'photos'))).status));
    assert.equal((await armelle.ask('POST', path, to(health))).status, 404);
    const weak = await scene.as('maelle');
    const { status, body } = await weak.ask<{ code: string }>('POST', path, to(health));
    assert.deepEqual([status, body.code], [403, 'step_up']);
    for (const wrong of [
      { ...to(health), reference: 'S-9999' },
      { ...to(health), app: 'nowhere' },
      { ...to(health), field: 'nowhere' },
      { ...to(health), field: 'subject' },
      { ...to(health), field: '__proto__' },
    ])
      assert.ok(
        [400, 404, 422].includes((await maelle.ask('POST', path, wrong)).status),
        JSON.stringify(wrong),
      );
    await unchanged();
  });

  const moved = await maelle.ask('POST', path, to(health));
  assert.equal(moved.status, 204, JSON.stringify(moved.body));
  const waiting = (await filesAt(maelle, health)).map(said);
  assert.ok(['waiting', 'kept'].includes(waiting[0]?.[0] ?? ''));
  await scene.vigie.settled();
  assert.deepEqual((await filesAt(maelle, health)).map(said), [['kept', null]]);
  assert.deepEqual(
    (await filesAt(maelle, internal)).map(({ name }) => name),
    ['page.txt'],
  );
  assert.equal(String((await contentOf(scene, health, held)).bytes), PROOF);
  assert.equal((await contentOf(scene, internal, held)).status, 404);
  const [deed] = await deedsOf(scene, 'file_moved');
  assert.equal(deed?.['file'], held.id);

  await t.test('and both histories say where it went, to those who see where', async () => {
    const carriedAt = async (hand: Hand, place: Place) => {
      const { body } = await hand.ask<{ events: { carried?: unknown }[] }>('GET', `${place}/events`);
      return body.events.flatMap(({ carried }) => (carried ? [carried] : []));
    };
    const ticketAt = (place: Place) => ({ app: place.split('/')[2], reference: place.split('/').at(-1) });
    assert.deepEqual(await carriedAt(maelle, internal), [{ way: 'to', ticket: ticketAt(health) }]);
    assert.deepEqual(await carriedAt(maelle, health), [{ way: 'from', ticket: ticketAt(internal) }]);
    // Without a sure sign-in nothing of health is theirs to see.
    assert.deepEqual(await carriedAt(await scene.as('maelle'), internal), [{ way: 'to', ticket: null }]);
  });

  await t.test('and never back to where less is protected', async () => {
    const back = await maelle.ask<{ code: string }>('POST', `${health}/files/${held.id}/move`, to(internal));
    assert.deepEqual([back.status, back.body.code], [409, 'classification_lowered']);
  });

  await t.test('two who move the same file, and two who move across: each file is in one place', async () => {
    const [one, other] = [await openFolder(maelle), await openFolder(maelle)];
    const [x] = await bring(scene, cast.maelle, maelle, one, 'documents', [{ name: 'x', content: 'x' }]);
    const [y] = await bring(scene, cast.maelle, maelle, other, 'documents', [{ name: 'y', content: 'y' }]);
    assert.ok(x && y);
    const answers = await Promise.all([
      maelle.ask('POST', `${one}/files/${x.id}/move`, to(other)),
      maelle.ask('POST', `${one}/files/${x.id}/move`, to(health)),
      maelle.ask('POST', `${other}/files/${y.id}/move`, to(one)),
    ]);
    const [first, second, third] = answers.map(({ status }) => status);
    assert.deepEqual(
      [first ?? 0, second ?? 0].toSorted((a, b) => a - b),
      [204, 404],
    );
    assert.equal(third, 204);
    const places = await Promise.all([one, other, health].map((place) => filesAt(maelle, place)));
    assert.deepEqual(
      places
        .flat()
        .map(({ name }) => name)
        .toSorted(),
      ['texte.txt', 'x', 'y'],
    );
  });
});

test('a false alarm of the guard is released by an administrator who sees the file, freshly, with the reason', async (t) => {
  const scene = await town(t);
  const { maelle, cast, db } = scene;
  const place = await openFolder(maelle);
  const [held] = await bring(scene, cast.maelle, maelle, place, 'documents', [
    { name: 'exemple.txt', content: PROOF },
  ]);
  assert.ok(held);
  const path = `${place}/files/${held.id}/release`;
  const reason = 'NIR inventé d’un manuel de formation.';
  assert.equal((await maelle.ask('POST', path, { reason: 'non' })).status, 400);
  assert.equal((await (await scene.as('yann', 'strong')).ask('POST', path, { reason })).status, 404);
  const stale = await scene.as('maelle', 'strong');
  scene.clock.advance(16 * MINUTE);
  const refused = await stale.ask<{ code: string }>('POST', path, { reason });
  assert.deepEqual([refused.status, refused.body.code], [403, 'step_up']);

  const fresh = await scene.as('maelle', 'strong');
  assert.equal((await fresh.ask('POST', path, { reason })).status, 204);
  const [now] = await filesAt(fresh, place);
  assert.deepEqual(now && [said(now), (now as unknown as { cleared: unknown }).cleared], [
    ['kept', null],
    { at: new Date(scene.clock.now()).toISOString(), by: 'Maëlle Le Goff', reason },
  ]);
  assert.equal((await bytesAt(scene, fresh, `${place}/files/${held.id}/content`)).status, 200);
  const deeds = await deedsOf({ ...scene, maelle: fresh }, 'file_released');
  assert.deepEqual(
    deeds.map(({ file }) => file),
    [held.id],
  );
  // The words are sealed with the file: an event is never changed.
  assert.doesNotMatch(JSON.stringify(deeds), /manuel/u);
  assert.equal((await fresh.ask('POST', path, { reason })).status, 409);
  // What waits, or is held back for another reason, is not released.
  await db.owner`update file set state = 'quarantined', reason = 'not_scanned' where id = ${held.id}`;
  assert.equal((await fresh.ask('POST', path, { reason })).status, 409);
});

const exifIn = async (bytes: Buffer): Promise<boolean> => (await sharp(bytes).metadata()).exif !== undefined;

test('a photo says where and when it was taken to those who read it, and to nobody outside', async (t) => {
  const scene = await town(t);
  const { maelle, cast, vigie, clock } = scene;
  const place = await openFolder(maelle);
  const content = await quarters(6)
    .jpeg()
    .withExif({ ...PHONE, IFD0: { ...PHONE.IFD0, Orientation: '6' } })
    .toBuffer();
  const [photo] = await bring(scene, cast.maelle, maelle, place, 'photos', [{ name: 'trou.jpg', content }]);
  assert.ok(photo);
  assert.equal(photo.picture?.camera, 'Phonemaker Phone 12');
  assert.ok(photo.picture.takenAt !== null && photo.picture.place !== null);
  assert.ok((await contentOf(scene, place, photo)).bytes.equals(content));
  for (const size of ['small', 'large']) {
    const { bytes } = await bytesAt(scene, maelle, `${place}/files/${photo.id}/preview?size=${size}`);
    assert.equal(await exifIn(bytes), false);
    assert.ok(!bytes.includes('Phonemaker') && !bytes.includes('Secret'));
  }
  const house: House | undefined = await openHouses(scene.db).byId(cast.maelle.organisationId);
  assert.ok(house);
  const grants = ['dossier'].map((app) => ({ app, role: 'keeper', siteId: null }));
  const actor = { kind: 'member', id: cast.maelle.id, grants, administrator: true } as const;
  const call = { db: vigie.db, house, actor, now: clock.now(), once: null };
  const { files } = await ticketFiles(vigie.vault, call, {
    app: 'dossier',
    reference: place.split('/').at(-1) ?? '',
  });
  const [known] = files;
  assert.ok(known);
  const leaves = async (metadata: 'kept' | 'stripped'): Promise<Buffer> => {
    const out = await outgoing(vigie.vault, house.id, known.row, known.about, metadata);
    assert.ok(out);
    return Buffer.concat(await Array.fromAsync(out.read(0, out.size)));
  };
  const stripped = await leaves('stripped');
  assert.ok(!stripped.includes('Phonemaker') && !stripped.includes('Secret'));
  assert.equal((await sharp(stripped).metadata()).format, 'jpeg');
  assert.ok((await leaves('kept')).equals(content));
});

test('bombs, broken pictures and a picture whose child is killed are kept without a preview, and the next has one', async (t) => {
  const scene = await town(t);
  const { maelle, cast } = scene;
  const place = await openFolder(maelle);
  const good = await quarters().jpeg().toBuffer();
  const brought = await bring(scene, cast.maelle, maelle, place, 'documents', [
    { name: 'bombe.png', content: bomb(60_000, 60_000) },
    { name: 'coupée.jpg', content: good.subarray(0, good.length / 3) },
    { name: 'vide.jpg', content: '' },
    { name: 'bonne.jpg', content: good },
  ]);
  for (const name of ['bombe.png', 'coupée.jpg', 'vide.jpg']) {
    const file = named(brought, name);
    assert.equal(file.state, 'kept', name);
    assert.deepEqual(file.previews, [], name);
    if (name !== 'vide.jpg') assert.match(file.warnings.join(), /no_preview/u);
    assert.equal((await contentOf(scene, place, file)).status, 200);
    assert.equal((await bytesAt(scene, maelle, `${place}/files/${file.id}/preview`)).status, 404);
  }
  assert.deepEqual(named(brought, 'bonne.jpg').previews, ['small', 'large']);

  const large = await sharp({
    create: {
      width: 6000,
      height: 6000,
      channels: 3,
      background: 'red',
      noise: { type: 'gaussian', mean: 120, sigma: 40 },
    },
  })
    .jpeg()
    .toBuffer();
  const [id = ''] = await loose(scene, cast.maelle, [{ name: 'lourde.jpg', content: large }]);
  await maelle.ask('POST', `${place}/files`, { field: 'documents', files: [id] });
  const looked = scene.vigie.settled();
  let done = false;
  void looked.then(() => (done = true));
  // Children of ours alone, those that look into pictures.
  const children = (): readonly number[] =>
    readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
      .split(' ')
      .filter(Boolean)
      .map(Number)
      .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('images/worker'));
  let killed = 0;
  while (!done && killed < 4) {
    for (const pid of children())
      try {
        process.kill(pid, 'SIGKILL');
        killed += 1;
      } catch {}
    await sleep(40);
  }
  await looked;
  assert.ok(killed > 0);
  // One that did not even start is asked again a minute later.
  await scene.pass(2 * MINUTE);
  const file = named(await filesAt(maelle, place), 'lourde.jpg');
  assert.equal(file.state, 'kept');
  assert.ok((await contentOf(scene, place, file)).bytes.equals(large));
  const [next] = await bring(scene, cast.maelle, maelle, place, 'documents', [
    { name: 'suivante.jpg', content: await quarters(3).jpeg().toBuffer() },
  ]);
  assert.deepEqual(next?.previews, ['small', 'large']);
});

test('a type is told by the content, and a field takes the types that it says', async (t) => {
  const scene = await town(t);
  const { maelle, cast } = scene;
  const place = await openFolder(maelle);
  const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(400, 1)]);
  const png = await quarters().png().toBuffer();
  const brought = await bring(scene, cast.maelle, maelle, place, 'photos', [
    { name: 'photo.jpg', content: program },
    { name: 'dessin.svg', content: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
    { name: 'page.jpg', content: '<!doctype html><p>' },
    { name: 'vraie.exe', content: png },
  ]);
  assert.deepEqual(
    brought.map(({ name, type, state, reason }) => [name, type, state, reason]),
    [
      ['photo.jpg', 'application/x-msdownload', 'quarantined', 'not_accepted'],
      ['dessin.svg', 'image/svg+xml', 'kept', null],
      ['page.jpg', 'text/html', 'quarantined', 'not_accepted'],
      ['vraie.exe', 'image/png', 'kept', null],
    ],
  );
  const svg = await bytesAt(
    scene,
    maelle,
    `${place}/files/${named(brought, 'dessin.svg').id}/content?shown=1`,
  );
  assert.equal(svg.headers.get('content-type'), 'application/octet-stream');
  assert.match(svg.headers.get('content-disposition') ?? '', /^attachment/u);
});

test(
  'two servers look at each file once, and what one left in the middle the other takes up',
  { skip: cannotScan },
  async (t) => {
    const clamd = await startClamd(t);
    // What several servers share: a database, a shelf, a master key.
    const { identity: masterKey } = await newIdentity();
    const vault = { kind: 'folder', path: temporaryFolder('vigie-two-', t) } as const;
    const shared = { clamd: clamd.unix, masterKey, vault };
    const scene = await town(t, { settings: shared, logger: quiet });
    const { maelle, cast, db, clock } = scene;
    const config = {
      ...readConfig({
        PORT: '0',
        VIGIE_DEMO: '0',
        VIGIE_DATA: temporaryFolder('vigie-second-', t),
        DATABASE_URL: db.url,
        VIGIE_LIMITS: 'off',
      }),
      ...shared,
    };
    const other = await startVigie(config, quiet, { clock });
    t.after(() => other.stop());
    const place = await openFolder(maelle);
    const ids = await loose(
      scene,
      cast.maelle,
      Array.from({ length: 24 }, (_, nth) => ({ name: `${nth}.txt`, content: `${INFECTED} ${nth}` })),
    );
    await maelle.ask('POST', `${place}/files`, { field: 'documents', files: ids });
    await Promise.all([scene.vigie.settled(), other.settled(), scene.vigie.settled(), other.settled()]);
    const rows = await db.owner<{ tries: number; state: string }[]>`select tries, state from file`;
    assert.deepEqual([...new Set(rows.map(({ tries, state }) => `${tries} ${state}`))], ['1 quarantined']);
    assert.equal((await deedsOf(scene, 'file_quarantined')).length, 24);

    // What takes one of them long stays its own.
    const triesOf = async (id: string) => {
      const [row] = await db.owner<
        { tries: number; until: number }[]
      >`select tries, extract(epoch from look_at) * 1000 as until from file where id = ${id}`;
      return row ?? { tries: 0, until: 0 };
    };
    const [long = ''] = await loose(scene, cast.maelle, [{ name: 'long.txt', content: 'propre' }]);
    await maelle.ask('POST', `${place}/files`, { field: 'documents', files: [long] });
    clamd.signal('SIGSTOP');
    const looking = scene.vigie.settled();
    while ((await triesOf(long)).tries === 0) await sleep(20);
    clock.advance(50_000);
    while ((await triesOf(long)).until < clock.now() + 50_000) await sleep(50);
    clock.advance(50_000);
    await other.settled();
    assert.equal((await triesOf(long)).tries, 1);
    clamd.signal('SIGCONT');
    await looking;
    assert.equal(named(await filesAt(maelle, place), 'long.txt').state, 'kept');

    // One server took it and was killed: nobody looks for a minute, then anybody does.
    const [left = ''] = await loose(scene, cast.maelle, [{ name: 'laissé.txt', content: 'propre' }]);
    await db.owner`update file set look_at = ${new Date(clock.now() + MINUTE)}, tries = 1 where id = ${left}`;
    await maelle.ask('POST', `${place}/files`, { field: 'documents', files: [left] });
    await scene.pass(50_000);
    assert.equal(named(await filesAt(maelle, place), 'laissé.txt').state, 'waiting');
    clock.advance(MINUTE);
    await other.settled();
    await scene.vigie.settled();
    assert.equal(named(await filesAt(maelle, place), 'laissé.txt').state, 'kept');
    // What ended every server that looked at it is left alone, and says so.
    const [poison = ''] = await loose(scene, cast.maelle, [{ name: 'poison.txt', content: 'poison' }]);
    await db.owner`update file set tries = 12, look_at = ${new Date(clock.now())} where id = ${poison}`;
    await maelle.ask('POST', `${place}/files`, { field: 'documents', files: [poison] });
    await scene.vigie.settled();
    assert.deepEqual(said(named(await filesAt(maelle, place), 'poison.txt')), ['quarantined', 'not_scanned']);
  },
);
