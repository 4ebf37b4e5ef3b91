import { lockByPasskey, lockByPassphrase, unlockByPasskey, unlockByPassphrase } from './seal.ts';
import type { Lock, OwnKeys, OwnPasskey } from './types.ts';

/** A lock as the API takes it. */
export type NewLock =
  | { readonly how: 'passkey'; readonly passkey: string; readonly locked: string }
  | { readonly how: 'passphrase'; readonly locked: string };

/** Why nothing came of it. */
export type Why = 'noPrf' | 'refused' | 'wrong' | 'failed';

const whyOf = (error: unknown, otherwise: Why): Why => {
  if (!(error instanceof Error)) return otherwise;
  if (error.message.includes('PRF')) return 'noPrf';
  return error.name === 'NotAllowedError' || error.name === 'AbortError' ? 'refused' : otherwise;
};

/** Lets the page say that it works before it does: scrypt leaves it no time meanwhile. */
const shown = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60));

export type Done<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: Why };

const attempt = async <T>(work: () => Promise<T>, otherwise: Why): Promise<Done<T>> => {
  try {
    await shown();
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, why: whyOf(error, otherwise) };
  }
};

/** Closes a secret to a passkey, or to a passphrase. */
export const lockWith = (secret: string, party: string, by: OwnPasskey | string): Promise<Done<NewLock>> =>
  attempt(
    async () =>
      typeof by === 'string'
        ? { how: 'passphrase', locked: await lockByPassphrase(secret, by) }
        : { how: 'passkey', passkey: by.id, locked: await lockByPasskey(secret, by, party) },
    'failed',
  );

/** Opens a lock. @param passphrase of one that is closed to a passphrase */
export const unlockWith = (
  { passkeys, party }: OwnKeys,
  lock: Lock,
  passphrase: string,
): Promise<Done<string>> =>
  attempt(
    async () => {
      if (lock.how === 'passphrase') return unlockByPassphrase(lock.locked, passphrase);
      const passkey = passkeys.find(({ id }) => id === lock.passkey);
      if (!passkey) throw new Error('That passkey is no more.');
      return unlockByPasskey(lock.locked, passkey, party);
    },
    lock.how === 'passphrase' ? 'wrong' : 'failed',
  );

/** Whether this browser says of itself that it knows no PRF; most do not say. */
export const lacksPrf = async (): Promise<boolean> => {
  if (typeof PublicKeyCredential === 'undefined') return true;
  const ask = (
    PublicKeyCredential as unknown as { getClientCapabilities?: () => Promise<Record<string, boolean>> }
  ).getClientCapabilities;
  const told = await ask?.call(PublicKeyCredential).catch(() => undefined);
  return told?.['extension:prf'] === false;
};

/** Letters and digits that are not taken for one another: five bits each. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A passphrase of 120 bits, in groups that can be copied by hand. */
export const newPassphrase = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => LETTERS[byte & 31])
    .join('')
    .replace(/.{4}(?=.)/gu, '$&-');
