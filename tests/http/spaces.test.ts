import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { loose } from '../harness/files.ts';
import { type Stage, stage } from '../harness/vigie.ts';

interface Ticket {
  readonly reference: string;
  readonly step: string;
  readonly fields: { readonly [field: string]: unknown };
}

const SPACE = { subject: 'Dosages lapin, série 12', house: 'Laboratoire Garenne', until: '2026-12-31' };

/** A space with a hand-over in it, opened by whoever coordinates. */
const exchange = async ({ as }: Stage, suffix: '' | '-sante' = '') => {
  const briac = await as('briac', 'strong');
  const space = await briac.ask<Ticket>('POST', `/rade/echange${suffix}/tickets`, { fields: SPACE });
  assert.equal(space.status, 201, JSON.stringify(space.body));
  const held = await briac.ask<Ticket>('POST', `/rade/remise${suffix}/tickets`, {
    fields: { asked: 'Dosage de la plaque 1', direction: 'both' },
    holder: space.body.reference,
  });
  assert.equal(held.status, 201, JSON.stringify(held.body));
  return { briac, space: space.body, handOver: held.body };
};

test('a space holds its hand-overs, numbered as people say them', async (t) => {
  const hospital = await stage(t, { also: ['rade', 'garenne'], vault: true });
  const { briac, space, handOver } = await exchange(hospital);
  assert.match(space.reference, /^E-\d+$/u);
  assert.equal(handOver.reference, `${space.reference}-1`);

  await t.test('and goes into a spreadsheet with how many files it has, none lost', async () => {
    // Only the owner exports.
    assert.equal((await briac.ask('GET', '/rade/remise/export.csv')).status, 403);
    const odile = await hospital.as('odile');
    const documents = (
      await loose(hospital, hospital.cast.odile, [
        { name: 'plan.txt', content: 'Le plan.' },
        { name: 'liste.txt', content: 'La liste.' },
      ])
    ).map((id) => ({ id }));
    const made = await odile.ask<Ticket>('POST', '/garenne/echange/tickets', {
      fields: { ...SPACE, documents },
    });
    assert.equal(made.status, 201);
    assert.deepEqual(made.body.fields['documents'], documents);
    const csv = await odile.ask<string>('GET', '/garenne/echange/export.csv');
    assert.equal(csv.status, 200);
    const rows = parse(csv.body, { bom: true, columns: true }) as readonly {
      readonly [column: string]: string;
    }[];
    assert.deepEqual(
      rows.map(({ subject, documents }) => [subject, documents]),
      [[SPACE.subject, '2']],
    );
  });

  await t.test('what is no file is refused, in words', async () => {
    const path = `/rade/remise/tickets/${handOver.reference}/moves/send`;
    const refused = await briac.ask<{ problems: { path: string; code: string }[] }>('POST', path, {
      fields: { sent: ['plaque.csv'] },
    });
    assert.equal(refused.status, 422);
    assert.match(JSON.stringify(refused.body), /files_expected/u);
  });
});

// asvs 8.2.2
test('spaces for health data are for those who proved who they are, and followed by no link', async (t) => {
  const hospital = await stage(t, { also: ['rade', 'garenne'] });
  const { briac, space, handOver } = await exchange(hospital, '-sante');
  const path = `/rade/remise-sante/tickets/${handOver.reference}`;
  assert.equal((await briac.ask('GET', path)).status, 200);
  assert.notEqual((await (await hospital.as('briac')).ask('GET', path)).status, 200);
  assert.equal((await (await hospital.as('tugdual', 'strong')).ask('GET', path)).status, 404);
  assert.equal((await (await hospital.as('odile', 'strong')).ask('GET', path)).status, 401);
  const link = { role: 'partner', expires: null };
  const spacePath = `/rade/echange-sante/tickets/${space.reference}/guests`;
  assert.equal((await briac.ask<{ code: string }>('POST', spacePath, link)).body.code, 'unknown_role');
});
