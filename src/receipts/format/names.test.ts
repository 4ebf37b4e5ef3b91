import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { kerlann, key, sha256, statement } from '../../../tests/harness/receipt.ts';
import { readReceipt, type ReceiptStatement, writeReceipt } from './index.ts';

const withFile = (name: string): ReceiptStatement => ({
  ...statement,
  files: [{ name, size: 1, sha256: sha256(name) }],
});

test('a name cannot add a line, turn what is read, or hide', () => {
  const expected = {
    'a\nb': String.raw`a\nb`,
    'a\r\nb': String.raw`a\r\nb`,
    'facture\u202efdp.exe': String.raw`facture\u{202e}fdp.exe`,
    'a\\nb': String.raw`a\\nb`,
    '\u2028— x': String.raw`\u{2028}— x`,
    ' a ': String.raw`\u{20}a\u{20}`,
    '\0\u007f': String.raw`\u{0}\u{7f}`,
    '\ud800': String.raw`\u{d800}`,
    '👩‍🚀 «\u202f%\u00a0».png': String.raw`👩\u{200d}🚀 «${'\u202f'}%${'\u00a0'}».png`,
  };
  for (const [name, shown] of Object.entries(expected)) {
    const text = writeReceipt(withFile(name), kerlann);
    assert.ok(text.includes(`  1  ${shown}\n`), shown);
    assert.deepEqual(readReceipt(text, [key]), { statement: withFile(name), signedBy: [kerlann.name] });
  }
});

test('whatever people and files are called, what is read is what was written', () => {
  const word = fc.string({
    unit: fc.oneof(
      fc.constantFrom('\\', 'u{', '}', 'n', '\n', ' ', '— ', '20', ':', '\u202e', '\ud83d', '\ude00', '  '),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    minLength: 1,
    maxLength: 12,
  });
  const plain = { noNullPrototype: true };
  const file = fc.record({ name: word, size: fc.maxSafeNat(), sha256: word.map(sha256) }, plain);
  const any: fc.Arbitrary<ReceiptStatement> = fc.record(
    {
      version: fc.constant(1 as const),
      kind: fc.constantFrom('handed-over', 'received'),
      organisation: fc.record({ name: word, id: word }, plain),
      ticket: word,
      direction: fc.constantFrom('in', 'out'),
      from: word,
      to: word,
      at: fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
      files: fc.array(file, { maxLength: 3 }),
    },
    plain,
  );
  fc.assert(
    fc.property(any, (statement) => {
      const text = writeReceipt(statement, kerlann);
      assert.deepEqual(readReceipt(text, [key]), { statement, signedBy: [kerlann.name] });
      assert.equal(
        text.split(/[\r\n\v\f\u0085\u2028\u2029]/u).filter((line) => line.startsWith('— ')).length,
        1,
      );
    }),
    { numRuns: 1000 },
  );
});
