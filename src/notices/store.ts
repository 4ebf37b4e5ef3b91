import type { Tx } from '../platform/postgres/index.ts';

export interface NewNotice {
  readonly id: string;
  readonly eventId: string;
  /** Who, without saying their name: `member:…`, `contact:…`, `field:…`. */
  readonly recipient: string;
  readonly rule: number;
  /** `null` for what a member is told of their own account. */
  readonly ticketId: string | null;
  readonly locale: 'fr' | 'en';
  readonly address: string | null;
  readonly subject: string;
  readonly body: string;
}

/** Writes notices, each once: the same event, recipient and rule is never told twice. Returns those that are new. */
export const insertNotices = async (
  tx: Tx,
  organisationId: string,
  notices: readonly NewNotice[],
  at: Date,
): Promise<string[]> => {
  const rows = await tx<{ id: string }[]>`
    insert into notice (organisation_id, id, event_id, recipient, rule, ticket_id, locale, address, subject, body, created_at)
    select ${organisationId}, n.id, n."eventId", n.recipient, n.rule, n."ticketId", n.locale, n.address, n.subject, n.body, ${at}
    from jsonb_to_recordset(${JSON.stringify(notices)}::text::jsonb) as n(
      id uuid, "eventId" uuid, recipient text, rule int, "ticketId" uuid, locale text, address text, subject text, body text)
    on conflict (organisation_id, event_id, recipient, rule) do nothing returning id`;
  return rows.map((row) => row.id);
};

export const queueNotices = (tx: Tx, ids: readonly string[]): Promise<unknown> =>
  tx`select vigie_add_jobs('notice', ${JSON.stringify(ids.map((notice) => ({ notice })))}::text::jsonb)`;

export interface Notice {
  readonly id: string;
  readonly address: string | null;
  readonly subject: string;
  readonly body: string;
  readonly sentAt: Date | null;
}

/** A notice, kept by this transaction until it is sent. */
export const lockNotice = async (tx: Tx, organisationId: string, id: string): Promise<Notice | undefined> => {
  const [row] = await tx<Notice[]>`
    select id, address, subject, body, sent_at as "sentAt" from notice
    where organisation_id = ${organisationId} and id = ${id} for update`;
  return row;
};

export const noticeSent = (tx: Tx, organisationId: string, id: string, at: Date): Promise<unknown> => tx`
  update notice set sent_at = ${at}, failure = null, attempts = attempts + 1
  where organisation_id = ${organisationId} and id = ${id}`;

export const noticeFailed = (
  tx: Tx,
  organisationId: string,
  id: string,
  failure: string,
): Promise<unknown> => tx`
  update notice set failure = ${failure}, attempts = attempts + 1 where organisation_id = ${organisationId} and id = ${id}`;

export interface OutboxRow {
  readonly id: string;
  readonly ticketId: string | null;
  readonly reference: string | null;
  readonly app: string | null;
  readonly to: string | null;
  readonly subject: string;
  readonly body: string;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly failure: string | null;
  readonly attempts: number;
}

export const outbox = (tx: Tx, organisationId: string, limit: number): Promise<OutboxRow[]> => tx<
  OutboxRow[]
>`
  select n.id, n.ticket_id as "ticketId", t.reference, t.app, n.address as "to", n.subject, n.body, n.created_at as "createdAt", n.sent_at as "sentAt",
    n.failure, n.attempts
  from notice n left join ticket t on t.organisation_id = ${organisationId} and t.id = n.ticket_id
  where n.organisation_id = ${organisationId} order by n.created_at desc, n.id desc limit ${limit}`;

/** What somebody was told of their own account. */
export const ownNotices = (
  tx: Tx,
  organisationId: string,
  recipient: string,
  limit: number,
): Promise<{ subject: string; createdAt: Date }[]> => tx<{ subject: string; createdAt: Date }[]>`
  select subject, created_at as "createdAt" from notice
  where organisation_id = ${organisationId} and recipient = ${recipient} and ticket_id is null
  order by created_at desc, id desc limit ${limit}`;

/** Old notices hold addresses: they are forgotten. */
export const forgetNotices = (tx: Tx, organisationId: string, before: Date): Promise<unknown> => tx`
  delete from notice where organisation_id = ${organisationId} and created_at < ${before}`;

/** Where each of these tickets stood in time just before each of these events. */
export const standingsBefore = (
  tx: Tx,
  organisationId: string,
  eventIds: readonly string[],
): Promise<{ id: string; lateness: string | null }[]> =>
  tx<{ id: string; lateness: string | null }[]>`
  select e.id, p.body -> 'standing' ->> 'lateness' as lateness
  from event e left join event p
    on p.organisation_id = ${organisationId} and p.ticket_id = e.ticket_id and p.version = e.version - 1
  where e.organisation_id = ${organisationId} and e.id = any(${eventIds as string[]}::uuid[])`;
