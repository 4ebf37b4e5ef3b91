import { z } from '@hono/zod-openapi';

const lateness = z.enum(['on time', 'at risk', 'will be late', 'late', 'stuck']);
const instant = z.iso.datetime({ offset: true });

export const ticketSchema = z
  .object({
    reference: z.string(),
    app: z.string(),
    heading: z.string(),
    step: z.string(),
    fields: z.record(z.string(), z.unknown()),
    totals: z
      .record(z.string(), z.object({ total: z.number().int(), vat: z.record(z.string(), z.number().int()) }))
      .openapi({ description: 'Cents, VAT included, and the VAT in it by rate: of each field of lines.' }),
    sealed: z
      .array(z.string())
      .openapi({ description: 'Sealed fields that have a value the caller may not read.' }),
    site: z.string().nullable(),
    assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
    holder: z.object({ reference: z.string(), app: z.string() }).nullable(),
    held: z.object({ open: z.number().int(), total: z.number().int() }).nullable(),
    due: instant.nullable(),
    promise: instant.nullable(),
    lateness,
    why: z.array(
      z.object({
        code: z.enum(['promise', 'step', 'stuck', 'forecast']),
        due: instant.optional(),
        openMinutes: z
          .number()
          .int()
          .optional()
          .openapi({ description: 'Minutes of open time since, or left before, or short.' }),
      }),
    ),
    version: z.number().int(),
    created: instant,
    updated: instant,
    stepSince: instant,
    closed: instant.nullable(),
    moves: z.array(z.string()).openapi({ description: 'Moves the caller may make now, the main one first.' }),
    undo: z.object({ until: instant }).nullable(),
  })
  .openapi('Ticket');

export const pageSchema = z
  .object({ tickets: z.array(ticketSchema), next: z.string().nullable() })
  .openapi('Page');

export const boardSchema = z
  .object({
    steps: z.array(
      z.object({
        step: z.string(),
        count: z.number().int(),
        capped: z.boolean().openapi({ description: 'There are more than `count`.' }),
        tickets: z.array(ticketSchema),
      }),
    ),
    totals: z.record(z.string(), z.number().int()),
  })
  .openapi('Board');

export const homeSchema = z
  .object({
    apps: z.array(z.object({ app: z.string(), counts: z.record(z.string(), z.number().int()) })),
    late: z.array(ticketSchema),
    waiting: z.array(ticketSchema),
    mine: z.array(ticketSchema),
  })
  .openapi('Home');

export const eventSchema = z
  .object({
    id: z.string(),
    version: z.number().int(),
    type: z.enum([
      'opened',
      'edited',
      'moved',
      'commented',
      'assigned',
      'attached',
      'lateness',
      'undone',
      'migrated',
      'erased',
    ]),
    at: instant,
    actor: z.object({
      kind: z.enum(['member', 'key', 'guest', 'drop', 'share', 'system', 'import']),
      name: z.string(),
      station: z
        .string()
        .optional()
        .openapi({ description: 'The shared station at which a member acted, by its name.' }),
    }),
    step: z.object({ from: z.string().nullable(), to: z.string() }).optional(),
    move: z.string().nullable().optional(),
    fields: z.record(z.string(), z.unknown()).optional(),
    hidden: z.array(z.string()).optional(),
    comment: z.string().optional(),
    assignee: z.object({ id: z.string(), name: z.string() }).nullable().optional(),
    holder: z.string().nullable().optional(),
    lateness: z.object({ from: lateness, to: lateness }).optional(),
    carried: z
      .object({
        way: z.enum(['to', 'from']),
        ticket: z.object({ app: z.string(), reference: z.string() }).nullable(),
      })
      .optional()
      .openapi({
        description: 'A file went to that ticket, or came from it; null when it is not yours to see.',
      }),
  })
  .openapi('Event');

/** Values as the fields have them, or as a person would type them. */
const values = {
  fields: z.record(z.string().max(80), z.unknown()).default({}),
  text: z.record(z.string().max(80), z.string().max(20_000)).default({}).openapi({
    description: 'Values as a person would type them: "12,50", "14/03/2026", the label of a choice.',
  }),
};
const comment = z.string().max(20_000).nullish();

export const openBody = z
  .strictObject({ ...values, site: z.string().max(80).nullish(), holder: z.string().max(80).nullish() })
  .openapi('Open');
export const editBody = z
  .strictObject({ ...values, version: z.int().positive(), site: z.string().max(80).nullish() })
  .openapi('Edit');
export const moveBody = z
  .strictObject({ ...values, comment, version: z.int().positive().optional() })
  .openapi('MoveTicket');
export const bulkBody = z
  .strictObject({ ...values, comment, references: z.array(z.string().max(80)).min(1).max(200) })
  .openapi('MoveTickets');
export const bulkAnswer = z.object({
  results: z.array(
    z.object({
      reference: z.string(),
      ok: z.boolean(),
      ticket: ticketSchema.optional(),
      problem: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
});

const list = (text: string): readonly string[] => text.split(',').filter((part) => part !== '');
export const filterQuery = z.object({
  step: z.string().max(1000).transform(list).optional(),
  lateness: z.string().max(200).transform(list).pipe(z.array(lateness)).optional(),
  assignee: z.union([z.enum(['me', 'none', '']), z.uuid()]).optional(),
  site: z.string().max(80).optional(),
  holder: z.string().max(80).optional(),
  from: z.union([z.literal(''), instant, z.iso.date()]).optional(),
  to: z.union([z.literal(''), instant, z.iso.date()]).optional(),
  open: z.enum(['true', 'false', '']).optional(),
});
export const listQuery = filterQuery.extend({
  sort: z.enum(['due', 'newest', 'oldest']).default('due'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(400).optional(),
});
