import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';

import { install } from '../../src/organisations/versions/install.ts';
import { askFor, bringerOf, type Desk, fillForm, permitDesk } from '../harness/drops.ts';
import { hold } from '../harness/held.ts';
import { permits } from '../harness/permits.ts';
import type { Hand } from '../harness/vigie.ts';

const codeOf = (body: string): string => (JSON.parse(body) as { code: string }).code;

/** What whoever asks for plans is told. */
const asks = async ({ town }: Desk, hand: Hand, path: string): Promise<string> => {
  const { status, body } = await hand.ask<{ code?: string }>('POST', `${path}/drops`, {
    field: 'plans',
    title: 'Plans',
    expires: new Date(town.clock.now() + 86_400_000).toISOString(),
  });
  return `${status} ${body.code}`;
};

test('files are asked for on a ticket that is there and open, and a link is ended from its own ticket', async (t) => {
  const desk = await permitDesk(t);
  const { town, armelle, path } = desk;
  const link = await askFor(desk, armelle);
  const odile = bringerOf(town, link.secret);
  const { body } = await armelle.ask('POST', '/kerlann/permis/tickets', { fields: { what: 'Un abri' } });
  const other = `/kerlann/permis/tickets/${body.reference}`;
  assert.equal((await armelle.ask('DELETE', `${other}/drops/${link.id}`)).status, 404);
  assert.equal((await armelle.ask('DELETE', `${path}/drops/${crypto.randomUUID()}`)).status, 404);
  assert.equal((await odile.ask('GET', '/drop')).status, 200);
  assert.equal((await armelle.ask('DELETE', `${path}/drops/${link.id}`)).status, 204);
  assert.equal((await odile.ask('GET', '/drop')).status, 401);
  assert.equal(await asks(desk, armelle, '/kerlann/permis/tickets/P-999'), '404 not_found');
  assert.equal((await armelle.ask('POST', `${other}/moves/end`, {})).status, 200);
  assert.equal(await asks(desk, armelle, other), '409 closed');
});

test('nobody is asked for files in a field that serves no more, not even by who runs the organisation', async (t) => {
  const desk = await permitDesk(t);
  const { town, armelle, maelle, path } = desk;
  const link = await askFor(desk, armelle);
  const { fields, ...rest } = permits('internal');
  const { plans } = fields;
  assert.equal(plans?.is, 'files');
  const next = { ...rest, fields: { ...fields, plans: { ...plans, retired: true as const } } };
  await install(town.db, town.cast.maelle.organisationId, next, town.clock.now());
  // What another process installed is known within a second.
  await sleep(1100);
  for (const hand of [armelle, maelle]) assert.equal(await asks(desk, hand, path), '403 forbidden');
  assert.equal((await bringerOf(town, link.secret).ask('GET', '/drop')).status, 401);
});

test('what is announced or comes while its link is ended is refused', async (t) => {
  const desk = await permitDesk(t);
  const { town, armelle } = desk;
  const bytes = Buffer.from('Une coupe.');
  for (const what of ['announced', 'comes'] as const) {
    const link = await askFor(desk, armelle);
    const odile = bringerOf(town, link.secret);
    const deposit = await odile.begin();
    const announce = () => odile.announce(deposit, bytes.length, { filename: 'coupe.txt' });
    const begun = what === 'comes' ? await announce() : null;
    const drop = await hold(
      town.db,
      (sql) => sql`update drop_link set revoked_at = ${new Date(town.clock.now())} where id = ${link.id}`,
    );
    const sent = begun ? odile.piece(begun.headers.get('location') ?? '', 0, bytes) : announce();
    await drop.awaited();
    await drop.letGo();
    assert.equal((await sent).status, 401, what);
  }
  const { body } = await armelle.ask('GET', desk.path);
  assert.deepEqual(body.fields['plans'] ?? [], []);
});

test('what is whole only after the date on which its link ends is refused', async (t) => {
  const desk = await permitDesk(t);
  const { town, armelle } = desk;
  const link = await askFor(desk, armelle);
  const odile = bringerOf(town, link.secret);
  const begun = await odile.announce(await odile.begin(), 10, { filename: 'coupe.txt' });
  const location = begun.headers.get('location') ?? '';
  const upload = await hold(
    town.db,
    (sql) => sql`select from upload where id = ${location.split('/').at(-1) ?? ''} for update`,
  );
  const coming = odile.piece(location, 0, Buffer.from('Une coupe.'));
  await upload.awaited();
  town.clock.advance(7 * 86_400_000);
  await upload.letGo();
  assert.equal((await coming).status, 401);
});

test('what is announced while its ticket is closed is refused', async (t) => {
  const desk = await permitDesk(t);
  const { town, armelle } = desk;
  const link = await askFor(desk, armelle);
  const odile = bringerOf(town, link.secret);
  const deposit = await odile.begin();
  const drop = await hold(
    town.db,
    (sql) => sql`select from drop_link where id = ${link.id} for no key update`,
  );
  const announced = odile.announce(deposit, 10, { filename: 'coupe.txt' });
  await drop.awaited();
  assert.equal((await armelle.ask('POST', `${desk.path}/moves/end`, {})).status, 200);
  await drop.letGo();
  assert.equal((await announced).status, 401);
});

test('a link takes as many files and bytes as were asked for, also of those that come at once by a page', async (t) => {
  const desk = await permitDesk(t);
  const { town } = desk;
  const fill = (secret: string) => fillForm(town, secret, { name: 'Odile' }, [['a.txt', 'Un plan.']]);
  const isRefused = async (answer: Promise<Response>, as: string) => {
    const { status, headers } = await answer;
    assert.deepEqual([status, /draft=/u.test(headers.get('location') ?? '')], [303, true], as);
  };

  // The place of what is announced is taken.
  const one = await askFor(desk, desk.armelle, { files: 1 });
  const odile = bringerOf(town, one.secret);
  const deposit = await odile.begin();
  assert.equal((await odile.announce(deposit, 8, { filename: 'a.txt' })).status, 201);
  const second = await odile.announce(deposit, 8, { filename: 'b.txt' });
  assert.deepEqual([second.status, codeOf(second.body)], [413, 'too_many_files']);
  await isRefused(fill(one.secret), 'announced');

  // Somebody else's file takes it while this one comes.
  for (const taken of ['files = most_files', 'bytes = most_bytes'] as const) {
    const link = await askFor(desk, desk.armelle, { files: 3 });
    const drop = await hold(town.db, (sql) =>
      sql.unsafe(`update drop_link set ${taken} where id = $1`, [link.id]),
    );
    const sent = fill(link.secret);
    await drop.awaited();
    await drop.letGo();
    await isRefused(sent, taken);
  }
  const { body } = await desk.armelle.ask('GET', desk.path);
  assert.deepEqual(body.fields['plans'] ?? [], []);
});

test('whoever finds every place taken is told so before their bytes are counted, by a page as by a program', async (t) => {
  const desk = await permitDesk(t);
  const link = await askFor(desk, desk.armelle, { files: 1, bytes: 10 });
  const odile = bringerOf(desk.town, link.secret);
  const deposit = await odile.begin();
  assert.equal((await odile.announce(deposit, 8, { filename: 'a.txt' })).status, 201);
  const more = await odile.announce(deposit, 20, { filename: 'b.txt' });
  assert.deepEqual([more.status, codeOf(more.body)], [413, 'too_many_files']);
  const form = await fillForm(desk.town, link.secret, { name: 'Odile' }, [['b.txt', 'x'.repeat(20)]]);
  const draft = /draft=([0-9a-f-]+)/u.exec(form.headers.get('location') ?? '')?.[1] ?? '';
  const { body } = await odile.ask<{ problem: { code: string } }>('GET', `/drafts/${draft}`);
  assert.equal(body.problem.code, 'too_many_files');
});

test('what comes while the organisation runs out of room is refused', async (t) => {
  const { town, armelle, path } = await permitDesk(t);
  const link = await askFor({ town, path }, armelle);
  const house = town.cast.maelle.organisationId;
  const room = await hold(
    town.db,
    (sql) => sql`
      insert into vault_use (organisation_id, quota) values (${house}, 1)
      on conflict (organisation_id) do update set quota = 1`,
  );
  const sent = fillForm(town, link.secret, { name: 'Odile' }, [['a.txt', 'Un plan.']]);
  await room.awaited();
  await room.letGo();
  const { status, headers } = await sent;
  assert.deepEqual([status, /draft=/u.test(headers.get('location') ?? '')], [303, true]);
  assert.deepEqual((await armelle.ask('GET', path)).body.fields['plans'] ?? [], []);
});
