import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';

import { askFor, bringerOf, permitDesk } from '../harness/drops.ts';
import { stage, type Stage } from '../harness/vigie.ts';
import { INFECTED, cannotScan, startClamd } from '../harness/clamd.ts';
import { tusOf } from '../harness/tus.ts';

interface Refusal {
  readonly code: string;
}
interface Directory {
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly recipient: string;
    readonly key: string;
    readonly pinned: string | null;
  }[];
  readonly escrow: { readonly id: string; readonly recipient: string } | null;
}

const sealedBy = async (text: string, how: (encrypter: Encrypter) => void): Promise<string> => {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(4);
  how(encrypter);
  return Buffer.from(await encrypter.encrypt(text)).toString('base64');
};

/** A key as a browser makes it, closed to a passphrase. */
const newKey = async (escrow: Directory['escrow'] = null) => {
  const secret = await generateX25519Identity();
  const recipient = await identityToRecipient(secret);
  const locked = await sealedBy(secret, (to) => to.setPassphrase('a passphrase that is long'));
  return {
    secret,
    recipient,
    body: {
      recipient,
      locks: [{ how: 'passphrase', locked }],
      escrowed: escrow && {
        escrow: escrow.id,
        locked: await sealedBy(secret, (to) => to.addRecipient(escrow.recipient)),
      },
    },
  };
};

const PATH = '/kerlann/account/sealed-keys';

/** Where these words stand in what the server keeps. */
const isKept = async ({ db }: Stage, word: string): Promise<boolean> => {
  const rows = await db.owner`
    select 1 from sealed_key t where t::text ilike ${`%${word}%`} union all
    select 1 from sealed_lock t where encode(wrapped, 'escape') ilike ${`%${word}%`} union all
    select 1 from event t where t::text ilike ${`%${word}%`}`;
  return rows.length > 0;
};

test('a member keeps a key that only they open; nobody else changes it, and secrets are refused', async (t) => {
  const scene = await stage(t);
  const yann = await scene.as('yann');
  const gwenn = await scene.as('gwenn');
  const key = await newKey();
  const made = await yann.ask<{ id: string }>('POST', PATH, key.body);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal(await isKept(scene, 'SECRET-KEY'), false);

  await t.test('the secret half is refused wherever it is put', async () => {
    const { secret, recipient, body } = await newKey();
    for (const wrong of [
      { ...body, recipient: secret },
      { ...body, locks: [{ how: 'passphrase', locked: Buffer.from(secret).toString('base64') }] },
      {
        ...body,
        locks: [{ how: 'passphrase', locked: Buffer.from(`x ${secret.toLowerCase()}`).toString('base64') }],
      },
    ]) {
      const refused = await gwenn.ask<Refusal>('POST', PATH, wrong);
      assert.deepEqual([refused.status, refused.body.code], [422, 'secret_refused']);
    }
    const open = await sealedBy(secret, (to) => to.addRecipient(recipient));
    for (const locked of [open, Buffer.from('plain').toString('base64')]) {
      const refused = await gwenn.ask<Refusal>('POST', PATH, {
        ...body,
        locks: [{ how: 'passphrase', locked }],
      });
      assert.equal(refused.body.code, 'not_locked');
    }
    // Of another kind, which not every age opens.
    const tag = 'age1tag1qgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqydpmt7j';
    assert.equal(
      (await gwenn.ask<Refusal>('POST', PATH, { ...body, recipient: tag })).body.code,
      'bad_recipient',
    );
    const letter = body.recipient.endsWith('q') ? 'p' : 'q';
    const mistyped = { ...body, recipient: body.recipient.slice(0, -1) + letter };
    assert.equal((await gwenn.ask<Refusal>('POST', PATH, mistyped)).body.code, 'bad_recipient');
    assert.equal((await gwenn.ask<{ keys: [] }>('GET', PATH)).body.keys.length, 0);
  });

  await t.test('another’s key is neither seen, locked, unlocked nor retired', async () => {
    const lock = key.body.locks[0];
    const { body } = await yann.ask<{ keys: { locks: { id: string }[] }[] }>('GET', PATH);
    const id = body.keys[0]?.locks[0]?.id ?? '';
    assert.equal((await gwenn.ask('POST', `${PATH}/${made.body.id}/locks`, lock)).status, 404);
    assert.equal((await gwenn.ask('DELETE', `/kerlann/account/sealed-locks/${id}`)).status, 404);
    assert.equal((await gwenn.ask('DELETE', `${PATH}/${made.body.id}`)).status, 404);
    const passkey = { how: 'passkey', passkey: crypto.randomUUID(), locked: lock?.locked };
    assert.equal((await yann.ask('POST', `${PATH}/${made.body.id}/locks`, passkey)).status, 404);
    assert.equal(
      (await yann.ask<Refusal>('DELETE', `/kerlann/account/sealed-locks/${id}`)).body.code,
      'last_lock',
    );
    const told = JSON.stringify((await gwenn.ask('GET', '/kerlann/sealed')).body);
    assert.match(told, new RegExp(key.recipient, 'u'));
    assert.doesNotMatch(told, new RegExp((lock?.locked ?? '').slice(0, 40).replaceAll('+', '\\+'), 'u'));
  });

  await t.test('it is listed to members of the organisation, and to nobody else', async () => {
    assert.equal((await scene.stranger.ask('GET', '/kerlann/sealed')).status, 401);
    assert.equal((await (await scene.as('nadia')).ask('GET', '/kerlann/sealed')).status, 401);
    const elsewhere = await (await scene.as('nadia')).ask<Directory>('GET', '/argentique/sealed');
    assert.deepEqual(elsewhere.body.people, []);
    assert.equal((await scene.withKey(scene.cast.yann.id).ask('GET', '/kerlann/sealed')).status, 401);
  });

  await t.test('what was not confirmed lately changes nothing, and its owner is told', async () => {
    scene.clock.advance(16 * 60_000);
    const late = await yann.ask<Refusal>('POST', PATH, (await newKey()).body);
    assert.equal(late.body.code, 'step_up');
    const { body } = await yann.ask<{ notices: { text: string }[] }>('GET', '/kerlann/account/notices');
    assert.match(JSON.stringify(body), /clé d’échange scellé a été faite/u);
  });
});

test('whoever pinned a key is shown when it is another; only what there is can be pinned', async (t) => {
  const scene = await stage(t);
  const [yann, gwenn] = [await scene.as('yann'), await scene.as('gwenn')];
  const first = await newKey();
  await yann.ask('POST', PATH, first.body);
  const { id } = scene.cast.yann;
  const fingerprint = async (recipient: string) =>
    Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(recipient))).toString('hex');
  const pinned = async () =>
    (await gwenn.ask<Directory>('GET', '/kerlann/sealed')).body.people.find((one) => one.id === id)?.pinned;
  const pin = async (recipient: string) =>
    gwenn.ask<Refusal>('PUT', `/kerlann/members/${id}/sealed-pin`, {
      fingerprint: await fingerprint(recipient),
    });

  assert.equal(await pinned(), null);
  const none = { fingerprint: await fingerprint(first.recipient) };
  const nobody = `/kerlann/members/${scene.cast.armelle.id}/sealed-pin`;
  assert.equal((await gwenn.ask('PUT', nobody, none)).status, 404);
  assert.equal((await pin(first.recipient)).status, 204);
  assert.equal(await pinned(), await fingerprint(first.recipient));
  // Another's pin is their own.
  const { body } = await (await scene.as('armelle')).ask<Directory>('GET', '/kerlann/sealed');
  assert.equal(body.people[0]?.pinned, null);

  const second = await newKey();
  assert.equal((await yann.ask('POST', PATH, second.body)).status, 201);
  assert.equal(await pinned(), await fingerprint(first.recipient));
  assert.equal((await pin(first.recipient)).body.code, 'key_changed');
  assert.equal((await pin(second.recipient)).status, 204);
  assert.equal(await pinned(), await fingerprint(second.recipient));
  // A key comes back never: it may be known to somebody.
  assert.equal((await yann.ask<Refusal>('POST', PATH, first.body)).body.code, 'key_known');
});

test('an administrator gives the public half of an escrow, which new keys are closed to as well', async (t) => {
  const scene = await stage(t);
  const [maelle, yann] = [await scene.as('maelle'), await scene.as('yann')];
  const escrow = await newKey();
  const path = '/kerlann/sealed/escrow';
  assert.equal((await yann.ask('PUT', path, { recipient: escrow.recipient })).status, 404);
  assert.equal(
    (await maelle.ask<Refusal>('PUT', path, { recipient: escrow.secret })).body.code,
    'secret_refused',
  );
  assert.equal((await maelle.ask('PUT', path, { recipient: escrow.recipient })).status, 201);
  const { body } = await yann.ask<Directory>('GET', '/kerlann/sealed');
  assert.equal(body.escrow?.recipient, escrow.recipient);
  assert.equal((await yann.ask<Refusal>('POST', PATH, (await newKey()).body)).body.code, 'escrow_changed');
  assert.equal((await yann.ask('POST', PATH, (await newKey(body.escrow)).body)).status, 201);
  assert.equal(await isKept(scene, 'SECRET-KEY'), false);
});

test('what was sealed is kept with a warning that nobody looked inside, and a field of pictures takes none', async (t) => {
  const scene = await stage(t, { vault: true, also: ['rade', 'garenne'] });
  const briac = await scene.as('briac', 'strong');
  const fields = { subject: 'Série 12', house: 'Garenne', until: '2026-12-31' };
  const space = await briac.ask('POST', '/rade/echange/tickets', { fields });
  const { recipient } = await newKey();
  const sealed = Buffer.from(await sealedBy('anything', (to) => to.addRecipient(recipient)), 'base64');
  const file = await tusOf(scene, 'rade', briac).bring('scelle-1.tar.age', sealed);
  const at = `/rade/echange/tickets/${space.body.reference}/files`;
  assert.equal((await briac.ask('POST', at, { field: 'documents', files: [file] })).status, 200);
  await scene.vigie.settled();
  const { body } = await briac.ask<{ files: { type: string; state: string; warnings: string[] }[] }>(
    'GET',
    at,
  );
  const [kept] = body.files;
  assert.deepEqual([kept?.type, kept?.state, kept?.warnings], ['application/age', 'kept', ['sealed']]);

  const maelle = await scene.as('maelle');
  const hole = await maelle.ask('POST', '/kerlann/voirie/tickets', {
    fields: { kind: 'pothole', place: { lat: 48.1, lng: -4.2 } },
  });
  const photo = await tusOf(scene, 'kerlann', maelle).bring('photo.jpg', sealed);
  const photos = `/kerlann/voirie/tickets/${hole.body.reference}/files`;
  await maelle.ask('POST', photos, { field: 'photos', files: [photo] });
  await scene.vigie.settled();
  const answer = await maelle.ask<{ files: { state: string; reason: string }[] }>('GET', photos);
  assert.deepEqual(
    [answer.body.files[0]?.state, answer.body.files[0]?.reason],
    ['quarantined', 'not_accepted'],
  );
});

test(
  'what somebody opened is looked at by antivirus and guard when they ask, written down, and kept nowhere',
  { skip: cannotScan },
  async (t) => {
    const { unix } = await startClamd(t);
    const scene = await stage(t, { vault: true, settings: { clamd: unix } });
    const yann = await scene.as('yann');
    const check = async (content: string, headers: Record<string, string> = {}) => {
      const answer = await fetch(`${scene.vigie.url}/api/v1/kerlann/sealed/check`, {
        method: 'POST',
        headers: {
          cookie: yann.cookie,
          origin: scene.vigie.url,
          'content-type': 'application/octet-stream',
          ...headers,
        },
        body: content,
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    const clean = await check('nothing to see here');
    assert.deepEqual([clean.status, clean.body['antivirus'], clean.body['findings']], [200, 'clean', []]);
    const infected = await check(`x${INFECTED}y`);
    assert.deepEqual(
      [infected.body['antivirus'], infected.body['virus']],
      ['infected', 'Vigie.Test.UNOFFICIAL'],
    );
    // The number of INSEE's own examples.
    const nir = '269054958815780';
    const health = await check(`Patient, numéro de sécurité sociale : ${nir}`);
    assert.equal((health.body['findings'] as unknown[]).length > 0, true, JSON.stringify(health.body));
    assert.equal((await check('x'.repeat(65 * 1024 * 1024))).status, 413);
    assert.equal((await check('x', { cookie: '' })).status, 401);
    const [row] = await scene.db.owner<{ count: number }[]>`select count(*)::int as count from blob`;
    assert.equal(row?.count, 0);
    const deeds = await scene.db.owner<{ body: object }[]>`
      select body from event where type = 'sealed_checked' order by id`;
    assert.equal(deeds.length, 3);
    assert.equal(JSON.stringify(deeds).includes(nir), false);
  },
);

test('what comes by a sealed link and is not sealed is given to nobody, whatever its sender says that it is', async (t) => {
  const desk = await permitDesk(t);
  const { town, armelle, path } = desk;
  const link = await askFor(desk, armelle, { field: 'papers' });
  await town.db.owner`update drop_link set sealed = true where id = ${link.id}`;
  const bringer = bringerOf(town, link.secret);
  const deposit = await bringer.begin();
  const bring = async (name: string, bytes: Buffer): Promise<void> => {
    const begun = await bringer.announce(deposit, bytes.length, {
      filename: name,
      filetype: 'application/age',
    });
    assert.equal(begun.status, 201, begun.body);
    assert.equal((await bringer.piece(begun.headers.get('location') ?? '', 0, bytes)).status, 204);
  };
  const { recipient } = await newKey();
  const sealed = Buffer.from(await sealedBy('anything', (to) => to.addRecipient(recipient)), 'base64');
  await bring('scelle.tar.age', sealed);
  await bring('clair.tar.age', Buffer.from('Rien n’est scellé ici.'));
  await town.vigie.settled();
  const { body } = await armelle.ask<{ files: { name: string; state: string; reason: string | null }[] }>(
    'GET',
    `${path}/files`,
  );
  assert.deepEqual(
    body.files.map(({ name, state, reason }) => [name, state, reason]),
    [
      ['scelle.tar.age', 'kept', null],
      ['clair.tar.age', 'quarantined', 'not_sealed'],
    ],
  );
});

test('a link for sealed files is made for keys in use, takes what is sealed alone, and is over with any of them', async (t) => {
  const desk = await permitDesk(t);
  const { town, armelle, maelle, path } = desk;
  const key = await armelle.ask<{ id: string }>('POST', PATH, (await newKey()).body);
  const ask = (more: object = {}) =>
    armelle.ask<{ code?: string; url: string }>('POST', `${path}/sealed-drops`, {
      field: 'papers',
      title: 'Pièces',
      expires: new Date(town.clock.now() + 86_400_000).toISOString(),
      keys: [key.body.id],
      escrow: null,
      ...more,
    });
  const refused = async (more: object = {}) => {
    const { status, body } = await ask(more);
    return `${status} ${body.code}`;
  };
  assert.equal(await refused({ keys: [key.body.id, crypto.randomUUID()] }), '409 key_changed');
  assert.equal(await refused({ escrow: crypto.randomUUID() }), '409 key_changed');
  assert.equal(await refused({ field: 'plans' }), '422 not_accepted');

  const { status, body } = await ask();
  assert.equal(status, 201);
  const bringer = bringerOf(town, body.url.split('/').at(-1) ?? '');
  const told = await bringer.ask<{ people: { name: string }[] }>('GET', '/sealed/drop');
  assert.deepEqual(
    told.body.people.map(({ name }) => name),
    ['Armelle Daniel'],
  );
  const plain = await bringer.announce(await bringer.begin(), 4, {
    filename: 'plan.txt',
    filetype: 'text/plain',
  });
  assert.equal(plain.status, 415, plain.body);
  const open = await askFor(desk, armelle);
  assert.equal((await bringerOf(town, open.secret).ask('GET', '/sealed/drop')).status, 404);

  // Who asks has not seen the escrow that there is now.
  const escrow = await newKey();
  const put = await maelle.ask('PUT', '/kerlann/sealed/escrow', { recipient: escrow.recipient });
  assert.equal(put.status, 201);
  assert.equal(await refused(), '409 key_changed');

  assert.equal((await armelle.ask('DELETE', `${PATH}/${key.body.id}`)).status, 204);
  const over = await bringer.ask<Refusal>('GET', '/sealed/drop');
  assert.deepEqual([over.status, over.body.code], [410, 'key_changed']);
});
