import type { Tx } from '../platform/postgres/index.ts';
import { hashSecret, newSecret } from './secret.ts';
import { endLinks, insertLink, type Member, memberByLink, useLink } from './store.ts';

/** What an invitation is made of. */
export interface Invited {
  readonly memberId: string;
  /** How long it can be used, in milliseconds. */
  readonly lasts: number;
  /** The administrator who makes it, if one does. */
  readonly by: string | null;
}

/**
 * A new invitation for somebody: with it, once, they make a passkey. One that they had and did not use ends.
 * @param base where people reach this server
 * @returns its address, whose secret is kept nowhere
 */
export const invitationFor = async (
  tx: Tx,
  house: { readonly id: string; readonly slug: string },
  base: string,
  { memberId, lasts, by }: Invited,
  now: number,
): Promise<string> => {
  const secret = newSecret();
  await endLinks(tx, house.id, memberId, 'invitation', new Date(now));
  await insertLink(tx, house.id, {
    secretHash: hashSecret(secret),
    memberId,
    purpose: 'invitation',
    at: new Date(now),
    expiresAt: new Date(now + lasts),
    by,
  });
  return `${base}/${house.slug}/invitation/${secret}`;
};

/** Whom an invitation is for, and the hash of its secret; looking uses nothing up. */
export const invited = async (
  tx: Tx,
  organisationId: string,
  token: string,
  now: number,
): Promise<{ readonly member: Member; readonly hash: Buffer } | null> => {
  const hash = hashSecret(token);
  const member = await memberByLink(tx, organisationId, hash, 'invitation', new Date(now));
  return member ? { member, hash } : null;
};

/** Uses an invitation up: of many who try at once, one has it. */
export const useInvitation = (
  tx: Tx,
  organisationId: string,
  hash: Buffer,
  now: number,
): Promise<string | undefined> => useLink(tx, organisationId, hash, 'invitation', new Date(now));
