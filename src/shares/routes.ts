import { z } from '@hono/zod-openapi';

import { urlOf } from '../organisations/index.ts';
import { door, type Doors, type Frame, personOf } from '../people/index.ts';
import { callOf, seenByReference } from '../tickets/index.ts';
import { traced } from '../traces/index.ts';
import type { Vault } from '../vault/index.ts';
import { endGrant, endShareOf, grantSchema, listGrants } from './grants.ts';
import { listShares, shareSchema } from './list.ts';
import type { Post } from './post.ts';
import { makeShare } from './make.ts';

const ORGANISATION = z.object({ organisation: z.string().max(80) });
const TICKET = ORGANISATION.extend({ app: z.string().max(80), reference: z.string().max(80) });
const GRANTS = z.object({ links: z.array(grantSchema) });

/** A number as it is written down: with a plus sign or not, in groups or not. */
const NUMBER = /^\+?(?:[ ().-]{0,2}\d){6,15}$/u;
const TOO_SHORT = 'Huit caractères au moins. / Eight characters at least.';

/** Those who are named in one text. Numbers have spaces in them, and addresses none. */
const apart = (text: string): readonly string[] =>
  text
    .split(/[\r\n,;]+/u)
    .flatMap((one) => (one.includes('@') ? one.trim().split(/\s+/u) : one.trim()))
    .filter((one) => one !== '');

const asked = z.strictObject({
  field: z.string().max(80).optional(),
  folder: z.string().max(500).optional(),
  file: z.uuid().optional(),
  to: z
    .union([z.string().max(6000).transform(apart), z.array(z.string())])
    .pipe(z.array(z.union([z.email().max(254), z.string().trim().regex(NUMBER)])).max(20))
    .default([])
    .openapi({
      description:
        'Who is named, by a mail address or a telephone number: each gets a link there, and a code to open it. ' +
        'A list, or a text with lines, commas or semicolons between.',
    }),
  passphrase: z
    .union([z.literal('').transform(() => undefined), z.string().min(8, TOO_SHORT).max(200)])
    .optional(),
  days: z.number().int().min(1).max(365).default(30),
  downloads: z
    .number()
    .int()
    .min(0)
    .max(100_000)
    .nullable()
    .default(null)
    .openapi({ description: 'How many in all; 0: to look at only.' }),
  watermark: z.boolean().default(false),
  metadata: z.enum(['kept', 'stripped']).default('stripped'),
  message: z
    .string()
    .max(2000)
    .transform((text) => text || undefined)
    .optional(),
});

/** Sharing files with people outside, and every link that lets somebody outside read. */
export const shareRoutes = (
  doors: Doors,
  frame: Frame,
  { vault, post }: { readonly vault: Vault; readonly post: Post },
): void => {
  const path = '/{organisation}/{app}/tickets/{reference}/shares';

  door(
    doors,
    frame,
    {
      method: 'get',
      path,
      permit: 'app',
      params: TICKET,
      summary: 'What was shared of this ticket, with whom, and who opened it when',
      answers: { 200: z.object({ shares: z.array(shareSchema) }) },
    },
    async ({ c, caller, params }) => {
      const call = await callOf(frame, c, caller);
      const { state, shares } = await listShares(vault, call, params);
      await traced(call, [{ state }]);
      return c.json({ shares: [...shares] });
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
      body: asked,
      summary: 'Share files of this ticket with people outside; the links are shown once',
      answers: {
        201: z.object({
          id: z.string(),
          links: z.array(
            z.object({
              id: z.string(),
              to: z.string().nullable(),
              url: z.string(),
              sent: z
                .boolean()
                .nullable()
                .openapi({ description: 'By mail or SMS; null where nobody is named.' }),
            }),
          ),
        }),
      },
    },
    async ({ c, caller, params, body }) => {
      const call = await callOf(frame, c, caller);
      const made = await makeShare(vault, call, params, body, { base: urlOf(frame, caller.house), post });
      return c.json({ id: made.id, links: [...made.links] }, 201);
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
      summary: 'End a share, or the link of one who is named, at once',
      answers: { 204: 'Ended' },
    },
    async ({ c, caller, params }) => {
      const call = await callOf(frame, c, caller);
      await endShareOf(call, (tx) => seenByReference(tx, call, params), params.id);
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/links',
      permit: 'administrator',
      params: ORGANISATION,
      summary: 'Every link that lets somebody outside read; the tickets you see yourself are named',
      answers: { 200: GRANTS },
    },
    async ({ c, caller }) =>
      c.json({ links: [...(await listGrants(vault, await callOf(frame, c, caller), null))] }),
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/me/links',
      permit: 'member',
      params: ORGANISATION,
      summary: 'The links you made that let somebody outside read',
      answers: { 200: GRANTS },
    },
    async ({ c, caller }) => {
      const call = await callOf(frame, c, caller);
      return c.json({ links: [...(await listGrants(vault, call, personOf(caller).member.id))] });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'delete',
      path: '/{organisation}/links/{id}',
      permit: 'member',
      params: ORGANISATION.extend({ id: z.uuid() }),
      summary: 'End a link at once: one of yours or, if you administer, any',
      answers: { 204: 'Ended' },
    },
    async ({ c, caller, params }) => {
      await endGrant(await callOf(frame, c, caller), params.id);
      return c.body(null, 204);
    },
  );
};
