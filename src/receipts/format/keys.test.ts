import assert from 'node:assert/strict';
import { test } from 'node:test';

import { kerlann, key, other, statement } from '../../../tests/harness/receipt.ts';
import { openNote, publicKeyText, readReceipt, type ReceiptProblem, writeReceipt } from './index.ts';

const receipt = writeReceipt(statement, kerlann);

const problemOf = (text: string, keys: readonly string[] = [key]): ReceiptProblem | undefined => {
  const read = readReceipt(text, keys);
  return 'problem' in read ? read.problem : undefined;
};

test('the envelope is that of signed notes: one written by Go is opened, and one changed is not', () => {
  const note = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;
  const peter = {
    name: 'PeterNeumann',
    publicKey: Buffer.from('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'base64').subarray(1),
  };
  assert.match(
    publicKeyText(peter),
    /^PeterNeumann\+c74f20a3\+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq\/LDE4izWy10TW\n/,
  );
  assert.deepEqual(openNote(note, [peter]), { text: note.split('\n\n')[0] + '\n', signedBy: [peter] });
  assert.equal(openNote(note.replace('answer', 'Answer'), [peter]), 'bad_signature');
  assert.equal(problemOf(note, [publicKeyText(peter)]), 'not_a_receipt');
});

test('a key that is not what it says is not believed', () => {
  const [line = '', ...pem] = key.split('\n');
  const [otherLine = ''] = publicKeyText(other).split('\n');
  assert.equal(problemOf(receipt, [line]), undefined);
  assert.equal(problemOf(receipt, [`${key}${publicKeyText(other)}`]), undefined);
  for (const wrong of [
    '',
    'hello',
    pem.join('\n'),
    [otherLine, ...pem].join('\n'),
    key.replace(/\+[0-9a-f]{8}\+/, '+00000000+'),
    `${line}\nhello`,
    key.replace('MCow', 'MCox'),
  ])
    assert.equal(problemOf(receipt, [wrong]), 'unreadable_key', wrong);
});
