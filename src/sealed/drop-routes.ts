import { z } from '@hono/zod-openapi';

import { urlOf } from '../organisations/index.ts';
import { door, type Doors, type Frame } from '../people/index.ts';
import { callOf } from '../tickets/index.ts';
import type { Vault } from '../vault/index.ts';
import { makeSealedDrop, sealedDropFor } from './drops.ts';
import { ORGANISATION } from './schemas.ts';

const TICKET = ORGANISATION.extend({ app: z.string().max(80), reference: z.string().max(80) });

const toSchema = z
  .object({
    people: z.array(z.object({ name: z.string(), recipient: z.string() })),
    escrow: z.string().nullable().openapi({ description: 'What opens it too, from a safe.' }),
  })
  .openapi('SealedTo');

/** Links by which people without an account bring what only those named open. */
export const sealedDropRoutes = (doors: Doors, frame: Frame, vault: Vault): void => {
  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/{app}/tickets/{reference}/sealed-drops',
      permit: 'app',
      params: TICKET,
      body: z
        .strictObject({
          field: z.string().max(80),
          title: z.string().trim().min(1).max(160),
          note: z.string().trim().max(2000).optional(),
          expires: z.iso.datetime({ offset: true }),
          keys: z.array(z.uuid()).min(1).max(50),
          escrow: z.uuid().nullable(),
        })
        .openapi('AskForSealed'),
      summary:
        'A link to bring files that only these people open; add `#` and the SHA-256 of their recipients, so that nobody exchanges them',
      answers: { 201: z.object({ id: z.string(), url: z.string() }) },
    },
    async ({ c, caller, params, body }) => {
      const asked = {
        ...body,
        note: body.note || null,
        expiresAt: new Date(body.expires),
        keys: [...new Set(body.keys.map((id) => id.toLowerCase()))],
        escrow: body.escrow?.toLowerCase() ?? null,
      };
      const { id, secret } = await makeSealedDrop(vault, await callOf(frame, c, caller), params, asked);
      frame.committed();
      return c.json({ id, url: `${urlOf(frame, caller.house)}/${caller.house.slug}/sealed/${secret}` }, 201);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/sealed/drop',
      permit: 'drop',
      limit: 'drop',
      params: ORGANISATION,
      summary: 'To whom what you bring is to be sealed; `Authorization: Drop SECRET`, of the link',
      answers: { 200: toSchema },
    },
    async ({ c, caller }) => c.json(await sealedDropFor(frame, caller)),
  );
};
