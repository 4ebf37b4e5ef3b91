import { z } from '@hono/zod-openapi';
import { stringify } from 'csv-stringify/sync';

import { door, type Doors, type Frame } from '../people/index.ts';
import { asOrganisation } from '../platform/postgres/index.ts';
import { safeCell } from '../tickets/index.ts';
import { showDeeds } from './show.ts';
import { deedsOf, deedTypes } from './store.ts';

const ORGANISATION = z.object({ organisation: z.string().max(80) });
const deed = z
  .object({
    id: z.string(),
    type: z.string(),
    at: z.string(),
    actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
    body: z.record(z.string(), z.unknown()),
    names: z
      .record(z.string(), z.string())
      .openapi({ description: 'What the ids in `body` are called today.' }),
  })
  .openapi('Deed');
const filter = {
  person: z.union([z.uuid(), z.literal('').transform(() => undefined)]).optional(),
  kind: z
    .string()
    .max(1000)
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .optional(),
};
/** Deeds of a file: more than any organisation has in years, and no more than a spreadsheet opens. */
const MOST = 100_000;
const PAGE = 1000;

/** What was done to the organisation itself: who, what, when. */
export const deedRoutes = (doors: Doors, frame: Frame): void => {
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/deeds',
      permit: 'administrator',
      params: ORGANISATION,
      query: z.object({
        ...filter,
        after: z.uuid().optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      summary: 'Administrative acts, the newest first; of a `person` who did them or to whom they were done',
      answers: {
        200: z.object({ deeds: z.array(deed), kinds: z.array(z.string()), next: z.string().nullable() }),
      },
    },
    async ({ c, caller, query }) => {
      const { house } = caller;
      const { person, kind, after, limit } = query;
      return asOrganisation(frame.db, house.id, async (tx) => {
        const rows = await deedsOf(tx, house.id, { person, types: kind, before: after }, limit + 1);
        const page = rows.slice(0, limit);
        return c.json({
          deeds: await showDeeds(tx, house.id, page),
          kinds: await deedTypes(tx, house.id),
          next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
        });
      });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/deeds.csv',
      permit: 'administrator',
      params: ORGANISATION,
      query: z.object(filter),
      summary: 'The same as a CSV file',
      answers: { 200: 'CSV, UTF-8' },
    },
    async ({ c, caller, query }) => {
      const { house } = caller;
      const { person, kind } = query;
      const chunks = [stringify([['at', 'kind', 'who', 'whoId', 'type', 'detail', 'names']])];
      let before: string | undefined;
      do {
        const page = await asOrganisation(frame.db, house.id, async (tx) =>
          showDeeds(tx, house.id, await deedsOf(tx, house.id, { person, types: kind, before }, PAGE)),
        );
        chunks.push(
          stringify(
            page.map(({ at, actor, type, body, names }) =>
              [
                at,
                actor.kind,
                actor.name,
                actor.id ?? '',
                type,
                JSON.stringify(body),
                Object.values(names).join(', '),
              ].map(safeCell),
            ),
          ),
        );
        before = page.length === PAGE ? page.at(-1)?.id : undefined;
      } while (before !== undefined && chunks.length * PAGE <= MOST);
      c.header('content-type', 'text/csv; charset=utf-8');
      c.header('content-disposition', 'attachment; filename="journal.csv"');
      return c.body(`\ufeff${chunks.join('')}`);
    },
  );
};
