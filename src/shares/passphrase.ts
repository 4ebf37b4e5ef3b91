import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** 64 MiB and some 150 ms a try (OWASP's parameters for scrypt, with half the memory: tries are counted before they are looked at). */
const COST = { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 1024 * 1024 };
const SALT = 16;
const BYTES = 32;

const derive = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    // The same letters typed on another keyboard are the same.
    scrypt(passphrase.normalize('NFC').trim(), salt, BYTES, COST, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );

/** @returns 16 bytes of salt, then the hash */
export const hashPassphrase = async (passphrase: string): Promise<Buffer> => {
  const salt = randomBytes(SALT);
  return Buffer.concat([salt, await derive(passphrase, salt)]);
};

/** Is this the passphrase? */
export const isPassphrase = async (passphrase: string, kept: Buffer): Promise<boolean> =>
  timingSafeEqual(await derive(passphrase, kept.subarray(0, SALT)), kept.subarray(SALT));
