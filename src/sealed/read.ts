import { createHash } from 'node:crypto';

import { Encrypter } from 'age-encryption';

import { stanzasOf } from '../platform/age-file.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';

const RECIPIENT = /^age1[02-9ac-hj-np-z]{58}$/u;

const refuse = (code: string, fr: string, en: string): HttpProblem =>
  new HttpProblem(problem(422, code, `${fr} / ${en}`));

/** Whatever looks like the secret half of a key is not even read: it has no business here. */
const refuseSecret = (text: string): void => {
  if (/AGE-SECRET-KEY/iu.test(text))
    throw refuse(
      'secret_refused',
      'Ceci est un secret : le serveur n’en veut pas. Tenez-le pour connu et faites une autre clé.',
      'This is a secret: the server does not want it. Take it for known and make another key.',
    );
};

/**
 * A recipient as age writes it, X25519: what the `age` of every system seals to.
 * @throws HttpProblem 422 `secret_refused`, `bad_recipient`
 */
export const readRecipient = (text: string): string => {
  refuseSecret(text);
  try {
    if (!RECIPIENT.test(text)) throw new Error('another kind');
    new Encrypter().addRecipient(text);
    return text;
  } catch {
    throw refuse('bad_recipient', 'Ce n’est pas une clé publique d’age.', 'This is no public key of age.');
  }
};

/** By what a recipient is known: SHA-256 of its text. */
export const fingerprintOf = (recipient: string): Buffer => createHash('sha256').update(recipient).digest();

/** How a locked copy of a secret is sealed, as age names it. */
const KINDS = { passkey: 'age-encryption.org/fido2prf', passphrase: 'scrypt', escrow: 'X25519' } as const;

/**
 * A locked copy of a secret, which the server cannot open: an age file of one stanza of its kind.
 * @param text base64
 * @throws HttpProblem 422 `secret_refused`, `not_locked`
 */
export const readLocked = (text: string, how: keyof typeof KINDS): Buffer => {
  const bytes = Buffer.from(text, 'base64');
  refuseSecret(text);
  refuseSecret(bytes.toString('latin1'));
  const kinds = stanzasOf(bytes);
  if (kinds?.length !== 1 || kinds[0] !== KINDS[how])
    throw refuse(
      'not_locked',
      'Cette copie n’est pas fermée comme elle doit l’être.',
      'This copy is not locked as it should be.',
    );
  return bytes;
};
