import assert from 'node:assert/strict';
import { test } from 'node:test';

import { kerlann, key, other, seedOf, sha256, statement } from '../../../tests/harness/receipt.ts';
import {
  publicKeyText,
  readReceipt,
  type ReceiptProblem,
  signerFrom,
  signNote,
  writeReceipt,
} from './index.ts';

const receipt = writeReceipt(statement, kerlann);

const problemOf = (text: string, keys: readonly string[] = [key]): ReceiptProblem | undefined => {
  const read = readReceipt(text, keys);
  return 'problem' in read ? read.problem : undefined;
};

test('a person reads what was handed over, and nothing else is needed to verify it', () => {
  assert.equal(
    receipt.slice(0, receipt.indexOf('\n— ') + 1),
    `Reçu de fichiers / Receipt for files (Vigie, version 1)

Acte / Act: remis / handed over
Organisation: Mairie de Kerlann
Organisation, identifiant / id: 0198c0de-0000-7000-8000-000000000001
Fiche / Ticket: E-2026-0042
Sens / Direction: sortant / outgoing
De / From: Anne Le Goff
À / To: Laboratoire Argentique, Quimper
Le / At: 2026-11-22T03:20:52.000Z
Fichiers / Files: 2

SHA-256, octets / bytes, nom / name
${sha256('plan')}  12345  plan du port.pdf
${sha256('')}  0  été.jpg

`,
  );
  assert.deepEqual(readReceipt(receipt, [key]), { statement, signedBy: [kerlann.name] });
  assert.equal(writeReceipt(statement, kerlann), receipt);
});

test('a change to any line is noticed, and to any character', () => {
  const lines = receipt.split('\n');
  lines.forEach((line, index) => {
    for (const changed of [[`${line}x`], [], [line, line]]) {
      const text = lines.toSpliced(index, 1, ...changed).join('\n');
      if (text !== receipt) assert.ok(problemOf(text), `line ${index}: ${line}`);
    }
  });
  for (let index = 0; index < receipt.length; index += 1) {
    const changed = receipt[index] === '0' ? '1' : '0';
    assert.ok(problemOf(receipt.slice(0, index) + changed + receipt.slice(index + 1)), `character ${index}`);
  }
  assert.equal(problemOf(receipt.replace('12345', '12346')), 'bad_signature');
  assert.equal(problemOf(''), 'not_a_note');
  assert.equal(problemOf('\n\n'), 'not_a_note');
  assert.equal(problemOf(receipt.slice(0, -1)), 'not_a_note');
});

test('another key says nothing, also under the same name', () => {
  assert.equal(problemOf(receipt, [publicKeyText(other)]), 'unknown_key');
  assert.equal(problemOf(receipt, [publicKeyText(signerFrom(seedOf('other'), kerlann.name))]), 'unknown_key');
  assert.equal(problemOf(receipt, []), 'unknown_key');
  assert.equal(problemOf(receipt, [publicKeyText(other), key]), undefined);
  const forged = { ...signerFrom(seedOf('other'), kerlann.name), publicKey: kerlann.publicKey };
  assert.equal(problemOf(writeReceipt(statement, forged)), 'bad_signature');
});

test('a signature that comes twice is refused; one of somebody unknown beside it is not', () => {
  const line = receipt.slice(receipt.lastIndexOf('— '));
  const second = writeReceipt(statement, other);
  const otherLine = second.slice(second.lastIndexOf('— '));
  assert.equal(problemOf(receipt + line), 'doubled_signature');
  assert.equal(problemOf(receipt + otherLine), undefined);
  assert.deepEqual(readReceipt(receipt + otherLine, [key, publicKeyText(other)]), {
    statement,
    signedBy: [kerlann.name, other.name],
  });
  assert.equal(problemOf(receipt + line.replace('— ', '- ')), 'not_a_note');
  assert.equal(problemOf(receipt + '— nobody AAAA\n'), 'not_a_note');
  assert.equal(problemOf(receipt + otherLine.repeat(16)), 'not_a_note');
});

test('mail and editors may change line ends, and nothing else', () => {
  assert.equal(
    problemOf(`\ufeff${receipt.replaceAll('\n', '\r\n')}`, [key.replaceAll('\n', '\r\n')]),
    undefined,
  );
  assert.equal(problemOf(receipt.replaceAll('\n', '\r')), 'not_a_note');
  assert.equal(problemOf(receipt.replace('Anne Le Goff', 'Anne Le Goff ')), 'bad_signature');
});

test('no file, and a thousand', () => {
  const none = { ...statement, files: [] };
  assert.deepEqual(readReceipt(writeReceipt(none, kerlann), [key]), {
    statement: none,
    signedBy: [kerlann.name],
  });
  const many = {
    ...statement,
    files: Array.from({ length: 1000 }, (_, index) => ({
      name: `IMG_${index}.jpg`,
      size: index,
      sha256: sha256(String(index)),
    })),
  };
  assert.deepEqual(readReceipt(writeReceipt(many, kerlann), [key]), {
    statement: many,
    signedBy: [kerlann.name],
  });
});

test('what is signed, but written otherwise than we write, is no receipt', () => {
  const text = receipt.slice(0, receipt.lastIndexOf('\n— '));
  const signed = (changed: string): ReceiptProblem | undefined => problemOf(signNote(changed, kerlann));
  assert.equal(signed(text), undefined);
  assert.equal(signed('A checkpoint\n4\nabcd\n'), 'not_a_receipt');
  assert.equal(signed(text.replace('version 1', 'version 2')), 'unknown_version');
  for (const [from, to] of [
    ['Files: 2', 'Files: 3'],
    ['12345', '012345'],
    ['Anne', String.raw`\u{41}nne`],
    ['Anne', String.raw`\uAnne`],
    ['Anne Le Goff', ''],
    ['03:20:52.000Z', '03:20:52Z'],
    ['remis / handed over', 'perdu / lost'],
    ['sortant / outgoing', 'constructor'],
    ['Fiche / Ticket', 'Ticket'],
    ['été.jpg\n', 'été.jpg\n\n'],
  ] as const)
    assert.equal(signed(text.replace(from, to)), 'not_a_receipt', `${from}: ${to}`);
});

test('a receipt that says nothing is not written', () => {
  for (const wrong of [
    { from: '' },
    { at: '2026-11-22' },
    { at: 'yesterday' },
    { files: [{ name: '', size: 1, sha256: sha256('') }] },
    { files: [{ name: 'a', size: -1, sha256: sha256('') }] },
    { files: [{ name: 'a', size: 1, sha256: sha256('').toUpperCase() }] },
  ])
    assert.throws(() => writeReceipt({ ...statement, ...wrong }, kerlann), TypeError);
  assert.throws(() => signerFrom(Buffer.alloc(31), 'a'), TypeError);
  for (const name of ['', 'a b', 'a+b', 'a\u00a0b', 'a\n', 'a\u202eb', 'a\u009b'])
    assert.throws(() => signerFrom(seedOf(''), name), TypeError);
});
