#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Vigie authors
/**
 * Vérifie un reçu de Vigie, sans réseau et sans rien d'autre que Node.js (20 ou plus récent).
 * Verifies a receipt of Vigie, without a network and with nothing but Node.js (20 or later).
 *
 *   node verify-receipt.mjs receipt.txt key.txt [dossier des fichiers / folder of the files]
 *
 * Ends with 0 when everything holds, 1 when something does not, 2 when it cannot be told.
 *
 * A receipt is a signed note (https://c2sp.org/signed-note): a text, an empty line, and "— name base64(id, signature)".
 * The signature is Ed25519 (RFC 8032), of the text with its last line feed. OpenSSL verifies it too: see README.md.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

const HEADING = 'Reçu de fichiers / Receipt for files (Vigie, version 1)';
const NOT_A_KEY = 'Ce texte n’est pas une clé publique. / This text is not a public key.';
const UNREADABLE_LIST = 'La liste des fichiers est illisible. / The list of files cannot be read.';
const CHANGED =
  'La signature ne vaut pas : le texte a été changé. / The signature does not hold: the text was changed.';
const ANOTHER_TEXT =
  'Signé, mais ce n’est pas un reçu de version 1. / Signed, but not a receipt of version 1.';
const IS_IT_THEIRS =
  '  Cette clé est-elle celle que l’organisation publie ? / Is this the key that the organisation publishes?';
const LIST = 'SHA-256, octets / bytes, nom / name';

/** Said to people when it cannot be told whether a receipt holds. */
class Unreadable extends Error {}
/** Said to people when it does not hold. */
class Wrong extends Error {}

function main([receiptPath, keyPath, folder]) {
  if (!receiptPath || !keyPath)
    throw new Unreadable('node verify-receipt.mjs receipt.txt key.txt [dossier / folder]');
  const { text, signatures } = readNote(readText(receiptPath));
  const keys = readKeys(readText(keyPath));
  for (const key of whoSigned(text, signatures, keys))
    say(`✔ Signature valable / Valid signature: ${key.line}`, IS_IT_THEIRS);
  const files = readFiles(text);
  say('', ...text.slice(0, -1).split('\n'), '');
  if (folder) return compare(files, filesBelow(folder)) ? 0 : 1;
  say('Fichiers non comparés : indiquez leur dossier. / Files not compared: name their folder.');
  return 0;
}

/**
 * Line ends of Windows and a byte order mark are of mail and editors: no signed text holds either. Whoever signs could
 * write what a terminal obeys, or what turns the line: a receipt has neither, and nothing of it is shown.
 */
function readText(path) {
  const text = readFileSync(path, 'utf8').replace(/^\ufeff|\r(?=\n)/g, '');
  // oxlint-disable-next-line no-control-regex -- just these
  if (/[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/.test(text))
    throw new Unreadable('Ce texte cache quelque chose. / This text hides something.');
  return text;
}

function readNote(note) {
  const split = note.lastIndexOf('\n\n');
  const lines = note.slice(split + 2).split('\n');
  const signatures = lines.slice(0, -1).map((line) => {
    const [, name, encoded] = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) || [];
    const bytes = Buffer.from(encoded || '', 'base64');
    return { name, id: bytes.subarray(0, 4), bytes: bytes.subarray(4), encoded };
  });
  const wrong = signatures.some(
    ({ id, bytes, encoded }) => Buffer.concat([id, bytes]).toString('base64') !== encoded,
  );
  if (split < 1 || wrong || signatures.length === 0 || lines[lines.length - 1] !== '')
    throw new Unreadable('Ce texte n’est pas un reçu signé. / This text is not a signed receipt.');
  return { text: note.slice(0, split + 1), signatures };
}

/** Lines "name+id+base64(1, key)"; the same key in PEM, for OpenSSL, must be the same. */
function readKeys(text) {
  const pem = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g;
  const keys = text.replace(pem, '').split('\n').filter(Boolean).map(readKey);
  const known = keys.map(({ key }) => key.export({ format: 'pem', type: 'spki' }).trim());
  const strange = (text.match(pem) || []).some((block) => !known.includes(block));
  if (keys.length === 0 || strange) throw new Unreadable(NOT_A_KEY);
  return keys;
}

function readKey(line) {
  const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/u.exec(line) || [];
  const bytes = Buffer.from(encoded || '', 'base64');
  const hash = createHash('sha256').update(`${name}\n`).update(bytes).digest();
  if (bytes.length !== 33 || bytes[0] !== 1 || hash.subarray(0, 4).toString('hex') !== id)
    throw new Unreadable(NOT_A_KEY);
  // What stands before the 32 bytes of an Ed25519 key: RFC 8410, section 4.
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes.subarray(1)]);
  return { name, id, line, key: createPublicKey({ key: der, format: 'der', type: 'spki' }) };
}

function isBy(signature, key) {
  return signature.name === key.name && signature.id.toString('hex') === key.id;
}

/** A signature by a key that we were not given says nothing; one by a key that we were given must hold. */
function whoSigned(text, signatures, keys) {
  const signed = keys.filter((key) => signatures.some((signature) => isBy(signature, key)));
  if (signed.length === 0) throw new Wrong('Signé par une autre clé. / Signed by another key.');
  for (const key of signed) {
    const own = signatures.filter((signature) => isBy(signature, key));
    if (own.length > 1) throw new Wrong('Une signature y est deux fois. / A signature is there twice.');
    if (!verify(null, Buffer.from(text), key.key, own[0].bytes)) throw new Wrong(CHANGED);
  }
  if (!text.startsWith(`${HEADING}\n\n`)) throw new Wrong(ANOTHER_TEXT);
  return signed;
}

/** Names stand escaped, `\n` for a line break: nothing that a terminal would obey. */
function readFiles(text) {
  const lines = text.slice(0, -1).split('\n');
  const list = lines.indexOf(LIST);
  const files = list < 0 ? [] : lines.slice(list + 1).map(readFile);
  const count = lines.find((line) => line.startsWith('Fichiers / Files: '));
  if (count !== `Fichiers / Files: ${files.length}`) throw new Unreadable(UNREADABLE_LIST);
  return files;
}

function readFile(line) {
  const [, sha256, size, shown] = /^([0-9a-f]{64}) {2}(\d+) {2}(.+)$/u.exec(line) || [];
  if (!sha256) throw new Unreadable(UNREADABLE_LIST);
  const short = { '\\': '\\', n: '\n', r: '\r', t: '\t' };
  const name = shown.replace(/\\(?:([\\nrt])|u\{([0-9a-f]{1,5}|10[0-9a-f]{4})\})/g, (_, one, hex) =>
    one ? short[one] : String.fromCodePoint(parseInt(hex, 16)),
  );
  return { sha256, size: Number(size), shown, name };
}

/** Every file of the folder, by its path below it; links are not followed. */
function filesBelow(folder, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((one) => {
    const path = `${below}${one.name}`;
    if (one.isDirectory()) return filesBelow(folder, `${path}/`);
    return one.isFile() ? [fileAt(path, join(folder, path))] : [];
  });
}

function fileAt(path, whole) {
  let sum;
  return { path, size: statSync(whole).size, sha256: () => (sum = sum || sumOf(whole)) };
}

function sumOf(path) {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(1024 * 1024);
  const file = openSync(path, 'r');
  try {
    for (let read; (read = readSync(file, buffer, 0, buffer.length, null)) > 0;)
      hash.update(buffer.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

/**
 * A file may have been called otherwise when it was unpacked: then its content decides. What bears the name of a file
 * and has the content of none was changed, even where a good copy stands beside it.
 */
function compare(files, found) {
  const has = (one, file) => one.size === file.size && one.sha256() === file.sha256;
  const verdicts = files.map((file) => {
    const named = found.find((one) => one.path === file.name);
    if (named && has(named, file)) return `✔ identique / identical: ${file.shown}`;
    if (named && !files.some((other) => has(named, other))) return `✖ différent / differs: ${file.shown}`;
    const renamed = found.find((one) => has(one, file));
    return renamed
      ? `✔ identique, sous un autre nom / identical, under another name: ${file.shown} = ${shown(renamed.path)}`
      : `✖ absent / missing: ${file.shown}`;
  });
  const good = verdicts.every((verdict) => verdict.startsWith('✔'));
  say(
    ...verdicts,
    '',
    good ? '✔ Tout concorde. / Everything holds.' : '✖ Tout ne concorde pas. / Not everything holds.',
  );
  return good;
}

/** JSON escapes control characters; marks of direction are written out, too. */
function shown(path) {
  return JSON.stringify(path).replace(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function say(...lines) {
  process.stdout.write(`${lines.join('\n')}\n`);
}

// Whoever reads only the first lines (`| head`) has read enough.
process.stdout.on('error', () => {});
try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Unreadable || error instanceof Wrong || error.syscall)) throw error;
  const unread = `Illisible / Cannot be read: ${shown(error.path || '')} (${error.code})`;
  process.stderr.write(`✖ ${error.syscall ? unread : error.message}\n`);
  process.exitCode = error instanceof Wrong ? 1 : 2;
}
