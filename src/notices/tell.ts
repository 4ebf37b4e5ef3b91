import { newId } from '../platform/ids.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { insertNotices, queueNotices } from './store.ts';

/** Something to be told to a member, in their language. */
interface Told {
  readonly id: string;
  readonly email: string;
  readonly locale: 'fr' | 'en';
  readonly subject: string;
  readonly body: string;
}

/** Tells members something that is of no ticket, by mail, in the transaction that has the reason to. */
export const tellMembers = async (
  tx: Tx,
  organisationId: string,
  members: readonly Told[],
  now: number,
): Promise<void> => {
  const eventId = newId(now);
  const notices = members.map(({ id, email, locale, subject, body }) => ({
    id: newId(now),
    eventId,
    recipient: `member:${id}`,
    rule: 0,
    ticketId: null,
    locale,
    address: email,
    subject,
    body,
  }));
  await queueNotices(tx, await insertNotices(tx, organisationId, notices, new Date(now)));
};
