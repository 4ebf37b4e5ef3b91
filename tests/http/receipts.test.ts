import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { currentKeys } from '../../src/vault/index.ts';
import { writeReceiptFor } from '../../src/receipts/index.ts';
import { readReceipt } from '../../src/receipts/format/index.ts';
import { openHouses } from '../../src/organisations/index.ts';
import { asOrganisation } from '../../src/platform/postgres/index.ts';
import { temporaryFolder } from '../harness/cluster.ts';
import { askFor, bringerOf, permitDesk } from '../harness/drops.ts';
import { bring } from '../harness/permits.ts';

const VERIFIER = join(import.meta.dirname, '../../client/verify-receipt.mjs');

interface Listed {
  readonly receipts: {
    readonly id: string;
    readonly kind: string;
    readonly direction: string;
    readonly files: number;
    readonly from: string | null;
    readonly to: string | null;
  }[];
}

test('the receipt of a deposit is verified by anybody, without us: by the script that comes along and by OpenSSL', async (t) => {
  const desk = await permitDesk(t);
  const link = await askFor(desk, desk.armelle);
  const odile = bringerOf(desk.town, link.secret);
  const deposit = await odile.begin();
  await odile.bring(deposit, 'façade.txt', 'Une façade.');
  await odile.bring(deposit, 'coupe.txt', 'Une coupe.');
  const { body: text } = await odile.receipt(deposit);
  const key = await desk.town.stranger.ask<string>('GET', '/kerlann/receipts/key.txt');
  assert.equal(key.status, 200);
  assert.match(key.headers.get('content-disposition') ?? '', /attachment/u);

  const folder = temporaryFolder('vigie-receipt-');
  t.after(() => rmSync(folder, { recursive: true }));
  const at = (name: string, content?: string | Buffer): string => {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content);
    return path;
  };
  mkdirSync(at('files'));
  at('files/façade.txt', 'Une façade.');
  at('files/coupe.txt', 'Une coupe.');
  const script = await desk.town.stranger.ask<string>('GET', '/kerlann/receipts/verify-receipt.mjs');
  assert.equal(script.body, readFileSync(VERIFIER, 'utf8'));
  const verify = (receipt: string) =>
    spawnSync(
      process.execPath,
      [at('verify.mjs', script.body), receipt, at('key.txt', key.body), at('files')],
      {
        encoding: 'utf8',
      },
    );
  const good = verify(at('receipt.txt', text));
  assert.equal(good.status, 0, good.stdout + good.stderr);
  assert.match(good.stdout, /Tout concorde/u);
  at('files/coupe.txt', 'Une autre coupe.');
  assert.equal(verify(at('receipt.txt')).status, 1, 'a file was changed');
  assert.equal(verify(at('forged.txt', text.replace('Odile', 'Odette'))).status, 1, 'the text was changed');

  const split = text.lastIndexOf('\n\n');
  const signature = Buffer.from(/ ([A-Za-z0-9+/=]+)\n$/u.exec(text)?.[1] ?? '', 'base64').subarray(4);
  const pem = /-----BEGIN[\s\S]+END PUBLIC KEY-----\n/u.exec(key.body)?.[0] ?? '';
  const openssl = spawnSync(
    '/usr/bin/openssl',
    [
      'pkeyutl',
      '-verify',
      '-pubin',
      '-rawin',
      '-inkey',
      at('key.pem', pem),
      '-sigfile',
      at('signature', signature),
      '-in',
      at('text', text.slice(0, split + 1)),
    ],
    { encoding: 'utf8' },
  );
  assert.equal(openssl.status, 0, openssl.stdout + openssl.stderr);
});

test('another file is another receipt, and a lasting one: under a new address the keys of before are published too', async (t) => {
  const desk = await permitDesk(t);
  const { town } = desk;
  const link = await askFor(desk, desk.armelle);
  const odile = bringerOf(town, link.secret);
  const texts: string[] = [];
  for (const content of ['Un plan.', 'Un plan!']) {
    const deposit = await odile.begin();
    await odile.bring(deposit, 'plan.txt', content);
    texts.push((await odile.receipt(deposit)).body);
  }
  const sums = texts.map((text) => /^[0-9a-f]{64}/mu.exec(text)?.[0]);
  assert.notEqual(sums[0], sums[1]);
  // The house as it would be at an address of its own.
  const { organisationId } = town.cast.maelle;
  const house = await openHouses(town.db).byId(organisationId);
  assert.ok(house);
  const keys = await currentKeys(town.vigie.vault, organisationId);
  const [ticket] = await town.db.owner<{ id: string }[]>`select id from ticket where app = 'permis'`;
  const { text } = await asOrganisation(town.db, organisationId, (tx) =>
    writeReceiptFor(tx, keys, { url: 'https://depot.kerlann.example' }, house, {
      ticket: { id: ticket?.id ?? '', reference: desk.reference },
      fields: ['plans'],
      kind: 'handed-over',
      direction: 'out',
      from: 'Mairie',
      to: 'Odile Riou',
      files: [],
      at: town.clock.now(),
      by: { kind: 'system', id: null },
    }),
  );
  const { body: published } = await town.stranger.ask<string>('GET', '/kerlann/receipts/key.txt');
  for (const one of [...texts, text]) assert.ok('statement' in readReceipt(one, [published]), one);
});

test('a member states what they handed over and what they received, to be read by whoever reads the files', async (t) => {
  const desk = await permitDesk(t);
  const { town, armelle, path, reference } = desk;
  const permis = { organisation: 'kerlann', app: 'permis', reference };
  await bring(town, armelle, permis, 'papers', [{ name: 'acte.txt', content: 'Un acte.' }]);
  const out = await armelle.ask<{ id: string; text: string }>('POST', `${path}/receipts`, {
    field: 'papers',
    to: 'Étude de Me Kervella',
  });
  assert.equal(out.status, 201);
  assert.match(out.body.text, /^De \/ From: Commune de Kerlann$/mu);
  assert.match(out.body.text, /^À \/ To: Étude de Me Kervella$/mu);
  assert.match(out.body.text, /acte\.txt/u);
  const into = await armelle.ask<{ text: string }>('POST', `${path}/receipts`, {
    field: 'papers',
    from: 'Odile Riou',
  });
  assert.match(into.body.text, /^Acte \/ Act: reçu \/ received$/mu);
  for (const [body, status] of [
    [{ field: 'plans', to: 'X' }, 404],
    [{ field: 'what', to: 'X' }, 404],
    [{ field: 'papers', to: ' ' }, 400],
    [{ field: 'papers', to: 'A', from: 'B' }, 400],
  ] as const) {
    const refused = await armelle.ask('POST', `${path}/receipts`, body);
    assert.ok([status, 422].includes(refused.status), JSON.stringify([body, refused.status]));
  }
  const { body } = await armelle.ask<Listed>('GET', `${path}/receipts`);
  assert.deepEqual(
    body.receipts.map(({ kind, direction, from, to, files }) => [kind, direction, from, to, files]),
    [
      ['received', 'in', 'Odile Riou', 'Commune de Kerlann', 1],
      ['handed-over', 'out', 'Commune de Kerlann', 'Étude de Me Kervella', 1],
    ],
  );
  const one = await armelle.ask<string>('GET', `${path}/receipts/${out.body.id}`);
  assert.deepEqual([one.status, one.body], [200, out.body.text]);
  assert.match(one.headers.get('content-type') ?? '', /^text\/plain/u);
  assert.match(one.headers.get('content-disposition') ?? '', /^attachment/u);

  const yann = await town.as('yann', 'strong');
  assert.deepEqual((await yann.ask<Listed>('GET', `${path}/receipts`)).body.receipts, []);
  assert.equal((await yann.ask('GET', `${path}/receipts/${out.body.id}`)).status, 404);
  assert.equal((await yann.ask('POST', `${path}/receipts`, { field: 'papers', to: 'X' })).status, 404);
  const gwenn = await town.as('gwenn', 'strong');
  assert.equal((await gwenn.ask('GET', `${path}/receipts/${out.body.id}`)).status, 404);
  // What receipts say is sealed in their rows.
  const rows = await town.db.owner<{ text: Buffer }[]>`select text from receipt`;
  for (const { text } of rows) assert.ok(!text.includes('Kervella') && !text.includes('acte'));
});

test('whoever signs nothing publishes no key, and an organisation that is not there is told the same', async (t) => {
  const { town } = await permitDesk(t);
  await town.db.owner`delete from vault_key where organisation_id = ${town.cast.nadia.organisationId}`;
  const [closed, unknown] = [
    await town.stranger.ask('GET', '/argentique/receipts/key.txt'),
    await town.stranger.ask('GET', '/nulle-part/receipts/key.txt'),
  ];
  assert.equal(closed.status, 404);
  assert.deepEqual(closed.body, unknown.body);
});
