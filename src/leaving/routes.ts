import { z } from '@hono/zod-openapi';

import { door, type Doors, type Frame, memberById, refuse } from '../people/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { leave } from './leave.ts';
import { keysOwned, lastLeaving, othersWith, sessionsHeld, ticketsHeld } from './store.ts';

const MEMBER = z.object({ organisation: z.string().max(80), id: z.uuid() });
/** Nobody is said by `null`, or by an empty choice of a form. */
const heirs = z
  .record(z.string().max(300), z.union([z.uuid(), z.literal('').transform(() => null)]).nullable())
  .default({});

/** Somebody leaves: what they hold, and who takes it over. */
export const leavingRoutes = (doors: Doors, frame: Frame): void => {
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/members/{id}/leaving',
      permit: 'administrator',
      params: MEMBER,
      summary: 'What somebody holds, and how far what they held was handed over',
      answers: {
        200: z.object({
          member: z.object({
            id: z.string(),
            name: z.string(),
            administrator: z.boolean(),
            disabled: z.boolean(),
          }),
          tickets: z.array(z.object({ app: z.string(), count: z.number().int() })),
          keys: z.array(z.object({ id: z.string(), name: z.string(), app: z.string(), role: z.string() })),
          roles: z.array(
            z.object({
              app: z.string(),
              role: z.string(),
              site: z.string().nullable(),
              others: z.number().int().openapi({ description: 'How many others have this role.' }),
            }),
          ),
          sessions: z.number().int(),
          left: z
            .object({
              at: z.string(),
              total: z.number().int(),
              done: z.number().int(),
              finished: z.string().nullable(),
              leftOver: z.number().int().nullable(),
            })
            .nullable()
            .openapi({
              description: 'The last time they left, and how many tickets of `total` are handed over.',
            }),
        }),
      },
    },
    async ({ c, caller, params }) => {
      const { house } = caller;
      return asOrganisation(frame.db, house.id, async (tx) => {
        const found = await memberById(tx, house.id, params.id);
        if (!found) throw refuse(404, 'not_found', 'Personne de ce nom ici.', 'Nobody of that name here.');
        const [tickets, keys, others, sessions, left] = await Promise.all([
          ticketsHeld(tx, house.id, found.id),
          keysOwned(tx, house.id, found.id),
          othersWith(tx, house.id, found.id),
          sessionsHeld(tx, house.id, found.id, new Date(frame.clock.now())),
          lastLeaving(tx, house.id, found.id),
        ]);
        const remaining = tickets.reduce((sum, { count }) => sum + count, 0);
        return c.json({
          member: {
            id: found.id,
            name: found.name,
            administrator: found.administrator,
            disabled: found.disabled,
          },
          tickets,
          keys,
          roles: found.roles.map(({ app, role, siteId }) => ({
            app,
            role,
            site: house.sites.find((site) => site.id === siteId)?.slug ?? null,
            others: others.find((one) => one.app === app && one.role === role)?.others ?? 0,
          })),
          sessions,
          left: left
            ? {
                at: left.startedAt.toISOString(),
                total: left.total,
                done: left.total - (left.leftOver ?? Math.min(remaining, left.total)),
                finished: left.finishedAt?.toISOString() ?? null,
                leftOver: left.leftOver,
              }
            : null,
        });
      });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/members/{id}/leaving',
      permit: 'administrator',
      params: MEMBER,
      body: z.strictObject({ tickets: heirs, keys: heirs, roles: heirs }),
      summary: 'They leave: out at once, what they held handed over to those named, or to nobody',
      answers: { 201: z.object({ id: z.string() }) },
    },
    async ({ c, caller, params, body }) => {
      const id = await leave(frame.db, caller.house, params.id, body, caller.actor, frame.clock.now());
      frame.committed();
      return c.json({ id }, 201);
    },
  );
};
