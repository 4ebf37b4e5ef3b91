import { z } from '@hono/zod-openapi';
import { stream } from 'hono/streaming';

import { door, type DoorContext, type Doors, type Frame } from '../../people/index.ts';
import { jsonText } from '../../platform/http/json.ts';
import { callOf, filterOf } from '../request.ts';
import { boardSchema, filterQuery, homeSchema, listQuery, pageSchema } from '../schemas.ts';
import { boardOf } from './board.ts';
import { exportCsv } from './csv.ts';
import { homeOf } from './home.ts';
import { textsOf } from './kept.ts';
import { listPage, type Page } from './list.ts';

const ORGANISATION = z.object({ organisation: z.string().max(80) });
const APP = ORGANISATION.extend({ app: z.string().max(80) });

const pageAnswer = (c: DoorContext, { tickets, next }: Page): Response =>
  jsonText(c, `{"tickets":${textsOf(tickets)},"next":${JSON.stringify(next)}}`);

/** Lists, boards, the home page, the export. */
export const listRoutes = (doors: Doors, frame: Frame): void => {
  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/home',
      permit: 'organisation',
      params: ORGANISATION,
      summary: 'What is late, what waits for you, what you have taken',
      answers: { 200: homeSchema },
    },
    async ({ c, caller }) => c.json(await homeOf(await callOf(frame, c, caller), caller.locale)),
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/tickets',
      permit: 'organisation',
      params: ORGANISATION,
      query: listQuery,
      summary: 'The tickets you see, of every app',
      answers: { 200: pageSchema },
    },
    async ({ c, caller, query }) => {
      const call = await callOf(frame, c, caller);
      const { sort, limit, after } = query;
      const page = await listPage(call, {
        filter: await filterOf(call, c, query),
        sort,
        limit,
        after: after ?? null,
        locale: caller.locale,
      });
      return pageAnswer(c, page);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/{app}/tickets',
      permit: 'app, stations',
      params: APP,
      query: listQuery,
      summary: 'The tickets you see; `field.NAME=VALUE` narrows to a choice',
      answers: { 200: pageSchema },
    },
    async ({ c, caller, params, query }) => {
      const call = await callOf(frame, c, caller);
      const { sort, limit, after } = query;
      const page = await listPage(call, {
        app: params.app,
        filter: await filterOf(call, c, query),
        sort,
        limit,
        after: after ?? null,
        locale: caller.locale,
      });
      return pageAnswer(c, page);
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/{app}/board',
      permit: 'app',
      params: APP,
      query: filterQuery
        .omit({ step: true })
        .extend({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
      summary: 'Every step with its first tickets',
      answers: { 200: boardSchema },
    },
    async ({ c, caller, params, query }) => {
      const call = await callOf(frame, c, caller);
      const filter = await filterOf(call, c, query);
      return c.json(
        await boardOf(call, { app: params.app, filter, limit: query.limit, locale: caller.locale }),
      );
    },
  );

  door(
    doors,
    frame,
    {
      method: 'get',
      path: '/{organisation}/{app}/export.csv',
      permit: 'app',
      params: APP,
      query: filterQuery.extend({ sort: z.enum(['due', 'newest', 'oldest']).default('newest') }),
      summary: 'The same list as a CSV file',
      answers: { 200: 'CSV, UTF-8' },
    },
    async ({ c, caller, params, query }) => {
      const call = await callOf(frame, c, caller);
      const rows = exportCsv(call, {
        app: params.app,
        filter: await filterOf(call, c, query),
        sort: query.sort,
        locale: caller.locale,
      });
      // The first chunk is made before the answer starts, so that a refusal is one.
      const first = await rows.next();
      c.header('content-type', 'text/csv; charset=utf-8');
      c.header('content-disposition', `attachment; filename="${params.app}.csv"`);
      return stream(c, async (out) => {
        if (!first.done) await out.write(first.value);
        for await (const chunk of rows) await out.write(chunk);
      });
    },
  );
};
