import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { createLogger } from '../../src/platform/logging.ts';
import { temporaryFolder } from '../harness/cluster.ts';
import { bring, bytesAt, openFolder, type Place, withFolders } from '../harness/files.ts';
import { stage } from '../harness/vigie.ts';

interface Said {
  readonly places: readonly {
    readonly kind: string;
    readonly ticket: { readonly app: string; readonly reference: string } | null;
    readonly file: string | null;
  }[];
}

test('what is damaged is named by its tickets to administrators who see them, and counted to others', async (t) => {
  const data = temporaryFolder('vigie-damaged-', t);
  const scene = await stage(t, { vault: true, settings: { data }, logger: createLogger('silent') });
  await withFolders(scene);
  const { cast, db } = scene;
  const maelle = await scene.as('maelle', 'strong');
  const lose = async (place: Place, name: string): Promise<void> => {
    const [file] = await bring(scene, cast.maelle, maelle, place, 'documents', [{ name, content: name }]);
    const [blob] = await db.owner<{ name: string }[]>`
      select name from blob b join file f on f.blob_id = b.id where f.id = ${file?.id ?? ''}`;
    rmSync(join(data, 'vault', blob?.name ?? ''));
    await bytesAt(scene, maelle, `${place}/files/${file?.id}/content`).catch(() => {});
  };
  const internal = await openFolder(maelle);
  const health = await openFolder(maelle, 'dossier-sante');
  const placesOf = async (hand = maelle): Promise<Said['places']> => {
    const { status, body } = await hand.ask<Said>('GET', '/kerlann/vault');
    assert.equal(status, 200, JSON.stringify(body));
    return body.places;
  };
  assert.deepEqual(await placesOf(), []);
  await lose(internal, 'plan.txt');
  await lose(health, 'bilan.txt');
  const here = { app: 'dossier', reference: internal.split('/').at(-1) };
  const there = { app: 'dossier-sante', reference: health.split('/').at(-1) };
  assert.deepEqual(
    (await placesOf()).toSorted((a, b) => (a.file ?? '').localeCompare(b.file ?? '')),
    [
      { kind: 'missing', ticket: there, file: 'bilan.txt' },
      { kind: 'missing', ticket: here, file: 'plan.txt' },
    ],
  );
  // What asks for a surer sign-in is not named to who came in by a link.
  assert.deepEqual(
    (await placesOf(await scene.as('maelle'))).toSorted((a, b) => (a.file ?? '').localeCompare(b.file ?? '')),
    [
      { kind: 'missing', ticket: null, file: null },
      { kind: 'missing', ticket: here, file: 'plan.txt' },
    ],
  );
  const nadia = await scene.as('nadia', 'strong');
  assert.deepEqual((await nadia.ask<Said>('GET', '/argentique/vault')).body.places, []);
  assert.equal((await (await scene.as('yann', 'strong')).ask('GET', '/kerlann/vault')).status, 404);
});
