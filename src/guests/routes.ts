import { z } from '@hono/zod-openapi';

import { movesOf, Refused } from '../engine/index.ts';
import { appOf, timeZoneAt, urlOf } from '../organisations/index.ts';
import { door, type Doors, type Frame } from '../people/index.ts';
import { callOf, moveBody, moveTicket, typingAt, valuesOf } from '../tickets/index.ts';
import { follow, ownTicket } from './follow.ts';
import { endLink, endOwnLink, listLinks, makeLink } from './links.ts';

const ORGANISATION = z.object({ organisation: z.string().max(80) });
const TICKET = ORGANISATION.extend({ app: z.string().max(80), reference: z.string().max(80) });
const linkSchema = z
  .object({
    id: z.string(),
    role: z.string(),
    created: z.string(),
    by: z.string(),
    expires: z.string().nullable().openapi({ description: 'Null: ninety days after the ticket has ended.' }),
    lastUsed: z.string().nullable(),
    uses: z.number().int().openapi({ description: 'Visits; those of one minute are one.' }),
  })
  .openapi('GuestLink');

const text = z.union([z.string(), z.object({ fr: z.string(), en: z.string() })]);
const followed = z
  .object({
    organisation: z.object({ slug: z.string(), name: z.string(), locale: z.enum(['fr', 'en']) }),
    site: z.object({ name: z.string(), timeZone: z.string() }).nullable(),
    definition: z
      .object({
        app: z.string(),
        title: text,
        noun: z.object({ one: text, many: text }),
        fields: z.record(z.string(), z.unknown()),
        steps: z.record(z.string(), z.unknown()),
        moves: z.record(z.string(), z.unknown()),
      })
      .openapi({ description: 'Of the definition, what this ticket shows now.' }),
    ticket: z.object({
      reference: z.string(),
      heading: z.string(),
      step: z.string(),
      fields: z.record(z.string(), z.unknown()),
      promise: z.string().nullable(),
      stepSince: z.string(),
      closed: z.string().nullable(),
      moves: z.array(z.string()),
      version: z.number().int(),
    }),
  })
  .openapi('Followed');

/** Links to one ticket: those who see it make, list and end them; whoever has one follows their ticket. */
export const guestRoutes = (doors: Doors, frame: Frame): void => {
  const path = '/{organisation}/{app}/tickets/{reference}/guests';

  door(
    doors,
    frame,
    {
      method: 'get',
      path,
      permit: 'app',
      params: TICKET,
      summary: 'Who follows this ticket by a link',
      answers: { 200: z.object({ links: z.array(linkSchema) }) },
    },
    async ({ c, caller, params }) => {
      const links = await listLinks(await callOf(frame, c, caller), params);
      return c.json({
        links: links.map(({ id, role, by, uses, createdAt, expiresAt, lastUsedAt }) => ({
          id,
          role,
          by,
          uses,
          created: createdAt.toISOString(),
          expires: expiresAt?.toISOString() ?? null,
          lastUsed: lastUsedAt?.toISOString() ?? null,
        })),
      });
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
      body: z.strictObject({
        role: z.string().max(80),
        expires: z.iso.datetime({ offset: true }).nullable().default(null),
      }),
      summary: 'A link by which somebody without an account follows this ticket: shown once',
      answers: { 201: z.object({ id: z.string(), url: z.string() }) },
    },
    async ({ c, caller, params, body }) => {
      const call = await callOf(frame, c, caller);
      const expires = body.expires === null ? null : new Date(body.expires);
      const { id, secret } = await makeLink(call, params, body.role, expires);
      return c.json({ id, url: `${urlOf(frame, caller.house)}/${caller.house.slug}/follow/${secret}` }, 201);
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
      summary: 'End a link, at once',
      answers: { 204: 'Ended' },
    },
    async ({ c, caller, params }) => {
      await endLink(await callOf(frame, c, caller), params, params.id);
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/follow',
      permit: 'guest',
      params: ORGANISATION,
      summary: 'Where your ticket stands; `Authorization: Guest SECRET`, of the link you were given',
      answers: { 200: followed },
    },
    async ({ c, caller }) => c.json(await follow(await callOf(frame, c, caller), caller)),
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/follow/moves/{move}',
      permit: 'guest',
      params: ORGANISATION.extend({ move: z.string().max(80) }),
      body: moveBody,
      summary: 'Make a move that your link lets you make',
      answers: { 200: followed },
    },
    async ({ c, caller, params, body }) => {
      const call = await callOf(frame, c, caller);
      const { app, reference, siteId } = await ownTicket(call);
      const { definition } = appOf(call.house, app);
      // A move of others is one that does not exist.
      if (!movesOf(definition, call.actor).includes(params.move)) throw new Refused({ code: 'not_found' });
      const typing = typingAt(timeZoneAt(call.house, siteId), caller.locale);
      await moveTicket(
        call,
        { app, reference },
        {
          move: params.move,
          fields: valuesOf(definition, typing, body),
          comment: body.comment ?? null,
          ...(body.version !== undefined && { version: body.version }),
        },
      );
      frame.committed();
      return c.json(await follow(call, caller));
    },
  );

  door(
    doors,
    frame,
    {
      method: 'delete',
      path: '/{organisation}/follow',
      permit: 'guest',
      params: ORGANISATION,
      summary: 'You need this link no longer: it ends at once',
      answers: { 204: 'Ended' },
    },
    async ({ c, caller }) => {
      await endOwnLink(await callOf(frame, c, caller));
      return c.body(null, 204);
    },
  );
};
