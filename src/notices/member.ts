import type { Member } from '../people/index.ts';
import { newId } from '../platform/ids.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { insertNotices, queueNotices } from './store.ts';
import type { Said } from './words.ts';

/** The name of somebody's notices, without saying their name. */
export const recipientOf = (memberId: string): string => `member:${memberId}`;

/** Tells a member something of their own account, in the transaction that does it; it is mailed afterwards. */
export const tellMember = async (
  tx: Tx,
  organisationId: string,
  { id, email, locale }: Pick<Member, 'id' | 'email' | 'locale'>,
  said: Said,
  now: number,
): Promise<void> => {
  const notice = {
    id: newId(now),
    eventId: newId(now),
    recipient: recipientOf(id),
    rule: 0,
    ticketId: null,
    locale,
    address: email,
    ...said,
  };
  await queueNotices(tx, await insertNotices(tx, organisationId, [notice], new Date(now)));
};
