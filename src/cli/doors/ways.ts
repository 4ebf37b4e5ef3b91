import { randomBytes } from 'node:crypto';

import type { House } from '../../organisations/index.ts';
import { insertIdentity } from '../../openid/store.ts';
import { insertPasskey } from '../../passkeys/store.ts';
import { newId } from '../../platform/ids.ts';
import { asOrganisation } from '../../platform/postgres/index.ts';
import { insertKey, insertLock } from '../../sealed/store.ts';
import type { Secret } from './canaries.ts';
import { ask, type Making, type Side } from './workshop.ts';

/** A passkey that no device has, called so by its owner. */
export const givePasskey = async (
  { office, now }: Making,
  { id }: House,
  memberId: string,
  name: string,
): Promise<void> => {
  const kept = {
    id: newId(now),
    memberId,
    credentialId: randomBytes(16),
    publicKey: randomBytes(77),
    counter: 0,
    transports: [],
    party: 'nowhere.invalid',
    name,
    deviceBound: true,
    backedUp: false,
    createdAt: new Date(now),
    lastUsedAt: null,
  };
  await asOrganisation(office.db, id, (tx) => insertPasskey(tx, id, kept));
};

/** A key for what is sealed to somebody, and a lock of it: words instead of both, for nobody is to open it. */
const giveSealedKey = async (
  { office, aviary, now }: Making,
  { id }: House,
  memberId: string,
  own: (secret: Secret) => Secret,
): Promise<void> => {
  const createdAt = new Date(now);
  const key = {
    id: newId(now),
    memberId,
    recipient: aviary.word(own('house'), 'the public half of a key'),
    fingerprint: randomBytes(32),
    escrowId: null,
    escrowed: null,
    createdAt,
    retiredAt: null,
  };
  const wrapped = Buffer.from(aviary.word(own('account'), 'the locked half of a key'));
  const lock = {
    id: newId(now),
    keyId: key.id,
    how: 'passphrase',
    passkeyId: null,
    wrapped,
    createdAt,
  } as const;
  await asOrganisation(office.db, id, async (tx) => {
    await insertKey(tx, id, key);
    await insertLock(tx, id, lock);
  });
};

/** Somebody's ways to come in, a review under way, and a provider that a browser of nobody is going to. */
export const ways = async (
  making: Making,
  side: Side,
  own: (secret: Secret) => Secret,
): Promise<Pick<Side, 'provider' | 'attempt'>> => {
  const { office, aviary, line, now } = making;
  const { house } = side;
  const base = `/api/v1/${house.slug}`;
  const somebody = await making.person(side, {});
  await givePasskey(making, house, somebody, aviary.word(own('account'), 'a passkey’s name'));
  await giveSealedKey(making, house, somebody, own);
  const boss = await making.person(side, { administrator: true });
  const cookie = making.cookie(side, await making.session(side, boss, 'strong'));
  await ask(making, cookie, 'POST', `${base}/reviews`);

  const { body } = await line.send({ method: 'GET', path: `${base}/openid/providers`, headers: {} });
  const { providers } = JSON.parse(body) as { readonly providers: readonly { readonly id: string }[] };
  // Where there is no provider, none of its doors is there to be tried.
  const provider = providers[0]?.id ?? 'aucun';
  const identity = {
    id: newId(now),
    memberId: somebody,
    provider,
    issuer: 'https://nowhere.invalid',
    subject: aviary.word(own('account'), 'who somebody is at a provider'),
    label: aviary.word(own('account'), 'what a provider calls somebody'),
  };
  await asOrganisation(office.db, house.id, (tx) => insertIdentity(tx, house.id, identity, new Date(now)));
  const next = `/${house.slug}/${aviary.word(own('account'), 'where somebody on their way in wants to go')}`;
  const set = await line.send({
    method: 'GET',
    path: `${base}/openid/${provider}/start?next=${next}`,
    headers: {},
  });
  return { provider, attempt: /vigie_openid_([0-9a-f]{16})=/u.exec(set.all)?.[1] ?? '0'.repeat(16) };
};
