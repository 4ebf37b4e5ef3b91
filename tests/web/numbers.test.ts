import assert from 'node:assert/strict';
import { test } from 'node:test';

import { bytes } from '../../web/src/lib/words/numbers.ts';

/** With a space of one kind: fonts and lines ask for several. */
const plain = (text: string): string => text.replaceAll(/\s/gu, ' ');

test('bytes are said as people say them, in both languages', () => {
  assert.deepEqual(
    [1, 70, 4_200_000].map((count) => plain(bytes(count, 'fr'))),
    ['1 o', '70 o', '4,2 Mo'],
  );
  assert.deepEqual(
    [1, 70, 4_200_000].map((count) => plain(bytes(count, 'en'))),
    ['1 byte', '70 bytes', '4.2 MB'],
  );
});
