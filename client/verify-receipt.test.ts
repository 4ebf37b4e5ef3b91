import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

import {
  publicKeyText,
  readReceipt,
  signerFrom,
  signNote,
  writeReceipt,
} from '../src/receipts/format/index.ts';
import { missing } from '../tests/harness/programs.ts';

const verifier = join(import.meta.dirname, 'verify-receipt.mjs');
const signer = signerFrom(createHash('sha256').update('kerlann').digest(), 'vigie.kerlann.example/kerlann');
const stranger = signerFrom(createHash('sha256').update('other').digest(), 'vigie.kerlann.example/kerlann');

const contents: { readonly [name: string]: string } = {
  'plan du port.pdf': 'plan',
  'été.jpg': 'photo',
  'two\nlines.txt': 'odd',
  'dossier/vide': '',
  'nbsp\u00a0': 'last',
};

const receipt = writeReceipt(
  {
    version: 1,
    kind: 'received',
    organisation: { name: 'Mairie de Kerlann', id: '0198c0de-0000-7000-8000-000000000001' },
    ticket: 'E-2026-0042',
    direction: 'in',
    from: 'Anne\u202e Le Goff',
    to: 'Mairie',
    at: '2026-11-22T03:20:52.000Z',
    files: Object.entries(contents).map(([name, content]) => ({
      name,
      size: Buffer.byteLength(content),
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
  },
  signer,
);

/** A folder with `receipt.txt`, `key.txt`, and the files in `files/`. */
const handedOver = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-receipt-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'files/dossier'), { recursive: true });
  for (const [name, content] of Object.entries(contents)) writeFileSync(join(folder, 'files', name), content);
  writeFileSync(join(folder, 'receipt.txt'), receipt);
  writeFileSync(join(folder, 'key.txt'), publicKeyText(signer));
  return folder;
};

const run = (
  folder: string,
  ...args: readonly string[]
): { readonly status: number | null; readonly says: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [verifier, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, says: stdout + stderr };
};

test('anybody verifies a receipt and its files with one file, from elsewhere', (t) => {
  const folder = handedOver(t);
  const alone = run(folder, 'receipt.txt', 'key.txt');
  assert.equal(alone.status, 0, alone.says);
  assert.match(
    alone.says,
    /✔ Signature valable \/ Valid signature: vigie\.kerlann\.example\/kerlann\+[0-9a-f]{8}\+/,
  );
  assert.match(alone.says, /^De \/ From: Anne\\u\{202e\} Le Goff$/m);
  assert.match(alone.says, /Files not compared/);
  const whole = run(folder, 'receipt.txt', 'key.txt', 'files');
  assert.equal(whole.status, 0, whole.says);
  assert.equal(whole.says.match(/✔ identique \/ identical: /g)?.length, 5);
  assert.ok(whole.says.includes(String.raw`identical: two\nlines.txt`));
  assert.match(whole.says, /✔ Tout concorde\. \/ Everything holds\.\n$/);
});

test('files that differ, are missing, or were renamed are named', (t) => {
  const folder = handedOver(t);
  const compared = (): ReturnType<typeof run> => run(folder, 'receipt.txt', 'key.txt', 'files');
  renameSync(join(folder, 'files/été.jpg'), join(folder, 'files/dossier/ete\u202e (2).jpg'));
  const renamed = compared();
  assert.equal(renamed.status, 0, renamed.says);
  assert.ok(
    renamed.says.includes(String.raw`identical, under another name: été.jpg = "dossier/ete\u202e (2).jpg"`),
    renamed.says,
  );
  writeFileSync(join(folder, 'files/plan du port.pdf'), 'p1an');
  rmSync(join(folder, 'files/dossier/vide'));
  const changed = compared();
  assert.equal(changed.status, 1);
  assert.match(changed.says, /✖ différent \/ differs: plan du port\.pdf/);
  assert.match(changed.says, /✖ absent \/ missing: dossier\/vide/);
  assert.match(changed.says, /✖ Tout ne concorde pas\. \/ Not everything holds\.\n$/);
  appendFileSync(join(folder, 'files/plan du port.pdf'), 'longer');
  assert.match(compared().says, /✖ différent/);
  writeFileSync(join(folder, 'files/copy.pdf'), 'plan');
  assert.match(compared().says, /✖ différent/, 'a good copy beside it does not make it good');
});

test('a receipt that was changed, or signed by somebody else, does not hold', (t) => {
  const folder = handedOver(t);
  const line = receipt.slice(receipt.lastIndexOf('— '));
  const text = receipt.slice(0, receipt.lastIndexOf('\n— '));
  const forged = signNote(text, { ...stranger, publicKey: signer.publicKey });
  for (const [changed, status, says] of [
    [receipt.replace('Anne', 'Anna'), 1, /Signature|signature does not hold/],
    [receipt.replace('E-2026-0042', 'E-2026-0043'), 1, /signature does not hold/],
    [forged, 1, /signature does not hold/],
    [signNote(text, stranger), 1, /another key/],
    [receipt + line, 1, /there twice/],
    [signNote(text.replace('version 1', 'version 2'), signer), 1, /not a receipt of version 1/],
    [signNote(text.replace('Files: 5', 'Files: 6'), signer), 2, /list of files cannot be read/],
    [signNote('hello\n', signer), 1, /not a receipt/],
    [text, 2, /not a signed receipt/],
    [signNote(text.replace('Mairie', 'Mai\u202erie'), signer), 2, /hides something/],
    [signNote(text.replace('Mairie', 'Mai\u009b2Jrie'), signer), 2, /hides something/],
    ['', 2, /not a signed receipt/],
    [receipt.replaceAll('\n', '\r\n'), 0, /Valid signature/],
    [receipt + signNote(text, stranger).slice(text.length + 1), 0, /Valid signature/],
  ] as const) {
    writeFileSync(join(folder, 'changed.txt'), changed);
    const told = run(folder, 'changed.txt', 'key.txt');
    assert.equal(told.status, status, told.says);
    assert.match(told.says, says);
    assert.equal('statement' in readReceipt(changed, [publicKeyText(signer)]), status === 0);
  }
});

test('what cannot be read is said in one line, without a trace of the program', (t) => {
  const folder = handedOver(t);
  const [line = ''] = publicKeyText(signer).split('\n');
  const [otherLine = '', ...pem] = publicKeyText(stranger).split('\n');
  writeFileSync(join(folder, 'mixed.txt'), [line, otherLine, ...pem].join('\n'));
  writeFileSync(join(folder, 'swapped.txt'), [line, ...pem].join('\n'));
  for (const args of [
    [],
    ['receipt.txt'],
    ['nowhere.txt', 'key.txt'],
    ['receipt.txt', 'receipt.txt'],
    ['receipt.txt', 'swapped.txt'],
    ['receipt.txt', 'key.txt', 'nowhere'],
    ['.', 'key.txt'],
  ]) {
    const { status, says } = run(folder, ...args);
    assert.equal(status, 2, says);
    assert.match(says.trimEnd().split('\n').at(-1) ?? '', /^✖ /);
  }
  assert.equal(run(folder, 'receipt.txt', 'mixed.txt').status, 0);
});

/** The commands that README.md gives, as they stand there. */
const recipe = (): string => {
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  const [, commands = ''] = /```sh\n(tr -d[^`]*)```/.exec(readme) ?? [];
  return commands;
};

test(
  'OpenSSL verifies a receipt by the commands that are written down',
  { skip: missing('openssl', 'sed', 'base64', 'tail') },
  (t) => {
    const folder = handedOver(t);
    const verified = (): ReturnType<typeof run> => {
      const { status, stdout, stderr } = spawnSync('sh', ['-e', '-c', recipe()], {
        cwd: folder,
        encoding: 'utf8',
      });
      return { status, says: stdout + stderr };
    };
    const good = verified();
    assert.equal(good.status, 0, good.says);
    assert.match(good.says, /Signature Verified Successfully/);
    writeFileSync(join(folder, 'receipt.txt'), receipt.replaceAll('\n', '\r\n'));
    assert.equal(verified().status, 0);
    writeFileSync(join(folder, 'receipt.txt'), receipt.replace('Anne', 'Anna'));
    assert.notEqual(verified().status, 0);
    writeFileSync(join(folder, 'receipt.txt'), receipt);
    writeFileSync(join(folder, 'key.txt'), publicKeyText(stranger));
    assert.notEqual(verified().status, 0);
  },
);
