import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const NONCE = 12;
const TAG = 16;

const keyOf = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.from(secret), Buffer.alloc(0), 'vigie openid seal', 32));

/** Closes a text so that only who has the secret opens it; the database, which has its hash, does not. */
export const seal = (secret: string, text: string): Buffer => {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), nonce);
  const closed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), closed]);
};

/** @returns `null` when it was closed with another secret, or changed since */
export const unseal = (secret: string, closed: Buffer): string | null => {
  try {
    const cipher = createDecipheriv('aes-256-gcm', keyOf(secret), closed.subarray(0, NONCE));
    cipher.setAuthTag(closed.subarray(NONCE, NONCE + TAG));
    return Buffer.concat([cipher.update(closed.subarray(NONCE + TAG)), cipher.final()]).toString('utf8');
  } catch {
    return null;
  }
};
