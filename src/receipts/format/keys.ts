import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { inOneLine } from './escape.ts';

/** A key that others know, under the name that its signatures bear. */
export interface PublicKey {
  /** As an address without `https://`: `vigie.kerlann.example/kerlann`. No space, no `+`. */
  readonly name: string;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Buffer;
}

/** Who signs, with a key that stays within. */
export interface Signer extends PublicKey {
  /** @returns an Ed25519 signature, 64 bytes */
  sign(bytes: Uint8Array): Buffer;
}

/** What stands before 32 bytes in PKCS #8 and in SubjectPublicKeyInfo. Source: RFC 8410, sections 4 and 7. */
const PRIVATE = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC = Buffer.from('302a300506032b6570032100', 'hex');
/** Ed25519 among the kinds of signature of a signed note. */
const KIND = Buffer.from([1]);

/**
 * @param seed 32 bytes, the secret of RFC 8032
 * @param name see `PublicKey`
 * @throws TypeError on a seed of another length, or a name that a signed note cannot bear
 */
export const signerFrom = (seed: Buffer, name: string): Signer => {
  if (seed.length !== 32) throw new TypeError('The seed of an Ed25519 key is 32 bytes.');
  if (!isKeyName(name))
    throw new TypeError('The name of a key has no space, no + and nothing that does not show.');
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE, seed]), format: 'der', type: 'pkcs8' });
  return { name, publicKey: rawOf(createPublicKey(key)), sign: (bytes) => sign(null, bytes, key) };
};

/** Whether this key made this signature of these bytes. */
export const isSignedBy = ({ publicKey }: PublicKey, bytes: Uint8Array, signature: Uint8Array): boolean =>
  verify(null, bytes, objectOf(publicKey), signature);

/** The first four bytes of the SHA-256 of name, line feed, kind and key. Source: https://c2sp.org/signed-note */
export const keyId = ({ name, publicKey }: PublicKey): Buffer =>
  createHash('sha256').update(`${name}\n`).update(KIND).update(publicKey).digest().subarray(0, 4);

/**
 * A public key as a text to be published: one line as verifiers of signed notes take it
 * (`name+id+key`, as `golang.org/x/mod/sumdb/note` reads it), then the same key as OpenSSL takes it, in PEM.
 */
export const publicKeyText = (key: PublicKey): string =>
  [
    `${key.name}+${keyId(key).toString('hex')}+${Buffer.concat([KIND, key.publicKey]).toString('base64')}\n`,
    objectOf(key.publicKey).export({ format: 'pem', type: 'spki' }) as string,
  ].join('');

const PEM = /-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END PUBLIC KEY-----/g;

/**
 * The keys of a text as `publicKeyText` gives it; several may follow each other, and PEM may be missing.
 *
 * @throws TypeError on anything else, and where PEM says another key than the lines do
 */
export const readPublicKeys = (text: string): PublicKey[] => {
  const lines = text.replace(PEM, '').split(/\r?\n/).filter(Boolean);
  const keys = lines.map(readKeyLine);
  for (const [pem] of text.matchAll(PEM)) {
    const named = rawOfPem(pem);
    if (!keys.some(({ publicKey }) => named.equals(publicKey))) throw notAKey();
  }
  if (keys.length === 0) throw notAKey();
  return keys;
};

const readKeyLine = (line: string): PublicKey => {
  const [, name = '', id = '', encoded = ''] =
    /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(line) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  const key = { name, publicKey: bytes.subarray(1) };
  if (!isKeyName(name) || bytes.length !== 33 || !bytes.subarray(0, 1).equals(KIND)) throw notAKey();
  if (keyId(key).toString('hex') !== id) throw notAKey();
  return key;
};

const isKeyName = (name: string): boolean => /^[^\s+]+$/u.test(name) && inOneLine(name) === name;

const notAKey = (): TypeError => new TypeError('This is not the text of a public key.');

const rawOf = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' }).subarray(PUBLIC.length);

const rawOfPem = (pem: string): Buffer => {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return rawOf(key);
  } catch {
    // Not a key: said below, as for a key of another kind.
  }
  throw notAKey();
};

const objectOf = (publicKey: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([PUBLIC, publicKey]), format: 'der', type: 'spki' });
