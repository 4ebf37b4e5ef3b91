import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { test } from 'node:test';

import type { Refusal } from '../harness/passkeys.ts';
import { stage } from '../harness/vigie.ts';

const MINUTE = 60_000;

// asvs 8.3.2
test('a role that is given, changed or taken away is felt at the next request, whoever wrote it and however', async (t) => {
  const scene = await stage(t);
  const { db, cast } = scene;
  const gwenn = await scene.as('gwenn');
  const read = async () => (await gwenn.ask('GET', '/kerlann/voirie/tickets')).status;
  const { id, organisationId } = cast.gwenn;
  assert.equal(await read(), 404, 'no role yet');
  await db.owner`
    insert into member_role (organisation_id, member_id, app, role) values (${organisationId}, ${id}, 'voirie', 'clerk')`;
  assert.equal(await read(), 200);
  await db.owner`update member_role set member_id = ${cast.yann.id}, role = 'nobody' where member_id = ${id}`;
  assert.equal(await read(), 404, 'it is another’s now');
  await db.owner`update member_role set member_id = ${id}, role = 'crew' where role = 'nobody'`;
  assert.equal(await read(), 200);
  await db.owner`delete from member_role where member_id = ${id}`;
  assert.equal(await read(), 404);
  await db.owner`
    insert into member_role (organisation_id, member_id, app, role) values (${organisationId}, ${id}, 'voirie', 'clerk')`;
  assert.equal(await read(), 200);
  await db.owner`update member set disabled_at = now() where id = ${id}`;
  assert.equal(await read(), 401, 'let go');
});

// asvs 7.5.3
test('whoever has a passkey since a moment ago is asked for it at once, in sessions that they had before too', async (t) => {
  const scene = await stage(t);
  const { db, cast } = scene;
  const maelle = await scene.as('maelle');
  const { id, organisationId } = cast.maelle;
  const asked = async () =>
    (await maelle.ask<Refusal>('POST', `/kerlann/members/${cast.yann.id}/invitation`, {})).body.passkey;
  scene.clock.advance(16 * MINUTE);
  assert.equal(await asked(), false);
  assert.equal(await asked(), false, 'once more: the session is written by the first request after a while');
  await db.owner`
    insert into passkey (organisation_id, id, member_id, credential_id, public_key, counter, party, name, device_bound,
      backed_up, created_at)
    values (${organisationId}, ${randomUUID()}, ${id}, ${randomBytes(16)}, ${randomBytes(32)}, 0, 'localhost', 'Clé',
      true, false, now())`;
  assert.equal(await asked(), true);
  await db.owner`update passkey set revoked_at = now() where member_id = ${id}`;
  assert.equal(await asked(), false);
  await db.owner`update passkey set revoked_at = null, member_id = ${cast.yann.id}`;
  assert.equal(await asked(), false, 'it is another’s');
  await db.owner`update passkey set member_id = ${id}`;
  assert.equal(await asked(), true);
  await db.owner`delete from passkey`;
  assert.equal(await asked(), false);
});
