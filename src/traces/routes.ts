import { z } from '@hono/zod-openapi';

import { maySee } from '../engine/index.ts';
import { actorNames, door, type Doors, type Frame } from '../people/index.ts';
import { HttpProblem, problem } from '../platform/http/problem.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { callOf, statesById } from '../tickets/index.ts';
import { readsOfPerson, readsOfTicket, type ReadRow, ticketNamed, ticketsOfReads } from './store.ts';
import { traced } from './trace.ts';

const ORGANISATION = z.object({ organisation: z.string().max(80) });
const PAGE = { after: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) };
const read = z.object({
  id: z.string(),
  at: z.string(),
  actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
  way: z.string(),
  app: z.string().nullable(),
});

const withNames = async (tx: Tx, organisationId: string, rows: readonly ReadRow[]) => {
  const ids = rows.flatMap(({ actor }) => (actor === null ? [] : [actor]));
  const names = new Map((await actorNames(tx, organisationId, ids)).map(({ id, name }) => [id, name]));
  return rows.map(({ id, at, kind, actor, way, app }) => ({
    id,
    at: at.toISOString(),
    actor: { kind, id: actor, name: (actor !== null && names.get(actor)) || '' },
    way,
    app,
  }));
};

const nextOf = (rows: readonly ReadRow[], limit: number): string | null =>
  rows.length > limit ? (rows[limit - 1]?.id ?? null) : null;

/** Who read what. */
export const traceRoutes = (doors: Doors, frame: Frame): void => {
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/{app}/tickets/{reference}/reads',
      permit: 'administrator',
      params: ORGANISATION.extend({ app: z.string().max(80), reference: z.string().max(80) }),
      query: z.object(PAGE),
      summary: 'Who read a ticket, the newest first',
      answers: { 200: z.object({ reads: z.array(read), next: z.string().nullable() }) },
    },
    async ({ c, caller, params, query }) => {
      const { house } = caller;
      return asOrganisation(frame.db, house.id, async (tx) => {
        const ticket = await ticketNamed(tx, house.id, params.app, params.reference);
        if (!ticket)
          throw new HttpProblem(
            problem(404, 'not_found', 'Ce ticket n’existe pas. / There is no such ticket.'),
          );
        const rows = await readsOfTicket(tx, house.id, ticket, query.after ?? null, query.limit + 1);
        return c.json({
          reads: await withNames(tx, house.id, rows.slice(0, query.limit)),
          next: nextOf(rows, query.limit),
        });
      });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/reads',
      permit: 'administrator',
      params: ORGANISATION,
      query: z.object({ ...PAGE, person: z.uuid() }),
      summary: 'What a member or a key read, the newest first; the tickets you see yourself are named',
      answers: {
        200: z.object({
          reads: z.array(
            read.extend({
              count: z.number().int(),
              tickets: z.array(z.object({ app: z.string(), reference: z.string() })),
            }),
          ),
          next: z.string().nullable(),
        }),
      },
    },
    async ({ c, caller, query }) => {
      const { house, actor } = caller;
      const call = await callOf(frame, c, caller);
      const found = await asOrganisation(frame.db, house.id, async (tx) => {
        const rows = await readsOfPerson(tx, house.id, query.person, query.after ?? null, query.limit + 1);
        const page = rows.slice(0, query.limit);
        const shown = await ticketsOfReads(
          tx,
          house.id,
          page.map(({ id }) => id),
        );
        const states = await statesById(tx, house.id, [...new Set(shown.map(({ ticket }) => ticket))]);
        return { reads: await withNames(tx, house.id, page), shown, states, next: nextOf(rows, query.limit) };
      });
      const seen = [...found.states.values()].flatMap((state) => {
        const definition = house.apps.get(state.app)?.definition;
        return definition && maySee(definition, actor, state) ? [{ state }] : [];
      });
      // Who looks up what others read, reads too.
      const named = new Map((await traced(call, seen)).map(({ state }) => [state.id, state]));
      return c.json({
        reads: found.reads.map((one) => {
          const tickets = found.shown.filter(({ read: of }) => of === one.id);
          return {
            ...one,
            count: tickets.length,
            tickets: tickets.flatMap(({ ticket }) => {
              const state = named.get(ticket);
              return state ? [{ app: state.app, reference: state.reference }] : [];
            }),
          };
        }),
        next: found.next,
      });
    },
  );
};
