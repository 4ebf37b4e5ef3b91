import { z } from '@hono/zod-openapi';

import { record } from '../log/index.ts';
import { actorNames, door, type Doors, type Frame, refuse } from '../people/index.ts';
import { newId } from '../platform/ids.ts';
import { asOrganisation, type Tx } from '../platform/postgres/index.ts';
import { isDue } from './due.ts';
import { finish, notOpen } from './finish.ts';
import {
  answerLines,
  insertLines,
  insertReview,
  lastReviewed,
  linesOf,
  lockReview,
  reviewById,
  type ReviewRow,
  reviewsOf,
} from './store.ts';

const ORGANISATION = z.object({ organisation: z.string().max(80) });
const REVIEW = ORGANISATION.extend({ id: z.uuid() });
const answer = z.enum(['keep', 'remove']);
const reviewSchema = z
  .object({
    id: z.string(),
    started: z.string(),
    startedBy: z.string().nullable(),
    finished: z.string().nullable(),
    finishedBy: z.string().nullable(),
    lines: z.number().int(),
    kept: z.number().int(),
    removed: z.number().int(),
  })
  .openapi('Review');
const lineSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['role', 'administrator', 'key']),
    member: z.object({ id: z.string(), name: z.string() }).nullable(),
    key: z.string().nullable(),
    app: z.string().nullable(),
    role: z.string().nullable(),
    site: z.string().nullable(),
    givenBy: z.string().nullable(),
    given: z.string().nullable(),
    lastUsed: z.string().nullable(),
    answer: answer.nullable(),
  })
  .openapi('ReviewLine');

const shown = async (tx: Tx, organisationId: string, rows: readonly ReviewRow[]) => {
  const ids = rows
    .flatMap(({ startedBy, finishedBy }) => [startedBy, finishedBy])
    .filter((id) => id !== null);
  const names = new Map((await actorNames(tx, organisationId, ids)).map(({ id, name }) => [id, name]));
  const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? null));
  return rows.map(({ id, startedAt, startedBy, finishedAt, finishedBy, lines, kept, removed }) => ({
    id,
    started: startedAt.toISOString(),
    startedBy: nameOf(startedBy),
    finished: finishedAt?.toISOString() ?? null,
    finishedBy: nameOf(finishedBy),
    lines,
    kept,
    removed,
  }));
};

const UNIQUE_VIOLATION = '23505';

/** The review of rights: who has what, since when, last used; keep or remove. */
export const reviewRoutes = (doors: Doors, frame: Frame): void => {
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/reviews',
      permit: 'administrator',
      params: ORGANISATION,
      summary: 'Reviews of rights, the newest first, and whether one is due',
      answers: {
        200: z.object({
          reviews: z.array(reviewSchema),
          due: z.boolean().openapi({ description: 'The last one is older than a year.' }),
        }),
      },
    },
    async ({ c, caller }) => {
      const { id } = caller.house;
      return asOrganisation(frame.db, id, async (tx) => {
        const last = await lastReviewed(tx, id);
        return c.json({
          reviews: await shown(tx, id, await reviewsOf(tx, id)),
          due: last !== undefined && isDue(last.at, frame.clock.now()),
        });
      });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/reviews',
      permit: 'administrator',
      params: ORGANISATION,
      summary: 'Begin a review: a line for every right that is held now',
      answers: { 201: z.object({ id: z.string(), reference: z.string() }) },
    },
    async ({ c, caller }) => {
      const { house, actor } = caller;
      const now = frame.clock.now();
      const id = newId(now);
      try {
        await asOrganisation(frame.db, house.id, async (tx) => {
          await insertReview(tx, house.id, { id, startedBy: actor.id, startedAt: new Date(now) });
          await insertLines(tx, house.id, id);
          await record(tx, house.id, 'review_started', actor, { review: id }, now);
        });
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION)) throw error;
        throw refuse(409, 'review_open', 'Une revue est déjà en cours.', 'A review is under way already.');
      }
      return c.json({ id, reference: id }, 201);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/reviews/{id}',
      permit: 'administrator',
      params: REVIEW,
      summary: 'A review, line by line',
      answers: { 200: z.object({ review: reviewSchema, lines: z.array(lineSchema) }) },
    },
    async ({ c, caller, params }) => {
      const { house } = caller;
      return asOrganisation(frame.db, house.id, async (tx) => {
        const found = await reviewById(tx, house.id, params.id);
        const [review] = found ? await shown(tx, house.id, [found]) : [];
        if (!review) throw notOpen();
        const lines = await linesOf(tx, house.id, params.id);
        return c.json({
          review,
          lines: lines.map((line) => ({
            id: line.id,
            kind: line.kind,
            member: line.memberId === null ? null : { id: line.memberId, name: line.member ?? '' },
            key: line.key,
            app: line.app,
            role: line.role,
            site: house.sites.find((site) => site.id === line.siteId)?.slug ?? null,
            givenBy: line.givenBy,
            given: line.givenAt?.toISOString() ?? null,
            lastUsed: line.lastUsed?.toISOString() ?? null,
            answer: line.answer,
          })),
        });
      });
    },
  );

  door(
    doors,
    frame,
    {
      method: 'put',
      path: '/{organisation}/reviews/{id}/answers',
      permit: 'administrator',
      params: REVIEW,
      body: z.strictObject({
        lines: z.array(z.uuid()).min(1).max(1000),
        answer: z.union([answer, z.literal('').transform(() => null)]).nullable(),
      }),
      summary: 'Keep or remove rights, one or all of a person; nothing is removed before the end',
      answers: { 204: 'Answered' },
    },
    async ({ c, caller, params, body }) => {
      const { house, actor } = caller;
      await asOrganisation(frame.db, house.id, async (tx) => {
        if (!(await lockReview(tx, house.id, params.id))) throw notOpen();
        const given = { answer: body.answer, by: actor.id, at: new Date(frame.clock.now()) };
        await answerLines(tx, house.id, params.id, body.lines, given);
      });
      return c.body(null, 204);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'post',
      path: '/{organisation}/reviews/{id}/finish',
      permit: 'administrator',
      params: REVIEW,
      summary: 'Finish: what was answered `remove` is taken away',
      answers: { 200: z.object({ kept: z.number().int(), removed: z.number().int() }) },
    },
    async ({ c, caller, params }) => {
      const done = await finish(frame.db, caller.house.id, params.id, caller.actor, frame.clock.now());
      frame.committed();
      return c.json(done);
    },
  );
};
