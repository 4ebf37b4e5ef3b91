import { record } from '../log/index.ts';
import type { House } from '../organisations/index.ts';
import { passkeysOf } from '../passkeys/index.ts';
import { type Caller, personOf } from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { newId } from '../platform/ids.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { fingerprintOf, readLocked, readRecipient } from './read.ts';
import type { NewLock } from './schemas.ts';
import { currentEscrow, deleteLock, insertKey, insertLock, keysOf, locksOf, retireKeyOf } from './store.ts';
import { tellOfKey } from './words.ts';

const refuse = (status: number, code: string, fr: string, en: string): HttpProblem =>
  new HttpProblem(problem(status, code, `${fr} / ${en}`));

const gone = (): HttpProblem =>
  refuse(
    404,
    'not_found',
    'Cette clé n’existe pas, ou n’est pas la vôtre.',
    'There is no such key, or it is not yours.',
  );

/** What changes somebody's own key is told. */
interface Change {
  readonly caller: Caller;
  /** Where people reach the organisation. */
  readonly base: string;
  readonly now: number;
}

const addLock = async (
  tx: Tx,
  house: House,
  memberId: string,
  keyId: string,
  lock: NewLock,
  now: number,
): Promise<string> => {
  const passkeyId = lock.how === 'passkey' ? lock.passkey.toLowerCase() : null;
  if (passkeyId !== null) {
    const own = await passkeysOf(tx, house.id, memberId);
    if (!own.some(({ id }) => id === passkeyId)) throw gone();
  }
  const wrapped = readLocked(lock.locked, lock.how);
  const id = newId(now);
  await insertLock(tx, house.id, { id, keyId, how: lock.how, passkeyId, wrapped, createdAt: new Date(now) });
  return id;
};

export interface NewKey {
  readonly recipient: string;
  readonly locks: readonly NewLock[];
  readonly escrowed: { readonly escrow: string; readonly locked: string } | null;
}

/**
 * Keeps the public half of a key that its owner's browser made, and its locked copies. A former key opens what was
 * sealed to it; nothing new is.
 * @throws HttpProblem 422 `secret_refused`, `bad_recipient`, `not_locked`; 409 `escrow_changed`, `key_known`; 404
 */
export const makeKey = async (tx: Tx, { caller, base, now }: Change, given: NewKey): Promise<string> => {
  const { house, actor } = caller;
  const { member } = personOf(caller);
  const recipient = readRecipient(given.recipient);
  const escrow = await currentEscrow(tx, house.id);
  if ((escrow?.id ?? null) !== (given.escrowed?.escrow.toLowerCase() ?? null))
    throw refuse(
      409,
      'escrow_changed',
      'Le séquestre de l’organisation a changé entre-temps : rechargez la page.',
      'The escrow of the organisation has changed meanwhile: reload the page.',
    );
  const at = new Date(now);
  const former = await retireKeyOf(tx, house.id, member.id, at);
  const key = {
    id: newId(now),
    memberId: member.id,
    recipient,
    fingerprint: fingerprintOf(recipient),
    escrowId: escrow?.id ?? null,
    escrowed: given.escrowed && readLocked(given.escrowed.locked, 'escrow'),
    createdAt: at,
    retiredAt: null,
  };
  if (!(await insertKey(tx, house.id, key)))
    throw refuse(409, 'key_known', 'Cette clé a déjà servi ici.', 'This key was in use here before.');
  for (const lock of given.locks) await addLock(tx, house, member.id, key.id, lock, now);
  const said = { key: key.id, member: member.id, fingerprint: key.fingerprint.toString('hex') };
  await record(tx, house.id, 'sealed_key_made', actor, { ...said, former: former ?? null }, now);
  await tellOfKey(tx, house, base, member, former === undefined ? 'made' : 'changed', now);
  return key.id;
};

/** One more way to open one's own key. @throws HttpProblem 404, 422 as `makeKey` */
export const makeLock = async (
  tx: Tx,
  { caller, base, now }: Change,
  keyId: string,
  lock: NewLock,
): Promise<string> => {
  const { house, actor } = caller;
  const { member } = personOf(caller);
  const own = await keysOf(tx, house.id, member.id);
  if (!own.some(({ id }) => id === keyId.toLowerCase())) throw gone();
  const id = await addLock(tx, house, member.id, keyId, lock, now);
  await record(
    tx,
    house.id,
    'sealed_lock_added',
    actor,
    { key: keyId.toLowerCase(), lock: id, how: lock.how },
    now,
  );
  await tellOfKey(tx, house, base, member, 'lock added', now);
  return id;
};

/** Takes a way to open away, but not the last. @throws HttpProblem 404; 409 `last_lock` */
export const removeLock = async (tx: Tx, { caller, now }: Change, id: string): Promise<void> => {
  const { house, actor } = caller;
  const locks = await locksOf(tx, house.id, personOf(caller).member.id);
  const lock = locks.find((one) => one.id === id.toLowerCase());
  if (!lock) throw gone();
  const others = locks.filter((one) => one !== lock && one.keyId === lock.keyId && opens(one));
  if (others.length === 0)
    throw refuse(
      409,
      'last_lock',
      'Sans elle, plus rien n’ouvrirait cette clé : ajoutez d’abord une autre façon d’ouvrir.',
      'Without it nothing would open this key any more: add another way to open first.',
    );
  await deleteLock(tx, house.id, lock.id);
  await record(tx, house.id, 'sealed_lock_removed', actor, { key: lock.keyId, lock: lock.id }, now);
};

const opens = ({ how, passkeyId }: { readonly how: string; readonly passkeyId: string | null }): boolean =>
  how === 'passphrase' || passkeyId !== null;

/** Nothing new is sealed to one's key; what was still opens. @throws HttpProblem 404 */
export const retireKey = async (tx: Tx, { caller, base, now }: Change, keyId: string): Promise<void> => {
  const { house, actor } = caller;
  const { member } = personOf(caller);
  const own = await keysOf(tx, house.id, member.id);
  if (!own.some(({ id, retiredAt }) => id === keyId.toLowerCase() && retiredAt === null)) throw gone();
  await retireKeyOf(tx, house.id, member.id, new Date(now));
  await record(
    tx,
    house.id,
    'sealed_key_retired',
    actor,
    { key: keyId.toLowerCase(), member: member.id },
    now,
  );
  await tellOfKey(tx, house, base, member, 'retired', now);
};
