import type { Actor } from '../engine/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { keyById, memberById } from './store.ts';

/**
 * Who a member or a key is now, with the roles they have today: for what goes on in their name while they are away.
 * @returns `null` once they are let in no more
 */
export const actorNow = async (
  tx: Tx,
  organisationId: string,
  { kind, id }: { readonly kind: 'member' | 'key'; readonly id: string },
  now: number,
): Promise<Actor | null> => {
  if (kind === 'key') {
    const key = await keyById(tx, organisationId, id);
    if (!key || (key.expiresAt !== null && key.expiresAt.getTime() <= now)) return null;
    const { app, role, siteId } = key;
    return { kind, id, grants: [{ app, role, siteId }], administrator: false };
  }
  const member = await memberById(tx, organisationId, id);
  if (!member || member.disabled) return null;
  return { kind, id, grants: member.roles, administrator: member.administrator };
};
