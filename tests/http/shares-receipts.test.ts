import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';

import { readReceipt } from '../../src/receipts/format/index.ts';
import { scannedOrder, shareFiles, visitor } from '../harness/shares.ts';

const PASSPHRASE = 'trois bobines';

interface Listed {
  readonly receipts: readonly { readonly id: string; readonly files: number; readonly to: string | null }[];
}

test('whoever takes files by a link has one receipt of their visit, the same as the organisation’s, of the bytes that left', async (t) => {
  const { lab, camille, order, path, scans } = await scannedOrder(t);
  const { links } = await shareFiles(camille, path, { passphrase: PASSPHRASE });
  const [link = { id: '', url: '' }] = links;
  const claire = visitor(lab, 'argentique', link);
  assert.equal((await claire.get('/receipt')).status, 401);
  assert.equal((await claire.open({ passphrase: PASSPHRASE })).status, 204);
  const listed = async () =>
    (await camille.ask<Listed>('GET', `/argentique/atelier/tickets/${order}/receipts`)).body.receipts;
  const { body: key } = await lab.stranger.ask<string>('GET', '/argentique/receipts/key.txt');
  const stated = async () => {
    const answer = await claire.get('/receipt');
    assert.equal(answer.status, 200);
    const text = await answer.text();
    const read = readReceipt(text, [key]);
    assert.ok('statement' in read, text);
    return { text, ...read.statement };
  };

  // Looking is taking nothing, and so is a beginning.
  const first = `/files/${scans[0]}/content`;
  await (await claire.get(`/files/${scans[0]}/preview`)).arrayBuffer();
  await (await claire.get(first, { range: 'bytes=0-99' })).arrayBuffer();
  assert.equal((await claire.get('/receipt')).status, 404);
  assert.deepEqual(await listed(), []);

  // Its end, gone on with after the line was cut, is.
  const rest = await claire.get(first, { range: 'bytes=100-' });
  assert.equal(rest.status, 206);
  await rest.arrayBuffer();
  const one = await stated();
  assert.deepEqual([one.kind, one.direction, one.from], ['handed-over', 'out', 'Argentique']);
  const left = Buffer.from(await (await claire.get(first)).arrayBuffer());
  assert.deepEqual(
    one.files.map(({ name, sha256 }) => [name, sha256]),
    [['vue-01.jpg', createHash('sha256').update(left).digest('hex')]],
    'without its place, as it left',
  );

  // What is taken later is added, what is taken again is not, and both sides read the same.
  for (let times = 0; times < 2; times += 1) await (await claire.get('/files.zip')).arrayBuffer();
  const all = await stated();
  assert.deepEqual(all.files.map(({ name }) => name).toSorted(), ['planche.jpg', 'vue-01.jpg', 'vue-02.jpg']);
  const [theirs, ...others] = await listed();
  assert.deepEqual(others, []);
  assert.equal(theirs?.files, 3);
  const { body: text } = await camille.ask<string>(
    'GET',
    `/argentique/atelier/tickets/${order}/receipts/${theirs.id}`,
  );
  assert.equal(text, all.text);

  // Another visit is another hand-over; of what the first one took it is told nothing.
  const other = visitor(lab, 'argentique', link);
  assert.equal((await other.open({ passphrase: PASSPHRASE })).status, 204);
  assert.equal((await other.get('/receipt')).status, 404);
  await (await other.get(first)).arrayBuffer();
  assert.deepEqual(
    (await listed()).map(({ files }) => files).toSorted((a, b) => a - b),
    [1, 3],
  );
});
