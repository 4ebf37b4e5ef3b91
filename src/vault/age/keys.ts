import {
  Decrypter,
  Encrypter,
  generateX25519Identity,
  identityToRecipient,
  type Identity as LibraryIdentity,
} from 'age-encryption';
import { AgeError } from './error.ts';

export interface Identity {
  /** `AGE-SECRET-KEY-1…`: who has it opens. */
  readonly identity: string;
  /** `age1…`: who has it seals. */
  readonly recipient: string;
}

/** What opens a file: an identity (`AGE-SECRET-KEY-…`), or a passphrase, which takes a second and 256 MB or more. */
export type Key = string | { readonly passphrase: string };

/** A new X25519 identity. */
export const newIdentity = async (): Promise<Identity> => {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
};

/** The recipient of an identity; AgeError `no_key` when it is not one. */
export const recipientOf = async (identity: string): Promise<string> => {
  try {
    return await identityToRecipient(identity);
  } catch {
    throw unreadable('identity');
  }
};

/** Encrypts file keys to all of them; AgeError `no_key` when one cannot be read, or there is none. */
export const encrypterFor = (recipients: readonly string[]): Encrypter => {
  const encrypter = new Encrypter();
  if (recipients.length === 0)
    throw new AgeError('no_key', 'nobody could open an age file without recipients');
  try {
    for (const recipient of recipients) encrypter.addRecipient(recipient);
  } catch {
    throw unreadable('recipient');
  }
  return encrypter;
};

/** Tries all of them; AgeError `no_key` when one cannot be read. */
export const decrypterFor = (keys: readonly Key[]): Decrypter => {
  const decrypter = new Decrypter();
  decrypter.addIdentity(passphraseStandsAlone);
  try {
    for (const key of keys)
      if (typeof key === 'string') decrypter.addIdentity(key);
      else decrypter.addPassphrase(key.passphrase);
  } catch {
    throw unreadable('identity');
  }
  return decrypter;
};

/** The format wants it, so that a passphrase vouches for who wrote the file; the library asks when it tries one only. */
const passphraseStandsAlone: LibraryIdentity = {
  unwrapFileKey: (stanzas) => {
    if (stanzas.length > 1 && stanzas.some(({ args }) => args[0] === 'scrypt'))
      throw new Error('a passphrase is not alone in the header');
    return null;
  },
};

/** Without its cause: the library repeats the whole key in what it says of a wrong one. */
const unreadable = (what: string): AgeError => new AgeError('no_key', `this is not an age ${what}`);
