import { newIdentity, openBytes, type Opener, sealBytes, type Identity } from './age/index.ts';
import { newId } from '../platform/ids.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { VaultError } from './errors.ts';
import { keysOf, type Keys, type Secrets, secretsOf } from './keys.ts';
import { currentKey, insertKey, keyById, type KeyRow, rewrapKey } from './store.ts';

/** Opens the keys of organisations with the master key, and remembers them. */
export interface Keyring {
  readonly master: Identity;
  /** Opened keys by their id: they never change, but for the recovery key beside them. */
  readonly opened: Map<string, Secrets>;
  /** What opens blobs that were read lately, by their names on the shelf: none is ever used again for another. */
  readonly openers: Map<string, Opener>;
}

export const newKeyring = (master: Identity): Keyring => ({ master, opened: new Map(), openers: new Map() });

/** The keys of a row that was just read. @throws VaultError `locked` */
export const keysOfRow = async (ring: Keyring, organisationId: string, row: KeyRow): Promise<Keys> => {
  const known = ring.opened.get(row.id);
  if (known) return keysOf(organisationId, row, known);
  let identity: string;
  try {
    identity = (await openBytes(row.wrapped, [ring.master.identity])).toString('utf8').trim();
  } catch (cause) {
    throw new VaultError(
      'locked',
      'The master key of this server does not open the key of an organisation.',
      {
        cause,
      },
    );
  }
  const secrets = secretsOf(organisationId, identity);
  ring.opened.set(row.id, secrets);
  return keysOf(organisationId, row, secrets);
};

/** What an organisation seals with now. @throws VaultError `closed` while it has no key, `locked` when the master key is another */
export const keysFor = async (ring: Keyring, tx: Tx, organisationId: string): Promise<Keys> => {
  const row = await currentKey(tx, organisationId);
  if (!row) throw new VaultError('closed', 'This organisation has no recovery key yet.');
  return keysOfRow(ring, organisationId, row);
};

/** What something was sealed with then. @throws VaultError `missing`, `locked` */
export const keysById = async (ring: Keyring, tx: Tx, organisationId: string, id: string): Promise<Keys> => {
  const row = await keyById(tx, organisationId, id);
  if (!row) throw new VaultError('missing', 'There is no such key.');
  return keysOfRow(ring, organisationId, row);
};

/** A key wrapped so that the server opens it, and so does the recovery key. */
const wrap = (ring: Keyring, identity: string, recovery: Identity): Promise<Buffer> =>
  sealBytes(Buffer.from(`${identity}\n`), [ring.master.recipient, recovery.recipient]);

/** A vault with its keys; `wrapped` belongs on the shelf too, as `key.age`, from where the recovery key opens everything. */
export interface Opened {
  /** Shown once, to be kept offline, and kept nowhere here. */
  readonly recovery: Identity;
  readonly wrapped: Buffer;
}

/** Gives an organisation its key, and the recovery key beside it. @throws VaultError `already_open` */
export const openKeys = async (
  ring: Keyring,
  tx: Tx,
  organisationId: string,
  now: number,
): Promise<Opened> => {
  if (await currentKey(tx, organisationId))
    throw new VaultError('already_open', 'This organisation has its key already.');
  const [own, recovery] = [await newIdentity(), await newIdentity()];
  const wrapped = await wrap(ring, own.identity, recovery);
  const key = { id: newId(now), recipient: own.recipient, recoveryRecipient: recovery.recipient, wrapped };
  await insertKey(tx, organisationId, key, new Date(now));
  return { recovery, wrapped };
};

/**
 * Another recovery key, when the first may be in other hands or nobody's: what is kept from now on is sealed to it, and
 * through the organisation's own key it opens what was kept before. The former one still opens what was sealed to it.
 */
export const renewRecovery = async (ring: Keyring, tx: Tx, organisationId: string): Promise<Opened> => {
  const keys = await keysFor(ring, tx, organisationId);
  const recovery = await newIdentity();
  const wrapped = await wrap(ring, keys.identity, recovery);
  await rewrapKey(tx, organisationId, { id: keys.id, recoveryRecipient: recovery.recipient, wrapped });
  return { recovery, wrapped };
};
