import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { letGo } from '../../platform/bytes.ts';
import { AgeError } from './error.ts';
import { CHUNK, TAG } from './sizes.ts';

const CIPHER = 'chacha20-poly1305';
const OPTIONS = { authTagLength: TAG };

/** The key of a payload: HKDF-SHA-256 of the file key (16 bytes), salted with the nonce (16 bytes) behind the header. */
export const payloadKey = (fileKey: Uint8Array, nonce: Uint8Array): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', fileKey, nonce, 'payload', 32)));

/** STREAM: eleven bytes of counter, big-endian, and one that is 1 for the last chunk. Six bytes count to 2^48 chunks. */
const nonceOf = (index: number, last: boolean): Buffer => {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(index, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
};

/** Seals one chunk. Never call it twice with one key, index and `last`: two contents under one nonce open each other. */
export const sealChunk = (key: KeyObject, plain: Uint8Array, index: number, last: boolean): Buffer => {
  const cipher = createCipheriv(CIPHER, key, nonceOf(index, last), OPTIONS);
  const body = cipher.update(plain);
  cipher.final();
  const sealed = Buffer.concat([body, cipher.getAuthTag()], plain.length + TAG);
  letGo(body);
  return sealed;
};

/** Opens one chunk, or throws AgeError `corrupt`: nothing that does not authenticate is given out. */
export const openChunk = (key: KeyObject, chunk: Uint8Array, index: number, last: boolean): Buffer => {
  const size = chunk.length - TAG;
  const mayBe = last ? size <= CHUNK && (size > 0 || (size === 0 && index === 0)) : size === CHUNK;
  if (!mayBe) throw new AgeError('corrupt', `chunk ${index} is not of a size that it may be`);
  const decipher = createDecipheriv(CIPHER, key, nonceOf(index, last), OPTIONS);
  decipher.setAuthTag(chunk.subarray(size));
  const plain = decipher.update(chunk.subarray(0, size));
  try {
    decipher.final();
  } catch {
    throw new AgeError('corrupt', `chunk ${index} is not as it was written`);
  }
  return plain;
};
