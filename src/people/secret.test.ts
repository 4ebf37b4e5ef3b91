import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';

import { hashSecret, newSecret, readKey, writeKey } from './secret.ts';

// asvs 6.5.3 6.5.4 7.2.3 11.2.3 11.4.1
test('a secret is 256 bits that nobody had before, and its hash says nothing of it', () => {
  const secrets = Array.from({ length: 10_000 }, newSecret);
  assert.equal(new Set(secrets).size, secrets.length);
  for (const secret of secrets) assert.equal(Buffer.from(secret, 'base64url').length, 32);
  // Every one of the 256 bits is as often 0 as 1: of 10,000, five deviations of 50 around 5,000.
  for (let bit = 0; bit < 256; bit += 1) {
    const ones = secrets.filter((secret) => {
      const byte = Buffer.from(secret, 'base64url')[bit >> 3] ?? 0;
      return ((byte >> (bit & 7)) & 1) === 1;
    }).length;
    assert.ok(Math.abs(ones - 5000) < 350, `bit ${bit}: ${ones}`);
  }
  const hashed = hashSecret(secrets[0] ?? '');
  assert.equal(hashed.length, 32);
  assert.equal(hashed.toString('base64url').includes((secrets[0] ?? '').slice(0, 8)), false);
});

test('a key says whose it is, and what is not written like one is none', () => {
  const [organisationId, secret] = [randomUUID(), newSecret()];
  const key = writeKey(organisationId, secret);
  assert.deepEqual(readKey(key), { organisationId, secret });
  for (const wrong of ['', secret, `${key}x`, key.slice(0, -1), key.toUpperCase(), ` ${key}`, `${key}\n`])
    assert.equal(readKey(wrong), null, JSON.stringify(wrong));
});
