import { z } from '@hono/zod-openapi';

import { door, type Doors, type Frame } from '../people/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { outbox } from './store.ts';

const SHOWN = 200;

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
      return c.json({
        mails,
        notices: rows.map(({ createdAt, sentAt, ...row }) => ({
          ...row,
          created: createdAt.toISOString(),
          sent: sentAt?.toISOString() ?? null,
        })),
      });
    },
  );
};
