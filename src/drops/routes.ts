import { z } from '@hono/zod-openapi';

import { urlOf } from '../organisations/index.ts';
import { door, type Doors, type Frame } from '../people/index.ts';
import { callOf } from '../tickets/index.ts';
import { traced } from '../traces/index.ts';
import type { Vault } from '../vault/index.ts';
import { type Listed, listDrops } from './list.ts';
import { endDrop, makeDrop } from './make.ts';

const TICKET = z.object({
  organisation: z.string().max(80),
  app: z.string().max(80),
  reference: z.string().max(80),
});

const GIGABYTE = 1e9;

const askBody = z
  .strictObject({
    field: z.string().max(80),
    title: z.string().trim().min(1).max(160).openapi({
      description: 'What whoever brings is told is wanted: it is shown to whoever has the link.',
    }),
    note: z.string().trim().max(2000).optional(),
    expires: z.iso.datetime({ offset: true }),
    names: z.boolean().default(true).openapi({ description: 'Must they say who they are?' }),
    messages: z.boolean().default(true).openapi({ description: 'May they leave a message?' }),
    files: z.number().int().min(1).max(1000).default(50),
    bytes: z
      .number()
      .int()
      .min(1)
      .max(1000 * GIGABYTE)
      .default(10 * GIGABYTE),
  })
  .openapi('AskForFiles');

const dropSchema = z
  .object({
    id: z.string(),
    field: z.string(),
    title: z.string().nullable().openapi({ description: 'Null once it was erased.' }),
    note: z.string().nullable(),
    by: z.string(),
    created: z.string(),
    expires: z.string(),
    ended: z.boolean(),
    names: z.boolean(),
    messages: z.boolean(),
    most: z.object({ files: z.number().int(), bytes: z.number() }),
    came: z.object({ files: z.number().int(), bytes: z.number() }),
    deposits: z.array(
      z.object({
        name: z.string().nullable(),
        message: z.string().nullable(),
        at: z.string(),
        receipt: z.boolean(),
        files: z.array(z.object({ id: z.string(), name: z.string(), size: z.number(), state: z.string() })),
      }),
    ),
  })
  .openapi('Drop');

const showDrop = (
  { drop, written, by, deposits }: Listed,
  open: boolean,
  now: number,
): z.output<typeof dropSchema> => ({
  id: drop.id,
  field: drop.field,
  title: written?.title ?? null,
  note: written?.note ?? null,
  by,
  created: drop.createdAt.toISOString(),
  expires: drop.expiresAt.toISOString(),
  ended: !open || drop.revokedAt !== null || drop.expiresAt.getTime() <= now,
  names: drop.names,
  messages: drop.messages,
  most: { files: drop.mostFiles, bytes: drop.mostBytes },
  came: { files: drop.files, bytes: drop.bytes },
  deposits: deposits.map(({ row, said, files }) => ({
    name: said?.name ?? null,
    message: said?.message ?? null,
    at: row.createdAt.toISOString(),
    receipt: row.closedAt !== null,
    files: files.map(({ row: { id, size, state }, about }) => ({ id, name: about.name, size, state })),
  })),
});

/** Links by which people without an account put files into a field of a ticket: made, listed, ended. */
export const dropRoutes = (doors: Doors, frame: Frame, vault: Vault): void => {
  const path = '/{organisation}/{app}/tickets/{reference}/drops';

  door(
    doors,
    frame,
    {
      method: 'get',
      path,
      permit: 'app',
      params: TICKET,
      summary: 'Who was asked for files of this ticket, and what came of it',
      answers: {
        200: z.object({
          drops: z.array(dropSchema),
          fields: z.array(z.string()).openapi({ description: 'For which you may ask.' }),
        }),
      },
    },
    async ({ c, caller, params }) => {
      const call = await callOf(frame, c, caller);
      const { state, drops, fields } = await listDrops(vault, call, params);
      await traced(call, [{ state }]);
      const shown = drops.map((one) => showDrop(one, state.closedAt === null, call.now));
      return c.json({ drops: shown, fields: [...fields] });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path,
      permit: 'app',
      params: TICKET,
      body: askBody,
      summary: 'A link by which somebody without an account puts files into a field: shown once',
      answers: { 201: z.object({ id: z.string(), url: z.string() }) },
    },
    async ({ c, caller, params, body }) => {
      const call = await callOf(frame, c, caller);
      const { note = null, expires, ...asked } = body;
      const { id, secret } = await makeDrop(vault, call, params, {
        ...asked,
        note: note || null,
        expiresAt: new Date(expires),
      });
      return c.json({ id, url: `${urlOf(frame, caller.house)}/${caller.house.slug}/drop/${secret}` }, 201);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'delete',
      path: `${path}/{id}`,
      permit: 'app',
      params: TICKET.extend({ id: z.uuid() }),
      summary: 'End a link to put files, at once; what came by it stays',
      answers: { 204: 'Ended' },
    },
    async ({ c, caller, params }) => {
      await endDrop(await callOf(frame, c, caller), params, params.id);
      return c.body(null, 204);
    },
  );
};
