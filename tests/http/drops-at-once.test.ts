import assert from 'node:assert/strict';
import { test } from 'node:test';

import { askFor, bringerOf, fillForm, permitDesk } from '../harness/drops.ts';
import { hold } from '../harness/held.ts';

const codeOf = (body: string): string => (JSON.parse(body) as { code: string }).code;

test('a file announced while its deposit ends is refused before its bytes come', async (t) => {
  const desk = await permitDesk(t);
  const { town, armelle } = desk;
  const link = await askFor(desk, armelle);
  const odile = bringerOf(town, link.secret);
  const deposit = await odile.begin();
  assert.equal((await odile.bring(deposit, 'façade.txt', 'Une façade.')).status, 204);

  const drop = await hold(
    town.db,
    (sql) => sql`select from drop_link where id = ${link.id} for no key update`,
  );
  const announced = odile.announce(deposit, 10, { filename: 'coupe.txt' });
  await drop.awaited();
  assert.equal((await odile.receipt(deposit)).status, 200);
  await drop.letGo();
  const { status, body } = await announced;
  assert.deepEqual([status, codeOf(body)], [409, 'deposit_closed']);
});

test('a file that comes while its deposit ends is in its receipt, or is not kept', async (t) => {
  const desk = await permitDesk(t);
  const { town, armelle, path, reference } = desk;
  const link = await askFor(desk, armelle);
  const odile = bringerOf(town, link.secret);
  const deposit = await odile.begin();
  assert.equal((await odile.bring(deposit, 'façade.txt', 'Une façade.')).status, 204);
  const begun = await odile.announce(deposit, 10, { filename: 'coupe.txt' });

  // The bytes are here, and their place in the ticket is waited for.
  const ticket = await hold(
    town.db,
    (sql) => sql`select from ticket where reference = ${reference} for no key update`,
  );
  const coming = odile.piece(begun.headers.get('location') ?? '', 0, Buffer.from('Une coupe.'));
  await ticket.awaited();
  const ending = odile.receipt(deposit);
  const first = await Promise.race([ending, new Promise((wait) => setTimeout(wait, 500))]);
  await ticket.letGo();
  const [{ status }, receipt] = await Promise.all([coming, ending]);
  assert.equal(receipt.status, 200, receipt.body);
  const { body } = await armelle.ask<{ drops: { deposits: { files: { name: string }[] }[] }[] }>(
    'GET',
    `${path}/drops`,
  );
  const kept = body.drops[0]?.deposits[0]?.files.map(({ name }) => name) ?? [];
  assert.deepEqual(
    kept.filter((name) => !receipt.body.includes(name)),
    [],
    `${status}, and the receipt came ${first ? 'first' : 'after'}`,
  );
});

test('a field takes as many as it has room for: the place of what is announced is kept for it', async (t) => {
  const desk = await permitDesk(t);
  const link = await askFor(desk, desk.armelle, { files: 100 });
  const odile = bringerOf(desk.town, link.secret);
  const deposit = await odile.begin();
  const announce = () => odile.announce(deposit, 10, { filename: 'coupe.txt' });
  const first = await announce();
  const others = await Promise.all(Array.from({ length: 59 }, announce));
  assert.ok(others.every(({ status }) => status === 201));
  const more = await announce();
  assert.deepEqual([more.status, codeOf(more.body)], [413, 'too_many_files']);
  const form = await fillForm(desk.town, link.secret, { name: 'Odile Riou' }, [
    ['façade.txt', 'Une façade.'],
  ]);
  assert.match(form.headers.get('location') ?? '', /draft=/u);
  const came = await odile.piece(first.headers.get('location') ?? '', 0, Buffer.from('Une coupe.'));
  assert.equal(came.status, 204);
});
