import { z } from '@hono/zod-openapi';

import { HttpProblem, problem } from '../platform/http/problem.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { door, type Doors, type Frame } from './door.ts';
import { createKey, endKey, keyExpiry } from './keys.ts';
import { keysOf } from './store.ts';

const ORGANISATION = z.object({ organisation: z.string().max(80) });
const keySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    app: z.string(),
    role: z.string(),
    site: z.string().nullable(),
    created: z.string(),
    expires: z.string().nullable(),
    lastUsed: z.string().nullable(),
    owner: z
      .object({ id: z.string(), name: z.string() })
      .nullable()
      .openapi({ description: 'Who made it and answers for it; `null`: the installation.' }),
    demoted: z
      .enum(['owner_disabled', 'owner_not_administrator'])
      .nullable()
      .openapi({ description: 'Why it does not work, when its owner could no longer make it.' }),
  })
  .openapi('Key');

/** The keys of programs. */
export const keyRoutes = (doors: Doors, frame: Frame): void => {
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/keys',
      permit: 'administrator',
      params: ORGANISATION,
      summary: 'The keys of programs',
      answers: { 200: z.object({ keys: z.array(keySchema) }) },
    },
    async ({ c, caller }) => {
      const keys = await asOrganisation(frame.db, caller.house.id, (tx) => keysOf(tx, caller.house.id));
      return c.json({
        keys: keys.map(({ createdAt, expiresAt, lastUsedAt, ...key }) => ({
          ...key,
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
      path: '/{organisation}/keys',
      permit: 'administrator, freshly',
      params: ORGANISATION,
      body: z.strictObject({
        app: z.string().max(80),
        role: z.string().max(80),
        name: z.string().trim().min(1).max(200),
        site: z.string().max(80).nullable().default(null),
        expires: z.iso
          .datetime({ offset: true })
          .optional()
          .openapi({ description: 'Within a year, which is also the default.' }),
      }),
      summary: 'A key for a program: shown once',
      answers: { 201: z.object({ id: z.string(), key: z.string() }) },
    },
    async ({ c, caller, body }) => {
      const now = frame.clock.now();
      const input = { ...body, expires: keyExpiry(body.expires, now) };
      return c.json(await createKey(frame.db, caller.house, input, now, caller.actor), 201);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'delete',
      path: '/{organisation}/keys/{id}',
      permit: 'administrator',
      params: ORGANISATION.extend({ id: z.uuid() }),
      summary: 'Revoke a key, at once',
      answers: { 204: 'Revoked' },
    },
    async ({ c, caller, params }) => {
      if (!(await endKey(frame.db, caller.house, params.id, frame.clock.now(), caller.actor)))
        throw new HttpProblem(
          problem(404, 'not_found', 'Cette clé n’existe plus. / There is no such key any more.'),
        );
      return c.body(null, 204);
    },
  );
};
