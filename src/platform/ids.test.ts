import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isUuid, newId } from './ids.ts';

test('ids sort by their time, and those of one millisecond in the order they were made', () => {
  const earlier = Date.parse('2020-01-01T08:00:00Z');
  const imported = Array.from({ length: 1000 }, () => newId(earlier));
  assert.deepEqual(imported.toSorted(), imported);
  assert.equal(new Set(imported).size, imported.length);
  const now = newId();
  assert.ok(now > (imported.at(-1) ?? ''));
  assert.ok(newId(earlier - 1) < (imported[0] ?? ''));
});

test('an id is a UUID of version 7 that begins with its time', () => {
  const id = newId(Date.parse('2026-03-02T09:00:00Z'));
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(Number.parseInt(id.replace('-', '').slice(0, 12), 16), Date.parse('2026-03-02T09:00:00Z'));
});

test('what is not a UUID is not taken for one', () => {
  assert.ok(isUuid(newId()));
  assert.ok(!isUuid("0195'; drop table ticket; --"));
  assert.ok(!isUuid(`${newId()}\n`));
});
