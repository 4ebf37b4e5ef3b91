import assert from 'node:assert/strict';
import { test } from 'node:test';

import { addressesBehind, isLoopback, isNetwork, networkOf } from './proxies.ts';

test('whoever is no proxy of ours is the client, whatever they say', () => {
  const nobody = addressesBehind([]);
  assert.equal(nobody('198.51.100.7', '203.0.113.9'), '198.51.100.7');
  assert.equal(nobody('::ffff:198.51.100.7', undefined), '198.51.100.7');
  assert.equal(addressesBehind(['10.0.0.1'])('198.51.100.7', '203.0.113.9'), '198.51.100.7');
  assert.equal(nobody(undefined, '203.0.113.9'), '');
});

// asvs 15.3.4
test('behind proxies of ours, the client is the rightmost address that is none of them', () => {
  const behind = addressesBehind(['127.0.0.1', '::1', '10.0.0.0/8', '2001:db8:1::/48']);
  for (const [peer, forwarded, client] of [
    ['127.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['::ffff:127.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['::1', '192.0.2.1, 203.0.113.9', '203.0.113.9'],
    ['127.0.0.1', '192.0.2.1, 203.0.113.9, 10.1.2.3', '203.0.113.9'],
    ['2001:db8:1::5', '2001:db8:2::7', '2001:db8:2::7'],
    ['127.0.0.1', undefined, '127.0.0.1'],
    // What is no address is believed by nobody, and what stands left of it neither.
    ['127.0.0.1', '203.0.113.9, unknown', '127.0.0.1'],
    ['127.0.0.1', '203.0.113.9, unknown, 10.1.2.3', '10.1.2.3'],
    ['127.0.0.1', '10.0.0.9, 10.0.0.8', '10.0.0.9'],
    ['127.0.0.1', '', '127.0.0.1'],
    ['127.0.0.1', '203.0.113.9:4711', '127.0.0.1'],
  ] as const)
    assert.equal(behind(peer, forwarded), client, `${peer} ${forwarded}`);
});

test('an IPv6 subscriber is one, whichever of their addresses they take', () => {
  assert.equal(networkOf('203.0.113.9'), '203.0.113.9');
  for (const address of [
    '2001:db8:0:7::1',
    '2001:DB8:0:7:ffff:1:2:3',
    '2001:0db8:0000:0007:0000:0000:0000:0009',
  ])
    assert.equal(networkOf(address), '2001:db8:0:7::/64', address);
  assert.equal(networkOf('::1'), '0:0:0:0::/64');
  assert.equal(networkOf('2001:db8::'), '2001:db8:0:0::/64');
  assert.notEqual(networkOf('2001:db8:0:8::1'), networkOf('2001:db8:0:7::1'));
});

test('networks and the machine’s own addresses are told from what is none', () => {
  for (const good of ['10.0.0.0/8', '::1', '2001:db8::/32', '127.0.0.1']) assert.ok(isNetwork(good), good);
  for (const bad of ['10.0.0.0/33', '10.0.0', '', 'localhost', '::1/129', '10.0.0.0/8/8', '10.0.0.0/'])
    assert.equal(isNetwork(bad), false, bad);
  for (const own of ['127.0.0.1', '127.8.9.1', '::1']) assert.ok(isLoopback(own), own);
  for (const other of ['10.0.0.1', '', 'localhost', '::2']) assert.equal(isLoopback(other), false, other);
});
