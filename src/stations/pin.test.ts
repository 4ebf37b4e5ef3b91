import assert from 'node:assert/strict';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { temporaryFolder } from '../../tests/harness/cluster.ts';
import { newCode, readCode } from './code.ts';
import { openPepper } from './pepper.ts';
import { hashPin, isPin, isTrivial } from './pin.ts';

test('a PIN is right with its own salt and pepper, and with no other', async () => {
  const pepper = Buffer.alloc(32, 1);
  const kept = await hashPin(pepper, '739105');
  assert.equal(await isPin(pepper, '739105', kept), true);
  assert.equal(await isPin(pepper, '739106', kept), false);
  assert.equal(await isPin(Buffer.alloc(32, 2), '739105', kept), false);
  assert.equal(await isPin(pepper, '739105', null), false);
  assert.notDeepEqual((await hashPin(pepper, '739105')).hash, kept.hash);
});

test('of a million PINs one in twenty is refused, and the others are free', () => {
  const all = Array.from({ length: 1_000_000 }, (_, nth) => String(nth).padStart(6, '0'));
  const share = all.filter(isTrivial).length / all.length;
  assert.ok(share > 0.03 && share < 0.06, String(share));
  for (const pin of ['739105', '840216', '471926']) assert.equal(isTrivial(pin), false, pin);
});

test('a pairing code is read as people write it, and has no letter that is taken for another', () => {
  for (let nth = 0; nth < 200; nth += 1) {
    const code = newCode();
    assert.match(code, /^[A-HJKMNP-TV-Z2-9]{8}$/u);
    assert.equal(readCode(` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `), code);
  }
});

test('the pepper is made once, for its owner alone, and what is not one is said', (t) => {
  const folder = temporaryFolder('vigie-pepper-');
  t.after(() => rmSync(folder, { recursive: true }));
  const first = openPepper(folder);
  const path = join(folder, 'pin-pepper');
  assert.deepEqual(openPepper(folder), first);
  assert.deepEqual(readFileSync(path), first);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  writeFileSync(path, 'short');
  assert.throws(() => openPepper(folder), /put back the file of a backup/u);
});
