import assert from 'node:assert/strict';
import { test } from 'node:test';

import { eraseKept } from '../../src/deadlines/index.ts';
import { endLeftDeposits } from '../../src/drops/index.ts';
import { openHouses } from '../../src/organisations/index.ts';
import { askFor, bringerOf, fillForm, permitDesk } from '../harness/drops.ts';

const OWN = new Set(['/{organisation}/drop', '/{organisation}/drop/deposits/{deposit}/receipt']);
const codeOf = (body: string): string => (JSON.parse(body) as { code: string }).code;

interface OpenDrop {
  readonly title: string;
  readonly organisation: { readonly name: string };
  readonly files: number;
  readonly bytes: number;
}

interface Listed {
  readonly drops: {
    readonly id: string;
    readonly title: string;
    readonly ended: boolean;
    readonly came: { readonly files: number; readonly bytes: number };
    readonly deposits: {
      readonly name: string | null;
      readonly message: string | null;
      readonly receipt: boolean;
      readonly files: { readonly id: string; readonly name: string; readonly state: string }[];
    }[];
  }[];
  readonly fields: string[];
}

test('somebody without an account brings plans by a link, and has a receipt', async (t) => {
  const desk = await permitDesk(t);
  const { town, armelle, path } = desk;
  const link = await askFor(desk, armelle, { note: 'En PDF, à l’échelle.' });
  assert.match(link.url, /\/kerlann\/drop\/[\w-]{43}$/u);
  const odile = bringerOf(town, link.secret);
  const { status, body } = await odile.ask<OpenDrop>('GET', '/drop');
  assert.equal(status, 200);
  assert.deepEqual([body.title, body.organisation.name], ['Plans de l’extension', 'Commune de Kerlann']);
  assert.ok(!JSON.stringify(body).includes('Riou'), 'the ticket is not spoken of');

  const deposit = await odile.begin({ name: 'Odile Riou', message: 'Voici les plans.' });
  const arrived = await odile.bring(deposit, 'façade.txt', 'Une façade.');
  assert.equal(arrived.status, 204, arrived.body);
  assert.equal((await odile.bring(deposit, 'coupe.txt', 'Une coupe.')).status, 204);
  const receipt = await odile.receipt(deposit);
  assert.equal(receipt.status, 200, receipt.body);
  assert.match(receipt.body, /^De \/ From: Odile Riou$/mu);
  assert.match(receipt.body, /^Fichiers \/ Files: 2$/mu);
  assert.equal((await odile.receipt(deposit)).body, receipt.body, 'again, the same');

  await town.vigie.settled();
  const { body: listed } = await armelle.ask<Listed>('GET', `${path}/drops`);
  const [drop] = listed.drops;
  assert.deepEqual(drop?.came, { files: 2, bytes: 22 });
  assert.deepEqual(
    drop?.deposits[0]?.files.map(({ name }) => name),
    ['façade.txt', 'coupe.txt'],
  );
  assert.equal(drop?.deposits[0]?.message, 'Voici les plans.');
  assert.deepEqual(listed.fields, ['plans', 'papers']);
  const ticket = await armelle.ask('GET', path);
  assert.equal((ticket.body.fields['plans'] as unknown[]).length, 2);
});

test('a page without JavaScript brings files too', async (t) => {
  const desk = await permitDesk(t);
  const link = await askFor(desk, desk.armelle);
  const sent = await fillForm(desk.town, link.secret, { name: 'Odile Riou' }, [
    ['façade.txt', 'Une façade.', 'text/plain'],
    ['coupe.txt', 'Une coupe.', 'text/plain'],
  ]);
  assert.equal(sent.status, 303, await sent.text());
  assert.match(sent.headers.get('location') ?? '', /^\/kerlann\/drop\/[\w-]{43}\/[\w-]{36}$/u);
  const { body } = await desk.armelle.ask<Listed>('GET', `${desk.path}/drops`);
  assert.deepEqual(
    body.drops[0]?.deposits[0]?.files.map(({ name }) => name),
    ['façade.txt', 'coupe.txt'],
  );
});

test('fifty bring at the same time, and nothing is lost or counted twice', async (t) => {
  const desk = await permitDesk(t);
  const link = await askFor(desk, desk.armelle, { files: 50 });
  const odile = bringerOf(desk.town, link.secret);
  const brought = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const deposit = await odile.begin({ name: `Personne ${index}` });
      const { status, body } = await odile.bring(deposit, `plan-${index}.txt`, `Plan ${index % 10}`);
      assert.equal(status, 204, body);
      return odile.receipt(deposit);
    }),
  );
  for (const [index, { status, body }] of brought.entries()) {
    assert.equal(status, 200);
    assert.match(body, new RegExp(`^De / From: Personne ${index}$`, 'mu'));
    assert.equal(body.match(/plan-\d+\.txt/gu)?.join(), `plan-${index}.txt`, 'their own, and nobody else’s');
  }
  const ticket = await desk.armelle.ask('GET', desk.path);
  const ids = (ticket.body.fields['plans'] as { id: string }[]).map(({ id }) => id);
  assert.equal(new Set(ids).size, 50);
  const { body } = await desk.armelle.ask<Listed>('GET', `${desk.path}/drops`);
  assert.equal(body.drops[0]?.came.files, 50);
  const full = await odile.bring(await odile.begin(), 'de trop.txt', 'x');
  assert.deepEqual([full.status, codeOf(full.body)], [413, 'too_many_files']);
});

// asvs 8.2.1 8.2.2
test('a drop reads nothing at all, by whatever route', async (t) => {
  const desk = await permitDesk(t);
  const { town, armelle, path } = desk;
  const link = await askFor(desk, armelle);
  const odile = bringerOf(town, link.secret);
  const deposit = await odile.begin();
  await odile.bring(deposit, 'plan.txt', 'Un plan.');
  await odile.receipt(deposit);
  await town.vigie.settled();
  const { body } = await armelle.ask<{ files: { id: string }[] }>('GET', `${path}/files`);
  const file = body.files[0]?.id ?? '';
  const receipts = await armelle.ask<{ receipts: { id: string }[] }>('GET', `${path}/receipts`);
  const document = await town.stranger.ask<{ paths: Record<string, Record<string, unknown>> }>(
    'GET',
    '/openapi.json',
  );
  const known: Record<string, string> = {
    organisation: 'kerlann',
    app: 'permis',
    reference: desk.reference,
    file,
    deposit,
    id: receipts.body.receipts[0]?.id ?? link.id,
  };
  let asked = 0;
  for (const [route, methods] of Object.entries(document.body.paths)) {
    if (!route.startsWith('/{organisation}') || !('get' in methods)) continue;
    const { security = [] } = methods['get'] as { security?: unknown[] };
    // What was asked for, and their own receipt, are all there is.
    if (security.length === 0 || OWN.has(route)) continue;
    const real = route
      .replace('/{organisation}', '')
      .replaceAll(/\{(\w+)\}/gu, (_, name: string) => known[name] ?? file);
    const { status } = await odile.ask('GET', real);
    assert.equal(status, 404, real);
    asked += 1;
  }
  assert.ok(asked > 40, String(asked));
  const others = '/drop/deposits/0b8f1ad4-4c4e-4d5c-9d3e-2a5a3f6f9c11/receipt';
  assert.equal((await odile.ask('GET', others)).status, 404, 'nobody else’s receipt');
  for (const [method, to, given] of [
    ['DELETE', `${path}/files/${file}`, undefined],
    ['POST', `${path}/files`, { field: 'plans', files: [file] }],
    ['PATCH', path, { version: 2, fields: { plans: [] } }],
    ['POST', `${path}/comments`, { text: 'Bonjour' }],
    ['POST', `${path}/moves/end`, {}],
    ['POST', `${path}/drops`, {}],
    ['DELETE', `${path}/drops/${link.id}`, undefined],
    ['POST', '/kerlann/uploads', undefined],
  ] as const)
    assert.equal((await odile.ask(method, to.replace('/kerlann', ''), given)).status, 404, `${method} ${to}`);
});

test('unknown, over, ended, maker gone, right gone, ticket ended: one answer, and the link is dead at once', async (t) => {
  const desk = await permitDesk(t);
  const { town, armelle, maelle, path } = desk;
  const look = (secret: string) => bringerOf(town, secret).ask('GET', '/drop');
  const unknown = await look('x'.repeat(43));
  assert.equal(unknown.status, 401);
  const dead = async (secret: string, why: string): Promise<void> => {
    const { status, body } = await look(secret);
    assert.deepEqual([status, body], [401, unknown.body], why);
    const begun = await bringerOf(town, secret).ask('POST', '/drop/deposits', { name: 'Odile' });
    assert.deepEqual([begun.status, begun.body], [401, unknown.body], why);
    const form = await fillForm(town, secret, { name: 'Odile' }, [['a.txt', 'a']]);
    assert.deepEqual([form.status, form.headers.get('location')], [303, `/kerlann/drop/${secret}`], why);
  };
  const lives = async (secret: string): Promise<void> => assert.equal((await look(secret)).status, 200);

  const ended = await askFor(desk, armelle);
  const under = bringerOf(town, ended.secret);
  const deposit = await under.begin();
  const begun = await under.announce(deposit, 8, { filename: 'a.txt' });
  await under.piece(begun.headers.get('location') ?? '', 0, Buffer.from('moit'));
  assert.equal((await armelle.ask('DELETE', `${path}/drops/${ended.id}`)).status, 204);
  assert.equal((await armelle.ask('DELETE', `${path}/drops/${ended.id}`)).status, 404);
  await dead(ended.secret, 'ended');
  assert.equal((await under.piece(begun.headers.get('location') ?? '', 4, Buffer.from('ié !'))).status, 401);
  assert.equal((await under.receipt(deposit)).status, 401);

  const link = await askFor(desk, armelle);
  await lives(link.secret);
  const member = `/kerlann/members/${town.cast.armelle.id}`;
  const roleOf = (role: string) => ({ roles: [{ app: 'permis', role, site: null }] });
  await maelle.ask('PATCH', member, roleOf('reader'));
  await dead(link.secret, 'no longer edits');
  await maelle.ask('PATCH', member, roleOf('clerk'));
  await lives(link.secret);
  await maelle.ask('PATCH', member, { disabled: true });
  await dead(link.secret, 'disabled');
  await maelle.ask('PATCH', member, { disabled: false });
  await lives(link.secret);
  await maelle.ask('POST', `${path}/moves/end`, {});
  await dead(link.secret, 'ticket ended');
  assert.equal((await maelle.ask('POST', `${path}/moves/again`, {})).status, 200);
  await lives(link.secret);
  town.clock.advance(8 * 86_400_000);
  await dead(link.secret, 'over');
  assert.equal((await bringerOf(town, link.secret, 'argentique').ask('GET', '/drop')).status, 401);
});

test('whoever only reads asks for nothing, and a field of another kind takes nothing', async (t) => {
  const desk = await permitDesk(t);
  const { town, armelle, path } = desk;
  const yann = await town.as('yann', 'strong');
  const expires = new Date(town.clock.now() + 86_400_000).toISOString();
  const ask = (hand: typeof yann, field: string, more: object = {}) =>
    hand.ask<{ code: string }>('POST', `${path}/drops`, { field, title: 'Plans', expires, ...more });
  assert.equal((await ask(yann, 'plans')).status, 403);
  for (const field of ['what', 'nothing', '__proto__'])
    assert.equal((await ask(armelle, field)).status, 403, field);
  for (const [when, status] of [
    ['2026-03-01T00:00:00Z', 422],
    ['2030-01-01T00:00:00Z', 422],
  ] as const)
    assert.equal((await ask(armelle, 'plans', { expires: when })).status, status);
  const gwenn = await town.as('gwenn', 'strong');
  assert.equal((await ask(gwenn, 'plans')).status, 404);
  const link = await askFor(desk, armelle, { field: 'papers' });
  const { body } = await yann.ask<Listed>('GET', `${path}/drops`);
  assert.deepEqual(
    [body.drops, body.fields],
    [[], []],
    'who does not read a field reads nothing of its drops',
  );
  assert.equal((await yann.ask('DELETE', `${path}/drops/${link.id}`)).status, 403);
});

test('files and bytes are counted in all, those that are announced with those that came', async (t) => {
  const desk = await permitDesk(t);
  const link = await askFor(desk, desk.armelle, { files: 3, bytes: 100 });
  const odile = bringerOf(desk.town, link.secret);
  const deposit = await odile.begin();
  const first = await odile.announce(deposit, 60, { filename: 'a.txt' });
  assert.equal(first.status, 201);
  const tooMuch = await odile.announce(deposit, 41, { filename: 'b.txt' });
  assert.deepEqual([tooMuch.status, codeOf(tooMuch.body)], [413, 'too_many_bytes']);
  const formTooMuch = await fillForm(desk.town, link.secret, { name: 'Odile' }, [['b.txt', 'x'.repeat(41)]]);
  assert.match(formTooMuch.headers.get('location') ?? '', /draft=/u);
  const location = first.headers.get('location') ?? '';
  assert.equal((await odile.piece(location, 0, Buffer.alloc(61, 97))).status, 413, 'more than was announced');
  for (let offset = 0; offset < 60; offset += 20)
    assert.equal((await odile.piece(location, offset, Buffer.alloc(20, 97))).status, 204);
  assert.equal((await odile.bring(deposit, 'c.txt', 'x'.repeat(40))).status, 204, 'to the last byte');
  const none = await odile.bring(deposit, 'd.txt', 'x');
  assert.deepEqual([none.status, codeOf(none.body)], [413, 'too_many_bytes']);
  for (const more of [{ 'upload-defer-length': '1' }, { 'upload-concat': 'partial' }])
    assert.equal((await odile.announce(deposit, 1, { filename: 'e.txt' }, more)).status, 400);
  const empty = await askFor(desk, desk.armelle, { files: 1 });
  const other = bringerOf(desk.town, empty.secret);
  const [one, two] = await Promise.all(
    ['a', 'b'].map(async (name) => other.announce(await other.begin(), 5, { filename: name })),
  );
  assert.deepEqual(new Set([one?.status, two?.status]), new Set([201, 413]), 'of two at once, one');
  const took = await other.send('DELETE', (one?.status === 201 ? one : two)?.headers.get('location') ?? '');
  assert.equal(took.status, 204);
  assert.equal(
    (await other.bring(await other.begin(), 'c', 'x')).status,
    204,
    'what was taken back leaves its room',
  );
});

test('the organisation’s own room is held too', async (t) => {
  const desk = await permitDesk(t, 'internal', { settings: { quota: 3000, largestFile: 2500 } });
  const link = await askFor(desk, desk.armelle);
  const odile = bringerOf(desk.town, link.secret);
  const deposit = await odile.begin();
  const large = await odile.announce(deposit, 2501, { filename: 'a.txt' });
  assert.deepEqual([large.status, codeOf(large.body)], [413, 'too_large']);
  assert.equal((await odile.announce(deposit, 2400, { filename: 'a.txt' })).status, 201);
  const full = await odile.announce(deposit, 2400, { filename: 'b.txt' });
  assert.deepEqual([full.status, codeOf(full.body)], [507, 'quota']);
  const form = await fillForm(desk.town, link.secret, { name: 'Odile' }, [['c.txt', 'x'.repeat(2000)]]);
  assert.match(form.headers.get('location') ?? '', /draft=/u);
});

test('names are kept as one line of text, whatever they were', async (t) => {
  const desk = await permitDesk(t);
  const link = await askFor(desk, desk.armelle);
  const odile = bringerOf(desk.town, link.secret);
  const names = [
    'plan\r\nSet-Cookie: a=b.txt',
    '../../etc/passwd',
    'C:\\Windows\\system.txt',
    'facture\u202Etxt.exe',
    '{{constructor.constructor("x")()}}.txt',
    `${'é'.repeat(300)}.txt`,
    '<img src=x onerror=alert(1)>.txt',
    '=HYPERLINK("http://x").txt',
  ];
  const deposit = await odile.begin({ name: 'Odile\u202E\r\nDe / From: le maire' });
  for (const name of names) assert.equal((await odile.bring(deposit, name, name)).status, 204, name);
  const form = await fillForm(desk.town, link.secret, { name: 'Odile' }, [['..\\..\\win.ini', 'x']]);
  assert.equal(form.status, 303);
  const receipt = await odile.receipt(deposit);
  assert.equal(receipt.body.match(/^De \/ From: /gmu)?.length, 1);
  assert.ok(!/[\u202e\r]/u.test(receipt.body));
  await desk.town.vigie.settled();
  const { body } = await desk.armelle.ask<{ files: { id: string; name: string }[] }>(
    'GET',
    `${desk.path}/files`,
  );
  assert.equal(body.files.length, names.length + 1);
  for (const { name } of body.files) {
    assert.ok(!/[/\\\r\n\u202e]/u.test(name), name);
    assert.ok([...name].length <= 200, name);
  }
});

test('a kind that is not taken is refused when it is said, and kept from everybody when it is found', async (t) => {
  const desk = await permitDesk(t);
  const link = await askFor(desk, desk.armelle);
  const odile = bringerOf(desk.town, link.secret);
  const deposit = await odile.begin();
  const said = await odile.announce(deposit, 5, { filename: 'a.exe', filetype: 'application/x-msdownload' });
  assert.deepEqual([said.status, codeOf(said.body)], [415, 'not_accepted']);
  const form = await fillForm(desk.town, link.secret, { name: 'O' }, [
    ['a.exe', 'MZ', 'application/x-msdownload'],
  ]);
  assert.match(form.headers.get('location') ?? '', /draft=/u);
  const zip = Buffer.from('504b0506000000000000000000000000000000000000', 'hex');
  const lied = await odile.bring(deposit, 'plan.pdf', zip);
  assert.equal(lied.status, 204, lied.body);
  assert.equal((await odile.receipt(deposit)).status, 200, 'that it came is stated');
  await desk.town.vigie.settled();
  const { body } = await desk.armelle.ask<{ files: { state: string; reason: string }[] }>(
    'GET',
    `${desk.path}/files`,
  );
  assert.deepEqual([body.files[0]?.state, body.files[0]?.reason], ['quarantined', 'not_accepted']);
});

test('a name is asked for where it is wanted, a message taken where it is, and what is closed stays closed', async (t) => {
  const desk = await permitDesk(t);
  const link = await askFor(desk, desk.armelle, { messages: false });
  const odile = bringerOf(desk.town, link.secret);
  const nameless = await odile.ask<{ code: string; errors: { path: string }[] }>('POST', '/drop/deposits', {
    name: '  ',
  });
  assert.deepEqual([nameless.status, nameless.body.errors[0]?.path], [422, 'name']);
  const deposit = await odile.begin({ name: 'Odile', message: 'Bonjour' });
  const empty = await odile.receipt(deposit);
  assert.deepEqual([empty.status, codeOf(empty.body)], [409, 'nothing_came']);
  await odile.bring(deposit, 'a.txt', 'a');
  await odile.receipt(deposit);
  const late = await odile.announce(deposit, 1, { filename: 'b.txt' });
  assert.deepEqual([late.status, codeOf(late.body)], [409, 'deposit_closed']);
  const { body } = await desk.armelle.ask<Listed>('GET', `${desk.path}/drops`);
  assert.deepEqual([body.drops[0]?.deposits[0]?.name, body.drops[0]?.deposits[0]?.message], ['Odile', null]);

  const free = await askFor(desk, desk.armelle, { names: false });
  const nobody = bringerOf(desk.town, free.secret);
  const theirs = await nobody.begin({});
  await nobody.bring(theirs, 'b.txt', 'b');
  assert.match((await nobody.receipt(theirs)).body, /^De \/ From: Sans nom \/ Unnamed$/mu);
  // The other link's deposit is none of this one.
  assert.equal((await nobody.receipt(deposit)).status, 404);
  assert.equal((await nobody.announce(deposit, 1, { filename: 'c.txt' })).status, 404);
});

test('whoever lost the last answer asks again, and nothing comes twice; nothing that came is taken back', async (t) => {
  const desk = await permitDesk(t);
  const link = await askFor(desk, desk.armelle);
  const odile = bringerOf(desk.town, link.secret);
  const deposit = await odile.begin();
  const begun = await odile.announce(deposit, 4, { filename: 'a.txt' });
  const location = begun.headers.get('location') ?? '';
  await odile.piece(location, 0, Buffer.from('plan'));
  const head = await odile.send('HEAD', location);
  assert.deepEqual([head.status, head.headers.get('upload-offset')], [200, '4']);
  assert.equal((await odile.send('GET', location)).status, 404, 'not even their own bytes');
  assert.equal((await odile.send('DELETE', location)).status, 410);
  const ticket = await desk.armelle.ask('GET', desk.path);
  assert.equal((ticket.body.fields['plans'] as unknown[]).length, 1);
  const { body } = await desk.armelle.ask<{
    events: { type: string; actor: { kind: string; name: string } }[];
  }>('GET', `${desk.path}/events`);
  assert.deepEqual(body.events.at(-1)?.actor, { kind: 'drop', name: '' });
});

test('with health data there are drops too, which say nothing of the ticket', async (t) => {
  const desk = await permitDesk(t, 'health');
  const link = await askFor(desk, desk.armelle, { title: 'Vos documents' });
  const odile = bringerOf(desk.town, link.secret);
  const { body } = await odile.ask('GET', '/drop');
  const text = JSON.stringify(body);
  for (const word of ['Riou', 'Extension', desk.reference, 'Armelle', 'permis', 'Permis'])
    assert.ok(!text.includes(word), word);
  const deposit = await odile.begin();
  assert.equal((await odile.bring(deposit, 'ordonnance.txt', 'Une ordonnance.')).status, 204);
  assert.equal((await odile.receipt(deposit)).status, 200);
});

test('what a bringer left without ending it is stated after an hour; with `keep`, all of it is erased', async (t) => {
  const desk = await permitDesk(t);
  const { town, armelle, path } = desk;
  const link = await askFor(desk, armelle, { note: 'Pour Mme Riou' });
  const odile = bringerOf(town, link.secret);
  await odile.bring(await odile.begin(), 'a.txt', 'a');
  const house = await openHouses(town.db).byId(town.cast.maelle.organisationId);
  assert.ok(house);
  const receipts = async () =>
    (
      await armelle.ask<{ receipts: { id: string; from: string | null; files: number }[] }>(
        'GET',
        `${path}/receipts`,
      )
    ).body.receipts;
  await endLeftDeposits(town.vigie.vault, { url: town.vigie.url }, house);
  assert.deepEqual(await receipts(), []);
  town.clock.advance(2 * 3_600_000);
  await endLeftDeposits(town.vigie.vault, { url: town.vigie.url }, house);
  const [kept] = await receipts();
  assert.deepEqual([kept?.from, kept?.files], ['Odile Riou', 1]);

  await armelle.ask('POST', `${path}/moves/end`, {});
  await eraseKept(town.vigie.vault, house, town.clock.now() + 400 * 86_400_000);
  assert.deepEqual(
    (await receipts()).map(({ from, files }) => [from, files]),
    [[null, 1]],
  );
  assert.equal((await armelle.ask('GET', `${path}/receipts/${kept?.id}`)).status, 404);
  const { body } = await armelle.ask<Listed>('GET', `${path}/drops`);
  assert.deepEqual([body.drops[0]?.title, body.drops[0]?.deposits[0]?.name], [null, null]);
  assert.equal(
    (await town.stranger.ask('GET', '/kerlann/receipts/key.txt')).status,
    200,
    'the other side’s copy still verifies',
  );
});

test('too many knocks at a drop are told to wait', async (t) => {
  const desk = await permitDesk(t, 'internal', { settings: { limits: 0.01 } });
  const link = await askFor(desk, desk.armelle);
  const odile = bringerOf(desk.town, link.secret);
  const statuses: number[] = [];
  for (let tries = 0; tries < 20; tries += 1) statuses.push((await odile.ask('GET', '/drop')).status);
  assert.ok(statuses.includes(200) && statuses.includes(429), statuses.join());
});
