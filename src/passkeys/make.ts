import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server';
import { decodeAttestationObject } from '@simplewebauthn/server/helpers';

import { record } from '../log/index.ts';
import type { House } from '../organisations/index.ts';
import type { Member } from '../people/index.ts';
import type { Actor } from '../engine/index.ts';
import { newId } from '../platform/ids.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { PATIENCE } from './challenge.ts';
import type { Party } from './party.ts';
import { handleOf } from './prove.ts';
import { badAnswer, notDeviceBound } from './refusals.ts';
import type { Registration } from './schemas.ts';
import { insertPasskey, type PasskeyRow } from './store.ts';
import { tellOf } from './words.ts';

/** Ed25519, ECDSA P-256, RSA: every device has one of them. */
const ALGORITHMS = [-8, -7, -257];

/** What a browser is asked, to make a passkey that needs no name typed and verifies its person every time. */
export const toMake = (
  party: Party,
  member: Member,
  had: readonly PasskeyRow[],
  challenge: Buffer<ArrayBuffer>,
) =>
  generateRegistrationOptions({
    rpName: party.name,
    rpID: party.id,
    userName: member.email,
    userDisplayName: member.name,
    userID: handleOf(member.id),
    challenge,
    timeout: PATIENCE,
    attestationType: 'none',
    excludeCredentials: had.map(({ credentialId, transports }) => ({
      id: credentialId.toString('base64url'),
      transports: [...transports],
    })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
    // Some devices hold a secret for what is sealed to their person only when asked at the making.
    extensions: { prf: {} },
  });

/** A device may vouch for itself; who made it is not asked, and no certificate that a stranger sends is followed anywhere. */
const vouchesForItself = (given: Registration): boolean => {
  const object = decodeAttestationObject(
    new Uint8Array(Buffer.from(given.response.attestationObject, 'base64url')),
  );
  const format = object.get('fmt');
  return format === 'none' || (format === 'packed' && object.get('attStmt').get('x5c') === undefined);
};

/** What can be kept of a passkey that was just made. */
export type Made = Pick<
  PasskeyRow,
  'credentialId' | 'publicKey' | 'counter' | 'transports' | 'deviceBound' | 'backedUp'
>;

const read = async (party: Party, asked: string, given: Registration) => {
  try {
    if (!vouchesForItself(given)) return null;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...given, clientExtensionResults: {} },
      expectedChallenge: asked,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    return verified ? registrationInfo : null;
  } catch {
    return null;
  }
};

/**
 * Checks a passkey that a browser made.
 * @throws HttpProblem `passkey_not_made`, or `device_bound_required` where one that can be copied will not do
 */
export const checkMade = async (
  house: House,
  party: Party,
  asked: string,
  given: Registration,
): Promise<Made> => {
  const info = await read(party, asked, given);
  if (!info) throw badAnswer();
  const deviceBound = info.credentialDeviceType === 'singleDevice';
  if (house.settings.deviceBound && !deviceBound) throw notDeviceBound();
  return {
    credentialId: Buffer.from(info.credential.id, 'base64url'),
    publicKey: Buffer.from(info.credential.publicKey),
    counter: info.credential.counter,
    transports: given.response.transports,
    deviceBound,
    backedUp: info.credentialBackedUp,
  };
};

/**
 * Keeps a passkey that was checked; written down, and told to its owner.
 * @param actor who made it: its owner
 * @throws HttpProblem `passkey_not_made` when this credential was ever kept here
 */
export const keepMade = async (
  tx: Tx,
  house: House,
  party: Party,
  {
    actor,
    member,
    name,
    made,
  }: { readonly actor: Actor; readonly member: Member; readonly name: string; readonly made: Made },
  now: number,
): Promise<string> => {
  const id = newId(now);
  const at = new Date(now);
  const kept = await insertPasskey(tx, house.id, {
    ...made,
    id,
    memberId: member.id,
    party: party.id,
    name,
    createdAt: at,
    lastUsedAt: null,
  });
  if (!kept) throw badAnswer();
  await record(
    tx,
    house.id,
    'passkey_added',
    actor,
    { member: member.id, passkey: id, deviceBound: made.deviceBound },
    now,
  );
  await tellOf(tx, house, party.origin, member, 'added', name, now);
  return id;
};
