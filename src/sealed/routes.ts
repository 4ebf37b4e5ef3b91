import { z } from '@hono/zod-openapi';

import { record } from '../log/index.ts';
import { urlOf } from '../organisations/index.ts';
import { partyOf, passkeysOf } from '../passkeys/index.ts';
import { type Caller, door, type Doors, type Frame, personOf } from '../people/index.ts';
import { newId } from '../platform/ids.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { makeKey, makeLock, removeLock, retireKey } from './keys.ts';
import { directory, ESCROW, pinKey } from './pins.ts';
import { fingerprintOf, readRecipient } from './read.ts';
import {
  directorySchema,
  lockedSchema,
  newLockSchema,
  ORGANISATION,
  ownKeysSchema,
  recipientSchema,
} from './schemas.ts';
import { currentEscrow, keysOf, locksOf, replaceEscrow } from './store.ts';

const ONE = ORGANISATION.extend({ id: z.uuid() });
const pinBody = z.strictObject({ fingerprint: z.string().regex(/^[0-9a-f]{64}$/u) });
const made = z.object({ id: z.string() });

const ownKeys = async (tx: Tx, frame: Frame, { house, ...caller }: Caller) => {
  const { member } = personOf({ house, ...caller });
  const party = partyOf(frame, house).id;
  const locks = await locksOf(tx, house.id, member.id);
  const keys = await keysOf(tx, house.id, member.id);
  return {
    keys: keys.map(({ id, recipient, createdAt, retiredAt, escrowId }) => ({
      id,
      recipient,
      created: createdAt.toISOString(),
      retired: retiredAt?.toISOString() ?? null,
      escrow: escrowId,
      locks: locks
        .filter(({ keyId }) => keyId === id)
        .map((lock) => ({
          id: lock.id,
          how: lock.how,
          passkey: lock.passkeyId,
          locked: lock.wrapped.toString('base64'),
          created: lock.createdAt.toISOString(),
        })),
    })),
    passkeys: (await passkeysOf(tx, house.id, member.id))
      .filter((passkey) => passkey.party === party)
      .map(({ id, name, credentialId, transports }) => ({
        id,
        name,
        credential: credentialId.toString('base64url'),
        transports: [...transports],
      })),
    party,
  };
};

/** People's own keys, which only their browsers open: kept, shown to each other, pinned. */
export const sealedRoutes = (doors: Doors, frame: Frame): void => {
  const within = <T>({ house }: Caller, work: (tx: Tx) => Promise<T>): Promise<T> =>
    asOrganisation(frame.db, house.id, work);
  const change = (caller: Caller) => ({ caller, base: urlOf(frame, caller.house), now: frame.clock.now() });

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/sealed',
      permit: 'member',
      params: ORGANISATION,
      summary: 'To whom one may seal here: everybody’s public half, and the organisation’s escrow',
      answers: { 200: directorySchema },
    },
    async ({ c, caller }) => c.json(await within(caller, (tx) => directory(tx, caller))),
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/account/sealed-keys',
      permit: 'member',
      params: ORGANISATION,
      summary: 'Your own keys, locked: only your passkey or your passphrase opens them',
      answers: { 200: ownKeysSchema },
    },
    async ({ c, caller }) => c.json(await within(caller, (tx) => ownKeys(tx, frame, caller))),
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/account/sealed-keys',
      permit: 'member, freshly',
      params: ORGANISATION,
      body: z.strictObject({
        recipient: recipientSchema,
        locks: z.array(newLockSchema).min(1).max(5),
        escrowed: z.strictObject({ escrow: z.uuid(), locked: lockedSchema }).nullable(),
      }),
      summary: 'Keep a key that your browser made, instead of the one before; you are told by mail',
      answers: { 201: made },
    },
    async ({ c, caller, body }) => {
      const id = await within(caller, (tx) => makeKey(tx, change(caller), body));
      frame.committed();
      return c.json({ id }, 201);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'delete',
      path: '/{organisation}/account/sealed-keys/{id}',
      permit: 'member, freshly',
      params: ONE,
      summary: 'Retire your key: nothing new is sealed to it, and it opens what was',
      answers: { 204: 'Retired' },
    },
    async ({ c, caller, params }) => {
      await within(caller, (tx) => retireKey(tx, change(caller), params.id));
      frame.committed();
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/account/sealed-keys/{id}/locks',
      permit: 'member, freshly',
      params: ONE,
      body: newLockSchema,
      summary: 'One more way to open your key: another passkey, or a passphrase',
      answers: { 201: made },
    },
    async ({ c, caller, params, body }) => {
      const id = await within(caller, (tx) => makeLock(tx, change(caller), params.id, body));
      frame.committed();
      return c.json({ id }, 201);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'delete',
      path: '/{organisation}/account/sealed-locks/{id}',
      permit: 'member, freshly',
      params: ONE,
      summary: 'Take a way to open your key away, but not the last',
      answers: { 204: 'Gone' },
    },
    async ({ c, caller, params }) => {
      await within(caller, (tx) => removeLock(tx, change(caller), params.id));
      frame.committed();
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'put',
      path: '/{organisation}/members/{id}/sealed-pin',
      permit: 'member',
      params: ONE,
      body: pinBody,
      summary: 'Remember somebody’s key as the one you know: another will be announced to you',
      answers: { 204: 'Remembered' },
    },
    async ({ c, caller, params, body }) => {
      await within(caller, (tx) => pinKey(tx, caller, params.id, body.fingerprint, frame.clock.now()));
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'put',
      path: '/{organisation}/sealed/escrow/pin',
      permit: 'member',
      params: ORGANISATION,
      body: pinBody,
      summary: 'Remember the organisation’s escrow as the one you know',
      answers: { 204: 'Remembered' },
    },
    async ({ c, caller, body }) => {
      await within(caller, (tx) => pinKey(tx, caller, ESCROW, body.fingerprint, frame.clock.now()));
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'put',
      path: '/{organisation}/sealed/escrow',
      permit: 'administrator, freshly',
      params: ORGANISATION,
      body: z.strictObject({ recipient: recipientSchema }),
      summary:
        'The public half of the organisation’s escrow, whose secret half you have printed; announced to all',
      answers: { 201: made },
    },
    async ({ c, caller, body }) => {
      const { house, actor } = caller;
      const { member } = personOf(caller);
      const now = frame.clock.now();
      const recipient = readRecipient(body.recipient);
      const id = newId(now);
      const fingerprint = fingerprintOf(recipient);
      await within(caller, async (tx) => {
        const former = await currentEscrow(tx, house.id);
        const escrow = { id, recipient, fingerprint, createdAt: new Date(now), createdBy: member.id };
        await replaceEscrow(tx, house.id, escrow);
        const said = { escrow: id, fingerprint: fingerprint.toString('hex'), former: former?.id ?? null };
        await record(tx, house.id, 'sealed_escrow_made', actor, said, now);
      });
      frame.committed();
      return c.json({ id }, 201);
    },
  );
};
