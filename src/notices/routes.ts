import { z } from '@hono/zod-openapi';

import { door, type Doors, type Frame } from '../people/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { traced } from '../traces/index.ts';
import { recipientOf } from './member.ts';
import { outbox, ownNotices } from './store.ts';

const SHOWN = 200;
/** Lines on somebody's own account. */
const OWN_SHOWN = 20;

const noticeSchema = z
  .object({
    id: z.string(),
    reference: z.string().nullable(),
    app: z.string().nullable(),
    to: z.string().nullable(),
    subject: z.string(),
    body: z.string(),
    created: z.string(),
    sent: z.string().nullable(),
    failure: z.string().nullable(),
    attempts: z.number().int(),
  })
  .openapi('Notice');

/** What people were told, and what still waits: all of it, where no mail server is configured. */
export const noticeRoutes = (doors: Doors, frame: Frame, mails: boolean): void => {
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/notices',
      permit: 'administrator',
      params: z.object({ organisation: z.string().max(80) }),
      summary: 'The outbox',
      answers: { 200: z.object({ mails: z.boolean(), notices: z.array(noticeSchema) }) },
    },
    async ({ c, caller }) => {
      const rows = await asOrganisation(frame.db, caller.house.id, (tx) =>
        outbox(tx, caller.house.id, SHOWN),
      );
      const { house, actor } = caller;
      await traced(
        { db: frame.db, house, actor, now: frame.clock.now(), way: 'notices' },
        rows.flatMap(({ ticketId, app }) => (ticketId && app ? [{ state: { id: ticketId, app } }] : [])),
      );
      return c.json({
        mails,
        notices: rows.map(
          ({ id, reference, app, to, subject, body, createdAt, sentAt, failure, attempts }) => ({
            id,
            reference,
            app,
            to,
            subject,
            body,
            failure,
            attempts,
            created: createdAt.toISOString(),
            sent: sentAt?.toISOString() ?? null,
          }),
        ),
      });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/account/notices',
      permit: 'member',
      params: z.object({ organisation: z.string().max(80) }),
      summary: 'What happened to your account: invitations made, passkeys added or removed',
      answers: { 200: z.object({ notices: z.array(z.object({ at: z.string(), text: z.string() })) }) },
    },
    async ({ c, caller }) => {
      const { house, actor } = caller;
      const rows = await asOrganisation(frame.db, house.id, (tx) =>
        ownNotices(tx, house.id, recipientOf(actor.id ?? ''), OWN_SHOWN),
      );
      return c.json({
        notices: rows.map(({ subject, createdAt }) => ({ at: createdAt.toISOString(), text: subject })),
      });
    },
  );
};
