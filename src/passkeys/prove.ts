import { verifyAuthenticationResponse } from '@simplewebauthn/server';

import { system } from '../engine/index.ts';
import { record } from '../log/index.ts';
import type { House } from '../organisations/index.ts';
import { memberById } from '../people/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import type { Party } from './party.ts';
import type { Assertion } from './schemas.ts';
import { lockPasskey, type PasskeyRow, passkeyUsed } from './store.ts';
import { tellOf } from './words.ts';

/** Who an answer proves to be there, or why it does not. */
export type Proof =
  { readonly memberId: string } | { readonly refused: 'unknown' | 'went back' | 'not device-bound' };

const UNKNOWN: Proof = { refused: 'unknown' };

/** What the signature says, whoever counts: `null` when it is not the passkey's own, of a verified person, for us. */
const verified = async (passkey: PasskeyRow, party: Party, asked: string, given: Assertion) => {
  const { userHandle, ...response } = given.response;
  try {
    const { verified: good, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        ...given,
        response: { ...response, ...(userHandle != null && { userHandle }) },
        clientExtensionResults: {},
      },
      expectedChallenge: asked,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: {
        id: given.id,
        publicKey: new Uint8Array(passkey.publicKey),
        // Compared by ourselves, and only once we know who signed: it is written down when it went back.
        counter: 0,
      },
    });
    return good ? authenticationInfo : null;
  } catch {
    return null;
  }
};

/**
 * Who signed the challenge. The use is written down: counter, whether the passkey was copied elsewhere, when.
 * A counter that goes back says that a passkey was copied: refused, written down, and told to its owner.
 * @param asked the challenge, as the browser repeats it; it was taken from those that wait
 */
export const prove = async (
  tx: Tx,
  { house, party, asked }: { readonly house: House; readonly party: Party; readonly asked: string },
  given: Assertion,
  now: number,
): Promise<Proof> => {
  const passkey = await lockPasskey(tx, house.id, Buffer.from(given.id, 'base64url'));
  if (!passkey) return UNKNOWN;
  const { userHandle } = given.response;
  if (userHandle != null && userHandle !== handleOf(passkey.memberId).toString('base64url')) return UNKNOWN;
  const info = await verified(passkey, party, asked, given);
  if (!info) return UNKNOWN;
  const { newCounter, credentialDeviceType, credentialBackedUp } = info;
  if ((newCounter > 0 || passkey.counter > 0) && newCounter <= passkey.counter) {
    await record(
      tx,
      house.id,
      'passkey_went_back',
      system,
      { member: passkey.memberId, passkey: passkey.id, counter: newCounter, known: passkey.counter },
      now,
    );
    const member = await memberById(tx, house.id, passkey.memberId);
    if (member) await tellOf(tx, house, party.origin, member, 'went back', passkey.name, now);
    return { refused: 'went back' };
  }
  const deviceBound = credentialDeviceType === 'singleDevice';
  await passkeyUsed(tx, house.id, passkey.id, {
    counter: newCounter,
    deviceBound,
    backedUp: credentialBackedUp,
    at: new Date(now),
  });
  if (house.settings.deviceBound && !deviceBound) return { refused: 'not device-bound' };
  return { memberId: passkey.memberId };
};

/** What a device keeps to know whose a passkey is: the bytes of the member's id, which say nothing of them. */
export const handleOf = (memberId: string): Buffer<ArrayBuffer> =>
  Buffer.from(memberId.replaceAll('-', ''), 'hex');
