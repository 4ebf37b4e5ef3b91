/** What seals and opens. Only here is `age-encryption` named, and it is fetched when it is first needed. */
import { prfIdentity } from './prf.ts';
import { tarOf, untar, type Entry } from './tar.ts';
import type { OwnPasskey } from './types.ts';

const age = () => import('age-encryption');

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** The two halves of a key; the secret one stays in this page. */
export interface Pair {
  readonly secret: string;
  readonly recipient: string;
}

/** X25519: what the `age` of every system opens. */
export const newPair = async (): Promise<Pair> => {
  const { generateX25519Identity, identityToRecipient } = await age();
  const secret = await generateX25519Identity();
  return { secret, recipient: await identityToRecipient(secret) };
};

/** The secret half as a file of identities, so that `age -d -i` takes what it opens. */
const written = (secret: string): string => `${secret}\n`;

/** Locked to a passkey. @throws where the passkey or the browser has no PRF, or the person gives up */
export const lockByPasskey = async (secret: string, passkey: OwnPasskey, party: string): Promise<string> => {
  const { Encrypter, webauthn } = await age();
  const encrypter = new Encrypter();
  const identity = prfIdentity(passkey.credential, party, passkey.transports);
  encrypter.addRecipient(new webauthn.WebAuthnRecipient({ identity }));
  return toBase64(await encrypter.encrypt(written(secret)));
};

/** Locked to a passphrase (scrypt): takes a second or more of work, on purpose. */
export const lockByPassphrase = async (secret: string, passphrase: string): Promise<string> => {
  const { Encrypter } = await age();
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  return toBase64(await encrypter.encrypt(written(secret)));
};

/** Locked to a public half. */
export const lockTo = async (secret: string, recipient: string): Promise<string> => {
  const { Encrypter } = await age();
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return toBase64(await encrypter.encrypt(written(secret)));
};

/** @throws where nothing opens, or the person gives up */
export const unlockByPasskey = async (
  locked: string,
  passkey: OwnPasskey,
  party: string,
): Promise<string> => {
  const { Decrypter, webauthn } = await age();
  const decrypter = new Decrypter();
  const identity = prfIdentity(passkey.credential, party, passkey.transports);
  decrypter.addIdentity(new webauthn.WebAuthnIdentity({ identity }));
  return (await decrypter.decrypt(fromBase64(locked), 'text')).trim();
};

/** @throws where it is another passphrase */
export const unlockByPassphrase = async (locked: string, passphrase: string): Promise<string> => {
  const { Decrypter } = await age();
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  return (await decrypter.decrypt(fromBase64(locked), 'text')).trim();
};

const blobOf = (stream: ReadableStream<Uint8Array>): Promise<Blob> =>
  new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).blob();

/** A file, with its name inside, as an age file that these people open. */
export const seal = async (file: File, recipients: readonly string[]): Promise<Blob> => {
  const { Encrypter } = await age();
  const encrypter = new Encrypter();
  for (const recipient of new Set(recipients)) encrypter.addRecipient(recipient);
  return blobOf(await encrypter.encrypt(tarOf(file).stream()));
};

/** What was sealed. Nothing of it is given out before all of it proved to be whole. @throws when none of these opens it */
export const open = async (sealed: Blob, secrets: readonly string[]): Promise<readonly Entry[]> => {
  const { Decrypter } = await age();
  const decrypter = new Decrypter();
  for (const secret of secrets) decrypter.addIdentity(secret);
  return untar(await blobOf(await decrypter.decrypt(sealed.stream())));
};

/** What a sealed file is called on the server: nothing of what it holds, and how it opens. */
export const neutralName = (): string => {
  const own = crypto.getRandomValues(new Uint8Array(4));
  return `scelle-${Array.from(own, (byte) => byte.toString(16).padStart(2, '0')).join('')}.tar.age`;
};
